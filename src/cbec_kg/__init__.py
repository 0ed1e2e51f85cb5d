"""A knowledge graph of China's cross-border e-commerce, figure by figure traceable to its article.

>>> import cbec_kg
>>> with cbec_kg.open("nowhere") as kg:
...     kg.query("platforms/programmes", platform="AliExpress")
Traceback (most recent call last):
    ...
cbec_kg.errors.StoreMissing: no graph in nowhere: run `cbec-kg build` first, or name the graph's folder to open()
"""

import importlib

__all__ = ["Answer", "CbecError", "Iri", "KnowledgeGraph", "Rows", "__version__", "open"]

__version__ = "0.1.0"

# Every command imports this module, and most need none of these; types are in `__init__.pyi`.
_LAZY = {
    "Answer": "cbec_kg.api.answer",
    "CbecError": "cbec_kg.errors",
    "Iri": "cbec_kg.api.iri",
    "KnowledgeGraph": "cbec_kg.api.knowledge_graph",
    "Rows": "cbec_kg.api.rows",
    "open": "cbec_kg.api.opening",
}


def __getattr__(name: str) -> object:
    """Names of the Python face, imported when they are first used."""
    if name not in _LAZY:
        raise AttributeError(f"module 'cbec_kg' has no attribute {name!r}")
    found = getattr(importlib.import_module(_LAZY[name]), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
