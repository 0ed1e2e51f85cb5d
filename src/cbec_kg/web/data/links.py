"""``Link`` headers (RFC 8288): other forms of a thing, what describes it, its own name, licence and classes.

Relations are those of the IANA registry that signposting (https://signposting.org/FAIR/) builds on: ``cite-as`` is the
name to cite (RFC 8574), ``describedby`` leads to data about a thing, ``describes`` back (RFC 6892), ``type`` to its
classes, ``collection`` to the description of the whole graph.

>>> str(Link("/id/china.ttl", "alternate", "text/turtle"))
'</id/china.ttl>; rel="alternate"; type="text/turtle"'
>>> header([Link("/a", "license"), Link("/b", "type")])
'</a>; rel="license", </b>; rel="type"'
"""

from collections.abc import Iterable
from dataclasses import dataclass

from cbec_kg.namespaces import BASE
from cbec_kg.web.addresses import Addresses
from cbec_kg.web.data.forms import DATA, FORMS, PAGE, Form
from cbec_kg.web.work.data.located import Located

__all__ = ["LICENSE", "Link", "header", "links_of"]

LICENSE = "https://creativecommons.org/licenses/by/4.0/"
"""Licence of ontology, vocabulary and data."""
_MOST_TYPES = 5


@dataclass(frozen=True, slots=True)
class Link:
    """One link from what is asked for: where to, as what, and of which media type."""

    target: str
    rel: str
    type: str = ""

    def __str__(self) -> str:
        return f'<{self.target}>; rel="{self.rel}"' + (f'; type="{self.type}"' if self.type else "")


def header(links: Iterable[Link]) -> str:
    """Value of a ``Link`` header."""
    return ", ".join(map(str, links))


def links_of(found: Located, here: Addresses, form: Form | None) -> list[Link]:
    """Links of a form of something, or, for None, of its name itself."""

    def at(one: Form) -> str:
        return here.path_of(found.iri, one.suffix) or ""

    links = [Link(at(one), "alternate", one.media_type) for one in FORMS if one != form]
    if form is None or form == PAGE:
        links += [Link(at(one), "describedby", one.media_type) for one in DATA]
    else:
        links += [Link(found.iri, "describes"), Link(at(PAGE), "describes", PAGE.media_type)]
    if form is not None:
        links.append(Link(at(form), "canonical"))
    links += [Link(found.iri, "cite-as"), Link(LICENSE, "license")]
    links += [Link(one, "type") for one in _types(found)]
    return [*links, Link(here.of(".well-known/void"), "collection")]


def _types(found: Located) -> list[str]:
    """Classes to tell: of the project before those of others."""
    return sorted(found.classes, key=lambda one: (not one.startswith(BASE), one))[:_MOST_TYPES]
