"""OWL 2 RL reasoning: rules compiled from the ontology, run over a graph."""
