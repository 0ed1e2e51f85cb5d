"""RDF terms, parsing and serialising: the one door to pyoxigraph's model and parsers."""
