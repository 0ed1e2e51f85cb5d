"""Figures as plain data: what characters say as a number with a unit, and the interval that they allow."""
