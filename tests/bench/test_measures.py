"""Arithmetic of the measurements, on clocks and processes that are made up: no test depends on how fast anything is."""

import json
import os
import sys
from itertools import count
from pathlib import Path

import pytest

from cbec_kg.bench import cold, determinism, growth, memory, process
from cbec_kg.bench.corpus import Corpus
from cbec_kg.bench.launcher import measure
from cbec_kg.bench.rounds import Times, rounds
from cbec_kg.errors import CbecError

SILENT = {"tell": lambda what: None}


def test_a_round_that_is_disturbed_moves_no_ratio():
    times = Times({"slow": (2.0, 20.0, 2.0, 4.0, 2.0), "fast": (1.0, 10.0, 1.0, 2.0, 1.0)})
    assert times.ratio("slow", "fast") == 2.0
    assert times.median("slow") == 2.0
    assert times.spread("fast") == 1.0


def test_every_round_has_its_own_work_and_the_first_does_not_count():
    prepared, seen = [], []
    ticks = count()
    times = rounds(
        {"a": seen.append, "b": lambda work: None}, lambda number: prepared.append(number) or number,
        seconds=0, least=4, clock=lambda: next(ticks),
    )  # fmt: skip
    assert prepared == seen == [0, 1, 2, 3, 4]
    assert times.count == len(times.seconds["b"]) == 4


def test_rounds_end_at_the_most():
    assert rounds({"a": lambda work: None}, lambda number: number, seconds=60, most=7).count == 7


@pytest.mark.parametrize(
    ("power", "expected"), [(1, [1.0, 1.0, 1.0, 1.0]), (2, [1.0, 2.0, 4.0, 8.0])], ids=["linear", "quadratic"]
)
def test_growth_is_cost_by_unit(power, expected):
    times = Times({str(step): (float(step**power),) * 3 for step in growth.STEPS})
    row = growth._row("en", "one longer article", times, growth.STEPS)
    assert [row[f"per_unit_{step}"] for step in growth.STEPS] == expected
    assert row["seconds_8"] == 8**power


def test_what_grows_is_seen_to_grow(monkeypatch):
    """A reader whose cost is the square of the text, on a clock that it moves itself."""
    now = [0.0]

    def read(sources):
        now[0] += sum(len(source.text) ** 2 for source in sources)

    monkeypatch.setattr(growth, "extract_all", read)
    timed = growth.rounds
    monkeypatch.setattr(growth, "rounds", lambda *given, **named: timed(*given, **named, clock=lambda: now[0]))
    times = growth._longer(Corpus.read([]).of("en"), 500, (1, 2, 4), seconds=0)
    row = growth._row("en", "one longer article", times, (1, 2, 4))
    assert [round(row[f"per_unit_{step}"]) for step in (1, 2, 4)] == [1, 2, 4]


@pytest.mark.parametrize("characters", [100, 3000])
def test_more_articles_are_more_of_the_same(monkeypatch, characters):
    """A corpus that is larger than a unit, and one that is copied until it fills one."""
    read = []
    monkeypatch.setattr(growth, "_read", lambda path: read.append(Corpus.read([Path(path)])))
    growth._more(*growth.unit(Corpus.read([]).of("zh"), characters), (1, 2, 4), seconds=0)
    counts = [len(corpus.sources) for corpus in read]
    size = {100: 1, 3000: 24}[characters]
    assert counts == [size, 2 * size, 4 * size] * 4
    assert len({source.text for corpus in read[2::3] for source in corpus.sources}) == 4 * 4 * size


def test_memory_is_a_multiple_of_the_smallest(monkeypatch):
    peaks = iter((100_000_000, 100_000_000, 150_000_000))
    said = iter(
        [{"warm": 80_000_000, "peak": peak} for peak in (81_000_000, 99_000_000)] + [{"warm": None, "peak": None}]
    )
    monkeypatch.setattr(
        memory, "cost", lambda arguments: process.Cost(2.0, 2.0, next(peaks), f"a note\n{json.dumps(next(said))}\n")
    )
    section = memory.memory(Corpus.read([]), largest=0.32, **SILENT)
    assert [row["peak_ratio"] for row in section.rows] == [1.0, 1.0, 1.5]
    assert [row["peak_mb"] for row in section.rows] == [100, 100, 150]
    assert [row["grown_mb"] for row in section.rows] == [1, 19, None]
    written = [row["mb"] for row in section.rows]
    assert [round(mb / least) for mb, least in zip(written, memory.sizes(0.32), strict=True)] == [1, 1, 1]
    assert section.rows[2]["mb_per_second"] == written[2] / 2


