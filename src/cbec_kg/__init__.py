"""A knowledge graph of China's cross-border e-commerce, figure by figure traceable to its article."""

__version__ = "0.1.0"
