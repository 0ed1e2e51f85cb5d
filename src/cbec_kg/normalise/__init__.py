"""Figures and periods as plain data: what characters say as a number with a unit, or as a stretch of the calendar."""
