"""Answers of the SPARQL and Graph Store Protocols, written in the format that was asked for."""
