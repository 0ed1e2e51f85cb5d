"""Kill real processes that change a store, at random moments, and look at what they leave.

After each kill the store must answer, and hold what a build of whole articles would make; the next run must end what
was begun and leave nothing behind.

>>> sorted(COMMANDS)
['forget', 'ingest']
>>> died(start=2, now=2, end=0, pending=True), died(start=0, now=2, end=2, pending=False)
('during', 'after')
"""

import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pyoxigraph

from cbec_kg import paths
from cbec_kg.bench.corpus import Corpus
from cbec_kg.bench.section import Column, Section, Value
from cbec_kg.bench.variants import write_jsonl
from cbec_kg.errors import CbecError
from cbec_kg.pipeline.build import build, reasoned_graphs
from cbec_kg.pipeline.graphs import graph_name, quads_of
from cbec_kg.pipeline.living import pending_file
from cbec_kg.pipeline.shelf import Shelf
from cbec_kg.pipeline.sources import Curated, Sources, read_sources
from cbec_kg.rdf.terms import NamedNode, Quad
from cbec_kg.store.builds import current

__all__ = ["COMMANDS", "Command", "crash", "died", "faults", "strays"]

_COLUMNS = (
    Column("command", "command"), Column("kills", "kills", "d"), Column("before", "before", "d"),
    Column("during", "during", "d"), Column("after", "after", "d"), Column("pending", "begun", "d"),
    Column("articles", "articles in", "d"), Column("answered", "answered", "d"), Column("whole", "whole", "d"),
    Column("leaked", "leaked", "d"), Column("completed", "completed", "d"), Column("most", "x disk", ".2f"),
)  # fmt: skip
_NOTES = (
    "Each kill is SIGKILL after a random part of the time that the command takes. Before, during and after say where",
    "it struck: no article was changed yet, some were, or all; begun counts changes that the next run had to end.",
    "Articles in counts those that killed processes left in their stores. Answered, whole and completed are to equal",
    "kills, leaked is to be 0; x disk is the largest store as a multiple of the largest that no kill disturbed.",
)


@dataclass(frozen=True, slots=True)
class Command:
    """A command that changes articles one after the other.

    ``begins`` says whether the articles are in before it. ``arguments`` and ``again`` make its command line, from the
    file of articles, their ids, and of these the ones that are on the shelf: for the run that is killed, and the next.
    """

    begins: bool
    arguments: Callable[[Path, Sequence[str]], list[str]]
    again: Callable[[Path, Sequence[str], Sequence[str]], list[str]]


COMMANDS: dict[str, Command] = {
    "ingest": Command(
        False,
        lambda file, ids: ["ingest", str(file)],
        lambda file, ids, left: ["ingest", str(file)],
    ),
    "forget": Command(
        True,
        lambda file, ids: ["forget", *ids],
        lambda file, ids, left: ["forget", *(left or ids[:1])],  # where none is left it says so
    ),
}
"""What is killed, by name; all of them take the articles in the order of the file."""


@dataclass(slots=True)
class _Bench:
    """Articles, what builds of some of them hold, and the stores to start from."""

    folder: Path
    file: Path
    sources: Sources
    contents: dict[str, Curated] = field(default_factory=dict)
    built: dict[frozenset[str], frozenset[Quad]] = field(default_factory=dict)
    largest: int = 0

    def wanted(self, articles: Iterable[str]) -> frozenset[Quad]:
        """Quads of a build with some of the articles."""
        key = frozenset(articles)
        if key not in self.built:
            held = self.sources.articles | {article: self.contents[article] for article in key}
            self.built[key] = frozenset(quads_of(reasoned_graphs(replace(self.sources, articles=held))))
        return self.built[key]


def crash(
    *, kills: int = 50, articles: int = 6, seed: int = 0, commands: Iterable[str] = tuple(COMMANDS),
    tell: Callable[[str], None], folder: Path | None = None,
) -> Section:  # fmt: skip
    """A row for each command; ``kills`` of each, over ``articles`` made-up ones."""
    if unknown := [name for name in commands if name not in COMMANDS]:
        raise CbecError(f"no command {unknown[0]!r}", fix=f"commands are {', '.join(COMMANDS)}")
    rows: list[dict[str, Value]] = []
    with tempfile.TemporaryDirectory(dir=folder) as here:
        tell("crash: the command without a kill")
        bench, starts = _prepared(Path(here), articles)
        for name in commands:
            draw, command = random.Random(f"{seed} {name}"), COMMANDS[name]
            start, ids = starts[command.begins], list(bench.contents)
            store = Path(here) / "store"
            begun = time.monotonic()
            _run(command.arguments(bench.file, ids), _copy(start, store))
            lasts = time.monotonic() - begun
            bench.largest = max(bench.largest, _size(start), _size(store))
            told: Counter[str] = Counter(kills=kills)
            most = 0
            for number in range(kills):
                tell(f"crash: {name}, kill {number + 1} of {kills}")
                _copy(start, store)
                _kill(command.arguments(bench.file, ids), store, draw.uniform(0, lasts))
                told.update(_left(bench, command, store))
                most = max(most, _size(store))
            rows.append({"command": name, **{key: told[key] for key in _COUNTS}, "most": most / bench.largest})
    return Section("crash", f"Processes killed while they change {articles} articles", _COLUMNS, tuple(rows), _NOTES)


