"""Plain data: rows, articles, periods. Nothing here knows RDF."""
