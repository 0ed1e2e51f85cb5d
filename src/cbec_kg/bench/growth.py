"""How cost grows with the text: in one article, and in as many articles; flat is linear.

>>> from cbec_kg.bench.corpus import Corpus
>>> section = growth(Corpus.read([]), seconds=0, tell=lambda what: None, characters=200, steps=(1, 2))
>>> [(row["lang"], row["of"], row["per_unit_1"]) for row in section.rows][:2]
[('en', 'one longer article', 1.0), ('en', 'more articles', 1.0)]
"""

import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

from cbec_kg.bench.corpus import Corpus
from cbec_kg.bench.rounds import Times, rounds
from cbec_kg.bench.section import Column, Section, Value
from cbec_kg.bench.speed import extract_all
from cbec_kg.bench.variants import block, copies, write_jsonl
from cbec_kg.errors import CbecError
from cbec_kg.pipeline.extraction import Reading, Run
from cbec_kg.readers.source import Source

__all__ = ["STEPS", "growth", "unit"]

STEPS = (1, 2, 4, 8)
_CHARACTERS = 6_000
_NOTES = (
    "CPU seconds for each unit of text, as a multiple of those for the smallest: 1.00 all along is linear, 8.00 at the",
    "end is quadratic. Each unit has figures and a name of its own. More articles go through the pipeline to JSON.",
)


def unit(sources: Sequence[Source], characters: int) -> tuple[Sequence[Source], int]:
    """The first articles that have so many characters together, and how often they must be copied to have them.

    >>> from cbec_kg.bench.corpus import Corpus
    >>> [(len(some), times) for some, times in (unit(Corpus.read([]).of("en"), size) for size in (0, 1000, 6000))]
    [(1, 1), (2, 1), (8, 2)]
    """
    size = 0
    for number, source in enumerate(sources, 1):
        size += len(source.text)
        if size >= characters:
            return sources[:number], 1
    return sources, -(-characters // max(size, 1))


def growth(
    corpus: Corpus, *, seconds: float, tell: Callable[[str], None], characters: int = _CHARACTERS,
    steps: Sequence[int] = STEPS,
) -> Section:  # fmt: skip
    """Two rows for each language; ``seconds`` is for each row, ``characters`` about the size of a unit."""
    rows = []
    for lang in corpus.languages():
        sources = corpus.of(lang)
        tell(f"growth: {lang}, one longer article")
        rows.append(_row(lang, "one longer article", _longer(sources, characters, steps, seconds), steps))
        tell(f"growth: {lang}, more articles")
        rows.append(_row(lang, "more articles", _more(*unit(sources, characters), steps, seconds), steps))
    columns = (
        Column("lang", "language"), Column("of", "of"), Column("seconds_1", "x1 CPU s", ".4f"),
        *(Column(f"per_unit_{step}", f"x{step}", ".2f") for step in steps), Column("rounds", "rounds", "d"),
    )  # fmt: skip
    return Section("growth", "Growth", columns, tuple(rows), _NOTES)


def _row(lang: str, of: str, times: Times, steps: Sequence[int]) -> dict[str, Value]:
    first = str(steps[0])
    row: dict[str, Value] = {"lang": lang, "of": of, "rounds": times.count}
    row |= {f"seconds_{step}": times.median(str(step)) for step in steps}
    row |= {f"per_unit_{step}": times.ratio(str(step), first) * steps[0] / step for step in steps}
    return row


def _longer(sources: Sequence[Source], characters: int, steps: Sequence[int], seconds: float) -> Times:
    """One article of one block, of two, and so on."""

    def prepare(number: int) -> Mapping[int, Source]:
        blocks = [block(sources, characters, number * steps[-1] + one) for one in range(steps[-1])]
        texts = {step: "".join(blocks[:step]) for step in steps}
        head = sources[0]
        return {
            step: replace(head, text=text, article=replace(head.article, length=len(text)))
            for step, text in texts.items()
        }

    contenders: dict[str, Callable[[Mapping[int, Source]], object]] = {
        str(step): lambda work, step=step: extract_all([work[step]])  # type: ignore[misc]
        for step in steps
    }
    return rounds(contenders, prepare, seconds=seconds)


def _more(sources: Sequence[Source], repeat: int, steps: Sequence[int], seconds: float) -> Times:
    """The articles once, twice, and so on, from a file to JSON."""
    with tempfile.TemporaryDirectory() as folder:

        def prepare(number: int) -> Mapping[int, str]:
            files = {step: Path(folder) / f"x{step}.jsonl" for step in steps}
            for step, path in files.items():
                write_jsonl(
                    path, islice(copies(sources, number * steps[-1] * repeat + 1), step * repeat * len(sources))
                )
            return {step: str(path) for step, path in files.items()}

        contenders: dict[str, Callable[[Mapping[int, str]], object]] = {
            str(step): lambda work, step=step: _read(work[step])  # type: ignore[misc]
            for step in steps
        }
        return rounds(contenders, prepare, seconds=seconds)


def _read(path: str) -> None:
    run = Run([path], Reading())
    for _ in run.lines():
        pass
    if run.failed:
        raise CbecError(f"{run.failed} of {run.failed + run.read} copies failed, the last with: {run.last_failure}")
