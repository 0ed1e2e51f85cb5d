"""The process that draws: a Vega-Lite chart comes on its standard input, a picture goes out, until it is killed.

The drawing library reserves tens of gigabytes of address space for its JavaScript engine, so that no reader of the
graph could hold it under its limit of memory. It asks no network: charts carry their data.

>>> sorted(words_of("<svg><text>aab</text></svg>"))
['a', 'b']
"""

import json
import os
import pickle
import re
from functools import cache
from typing import Any

from cbec_kg.store.pool.frames import ERROR, RESULT, frame, read_frame
from cbec_kg.web.work.charts.looks import FONT

__all__ = ["drawn", "main", "words_of"]

_TEXT = re.compile(r"<text[^>]*>([^<]*)</text>")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_LETTER = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40">'
    '<text x="4" y="30" font-family="{}" font-size="24">{}</text></svg>'
)
_SNIPPET = "window.vegaEmbed = vegaEmbed;"
_SHARPNESS = 2.0


def words_of(svg: str) -> set[str]:
    """Letters that stand in the texts of a picture."""
    return set("".join(_TEXT.findall(svg)))


def drawn(form: str, told: str) -> bytes:
    """A picture (``svg``, ``png``) of a chart in JSON, or the script that draws charts in a browser (``script``).

    Raises `LookupError` for a ``png`` whose Chinese no font of this machine has.
    """
    import vl_convert

    if form == "script":
        return str(vl_convert.javascript_bundle(_SNIPPET)).encode()
    svg: str = vl_convert.vegalite_to_svg(json.loads(told), allowed_base_urls=[])
    if form == "svg":
        return svg.encode()
    if _HAN.search("".join(words_of(svg))) and not _has_chinese(FONT):
        raise LookupError("no font of this machine has Chinese letters")
    picture: bytes = vl_convert.svg_to_png(svg, scale=_SHARPNESS)
    return picture


@cache
def _has_chinese(family: str) -> bool:
    """Whether two Chinese letters come out as two pictures: where no font has them, all look alike."""
    import vl_convert

    return bool(
        vl_convert.svg_to_png(_LETTER.format(family, "中")) != vl_convert.svg_to_png(_LETTER.format(family, "国"))
    )


def main() -> None:
    """Draw until standard input ends."""
    from cbec_kg.store.pool.reader import end_with_parent

    end_with_parent()
    source, target = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no frame
    target.write(frame(RESULT))
    target.flush()
    while (found := read_frame(source)) is not None:
        asked: tuple[Any, ...] = pickle.loads(found[1])
        try:
            answer = frame(RESULT, drawn(*asked))
        except Exception as error:
            kind = "LookupError" if isinstance(error, LookupError) else type(error).__name__
            answer = frame(ERROR, f"{kind}: {error}".encode())
        target.write(answer)
        target.flush()


if __name__ == "__main__":
    main()
