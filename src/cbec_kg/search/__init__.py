"""Find things of the graph by what people call them: labels, aliases and codes, in English and Chinese."""
