"""The page of one finding: what was held against what, the arithmetic, and the claims on each side.

Its address, ``/finding/X.html``, is routed where all things of the graph are.

>>> finding_page.__name__
'finding_page'
"""

from decimal import Decimal

from starlette.requests import Request
from starlette.responses import Response

from cbec_kg.namespaces import compact
from cbec_kg.web.pages.arithmetic import Ends, Line, on_one_line, short, steps
from cbec_kg.web.site import read, site_of, spoken
from cbec_kg.web.work.pages.compared import Finding, finding

__all__ = ["finding_page"]


async def finding_page(request: Request, iri: str) -> Response:
    """The page of the finding with an IRI; raises `UnknownName`."""
    lang = spoken(request)
    found = await read(request, finding, iri, lang)
    return site_of(request).page(
        request, "finding.html", found=found, steps=steps(found.calculation, lang), lines=_lines(found), short=short,
        compact=compact,
    )  # fmt: skip


def _lines(found: Finding) -> tuple[Line, ...]:
    """The computed interval and the stated one as bars, where both have two ends in one unit."""
    figure = found.tested.figure if found.tested else None
    if figure is None or figure.unit != found.unit:
        return ()
    computed: Ends = (_number(found.lower), _number(found.upper))
    return on_one_line(computed, (figure.lower, figure.upper))


def _number(value: object) -> Decimal | None:
    return None if value is None else Decimal(str(value))
