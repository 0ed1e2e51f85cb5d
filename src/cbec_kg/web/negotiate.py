"""Choose a media type by an ``Accept`` header (RFC 9110, section 12.5.1).

>>> weighed("text/html;q=0.8, text/turtle, */*;q=0.1")
[('text/turtle', 1.0), ('text/html', 0.8), ('*/*', 0.1)]
>>> chosen("application/rdf+xml;q=0.5, text/*", ["text/html", "application/rdf+xml"])
'text/html'
>>> chosen("image/png", ["text/html"]) is None
True
"""

from collections.abc import Sequence

__all__ = ["chosen", "weighed"]


def weighed(header: str) -> list[tuple[str, float]]:
    """What a header lists with its qualities, the most wanted first; parameters but q are left out."""
    found = []
    for part in header.split(","):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        if name:
            found.append((name.lower(), _quality(parameters)))
    return sorted(found, key=lambda one: -one[1])


def chosen(header: str | None, offered: Sequence[str]) -> str | None:
    """The media type of ``offered`` (ours first) that a header wants most, None where it wants none of them."""
    if not header or not header.strip():
        return offered[0]
    wanted = weighed(header)
    qualities = {media: _of(media, wanted) for media in offered}
    best = max(offered, key=lambda media: qualities[media])  # the first of equals
    return best if qualities[best] > 0 else None


def _of(media: str, wanted: Sequence[tuple[str, float]]) -> float:
    """Quality of a media type: of the range that names it most closely."""
    group = media.partition("/")[0] + "/*"
    for name in (media, group, "*/*"):
        for one, quality in wanted:
            if one == name:
                return quality
    return 0.0


def _quality(parameters: Sequence[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "q":
            try:
                return min(1.0, max(0.0, float(value)))
            except ValueError:
                return 0.0
    return 1.0
