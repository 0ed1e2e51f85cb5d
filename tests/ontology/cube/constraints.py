"""The integrity constraints of the W3C's Data Cube, run over a cube in memory.

>>> sorted(CONSTRAINTS)[:3], len(CONSTRAINTS)
(['01', '02', '03'], 22)
"""

from pathlib import Path

from pyoxigraph import Store

__all__ = ["CONSTRAINTS", "FOLDER", "PROLOGUE", "instances", "normalise", "violated"]

FOLDER = Path(__file__).parent
CONSTRAINTS = {path.stem.removeprefix("ic-"): path.read_text("utf-8") for path in FOLDER.glob("ic-*.rq")}
PROLOGUE = "".join(
    f"PREFIX {prefix}: <{base}>\n"
    for prefix, base in {
        "cube": "https://w3id.org/cbec-kg/cube/",
        "voc": "https://w3id.org/cbec-kg/vocab/",
        "period": "https://w3id.org/cbec-kg/period/",
        "qb": "http://purl.org/linked-data/cube#",
        "sdmx-attribute": "http://purl.org/linked-data/sdmx/2009/attribute#",
        "sdmx-measure": "http://purl.org/linked-data/sdmx/2009/measure#",
        "owl": "http://www.w3.org/2002/07/owl#",
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "skos": "http://www.w3.org/2004/02/skos/core#",
    }.items()
)


def normalise(cube: Store) -> None:
    """Run both phases of the normalisation."""
    for phase in (1, 2):
        cube.update((FOLDER / f"normalise-{phase}.ru").read_text("utf-8"))


def instances(cube: Store, name: str) -> list[str]:
    """Queries of a constraint: one, or for the two templates one a property of a hierarchical code list."""
    text = CONSTRAINTS[name]
    if "<$p>" not in text:
        return [text]
    found = cube.query((FOLDER / f"properties-{name}.rq").read_text("utf-8"))
    return [text.replace("$p", row["p"].value) for row in found]


def violated(cube: Store, but: frozenset[str] = frozenset()) -> set[str]:
    """Names of the constraints that a cube violates, those of ``but`` not asked."""
    return {
        name for name in CONSTRAINTS if name not in but and any(bool(cube.query(one)) for one in instances(cube, name))
    }
