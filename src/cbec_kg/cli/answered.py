"""Write one figure's answer as the shared options ask: why it has its type, citations, a receipt, lines or JSON.

>>> Extras(why=True).receipt is None
True
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from cbec_kg.errors import CbecError

if TYPE_CHECKING:
    from cbec_kg.answer.answer import Asked
    from cbec_kg.answer.telling import Head

__all__ = ["Extras", "write_asked"]


@dataclass(frozen=True, slots=True)
class Extras:
    """What `options.answer_options` asks for; ``receipt`` is a file's name, empty for one of its digest."""

    why: bool = False
    receipt: str | None = None
    cite: bool = False
    form: str = "table"


def write_asked(found: "Asked", extras: Extras, lang: str, build: str | None, head: "Head | None" = None) -> None:
    """Write an answer to standard output, below (in JSON: beside) what ``head`` says of the question.

    The answer stands there before a receipt that cannot be written raises `CbecError`.
    """
    from cbec_kg.answer.as_json import json_text
    from cbec_kg.answer.telling import tell, write_receipt

    told = tell(found, lang, why=extras.why, cite=extras.cite, build=build, head=head)
    keys, problem = dict(told.keys), None
    if extras.receipt is not None:
        try:
            path = write_receipt(found, extras.receipt)
            click.echo(f"receipt: {path}", err=True)
            keys["receipt"] = str(path)
        except (CbecError, OSError) as error:
            problem = error
    click.echo(json_text(keys) if extras.form == "json" else told.text)
    if problem is not None:
        raise problem
