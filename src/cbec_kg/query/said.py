"""A value as an error message repeats it: quoted, on one line, and short, whoever sent it and however long it is.

>>> said("AliExpress"), said("a\\nb")
("'AliExpress'", "'a\\\\nb'")
>>> said("x" * 1_000_000)
"'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx...' (1,000,000 characters)"
"""

__all__ = ["printed", "said"]

_MOST = 200
_SHOWN = 60


def said(value: object) -> str:
    """``repr`` of a value; of a long one its beginning and its length."""
    text = value if isinstance(value, str) else str(value)
    if len(text) > _MOST:
        return f"{text[:_SHOWN] + '...'!r} ({len(text):,} characters)"
    return repr(value)


def printed(text: str) -> str:
    """A text of another library with what would break the line, or hide, as its escape.

    >>> printed("Invalid code point '\\n'")
    "Invalid code point '\\\\n'"
    """
    return "".join(char if char.isprintable() else repr(char)[1:-1] for char in text)
