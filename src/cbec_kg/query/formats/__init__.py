"""Formats of answers, one a module, and the registry that commands and servers take their choices from."""
