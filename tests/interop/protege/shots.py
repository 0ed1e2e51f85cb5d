"""Pictures of the graph in Protégé, in English and in Chinese, for the documentation: ``make protege-shots``.

>>> [picture for picture, _ in VIEWS]
['class-tree', 'property-usage', 'individual', 'claim', 'inferences', 'inferences-of-claim']
"""

import shutil
import sys
import tempfile
from pathlib import Path

from tests.conftest import ROOT
from tests.interop.fetched import NotFetched
from tests.interop.protege.walk import screen, walk

__all__ = ["PICTURES", "VIEWS", "steps"]

PICTURES = ROOT / "docs" / "ontology" / "protege"
LANGUAGES = {"en": "en zh", "zh": "zh en"}
_CBEC = "https://w3id.org/cbec-kg/ontology#"
_SHEIN = "https://w3id.org/cbec-kg/id/shein"
_DOWNLOADS = "https://w3id.org/cbec-kg/claim/9ed7194a0b01527c49d1"  # Shein's app downloads in 2021: 32 million

# A picture, and how one comes to it from the picture before.
VIEWS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "class-tree",
        ("tab Entities", "expand 3", f"select class {_CBEC}StatisticalClaim", "share OWLClassAnnotations .6"),
    ),
    (
        "property-usage",
        (
            "front OWLObjectPropertyTree",
            f"select property {_CBEC}targets",
            "front OWLObjectPropertyUsageView",
            "share OWLObjectPropertyUsageView .6",
        ),
    ),
    (
        "individual",
        (
            "tab Individuals by class",
            f"select class {_CBEC}Platform",
            f"select individual {_SHEIN}",
            "front OWLIndividualUsageView",
            "share OWLIndividualUsageView .6",
            "untick OWLIndividualUsageView this",
        ),
    ),
    (
        "claim",
        (
            f"select class {_CBEC}StatisticalClaim",
            f"select individual {_DOWNLOADS}",
            "front OWLIndividualAnnotations",
            "share OWLIndividualAnnotations .3",
        ),
    ),
    (
        "inferences",
        (
            f"select class {_CBEC}Platform",
            "reason",
            "inferred OWLAssertedClassHierarchy",
            f"select individual {_SHEIN}",
        ),
    ),
    (
        "inferences-of-claim",
        (f"select class {_CBEC}StatisticalClaim", f"select individual {_DOWNLOADS}"),
    ),
)


def steps(language: str) -> list[str]:
    """All steps for one language: its labels first, then each picture under its name."""
    lines = [f"language {LANGUAGES[language]}"]
    for picture, way in VIEWS:
        lines += [*way, f"shot {picture}.{language}"]
    return lines


def main() -> int:
    """Take the pictures into the documentation; status 1, and a line each, where Protégé had something to ask."""
    status = 0
    try:
        with screen() as environment, tempfile.TemporaryDirectory() as folder:
            for language in LANGUAGES:
                place = Path(folder) / language
                seen = walk(ROOT / "ontology" / "cbec-kg.ttl", steps(language), place, environment)
                PICTURES.mkdir(parents=True, exist_ok=True)
                for picture in seen.values.get("shot", ()):
                    shutil.copy(place / picture, PICTURES / picture)
                    print(f"{(PICTURES / picture).relative_to(ROOT)}  {(place / picture).stat().st_size // 1024} KB")
                for name in ("seconds until shown", "memory MB", "seconds of reasoning", "memory MB after reasoning"):
                    print(f"{name}: {seen.one(name)}")
                for complaint in seen.complaints():
                    print(complaint, file=sys.stderr)
                    status = 1
    except (NotFetched, RuntimeError) as error:
        print(error, file=sys.stderr)
        status = 2
    return status


if __name__ == "__main__":
    sys.exit(main())