def test_cold_start_is_a_multiple_of_doing_nothing(monkeypatch):
    taken = {"pass": 0.01, "import cbec_kg.extract.article": 0.2}
    monkeypatch.setattr(cold, "cost", lambda given: process.Cost(taken.get(given[1], 1.0), 0.5, 10_000_000))
    section = cold.cold_start(seconds=0, **SILENT)
    assert [round(row["ratio"]) for row in section.rows] == [1, 20, 100, 100, 100]
    assert {row["cpu_ratio"] for row in section.rows} == {1.0}
    assert {row["rounds"] for row in section.rows} == {3}
    assert section.rows[0]["process"] == "nothing"


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_first_article_is_read(lang):
    """What the fresh process runs, run here."""
    code = dict(cold.commands(Path("a.txt")))[f"one article, {lang}"][1]
    *start, last = code.splitlines()
    space: dict = {}
    exec("\n".join([*start, f"done = {last}"]), space)
    assert {row.kind for row in space["done"].rows} == {"growth", "level"}


def test_determinism_compares_with_the_first(monkeypatch):
    asked = []

    def digest(arguments, environment):
        lines = Path(arguments[3]).read_text("utf-8").splitlines()
        asked.append((arguments[-1], environment["PYTHONHASHSEED"], json.loads(lines[0])["id"], len(lines)))
        return "b" if environment["PYTHONHASHSEED"] == "1" else "a"

    monkeypatch.setattr(determinism, "digest", digest)
    section = determinism.determinism(Corpus.read([]), least=20_000, **SILENT)
    assert [row["equal"] for row in section.rows] == [True, False, True, True, True]
    assert [jobs for jobs, *_ in asked] == ["1", "1", "1", "2", "1"]
    assert {seed for _, seed, *_ in asked} == {"0", "1", "4242"}
    assert len({first for *_, first, _ in asked}) == 2  # the last is read backwards
    assert len({lines for *_, lines in asked}) == 1


def test_the_peak_of_a_child_is_its_own():
    """A child's peak counts from that of the process that started it, so the launcher must be small."""
    here = bytearray(300_000_000)
    here[:: os.sysconf("SC_PAGESIZE")] = b"x" * len(here[:: os.sysconf("SC_PAGESIZE")])
    assert process.cost(["-c", "pass"]).peak_bytes < 100_000_000
    assert measure([sys.executable, "-c", "pass"])["exit"] == 0
    del here


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells it")
def test_what_is_read_after_the_start_is_seen():
    """The mark of the peak is taken back after the start, which takes more than reading does."""
    code = (
        "import sys; from cbec_kg.bench import reader; b'x' * 200_000_000; marked = reader._mark(); "
        "low = reader.resident('VmHWM'); b'x' * 50_000_000; high = reader.resident('VmHWM'); "
        "print(marked, low < 100_000_000, 40_000_000 < high - low < 60_000_000, file=sys.stderr)"
    )
    assert process.cost(["-c", code]).said == "True True True\n"


def test_a_file_that_cannot_be_read_stops_the_reader(tmp_path):
    (tmp_path / "broken.jsonl").write_text("{no json\n", "utf-8")
    with pytest.raises(CbecError, match=r"ended with 1: .*broken\.jsonl:1"):
        process.cost(["-m", "cbec_kg.bench.reader", str(tmp_path / "broken.jsonl")])


def test_the_peak_of_a_child_is_seen():
    assert process.cost(["-c", "x = b'x' * 200_000_000"]).peak_bytes > 200_000_000


@pytest.mark.parametrize("run", [process.cost, lambda arguments: process.digest(arguments, {})], ids=["cost", "digest"])
def test_a_process_that_fails_is_one_line(run):
    with pytest.raises(CbecError, match=r"^python -c raise .* ended with 1: ValueError: why$"):
        run(["-c", "raise ValueError('why')"])


def test_a_digest_knows_the_environment():
    code = ["-c", "import os; print(os.environ['PYTHONHASHSEED'])"]
    digests = {process.digest(code, {"PYTHONHASHSEED": seed}) for seed in "0011"}
    assert len(digests) == 2
