"""Forms in which the API gives rows: those of the command line, the W3C's JSON, and JSON with labels and sources.

>>> list(ROWS)[:4]
['json', 'sparql-json', 'csv', 'tsv']
>>> form_of(None, "text/csv;q=0.9, text/html;q=0.1", ROWS)
('csv', 'text/csv; charset=utf-8')
"""

from collections.abc import Mapping
from importlib.util import find_spec

from starlette.exceptions import HTTPException

from cbec_kg.query.formats.registry import FORMATS
from cbec_kg.web.negotiate import chosen

__all__ = ["FIGURE", "LISTING", "ROWS", "bare", "form_of"]

# Libraries without which a format cannot be written.
_NEEDS = {"parquet": "pyarrow", "xlsx": "openpyxl"}
_REGISTERED = {
    name: known.media_type
    for name, known in FORMATS.items()
    if name != "json" and (name not in _NEEDS or find_spec(_NEEDS[name]))
}
_ORDER = ("json", "sparql-json", "csv", "tsv", "jsonl", "md", "html")

_EVERY = {"json": "application/json", "sparql-json": FORMATS["json"].media_type, **_REGISTERED}
ROWS: Mapping[str, str] = {name: _EVERY[name] for name in (*_ORDER, *(one for one in _EVERY if one not in _ORDER))}
"""Media type of each form of rows; what is registered for the command line shows up here by itself."""

LISTING: Mapping[str, str] = {
    name: media for name, media in ROWS.items() if name != "sparql-json" and name not in _NEEDS
}
"""The same for the catalogue, which no reader writes: heavy libraries stay out of the process that must answer."""

FIGURE: Mapping[str, str] = {"json": "application/json", "text": "text/plain; charset=utf-8"}
"""Media type of each form of one figure."""


def bare(media_type: str) -> str:
    """A media type without its parameters."""
    return media_type.partition(";")[0]


def form_of(wanted: str | None, accept: str | None, offered: Mapping[str, str]) -> tuple[str, str]:
    """Name and media type of the form that is wanted by name, else by ``Accept``; raises ``HTTPException`` 406."""
    if wanted is not None:
        return wanted, offered[wanted]
    names = {bare(media): name for name, media in offered.items()}
    found = chosen(accept, list(names))
    if found is None:
        raise HTTPException(406, f"none of the media types in Accept is offered: ask for one of {', '.join(names)}")
    return names[found], offered[names[found]]
