"""Why nothing came of an address.

>>> Refusal("no such page (404)", fix="check the address").passing
False
"""

from cbec_kg.errors import UnreadableInput

__all__ = ["Refusal"]


class Refusal(UnreadableInput):
    """A page that was not had: its server's answer, or a rule of ours.

    ``passing`` says that it may be had another day; ``again`` that nothing has been asked of the server yet, so that
    it can be asked at once.
    """

    def __init__(self, message: str, *, fix: str = "", passing: bool = False, again: bool = False) -> None:
        super().__init__(message, fix=fix)
        self.passing, self.again = passing or again, again
