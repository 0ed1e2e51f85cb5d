"""Give a release its version number, in every place where it stands: one argument, all headers.

>>> header = 'owl:versionIRI <https://w3id.org/cbec-kg/0.1.0/x> ; owl:versionInfo "0.1.0" ;\\n    dcterms:title "x" .'
>>> print(numbered(header, Release("0.2.0", "2027-01-31", "0.1.0", compatible=False)))
owl:versionIRI <https://w3id.org/cbec-kg/0.2.0/x> ; owl:versionInfo "0.2.0" ;
    owl:priorVersion <https://w3id.org/cbec-kg/0.1.0/x> ; owl:incompatibleWith <https://w3id.org/cbec-kg/0.1.0/x> ;
    dcterms:title "x" .

``python -m cbec_kg.ontology.release 0.2.0 --old ../v0.1.0`` writes them in a checkout; ``make release`` calls it.
"""

import argparse
import re
import sys
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from cbec_kg import paths
from cbec_kg.errors import CbecError, Negative, OntologyError
from cbec_kg.namespaces import BASE
from cbec_kg.ontology.difference import compare, read_version
from cbec_kg.ontology.difference.compare import asks_for, is_enough

__all__ = ["Release", "numbered", "release", "versions"]

_NUMBER = re.compile(r"\d+\.\d+\.\d+")
_IRI = re.compile(rf"owl:versionIRI <{re.escape(BASE)}({_NUMBER.pattern})/([^>]+)>")
_INFO = re.compile(r'owl:versionInfo "([^"]*)" ;')
_BEFORE = re.compile(r"\s*owl:(?:priorVersion|backwardCompatibleWith|incompatibleWith) <[^>]*> ;")
_DATED = re.compile(r'(dcterms:(?:issued|modified)) "[^"]*"\^\^xsd:dateTime')
_CITED = re.compile(rf'(dcterms:bibliographicCitation "[^"]*, version ){_NUMBER.pattern}, \d{{4}}\."')
_CODE = {
    "pyproject.toml": re.compile(r'^version = "([^"]*)"$', re.MULTILINE),
    "src/cbec_kg/__init__.py": re.compile(r'^__version__ = "([^"]*)"$', re.MULTILINE),
}


@dataclass(frozen=True, slots=True)
class Release:
    """A release: its number, its day ``YYYY-MM-DD``, and the number of the one before, None for the first.

    ``compatible`` says whether everything that held by the one before still holds.
    """

    number: str
    day: str
    prior: str | None = None
    compatible: bool = True


def numbered(text: str, made: Release) -> str:
    """The Turtle of a header with the number, the day and the former version of a release."""
    match = _IRI.search(text)
    if match is None:
        return text
    text = _BEFORE.sub("", text)
    text = _IRI.sub(f"owl:versionIRI <{BASE}{made.number}/{match[2]}>", text)
    info = f'owl:versionInfo "{made.number}" ;'
    if made.prior:
        former = f"<{BASE}{made.prior}/{match[2]}>"
        holds = "backwardCompatibleWith" if made.compatible else "incompatibleWith"
        info += f"\n    owl:priorVersion {former} ; owl:{holds} {former} ;"
    text = _INFO.sub(info, text)
    text = _DATED.sub(rf'\1 "{made.day}T00:00:00"^^xsd:dateTime', text)
    return _CITED.sub(rf'\g<1>{made.number}, {made.day[:4]}."', text)


def versions(root: Path) -> dict[str, str]:
    """Version number by file of a checkout: of each ontology that has one, of the code, and of the package."""
    found = _of_headers(root)
    for name, pattern in _CODE.items():
        match = pattern.search((root / name).read_text("utf-8")) if (root / name).is_file() else None
        if match is None:
            raise OntologyError(f"{root / name}: no version number", fix="run in a checkout")
        found[name] = match[1]
    return found


