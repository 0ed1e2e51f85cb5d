"""Routes of linked data: a pattern a kind of name, the documents, the description of the whole, the sitemap.

>>> [route.path for route in routes()][:3]
['/.well-known/void', '/sitemap.xml', '/void{suffix:form}']
>>> Versions().regex
'[0-9]+[.][0-9]+[.][0-9]+'
"""

from starlette.convertors import Convertor, register_url_convertor
from starlette.middleware import Middleware
from starlette.routing import Route

from cbec_kg.namespaces import BASE, PREFIXES
from cbec_kg.web.data.dereference import dereferenced
from cbec_kg.web.data.forms import FORMS
from cbec_kg.web.data.sitemap import sitemap, well_known
from cbec_kg.web.sharing import METHODS, Open

__all__ = ["routes"]


class Text(Convertor[str]):
    """A part of a path as it is."""

    regex = ".*"

    def convert(self, value: str) -> str:
        """The text."""
        return value

    def to_string(self, value: str) -> str:
        """The text."""
        return value


class Versions(Text):
    """Number of a version, such as 0.1.0."""

    regex = "[0-9]+[.][0-9]+[.][0-9]+"


class Forms(Text):
    """Suffix of a form, or nothing."""

    regex = "|".join(form.suffix.replace(".", "[.]") for form in FORMS) + "|"


register_url_convertor("version", Versions())
register_url_convertor("form", Forms())

_KINDS = sorted(
    {base.removeprefix(BASE).rstrip("/") for base in PREFIXES.values() if base.startswith(BASE) and base.endswith("/")}
    | {"alignment", "cube"}  # what a Data Cube is made of is in exports alone; its names are kept for it
)
_DOCUMENTS = ("ontology", "vocab", "shapes", "all")


def routes() -> list[Route]:
    """The routes of linked data."""
    patterns = ["/void{suffix:form}"]
    patterns += [f"/{name}{{suffix:form}}" for name in _DOCUMENTS]
    patterns += [f"/{kind}/{{name:path}}" for kind in _KINDS]
    patterns.append("/{version:version}/{name:path}")
    handlers = [("/.well-known/void", well_known), ("/sitemap.xml", sitemap)]
    handlers += [(pattern, dereferenced) for pattern in patterns]
    return [Route(path, handler, methods=METHODS, middleware=[Middleware(Open)]) for path, handler in handlers]
