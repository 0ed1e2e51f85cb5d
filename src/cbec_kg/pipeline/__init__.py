"""The steps from curated files to a stored graph."""
