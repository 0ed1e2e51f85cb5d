"""Describe one thing of the graph as plain data: what it is, what it is related to, and what is claimed of it."""
