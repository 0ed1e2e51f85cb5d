"""A process that is killed while it changes a graph, at a place that a test names.

It is given what it takes in, for reading the made-up articles again would take it longer than all the rest.
"""

import pickle
import signal
import subprocess
import sys
from pathlib import Path

from cbec_kg.pipeline.living import pending_file
from cbec_kg.pipeline.sources import Curated
from tests.conftest import ROOT

_SCRIPT = """
import os, pickle, signal, sys
from pathlib import Path
from cbec_kg import paths
from cbec_kg.pipeline import history, living, shelf
from cbec_kg.pipeline.sources import read_sources

store, change, where, when = sys.argv[1:]
first, second = pickle.load(sys.stdin.buffer)


def killed(module, name):
    real = getattr(module, name)

    def wrapped(*given):
        if when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        real(*given)
        os.kill(os.getpid(), signal.SIGKILL)

    setattr(module, name, wrapped)


with living.living(Path(store), read_sources(paths.resources())) as graph:
    graph.put(first)
    places = {
        "pending": (living, "write_whole"), "shelf": (graph.shelf, change), "graph": (living, "apply"),
        "history": (graph.history, "end"), "log": (history.log, "append"),
    }
    killed(*places[where])
    graph.put(second) if change == "put" else graph.drop(first.article.id)
"""


def killed(store: Path, change: str, where: str, when: str, first: Curated, second: Curated) -> None:
    """Have a process take ``first`` in, and die before or after a step of what it does next.

    That is to put ``second`` in its place, or to drop it.
    """
    died = subprocess.run(
        [sys.executable, "-c", _SCRIPT, str(store), change, where, when],
        input=pickle.dumps((first, second)), cwd=ROOT, check=False,
    )  # fmt: skip
    assert died.returncode == -signal.SIGKILL
    assert pending_file(store).exists()
