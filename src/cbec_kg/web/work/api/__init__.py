"""What the API answers: rows, figures, things, a feed of changes."""
