"""Saved queries, figures and names as JSON and CSV, and their OpenAPI."""