_COUNTS = [column.key for column in _COLUMNS if column.form == "d"]


def died(*, start: int, now: int, end: int, pending: bool) -> str:
    """Where a process died, by the number of articles before it, after it, and at its end."""
    if now == start and not pending:
        return "before"
    return "after" if now == end and not pending else "during"


def faults(section: Section) -> list[str]:
    """What a killed process must not leave, for each command that left it."""
    found = []
    for row in section.rows:
        for key in ("answered", "whole", "completed"):
            if row[key] != row["kills"]:
                found.append(f"{row['command']}: {row[key]} of {row['kills']} {key}")
        if row["leaked"]:
            found.append(f"{row['command']}: {row['leaked']} files leaked")
        if isinstance(row["most"], float) and row["most"] > 2:
            found.append(f"{row['command']}: the store is {row['most']:.1f} times as large")
    return found


def strays(store: Path) -> list[str]:
    """Files of a store that no store has between two runs, by their names in it."""
    build = current(store)
    known = {"CURRENT", "lock", "log.jsonl", *(f"articles/{article}.json" for article in Shelf(store).ids())}
    known |= {f"grounds-{build.name}.db"} if build else set()
    names = sorted(path.relative_to(store).as_posix() for path in store.rglob("*") if path.is_file())
    return [name for name in names if name not in known and not (build and name.startswith(f"builds/{build.name}/"))]


def _prepared(here: Path, articles: int) -> tuple[_Bench, dict[bool, Path]]:
    """What to measure with, and stores without the articles and with them."""
    resources, sources = paths.resources(), Corpus.read([]).sources
    per_language = [[one for one in sources if one.article.lang == lang] for lang in ("en", "zh")]
    mixed = [one for pair in zip(*per_language, strict=True) for one in pair]
    if not 1 <= articles <= len(mixed):
        raise CbecError(f"there are {len(mixed)} made-up articles", fix="name fewer")
    bench = _Bench(here, here / "articles.jsonl", read_sources(resources))
    write_jsonl(bench.file, mixed[:articles])
    starts = {False: here / "without", True: here / "with"}
    build(starts[False], resources)
    _run(["ingest", str(bench.file)], _copy(starts[False], starts[True]))
    shelf = Shelf(starts[True])
    for one in mixed[:articles]:
        content = shelf.get(one.article.id)
        if content is None:
            raise CbecError(f"the made-up article {one.article.id} was not taken in")
        bench.contents[one.article.id] = content
    return bench, starts


def _left(bench: _Bench, command: Command, store: Path) -> dict[str, int]:
    """What a killed process left, and whether the next run ends well."""
    ids = list(bench.contents)
    pending = pending_file(store).exists()
    answered = _run(["sparql", "ASK { ?claim cbec:evidence ?evidence }", "--format", "json"], store, check=False) == 0
    held = _held(store, ids)
    whole = _dump(store) == bench.wanted(held)
    end = [] if command.begins else ids
    where = died(start=len(ids) - len(end), now=len(held), end=len(end), pending=pending)
    left = [article for article in ids if article in Shelf(store)]
    _run(command.again(bench.file, ids, left), store, check=False)
    completed = _dump(store) == bench.wanted(end) and sorted(Shelf(store).ids()) == sorted(end)
    return {
        where: 1, "pending": pending, "articles": len(held), "answered": answered, "whole": whole,
        "leaked": len(strays(store)), "completed": completed,
    }  # fmt: skip


def _held(store: Path, ids: Iterable[str]) -> list[str]:
    """Articles of which the graph has anything."""
    graph = pyoxigraph.Store.read_only(str(current(store)))
    names = {article: NamedNode(graph_name(f"article_{article}")) for article in ids}
    return [article for article in ids if any(graph.quads_for_pattern(None, None, None, names[article]))]


def _dump(store: Path) -> frozenset[Quad]:
    """Quads of a store, and for each graph that is there by name only a quad that no build makes."""
    graph = pyoxigraph.Store.read_only(str(current(store)))
    quads = frozenset(graph)
    empty = set(graph.named_graphs()) - {quad.graph_name for quad in quads}
    return quads | {Quad(name, name, name, name) for name in empty if isinstance(name, NamedNode)}


def _copy(start: Path, store: Path) -> Path:
    shutil.rmtree(store, ignore_errors=True)
    return Path(shutil.copytree(start, store))


def _size(store: Path) -> int:
    return sum(path.stat().st_size for path in store.rglob("*") if path.is_file())


def _command(arguments: Sequence[str], store: Path) -> list[str]:
    return [sys.executable, "-m", "cbec_kg", *arguments, "--store", str(store)]


def _run(arguments: Sequence[str], store: Path, *, check: bool = True) -> int:
    """Exit code of a command that is let to its end."""
    done = subprocess.run(_command(arguments, store), capture_output=True, text=True, check=False)
    if check and done.returncode:
        raise CbecError(f"cbec-kg {arguments[0]} ended with {done.returncode}: {done.stderr.strip()}")
    return done.returncode


def _kill(arguments: Sequence[str], store: Path, delay: float) -> None:
    """Start a command and kill it, by its own id, after some seconds, unless it has ended."""
    process = subprocess.Popen(_command(arguments, store), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        process.wait(delay)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
