"""Tests of what readers do for pages."""
