"""Traditional Chinese characters and the simplified ones that they are read as, one for one: offsets stay.

>>> simplified_twins()["電"], simplified_twins().get("电")
('电', None)
"""

from functools import cache
from importlib import resources

__all__ = ["simplified_twins"]


@cache
def simplified_twins() -> dict[str, str]:
    """Simplified character of each traditional one; a character that is both stays what it is.

    Source: the character table of OpenCC (Apache-2.0), in ``simplified.txt``.
    """
    text = resources.files("cbec_kg.normalise").joinpath("simplified.txt").read_text("utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return dict(zip("".join(lines[::2]), "".join(lines[1::2]), strict=True))
