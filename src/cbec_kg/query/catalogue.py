"""The saved queries of a folder: ``topic/question.rq``. Finding one reads that one file only.

>>> import tempfile
>>> folder = Path(tempfile.mkdtemp())
>>> (folder / "trade").mkdir()
>>> _ = (folder / "trade" / "totals.rq").write_text("#+ summary: Totals\\n#+ columns: {x: iri}\\nSELECT ?x {}")
>>> catalogue = Catalogue(folder)
>>> catalogue.names(), catalogue.find("trade/totals").summary.en
(['trade/totals'], 'Totals')
>>> catalogue.find("trade/total")
Traceback (most recent call last):
    ...
cbec_kg.errors.UnknownQuery: no saved query 'trade/total': did you mean trade/totals?
"""

import re
from collections.abc import Iterator
from pathlib import Path

from cbec_kg import paths
from cbec_kg.errors import CbecError, UnknownQuery
from cbec_kg.query.header import read_saved
from cbec_kg.query.nearest import did_you_mean
from cbec_kg.query.said import said
from cbec_kg.query.saved import SavedQuery

__all__ = ["Catalogue"]

# Names come from strangers (a URL, an assistant) and become paths: nothing but two plain words, that file systems hold.
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,99}/[a-z0-9][a-z0-9-]{0,99}")


class Catalogue:
    """Saved queries below ``folder``, by default those that come with the project."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder if folder is not None else paths.queries()
        if not self.folder.is_dir():
            raise CbecError(f"no folder {self.folder}", fix="name one that holds topic/question.rq files")

    def names(self) -> list[str]:
        """Names of all queries, sorted."""
        found = (path.relative_to(self.folder).with_suffix("").as_posix() for path in self.folder.glob("*/*.rq"))
        return sorted(name for name in found if _NAME.fullmatch(name))

    def misplaced(self) -> list[Path]:
        """Query files that no name reaches: they lie too high or too deep, or have other letters in their names."""
        known = {self.folder / f"{name}.rq" for name in self.names()}
        return sorted(path for path in self.folder.rglob("*.rq") if path not in known)

    def find(self, name: str) -> SavedQuery:
        """The query of that name; raises `UnknownQuery` with the nearest names."""
        path = self.folder / f"{name}.rq"
        if not _NAME.fullmatch(name) or not path.is_file():
            raise UnknownQuery(f"no saved query {said(name)}", fix=did_you_mean(name, self.names()))
        return read_saved(path, name)

    def __iter__(self) -> Iterator[SavedQuery]:
        return (self.find(name) for name in self.names())
