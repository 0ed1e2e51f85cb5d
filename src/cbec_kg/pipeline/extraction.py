"""Articles of inputs to rows, in one process or several, in constant memory.

>>> import io
>>> run = Run(["-"], Reading(stdin=io.BytesIO(b"China's exports rose 5% in 2023.")))
>>> [line[:24] for line in run.lines()], run.read, run.failed
(['{"type": "observation", '], 1, 0)
"""

import json
import tempfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from typing import BinaryIO, NamedTuple

from cbec_kg.extract.article import Extraction, Extractor
from cbec_kg.extract.numerals import ledger_json
from cbec_kg.model.row_json import to_json
from cbec_kg.model.rows import ObservationRow, Row
from cbec_kg.readers.inputs import read_inputs
from cbec_kg.readers.source import Failure, Source

__all__ = ["Read", "Reading", "Run"]

_BATCH = 100_000
"""So many characters of text go to a process at a time."""
_AHEAD = 3
"""So many batches wait for each process: enough to keep it busy, few enough to stay small."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How inputs are read: metadata that is given, and the number of processes."""

    published: str | None = None
    publisher: str | None = None
    url: str | None = None
    title: str | None = None
    lang: str | None = None
    jobs: int = 1
    stdin: BinaryIO | None = None


class Read(NamedTuple):
    """An article that was read: where it came from, and what was found in it."""

    source: Source
    extraction: Extraction


class Run:
    """One reading of inputs. ``read`` and ``failed`` count articles, ``last_failure`` is the latest message."""

    def __init__(
        self, inputs: Iterable[str], reading: Reading,
        tell: Callable[[int, int], None] = lambda articles, characters: None,
        failed: Callable[[str], None] = lambda line: None,
    ) -> None:  # fmt: skip
        self.inputs, self.reading = list(inputs), reading
        self.tell, self.on_failure = tell, failed
        self.read = self.failed = 0
        self.last_failure = ""

    def results(self) -> Iterator[Read]:
        """What was found, article by article, in the order of the inputs."""
        given = self.reading
        sources = read_inputs(
            self.inputs, published=given.published, publisher=given.publisher, url=given.url, title=given.title,
            lang=given.lang, stdin=given.stdin,
        )  # fmt: skip
        articles = self._articles(sources)
        for one in _parallel(articles, given.jobs) if given.jobs > 1 else map(_extract, articles):
            if isinstance(one, Failure):
                self._fail(one)
                continue
            self.read += 1
            self.tell(1, len(one.source.text))
            yield one

    def _articles(self, sources: Iterator[Source | Failure]) -> Iterator[Source]:
        for one in sources:
            if isinstance(one, Failure):
                self._fail(one)
            else:
                for note in one.notes:
                    self.on_failure(f"{one.where}: {note}")
                yield one

    def _fail(self, failure: Failure) -> None:
        self.failed += 1
        self.last_failure = failure.message
        self.on_failure(failure.message)

    def lines(self, *, ledger: bool = False, table: bool = False) -> Iterator[str]:
        """Rows as text, sorted by article and place.

        What comes before its turn waits in a temporary file, so that memory holds an index of the articles and no rows.
        """
        index: list[tuple[str, int, int]] = []
        with tempfile.SpooledTemporaryFile(max_size=1 << 22) as spool:
            for one in self.results():
                block = (_table(one) if table else _jsonl(one, ledger=ledger)).encode()
                index.append((one.extraction.article.id, spool.tell(), len(block)))
                spool.write(block)
            for _, start, size in sorted(index):
                spool.seek(start)
                yield spool.read(size).decode()


def _extract(source: Source) -> Read | Failure:
    """One article; what goes wrong in one is said and costs no other."""
    try:
        extraction = Extractor.default().extract(source.article, source.text, hint=source.published_hint)
    except Exception as error:
        return Failure.of(source.where, f"unexpected {type(error).__name__}: {error}", "report it with the article")
    return Read(source, extraction)


def _extract_batch(batch: list[Source]) -> list[Read | Failure]:
    return [_extract(source) for source in batch]


def _parallel(articles: Iterator[Source], jobs: int) -> Iterator[Read | Failure]:
    """Extractions by several processes, in the order of the articles."""
    waiting: deque[Future[list[Read | Failure]]] = deque()
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        for batch in _batches(articles):
            waiting.append(pool.submit(_extract_batch, batch))
            if len(waiting) >= jobs * _AHEAD:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()


def _batches(articles: Iterator[Source]) -> Iterator[list[Source]]:
    batch: list[Source] = []
    size = 0
    for article in articles:
        batch.append(article)
        size += len(article.text)
        if size >= _BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _jsonl(one: Read, *, ledger: bool) -> str:
    label = one.extraction.label(Extractor.default().finder.lexicon.label)
    lines = [to_json(row, label) for row in one.extraction.rows]
    if ledger:
        lines += [ledger_json(one.extraction.article.id, line) for line in one.extraction.ledger]
    return "".join(line + "\n" for line in lines)


def _table(one: Read) -> str:
    """Rows for people: an article a heading, a row a line."""
    article = one.extraction.article
    label = one.extraction.label(Extractor.default().finder.lexicon.label)
    head = f"{article.id}  {article.title or ''}".rstrip() + f"  ({len(one.extraction.rows)} rows)\n"
    return head + "".join("  " + _line(row, label) + "\n" for row in one.extraction.rows) + "\n"


def _line(row: Row, label: Callable[[str, str], str | None]) -> str:
    def name(key: str, code: str | None) -> str:
        return (label(key, code) or code) if code else "?"

    where = f"{row.start}-{row.end}"
    if isinstance(row, ObservationRow):
        what = f"{row.kind}{' ' + row.basis if row.basis else ''}"
        who = name("entity", row.entity) + (f" with {name('partner', row.partner)}" if row.partner else "")
        sector = f", {name('sector', row.sector)}" if row.sector else ""
        flow = f", {row.flow}" if row.flow else ""
        by = f"  [{name('reported_by', row.reported_by)}]" if row.reported_by else ""
        return (
            f"{where:>11}  {row.written or '':<24} {what:<18} {name('indicator', row.indicator)}{flow}{sector}; {who}; "
            f"{row.period or 'no period'}; {row.status}{'' if row.qualifier == 'exact' else ', ' + row.qualifier}{by}"
        )
    data = json.loads(to_json(row, label))
    said = ", ".join(
        f"{key} {data[key]}"
        for key in row.KEYS
        if data.get(key) is not None and key not in ("start", "end", "rule", "confidence")
    )
    return f"{where:>11}  {row.TYPE}: {said}"
