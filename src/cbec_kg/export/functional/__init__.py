"""OWL 2 functional syntax, written from RDF without Java: what each triple says is looked up in the OWL 2 mapping."""

from cbec_kg.export.functional.document import functional_syntax
from cbec_kg.export.functional.kinds import Kinds

__all__ = ["Kinds", "functional_syntax"]
