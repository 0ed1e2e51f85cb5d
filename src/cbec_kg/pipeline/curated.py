"""Keep the curated files canonical, and the generated ones in step with them.

>>> list(generated_header("article-a1"))[0].subject
<NamedNode value=https://w3id.org/cbec-kg/module/article-a1>
"""

from collections.abc import Callable, Iterator
from pathlib import Path

from cbec_kg.model.row_json import write_rows
from cbec_kg.namespaces import BASE, MODULE
from cbec_kg.ontology import alignments, roots
from cbec_kg.ontology.vocabulary import Vocabulary
from cbec_kg.pipeline.corrected import corrected_sources
from cbec_kg.pipeline.graphs import asserted_graphs
from cbec_kg.pipeline.overlay import Overlay
from cbec_kg.pipeline.sources import Sources, read_sources
from cbec_kg.rdf.canonical import turtle
from cbec_kg.rdf.parse import parse_file
from cbec_kg.rdf.terms import RDF_TYPE, NamedNode, Triple, iri, text

__all__ = ["canonical_files", "fix", "stale"]

_LICENCE = NamedNode("https://creativecommons.org/licenses/by/4.0/")

_GENERATED = {
    "observations": ("Observations, series, periods and direct triples", "观测值、序列、时期与直接三元组"),
    "findings": ("Findings", "结论"),
}


def generated_header(module: str, title: tuple[str, str] = ("", "")) -> Iterator[Triple]:
    """Ontology header of a data file."""
    node = NamedNode(MODULE + module)
    yield Triple(node, RDF_TYPE, iri("owl:Ontology"))
    yield Triple(node, iri("owl:imports"), NamedNode(BASE + "ontology"))
    yield Triple(node, iri("dcterms:license"), _LICENCE)
    for value, language in zip(title, ("en", "zh"), strict=True):
        if value:
            yield Triple(node, iri("dcterms:title"), text(value, language))


def labeller(vocabulary: Vocabulary) -> Callable[[str, str], str | None]:
    """English label of a row's code, for the label keys of an observation."""

    def label(key: str, code: str) -> str | None:
        term = vocabulary.things.get(code)
        return term.label("en") if term else None

    return label


def canonical_files(resources: Path, sources: Sources) -> dict[Path, str]:
    """Text that each curated or generated file should have: under ``data``, and the alignments."""
    data, out = resources / "data", alignments.files(resources)
    label = labeller(sources.vocabulary)
    graphs = asserted_graphs(corrected_sources(sources, Overlay(Path())))
    for path in sorted((data / "entities").glob("*.ttl")):
        out[path] = turtle(parse_file(path))
    for article, curated in sources.articles.items():
        folder = data / "articles"
        out[folder / f"{article}.json"] = curated.article.to_json()
        out[folder / f"{article}.jsonl"] = write_rows(curated.rows, label)
        header = generated_header(f"article-{article}", (f"Claims of article {article}", f"文章{article}的主张"))
        out[folder / f"{article}.ttl"] = turtle([*header, *graphs[f"article_{article}"]])
    for name, title in _GENERATED.items():
        out[data / f"{name}.ttl"] = turtle([*generated_header(name, title), *graphs[name]])
    return out


def _orphans(resources: Path, sources: Sources) -> list[Path]:
    """Generated Turtle of articles that are no longer there."""
    return [path for path in (resources / "data" / "articles").glob("*.ttl") if path.stem not in sources.articles]


def _changed(wanted: dict[Path, str]) -> dict[Path, bytes]:
    """New bytes of the files that differ from what they should hold, line ends included."""
    encoded = {path: content.encode() for path, content in wanted.items()}
    return {path: new for path, new in encoded.items() if not path.is_file() or path.read_bytes() != new}


def stale(resources: Path) -> list[Path]:
    """Files that `fix` would write anew or remove, sorted."""
    sources = read_sources(resources)
    changed = _changed(canonical_files(resources, sources))
    return sorted([*changed, *_orphans(resources, sources), *roots.stale(resources / "ontology")])


def fix(resources: Path) -> list[Path]:
    """Write every curated and generated file in its canonical form; returns those that changed.

    Each file is written beside itself and renamed, so that none is ever half there.
    """
    sources = read_sources(resources)
    changed = _changed(canonical_files(resources, sources))
    for path, content in changed.items():
        temporary = path.with_name(path.name + ".new")
        temporary.write_bytes(content)
        temporary.replace(path)
    orphans = _orphans(resources, sources)
    for path in orphans:
        path.unlink()
    return sorted([*changed, *orphans, *roots.update(resources / "ontology")])
