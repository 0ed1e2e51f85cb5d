"""Questions in plain words, read by the grammar that reads articles."""
