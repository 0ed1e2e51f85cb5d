"""Kill real processes that change a store, at random moments, and look at what they leave.

After each kill the store must answer, and hold what a build of whole articles would make; the next run must end what
was begun and leave nothing behind.

>>> sorted(COMMANDS)
['correct', 'forget', 'ingest']
>>> died(changed=0, of=2, pending=True), died(changed=2, of=2, pending=False)
('during', 'after')
"""

import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pyoxigraph

from cbec_kg import paths
from cbec_kg.bench.corpus import Corpus
from cbec_kg.bench.section import Column, Section, Value
from cbec_kg.bench.variants import write_jsonl
from cbec_kg.errors import CbecError
from cbec_kg.extract.masks import code_of
from cbec_kg.pipeline.build import build, reasoned_graphs
from cbec_kg.pipeline.corrected import corrected
from cbec_kg.pipeline.graphs import content_triples, graph_name, quads_of
from cbec_kg.pipeline.living import pending_file
from cbec_kg.pipeline.overlay import Overlay
from cbec_kg.pipeline.shelf import Shelf
from cbec_kg.pipeline.sources import Curated, Sources, read_sources
from cbec_kg.rdf.terms import NamedNode, Quad
from cbec_kg.readers.source import Source
from cbec_kg.store.builds import current
from cbec_kg.triples.names import Namer

__all__ = ["COMMANDS", "Command", "crash", "died", "faults", "strays"]

_COLUMNS = (
    Column("command", "command"), Column("kills", "kills", "d"), Column("before", "before", "d"),
    Column("during", "during", "d"), Column("after", "after", "d"), Column("pending", "begun", "d"),
    Column("articles", "articles in", "d"), Column("answered", "answered", "d"), Column("whole", "whole", "d"),
    Column("leaked", "leaked", "d"), Column("completed", "completed", "d"), Column("most", "x disk", ".2f"),
)  # fmt: skip
_NOTES = (
    "Each kill is SIGKILL at a random moment: of all the time that the command takes, or, every other one, of the time",
    "in which it holds the store. Before, during and after say where it struck: no article was changed yet, some were,",
    "or all; begun counts changes that the next run had to end.",
    "Articles in counts those that killed processes left in their stores. Answered, whole and completed are to equal",
    "kills, leaked is to be 0; x disk is the largest store as a multiple of the largest that no kill disturbed.",
)


@dataclass(frozen=True, slots=True)
class Command:
    """A command that changes articles one after the other.

    ``begins`` and ``ends`` say how the articles are before it and after it: out, in, or corrected. ``arguments`` and
    ``again`` make its command line, from the file of articles, their ids, and of these the ones that are on the shelf:
    for the run that is killed, and the next.
    """

    begins: str
    ends: str
    arguments: Callable[[Path, Sequence[str]], list[str]]
    again: Callable[[Path, Sequence[str], Sequence[str]], list[str]]


_NAME = "Far Shores Plan"
_SAYS = f" AliExpress launched the “{_NAME}” in 2023."
_MERGED = ["correct", code_of(_NAME), "merge", "g100-overseas-plan", "--reason", "the same", "--by", "bench"]

COMMANDS: dict[str, Command] = {
    "ingest": Command(
        "out", "in",
        lambda file, ids: ["ingest", str(file)],
        lambda file, ids, left: ["ingest", str(file)],
    ),
    "correct": Command("in", "corrected", lambda file, ids: _MERGED, lambda file, ids, left: _MERGED),
    "forget": Command(
        "in", "out",
        lambda file, ids: ["forget", *ids],
        lambda file, ids, left: ["forget", *(left or ids[:1])],  # where none is left it says so
    ),
}  # fmt: skip
"""What is killed, by name; correct has a name that several of the articles bring in merged into one that is known."""


@dataclass(slots=True)
class _Bench:
    """Articles, what builds of some of them hold, and the stores to start from."""

    folder: Path
    file: Path
    sources: Sources
    versions: dict[str, dict[str, Curated]] = field(default_factory=dict)
    built: dict[tuple[tuple[str, str], ...], frozenset[Quad]] = field(default_factory=dict)
    largest: int = 0

    def wanted(self, states: Mapping[str, str]) -> frozenset[Quad]:
        """Quads of a build with the articles in some states."""
        key = tuple(sorted(states.items()))
        if key not in self.built:
            held = {article: self.versions[article][state] for article, state in key if state in self.versions[article]}
            self.built[key] = frozenset(
                quads_of(reasoned_graphs(replace(self.sources, articles=self.sources.articles | held)))
            )
        return self.built[key]

    def all(self, state: str) -> dict[str, str]:
        """All articles in one state, those that it does not touch as they are."""
        return {
            article: state if state == "out" or state in versions else "in"
            for article, versions in self.versions.items()
        }


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
            start, ids = starts[command.begins], list(bench.versions)
            store = Path(here) / "store"
            whole, writing = _lasts(command.arguments(bench.file, ids), _copy(start, store))
            bench.largest = max(bench.largest, _size(start), _size(store))
            told: Counter[str] = Counter(kills=kills)
            most = 0
            for number in range(kills):
                tell(f"crash: {name}, kill {number + 1} of {kills}")
                _copy(start, store)
                delay = draw.uniform(0, writing if number % 2 else whole)
                _kill(command.arguments(bench.file, ids), store, delay, writing=bool(number % 2))
                told.update(_left(bench, command, store))
                most = max(most, _size(store))
            rows.append({"command": name, **{key: told[key] for key in _COUNTS}, "most": most / bench.largest})
    return Section("crash", f"Processes killed while they change {articles} articles", _COLUMNS, tuple(rows), _NOTES)


