"""Linked data: every name of the graph, as a page or as data."""
