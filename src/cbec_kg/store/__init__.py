"""Where the graph is kept and asked."""