def release(root: Path, number: str, *, day: str, old: Path | None = None) -> list[Path]:
    """Write the number of a release into a checkout; returns the files that changed.

    ``old`` is the folder of the release before; what differs from it says whether that one is compatible, and which
    number is high enough. A header that is new has no prior version. Raises `OntologyError` for what is no number, has
    no change note, or breaks something without a migration, `Negative` for a number that is too low; then nothing is
    written.
    """
    if not _NUMBER.fullmatch(number):
        raise OntologyError(f"{number!r} is no version number", fix="write three numbers, such as 0.2.0")
    try:
        day = date.fromisoformat(day).isoformat()
    except ValueError:
        raise OntologyError(f"{day!r} is no day", fix="write YYYY-MM-DD") from None
    notes = root / "CHANGELOG.md"
    heading = re.compile(rf"^## {re.escape(number)}(?: \(unreleased\))?$", re.MULTILINE)
    text = notes.read_text("utf-8") if notes.is_file() else ""
    if not heading.search(text):
        raise OntologyError(f"{notes}: no change note of {number}", fix=f"write one below '## {number} (unreleased)'")
    made = Release(number, day)
    before: dict[str, str] = {}
    if old is not None:
        home = old if (old / "ontology").is_dir() else old.parent
        before = _of_headers(home)
        difference = compare(read_version(old), read_version(root / "ontology"))
        least = difference.asks_for or asks_for(difference.old.number, "editorial")
        if least is None:
            raise OntologyError(f"{old}: its version is no number", fix="name the folder of a release")
        if not is_enough(number, least):
            raise Negative(
                f"version {number} is too low after {difference.old.number}", fix=f"release {least} or higher"
            )
        made = Release(number, day, difference.old.number, compatible=difference.weight != "breaking")
        steps = root / "ontology" / "migrations" / f"{made.prior}-{number}"
        if not made.compatible and not (list(steps.glob("*.rq")) or (steps / "README.md").is_file()):
            raise OntologyError(
                f"{steps}: no migration, and a change is breaking",
                fix="write the SPARQL Updates, or a README.md that says why none is due",
            )
    new = {notes: heading.sub(f"## {number} ({day})", text)}
    for name in versions(root):
        path = root / name
        if name in _CODE:
            new[path] = _CODE[name].sub(lambda found: found[0].replace(found[1], number), path.read_text("utf-8"))
        else:
            known = made if old is None or name in before else Release(number, day)
            new[path] = numbered(path.read_text("utf-8"), known)
    changed = [path for path, written in new.items() if path.read_text("utf-8") != written]
    for path in changed:
        path.write_text(new[path], "utf-8")
    return sorted(changed)


def _of_headers(root: Path) -> dict[str, str]:
    """Version number by file of each ontology that has one; where IRI and text disagree, both."""
    found = {}
    for path in sorted((root / "ontology").rglob("*.ttl")):
        text = path.read_text("utf-8")
        match, info = _IRI.search(text), _INFO.search(text)
        if match:
            number = match[1] if info and info[1] == match[1] else f"{match[1]} and {info[1] if info else 'none'}"
            found[path.relative_to(root).as_posix()] = number
    return found


def main(arguments: list[str] | None = None) -> int:
    """Write the number, and name each file that changed."""
    parser = argparse.ArgumentParser(description="Give a release its version number, in every header.")
    parser.add_argument("number", help="such as 0.2.0")
    parser.add_argument("--old", type=Path, help="folder of the release before; none for the first")
    parser.add_argument("--day", default=datetime.now(UTC).date().isoformat(), help="day of the release; today")
    parser.add_argument("--root", type=Path, default=paths.resources(), help="checkout to write to; this one")
    given = parser.parse_args(arguments)
    try:
        for path in release(given.root, given.number, day=given.day, old=given.old):
            sys.stdout.write(f"written {path.relative_to(given.root)}\n")
    except CbecError as error:
        sys.stderr.write(f"release: {error}\n")
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
