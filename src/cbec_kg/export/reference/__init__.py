"""The ontology as pages for people, one language a page, made by pyLODE."""
