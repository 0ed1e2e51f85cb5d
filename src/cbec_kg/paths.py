"""Where the ontology, the data and the queries lie, in a wheel and in a checkout.

>>> ontology().joinpath("cbec-kg.ttl").name
'cbec-kg.ttl'
"""

from pathlib import Path

__all__ = ["DEFAULT_STORE", "data", "ontology", "queries", "resources"]

DEFAULT_STORE = Path(".cbec-kg") / "store"


def resources() -> Path:
    """Folder that holds ``ontology/ data/ queries/``: inside the package when installed, else the checkout's root."""
    package = Path(__file__).resolve().parent
    installed = package / "resources"
    return installed if installed.is_dir() else package.parent.parent


def ontology() -> Path:
    """Folder of the ontology, its vocabularies, shapes and rules."""
    return resources() / "ontology"


def data() -> Path:
    """Folder of the curated entities and articles."""
    return resources() / "data"


def queries() -> Path:
    """Folder of the saved queries."""
    return resources() / "queries"
