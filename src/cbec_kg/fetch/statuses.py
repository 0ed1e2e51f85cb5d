"""What the status of an answer means for who wanted a page.

>>> refused(404).message
'no such page (404)'
"""

from cbec_kg.fetch.refusal import Refusal

__all__ = ["BUSY", "REDIRECTS", "refused"]

REDIRECTS = frozenset({301, 302, 303, 307, 308})
BUSY = frozenset({429, 500, 502, 503, 504})
"""Statuses after which the same request may do better soon."""

_ASIDE = "save the page and name the file"
_SAID = {
    401: ("it asks for a login (401)", _ASIDE),
    403: ("the server refuses it (403), perhaps for want of a login", _ASIDE),
    404: ("no such page (404)", "check the address"),
    407: ("it asks for a login (407)", _ASIDE),
    410: ("the page is gone (410)", "check the address"),
    429: ("the server has been asked too much (429)", "try again later"),
    451: ("the page is withheld for legal reasons (451)", "name another page"),
}


def refused(status: int) -> Refusal:
    """Why an answer with this status, which is not 200, holds no page."""
    if status in _SAID:
        problem, fix = _SAID[status]
        return Refusal(problem, fix=fix, passing=status in BUSY)
    if status in (204, 205):
        return Refusal(f"the page is empty ({status})", fix="name a page with text")
    if status >= 500:
        return Refusal(f"the server failed ({status})", fix="try again later", passing=True)
    return Refusal(f"the server answers with status {status} and no page", fix=_ASIDE)
