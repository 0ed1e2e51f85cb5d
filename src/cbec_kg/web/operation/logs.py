"""What the server writes of its work: a line for each request, as JSON or for people, on standard error.

A line names the path but nothing behind its question mark, and no header: what was asked stays with who asked.

>>> record = logging.LogRecord("x", logging.INFO, "", 0, "request", None, None)
>>> record.said = {"method": "GET", "path": "/sparql", "status": 200, "seconds": 0.0123}
>>> record.created = 0.0
>>> print(Lines("json").format(record))
{"time":"1970-01-01T00:00:00.000Z","level":"info","event":"request","method":"GET","path":"/sparql","status":200,"seconds":0.0123}
>>> print(Lines("text").format(record))
1970-01-01T00:00:00.000Z info request method=GET path=/sparql status=200 seconds=0.0123
"""

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, TextIO

__all__ = ["LOG", "Lines", "set_up", "told"]

LOG = logging.getLogger("cbec_kg.web")
_UNFINISHED = "ASGI callable returned without completing response."


class Lines(logging.Formatter):
    """One line a record; ``form`` is json or text."""

    def __init__(self, form: str, *, messages: bool = False) -> None:
        super().__init__()
        self._json, self._messages = form == "json", messages

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        time = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        said = {"time": time, "level": record.levelname.lower(), "event": record.getMessage().strip()}
        said |= getattr(record, "said", {})
        if record.exc_info and record.exc_info[1] is not None:
            said |= told(record.exc_info[1], messages=self._messages)
        if self._json:
            return json.dumps(said, ensure_ascii=False, separators=(",", ":"), default=str)
        head = [said.pop(name) for name in ("time", "level", "event")]
        return " ".join((*head, *(f"{name}={value}" for name, value in said.items()))).replace("\n", "\\n")


def told(error: BaseException, *, messages: bool = False) -> dict[str, Any]:
    """Class of an error and of its causes, and the places that they passed.

    A message may quote what was asked, hence only with ``messages``.
    """
    names: list[str] = []
    places: list[str] = []
    seen: BaseException | None = error
    while seen is not None and len(names) < 5:
        names.append(f"{type(seen).__name__}: {seen}" if messages else type(seen).__name__)
        places += _places(seen.__traceback__)
        seen = seen.__cause__ or (None if seen.__suppress_context__ else seen.__context__)
    return {"error": " < ".join(names), "traceback": places}


def _places(trace: TracebackType | None) -> list[str]:
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)]


def set_up(form: str, level: str, stream: TextIO = sys.stderr) -> None:
    """Write lines of the server and of uvicorn to ``stream``, from a level on."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(Lines(form, messages=level == "debug"))
    handler.addFilter(lambda record: record.msg != _UNFINISHED)  # such an answer has a line of its own, with its reason
    for logger in (LOG, logging.getLogger("uvicorn.error"), logging.getLogger("asyncio")):
        logger.handlers = [handler]
        logger.propagate = False
        logger.setLevel(level.upper() if logger is LOG else logging.WARNING)
