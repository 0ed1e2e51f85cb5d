"""A process that reads a file and says what memory the reading took, apart from what the start took.

Run by itself, as ``python -m cbec_kg.bench.reader FILE``. What the start takes is so much more than what reading
takes that it hides what grows; so the mark of the peak is taken back once a few articles in each language were read.

>>> from cbec_kg.bench.process import cost
>>> import json
>>> said = json.loads(cost(["-m", "cbec_kg.bench.reader", str(MADE_UP)]).said)
>>> sorted(said)
['peak', 'warm']
"""

import json
import re
import sys
from pathlib import Path

from cbec_kg.bench.corpus import MADE_UP, Corpus
from cbec_kg.bench.speed import extract_all
from cbec_kg.pipeline.extraction import Reading, Run

__all__ = ["resident"]

_STATUS = Path("/proc/self/status")
_CLEAR = Path("/proc/self/clear_refs")


def resident(key: str) -> int | None:
    """Bytes of memory as Linux tells them: VmRSS those of now, VmHWM the most since the mark; None elsewhere.

    >>> (resident("VmHWM") or 1) >= (resident("VmRSS") or 0)
    True
    """
    try:
        found = re.search(rf"^{key}:\s*(\d+) kB", _STATUS.read_text("ascii"), re.MULTILINE)
    except OSError:
        return None
    return int(found[1]) * 1024 if found else None


def _mark() -> bool:
    """Take the mark of the peak back to the memory of now; whether the system can."""
    try:
        _CLEAR.write_text("5", "ascii")
    except OSError:
        return False
    return True


if __name__ == "__main__":
    extract_all(Corpus.read([MADE_UP]).sources)
    marked = _mark()
    warm = resident("VmRSS")
    run = Run(sys.argv[1:], Reading())
    sys.stdout.writelines(run.lines())
    if run.failed:
        sys.exit(run.last_failure)
    print(json.dumps({"warm": warm, "peak": resident("VmHWM") if marked else None}), file=sys.stderr)
