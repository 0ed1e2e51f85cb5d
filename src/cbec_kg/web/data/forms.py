"""The forms in which a name of the graph is answered: a page, or data in four syntaxes.

>>> [form.suffix for form in FORMS]
['.ttl', '.rdf', '.jsonld', '.nt', '.html']
>>> form_for("text/html,application/xhtml+xml,*/*;q=0.8").suffix, form_for("*/*").suffix, form_for("image/png")
('.html', '.ttl', None)
>>> split("id/aliexpress.ttl")
('id/aliexpress', '.ttl')
>>> split("id/a.php")
('id/a.php', '')
"""

from dataclasses import dataclass

from cbec_kg.rdf.formats import by_name
from cbec_kg.web.negotiate import chosen

__all__ = ["DATA", "FORMS", "PAGE", "Form", "by_suffix", "form_for", "split"]


@dataclass(frozen=True, slots=True)
class Form:
    """One form: the suffix of its address, its media type, and its name among RDF formats; a page has none."""

    suffix: str
    media_type: str
    rdf: str = ""

    @property
    def content_type(self) -> str:
        """Media type with the charset where it needs one (RFC 7303 and W3C Turtle: text/* is UTF-8 by its own word)."""
        return f"{self.media_type}; charset=utf-8" if self.media_type.startswith("text/") else self.media_type


DATA = tuple(
    Form(known.suffix, known.media_type, known.name) for known in map(by_name, ("ttl", "rdfxml", "jsonld", "nt"))
)
PAGE = Form(".html", "text/html")
FORMS = (*DATA, PAGE)
"""Of forms that a client wants alike, the first is given: the order that `deploy/w3id` keeps to."""

_BY_SUFFIX = {form.suffix: form for form in FORMS}
_ALSO = {"application/xhtml+xml": PAGE, "application/json": _BY_SUFFIX[".jsonld"], "text/n3": _BY_SUFFIX[".ttl"]}
"""Types that are asked for and held by another: JSON-LD is JSON, Turtle is N3."""
_OFFERED = {form.media_type: form for form in FORMS} | _ALSO


def form_for(accept: str | None) -> Form | None:
    """The form that an ``Accept`` header wants most (RFC 9110, section 12.5.1), None where it wants none of them."""
    media = chosen(accept, list(_OFFERED))
    return None if media is None else _OFFERED[media]


def by_suffix(suffix: str) -> Form:
    """Form of a suffix; raises ``KeyError``."""
    return _BY_SUFFIX[suffix]


def split(path: str) -> tuple[str, str]:
    """A path without the suffix of a form, and that suffix; empty where it has none."""
    stem, dot, last = path.rpartition(".")
    return (stem, dot + last) if dot and stem and dot + last in _BY_SUFFIX else (path, "")
