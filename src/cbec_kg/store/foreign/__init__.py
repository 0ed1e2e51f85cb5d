"""Graphs of strangers beside our own: what may write them, and how they outlive a build."""
