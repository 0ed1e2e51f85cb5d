"""Tests of the process that draws charts."""
