"""Saved queries and free SPARQL: header, parameters, catalogue, run, and the formats of answers."""
