"""The graph as files: every RDF format, whole or one named graph, and a bundle that Protégé opens."""

from cbec_kg.export.files import ExportedFile, export
from cbec_kg.export.vocabularies import VOCABULARIES, export_as, left_out

__all__ = ["VOCABULARIES", "ExportedFile", "export", "export_as", "left_out"]
