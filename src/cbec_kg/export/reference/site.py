"""Write the reference of the ontology and of its vocabularies: a page of each in each language, and an index.

>>> list(page_names(["en", "zh"]))
['ontology.en.html', 'vocabulary.en.html', 'ontology.zh.html', 'vocabulary.zh.html']
"""

import html
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from cbec_kg.errors import MissingExtra
from cbec_kg.export.reference import texts
from cbec_kg.export.reference.words import table
from cbec_kg.export.write import Staged
from cbec_kg.namespaces import BASE, CBEC, VOCAB, compact
from cbec_kg.rdf.terms import RDF_TYPE, RDFS_LABEL, NamedNode, iri

__all__ = ["WrittenPage", "page_names", "reference", "write_reference"]

_KINDS = {
    "classes": ("c", "owl:Class"),
    "objectproperties": ("op", "owl:ObjectProperty"),
    "datatypeproperties": ("dp", "owl:DatatypeProperty"),
    "annotationproperties": ("ap", "owl:AnnotationProperty"),
}
_IN_SCHEME = iri("skos:inScheme")
_SUBJECTS = {"ontology": (CBEC, "ontology.ttl", BASE + "ontology"), "vocabulary": (VOCAB, "vocab.ttl", BASE + "vocab")}
_INDEX = """<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<title>{title}</title>
<style>
body {{ font-family: system-ui, "Noto Sans SC", "PingFang SC", "Microsoft YaHei", "WenQuanYi Micro Hei", sans-serif;
  max-width: 40em; margin: 3em auto; padding: 0 1em; line-height: 1.5; }}
h1 {{ font-size: 1.5em; font-weight: 600; }}
</style>
</head>
<body>
{body}
</body>
</html>
"""


@dataclass(frozen=True, slots=True)
class WrittenPage:
    """One written file, and how many terms it defines."""

    path: Path
    terms: int
    sha256: str


def page_names(languages: Sequence[str]) -> Iterator[str]:
    """Files beside the index."""
    yield from (f"{subject}.{language}.html" for language in languages for subject in _SUBJECTS)


def write_reference(ontology: Path, to: Path, languages: Sequence[str] = texts.LANGUAGES) -> list[WrittenPage]:
    """Write the pages into a folder, all or none; the same bytes for the same ontology.

    Raises `MissingExtra` without pyLODE, `OntologyError` and `ParseError` for a broken ontology, `CbecError` for a
    place that cannot be written.
    """
    with Staged() as staged:
        return [
            WrittenPage(to / name, terms, staged.add(to / name, content.encode()))
            for name, (content, terms) in reference(ontology, languages).items()
        ]


def reference(ontology: Path, languages: Sequence[str] = texts.LANGUAGES) -> dict[str, tuple[str, int]]:
    """Text of each page by its file name, and how many terms it defines; the index first."""
    pages: dict[str, tuple[str, int]] = {}
    for subject, (_, root, _) in _SUBJECTS.items():
        files = texts.sources(ontology, root)
        for language in languages:
            pages[f"{subject}.{language}.html"] = _page(subject, texts.facts(files, language), language, languages)
    pages = {name: pages[name] for name in page_names(languages)}
    return {"index.html": (_index(pages, languages), 0), **pages}


def _page(subject: str, facts: list[texts.Fact], language: str, languages: Sequence[str]) -> tuple[str, int]:
    try:
        from cbec_kg.export.reference import lode
    except ImportError:
        raise MissingExtra("pages of the ontology need pylode", fix='pip install "cbec-kg[ontology]"') from None

    groups = _kinds(facts, language) if subject == "ontology" else _schemes(facts)
    sections = [lode.Section(anchor, title, mark, members) for anchor, title, mark, members in groups]
    links = [("index.html", table().own("index", language))]
    links += [(f"{other}.{language}.html", table().own(other, language)) for other in _SUBJECTS if other != subject]
    links += [
        (f"{subject}.{tongue}.html", table().own("language", tongue)) for tongue in languages if tongue != language
    ]
    page = lode.LodePage(lode.graph_of(facts), _SUBJECTS[subject][2], language, sections, links).text()
    for other, (namespace, _, _) in _SUBJECTS.items():
        here = "" if other == subject else f"{other}.{language}.html"
        page = re.sub(f'href="{re.escape(namespace)}([A-Za-z0-9_-]+)"', rf'href="{here}#\1"', page)
    return page, sum(len(section.members) for section in sections)


Group = tuple[str, str, str, tuple[str, ...]]


def _kinds(facts: list[texts.Fact], language: str) -> Iterator[Group]:
    """Classes, and the kinds of properties."""
    for anchor, (mark, kind) in _KINDS.items():
        members = tuple(t.subject.value for t in facts if t.predicate == RDF_TYPE and t.object == iri(kind))
        yield anchor, table().own(anchor, language), mark, members


def _schemes(facts: list[texts.Fact]) -> Iterator[Group]:
    """Terms of each scheme of the vocabularies, schemes in the order of their labels."""
    members: dict[NamedNode, list[str]] = defaultdict(list)
    for fact in facts:
        if fact.predicate == _IN_SCHEME and isinstance(fact.object, NamedNode):
            members[fact.object].append(fact.subject.value)
    for fact in facts:
        if fact.predicate == RDFS_LABEL and fact.subject in members:
            anchor = compact(fact.subject.value).partition(":")[2]
            yield anchor, fact.value, "ni", tuple(members[fact.subject])


def _index(pages: dict[str, tuple[str, int]], languages: Sequence[str]) -> str:
    own = table().own
    lines = []
    for language in languages:
        lines += [f'<section lang="{language}">', f"<h1>{html.escape(own('title', language))}</h1>"]
        lines += [f"<p>{html.escape(own('lead', language))}</p>", "<ul>"]
        for subject in _SUBJECTS:
            name = f"{subject}.{language}.html"
            count = own("count", language).format(count=f"{pages[name][1]:,}")
            lines.append(f'<li><a href="{name}">{html.escape(own(subject, language))}</a>{count}</li>')
        lines += ["</ul>", "</section>"]
    title = " · ".join(own("title", language) for language in languages)
    return _INDEX.format(language=languages[0], title=html.escape(title), body="\n".join(lines))
