"""The graph as files: every RDF format, whole or one named graph, and a bundle that Protégé opens."""

from cbec_kg.export.files import ExportedFile, export

__all__ = ["ExportedFile", "export"]
