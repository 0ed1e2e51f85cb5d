"""From an article's text to rows and a ledger of its numerals, by rules of language alone."""
