"""The graph over HTTP: a SPARQL endpoint, linked data, an API, and pages for people."""
