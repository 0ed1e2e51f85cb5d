"""Why a triple holds in the graph: who states it and where, or by which rule it follows from what is stated."""
