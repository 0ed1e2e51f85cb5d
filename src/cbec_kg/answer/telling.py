"""Tell an answer whole, as lines and as keys of JSON: how it was read, why it has its type, citations, a receipt.

>>> from cbec_kg.answer.answering import answer_from
>>> from cbec_kg.answer.indicators import Indicators
>>> from cbec_kg.answer.ledger import Ledger
>>> from cbec_kg.answer.question import Question
>>> asked = Question("company-revenue", entity="shein", period="2022")
>>> found = Asked(answer_from(Ledger(), asked, Indicators()), asked, Ledger(), Indicators())
>>> print(tell(found, "en", why=True).text.splitlines()[0])
silent: no claim of the graph states or gives this figure
>>> tell(found, "en", why=True).keys["why"]["becomes"] is None
True
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from cbec_kg.answer.answer import Asked
from cbec_kg.answer.as_json import as_json
from cbec_kg.answer.cite import citations
from cbec_kg.answer.present import present, present_why
from cbec_kg.answer.receipt import make, name, text_of
from cbec_kg.answer.why import why as why_of
from cbec_kg.errors import CbecError

__all__ = ["Head", "Told", "tell", "write_receipt"]


@dataclass(frozen=True, slots=True)
class Head:
    """How a question was read, as a line and as keys of JSON; the status and the direction that it speaks of."""

    line: str
    keys: Mapping[str, object]
    status: str | None = None
    direction: str | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """An answer as ``text``, lines without a last newline, and as ``keys`` of one JSON object."""

    text: str
    keys: dict[str, Any]


def tell(
    found: Asked,
    lang: str,
    *,
    why: bool = False,
    cite: bool = False,
    build: str | None = None,
    head: Head | None = None,
) -> Told:
    """An answer below (in JSON: beside) what ``head`` says of the question, with its reason and citations if wanted.

    ``build`` is named in citations.
    """
    wanted, direction = (head.status, head.direction) if head else (None, None)
    lines = [head.line] if head else []
    lines.append(present(found.answer, lang, wanted=wanted, direction=direction))
    keys = {**(head.keys if head else {}), **as_json(found.answer)}
    if why:
        reason = why_of(found.ledger, found.indicators, found.answer)
        keys["why"] = asdict(reason)
        lines += ["", present_why(reason, found.answer, lang)]
    if cite:
        cited = citations(found.answer, build)
        keys["citations"] = [asdict(one) for one in cited]
        lines += [line for one in cited for line in ("", getattr(one, lang), "", one.bibtex)]
    return Told("\n".join(lines), keys)


def write_receipt(found: Asked, file: str | Path | None = None) -> Path:
    """Write a receipt, to ``file`` or to one named by its digest, and say where.

    A file with other contents is never overwritten: raises `CbecError`, and ``OSError`` where it cannot be written.
    """
    receipt = make(found.answer, found.indicators)
    path, text = Path(file or name(receipt)), text_of(receipt)
    try:
        with path.open("x", encoding="utf-8") as out:
            out.write(text)
    except FileExistsError:
        if path.is_dir() or path.read_bytes() != text.encode():
            raise CbecError(f"{path} exists and is another", fix="name another file, or remove it") from None
    return path
