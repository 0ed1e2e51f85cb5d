"""The ontology as files and as plain data."""
