"""Linked data: what a name stands for, as RDF."""
