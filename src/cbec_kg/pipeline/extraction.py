"""Articles of inputs to rows, in one process or several, in constant memory.

>>> import io
>>> run = Run(["-"], Reading(stdin=io.BytesIO(b"China's exports rose 5% in 2023.")))
>>> [line[:24] for line in run.lines()], run.read, run.failed
(['{"type": "observation", '], 1, 0)
"""

import tempfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context
from typing import BinaryIO, NamedTuple

from cbec_kg.extract.article import Extraction, Extractor
from cbec_kg.extract.numerals import ledger_json
from cbec_kg.model.row_json import to_json
from cbec_kg.pipeline.reading_table import reading_table
from cbec_kg.readers.inputs import read_inputs
from cbec_kg.readers.source import Failure, Source
from cbec_kg.readers.web import Web

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
        failed: Callable[[str], None] = lambda line: None, web: Web | None = None,
    ) -> None:  # fmt: skip
        self.inputs, self.reading = list(inputs), reading
        self.tell, self.on_failure, self.web = tell, failed, web
        self.read = self.failed = 0
        self.last_failure = ""

    def results(self) -> Iterator[Read]:
        """What was found, article by article, in the order of the inputs."""
        given = self.reading
        sources = read_inputs(
            self.inputs, published=given.published, publisher=given.publisher, url=given.url, title=given.title,
            lang=given.lang, stdin=given.stdin, web=self.web,
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
                block = (_table(one, ledger=ledger) if table else _jsonl(one, ledger=ledger)).encode()
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
    batches = _batches(articles)
    lost: deque[list[Source]] = deque()
    while True:
        held: deque[list[Source]] = deque()
        try:
            with _pool(jobs) as pool:
                futures: deque[Future[list[Read | Failure]]] = deque()
                while True:
                    while len(held) < jobs * _AHEAD and (batch := lost.popleft() if lost else next(batches, None)):
                        held.append(batch)
                        futures.append(pool.submit(_extract_batch, batch))
                    if not held:
                        return
                    yield from futures.popleft().result()
                    held.popleft()
        except BrokenProcessPool:
            suspect = held.popleft()
            lost.extendleft(reversed(held))
            yield from _one_by_one(suspect)


def _pool(jobs: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(jobs, mp_context=get_context("spawn"))


def _one_by_one(batch: list[Source]) -> Iterator[Read | Failure]:
    """Articles of a batch whose process was killed, one at a time, so that only the one that kills is lost."""
    todo = deque(batch)
    while todo:
        try:
            with _pool(1) as pool:
                while todo:
                    yield pool.submit(_extract, todo[0]).result()
                    todo.popleft()
        except BrokenProcessPool:
            yield Failure.of(todo.popleft().where, "its process was killed", "read it alone, or with more memory")


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


def _table(one: Read, *, ledger: bool) -> str:
    label = one.extraction.label(Extractor.default().finder.lexicon.label)
    return reading_table(one.extraction, label, ledger=ledger) + "\n"
