"""The Python face: ``cbec_kg.open()`` gives a `KnowledgeGraph` that answers saved queries, SPARQL and questions."""