_COUNTS = [column.key for column in _COLUMNS if column.form == "d"]


def died(*, changed: int, of: int, pending: bool) -> str:
    """Where a process died, by the number of articles that it had changed."""
    if not changed and not pending:
        return "before"
    return "after" if changed == of and not pending else "during"


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
    ids = Shelf(store).ids()
    known = {"CURRENT", "lock", "log.jsonl", "overlay.json", *(f"articles/{article}.json" for article in ids)}
    known |= {f"grounds-{build.name}.db"} if build else set()
    known |= {"corrections.jsonl"} if ids else set()
    curated = {path.stem for path in (paths.resources() / "data" / "articles").glob("*.json")}
    known |= {f"history/{article}.jsonl" for article in curated.union(ids)}
    names = sorted(path.relative_to(store).as_posix() for path in store.rglob("*") if path.is_file())
    return [name for name in names if name not in known and not (build and name.startswith(f"builds/{build.name}/"))]


def _prepared(here: Path, articles: int) -> tuple[_Bench, dict[str, Path]]:
    """What to measure with, and stores without the articles and with them."""
    resources, sources = paths.resources(), Corpus.read([]).sources
    per_language = [[one for one in sources if one.article.lang == lang] for lang in ("en", "zh")]
    mixed = [one for pair in zip(*per_language, strict=True) for one in pair]
    if not 1 <= articles <= len(mixed):
        raise CbecError(f"there are {len(mixed)} made-up articles", fix="name fewer")
    bench = _Bench(here, here / "articles.jsonl", read_sources(resources))
    chosen = [_saying(one) if one.article.lang == "en" else one for one in mixed[:articles]]
    write_jsonl(bench.file, chosen)
    starts = {"out": here / "without", "in": here / "with"}
    build(starts["out"], resources)
    _run(["ingest", str(bench.file)], _copy(starts["out"], starts["in"]))
    shelf = Shelf(starts["in"])
    _run(_MERGED, _copy(starts["in"], here / "merged"))
    overlay = Overlay.read(here / "merged" / "corrections.jsonl")
    for one in chosen:
        content = shelf.get(one.article.id)
        if content is None:
            raise CbecError(f"the made-up article {one.article.id} was not taken in")
        bench.versions[one.article.id] = {"in": content}
        if (merged := corrected(content, overlay).content) != content:
            bench.versions[one.article.id]["corrected"] = merged
    return bench, starts


def _saying(one: Source) -> Source:
    """An article that says besides what several say."""
    text = one.text + _SAYS
    return replace(one, text=text, article=replace(one.article, length=len(text)))


def _left(bench: _Bench, command: Command, store: Path) -> dict[str, int]:
    """What a killed process left, and whether the next run ends well."""
    pending = pending_file(store).exists()
    answered = _run(["sparql", "ASK { ?claim cbec:evidence ?evidence }", "--format", "json"], store, check=False) == 0
    states = _states(bench, store)
    whole = "torn" not in states.values() and _dump(store) == bench.wanted(states)
    begin, end = bench.all(command.begins), bench.all(command.ends)
    changing = [article for article in end if begin[article] != end[article]]
    changed = sum(states[article] == end[article] for article in changing)
    where = died(changed=changed, of=len(changing), pending=pending)
    left = [article for article in bench.versions if article in Shelf(store)]
    _run(command.again(bench.file, list(bench.versions), left), store, check=False)
    completed = _states(bench, store) == end and _dump(store) == bench.wanted(end)
    held = sum(state != "out" for state in states.values())
    return {
        where: 1, "pending": pending, "articles": held, "answered": answered, "whole": whole,
        "leaked": len(strays(store)), "completed": completed,
    }  # fmt: skip


def _states(bench: _Bench, store: Path) -> dict[str, str]:
    """How each article is in the graph: out, in, corrected, or torn."""
    graph, namer = pyoxigraph.Store.read_only(str(current(store))), Namer(bench.sources.vocabulary)
    states = {}
    for article, versions in bench.versions.items():
        name = NamedNode(graph_name(f"article_{article}"))
        held = {quad.triple for quad in graph.quads_for_pattern(None, None, None, name)}
        found = (state for state, content in versions.items() if content_triples(content, namer) == held)
        states[article] = next(found, "torn") if held else "out"
    return states


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


def _lasts(arguments: Sequence[str], store: Path) -> tuple[float, float]:
    """Seconds that a command takes, and of these the ones in which it holds the store."""
    begun = time.monotonic()
    with subprocess.Popen(_command(arguments, store), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        _wait_for_lock(process, store)
        locked = time.monotonic()
    if process.returncode:
        raise CbecError(f"cbec-kg {arguments[0]} ended with {process.returncode}")
    return time.monotonic() - begun, time.monotonic() - locked


def _wait_for_lock(process: subprocess.Popen[bytes], store: Path) -> None:
    """Wait until a process writes the store, or has ended."""
    while process.poll() is None and (store / "lock").read_text("ascii").strip() != str(process.pid):
        time.sleep(0.005)


def _kill(arguments: Sequence[str], store: Path, delay: float, *, writing: bool) -> None:
    """Start a command and kill it by its id, unless it has ended; the delay begins with it, or with its writing."""
    process = subprocess.Popen(_command(arguments, store), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        if writing:
            _wait_for_lock(process, store)
        process.wait(delay)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
