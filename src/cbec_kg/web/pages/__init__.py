"""Pages for people, in English and Chinese, that work without scripts."""
