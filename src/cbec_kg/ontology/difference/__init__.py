"""What differs between two versions of the ontology: read, compare, find who uses what changed, tell.

>>> from cbec_kg import paths
>>> same = read_version(paths.ontology() / "modules" / "reused.ttl")
>>> compare(same, same).terms
()
"""

from cbec_kg.ontology.difference.compare import Change, Difference, TermChange, compare
from cbec_kg.ontology.difference.version import Version, read_version

__all__ = ["Change", "Difference", "TermChange", "Version", "compare", "read_version"]
