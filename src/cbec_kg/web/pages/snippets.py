"""How a program asks what a page shows: a command of curl and a few lines of Python, to be copied.

Both ask the API of the server that shows them, and need nothing installed beyond curl or Python itself.

>>> print(curl("http://127.0.0.1:8000/api/queries/platforms/programmes", [("platform", "it's")]))
curl --get 'http://127.0.0.1:8000/api/queries/platforms/programmes' \\
  --data-urlencode 'format=csv' \\
  --data-urlencode 'platform=it'"'"'s'
>>> print(python("http://127.0.0.1:8000/api/queries/indicators/list", []).splitlines()[6])
url = 'http://127.0.0.1:8000/api/queries/indicators/list?' + urllib.parse.urlencode(asked)
"""

from collections.abc import Sequence

__all__ = ["curl", "python"]

Pairs = Sequence[tuple[str, str]]
_FORMAT = ("format", "csv")


def curl(url: str, given: Pairs) -> str:
    """A command for a POSIX shell that writes the answer as CSV."""
    sent = (f"--data-urlencode {_quoted(f'{name}={value}')}" for name, value in [_FORMAT, *given])
    return " \\\n  ".join([f"curl --get {_quoted(url)}", *sent])


def python(url: str, given: Pairs) -> str:
    """A program of Python's own library that prints each row as a dictionary."""
    asked = [_FORMAT, *given]
    return "\n".join(
        [
            "import csv",
            "import io",
            "import urllib.parse",
            "import urllib.request",
            "",
            f"asked = {asked!r}",
            f"url = {url + '?'!r} + urllib.parse.urlencode(asked)",
            "with urllib.request.urlopen(url) as answer:",
            '    for row in csv.DictReader(io.TextIOWrapper(answer, "utf-8")):',
            "        print(row)",
        ]
    )


def _quoted(text: str) -> str:
    """A word of a POSIX shell that stands for just this text."""
    return "'" + text.replace("'", "'\"'\"'") + "'"
