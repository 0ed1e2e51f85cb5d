"""What the package offers, for type checkers and editors; ``__init__.py`` imports it when it is first used."""

from cbec_kg.api.answer import Answer as Answer
from cbec_kg.api.iri import Iri as Iri
from cbec_kg.api.knowledge_graph import KnowledgeGraph as KnowledgeGraph
from cbec_kg.api.opening import open as open
from cbec_kg.api.rows import Rows as Rows
from cbec_kg.errors import CbecError as CbecError

__version__: str
