"""Measurements: ratios taken in one run, and how cost grows with size; never a timed test."""
