"""Write one figure's answer as the shared options ask: why it has its type, citations, a receipt, lines or JSON.

>>> Extras(why=True).receipt is None
True
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cbec_kg.errors import CbecError

if TYPE_CHECKING:
    from cbec_kg.answer.answer import Asked

__all__ = ["Extras", "Head", "write_asked"]


@dataclass(frozen=True, slots=True)
class Extras:
    """What `options.answer_options` asks for; ``receipt`` is a file's name, empty for one of its digest."""

    why: bool = False
    receipt: str | None = None
    cite: bool = False
    form: str = "table"


@dataclass(frozen=True, slots=True)
class Head:
    """How a question was read, as a line and as keys of JSON; the status and the direction that it speaks of."""

    line: str
    keys: Mapping[str, object]
    status: str | None = None
    direction: str | None = None


def write_asked(found: "Asked", extras: Extras, lang: str, build: str | None, head: Head | None = None) -> None:
    """Write an answer to standard output, below (in JSON: beside) what ``head`` says of the question.

    The answer stands there before a receipt that cannot be written raises `CbecError`.
    """
    from cbec_kg.answer.as_json import as_json, json_text
    from cbec_kg.answer.present import present

    wanted, direction = (head.status, head.direction) if head else (None, None)
    lines, more = [present(found.answer, lang, wanted=wanted, direction=direction)], dict[str, object]()
    if extras.why:
        from cbec_kg.answer.present import present_why
        from cbec_kg.answer.why import why as why_of

        reason = why_of(found.ledger, found.indicators, found.answer)
        more["why"] = asdict(reason)
        lines += ["", present_why(reason, found.answer, lang)]
    if extras.cite:
        from cbec_kg.answer.cite import citations

        cited = citations(found.answer, build)
        more["citations"] = [asdict(one) for one in cited]
        lines += [line for one in cited for line in ("", getattr(one, lang), "", one.bibtex)]
    problem = None
    if extras.receipt is not None:
        try:
            more["receipt"] = _write_receipt(found, extras.receipt)
        except (CbecError, OSError) as error:
            problem = error
    if extras.form == "json":
        said = dict(head.keys) if head else {}
        click.echo(json_text({**said, **as_json(found.answer), **more}))
    else:
        click.echo("\n".join([*([head.line] if head else []), *lines]))
    if problem is not None:
        raise problem


def _write_receipt(found: "Asked", file: str) -> str:
    """Write a receipt, and say where; a file with other contents is never overwritten."""
    from cbec_kg.answer.receipt import make, name, text_of

    receipt = make(found.answer, found.indicators)
    path, text = Path(file or name(receipt)), text_of(receipt)
    try:
        with path.open("x", encoding="utf-8") as out:
            out.write(text)
    except FileExistsError:
        if path.is_dir() or path.read_bytes() != text.encode():
            raise CbecError(f"{path} exists and is another", fix="name another file, or remove it") from None
    click.echo(f"receipt: {path}", err=True)
    return str(path)
