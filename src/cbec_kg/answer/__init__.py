"""One figure, typed: known, derived, conflicting or silent."""
