"""What a request costs: processor time of the server and of its readers, and their memory; for docs/operating.md.

``python -m tests.interop.sizing [STORE]`` prints rows. Processor time, not wall clock, so that what else the machine
does matters little; a row is the mean of many requests one after the other.

>>> resident(os.getpid()) > 1 << 20
True
"""

import os
import sys
from pathlib import Path
from urllib.parse import quote

from tests.web.operation.processes import children
from tests.web.serving import Served, serving

__all__ = ["main", "resident", "used"]

POINT = "SELECT ?p ?o { <https://w3id.org/cbec-kg/id/shein> ?p ?o }"
ASKED = {
    "`/health/live`": "/health/live",
    "a file of `/static`": "/static/site.css",
    "`/sparql`, one thing": f"/sparql?query={quote(POINT)}",
    "`/sparql`, 20,000 rows": f"/sparql?query={quote('SELECT * { ?s ?p ?o } LIMIT 20000')}",
    "`/id/shein.ttl`": "/id/shein.ttl",
    "`/api/answer`": "/api/answer?indicator=cbec-trade-value&period=2022",
    "home": "/",
    "page of a thing": "/id/shein.html",
    "search": "/search?q=shein",
}


def resident(process: int) -> int:
    """Bytes of memory of a process."""
    return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def used(process: int) -> float:
    """Seconds of processor time of a process."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def measure(served: Served, path: str, seconds: float = 1.0) -> tuple[int, float, float, int]:
    """Status, milliseconds of the server and of its readers for a request, and bytes of the answer."""
    server = served.process.pid
    accept = "text/html" if path.startswith(("/search", "/id/shein.html")) or path == "/" else "*/*"
    answer = served.get(path, accept=accept)
    before, count = (used(server), sum(map(used, children(server)))), 0
    while used(server) + sum(map(used, children(server))) - sum(before) < seconds and count < 2000:
        served.get(path, accept=accept)
        count += 1
    own, others = used(server) - before[0], sum(map(used, children(server))) - before[1]
    return answer.status_code, own / count * 1e3, others / count * 1e3, len(answer.content)


def main(store: Path) -> None:
    """Print the rows."""
    with serving(store, "--log-level", "info") as served:
        pid = served.process.pid
        served.get("/health")
        print(
            f"server {resident(pid) / 1e6:.0f} MB; readers {[round(resident(one) / 1e6) for one in children(pid)]} MB"
        )
        print("| request | status | server, ms | readers, ms | KB |\n|---|--:|--:|--:|--:|")
        for name, path in ASKED.items():
            status, own, others, size = measure(served, path)
            print(f"| {name} | {status} | {own:.1f} | {others:.1f} | {size / 1e3:.0f} |", flush=True)
        print(
            f"server {resident(pid) / 1e6:.0f} MB; readers {[round(resident(one) / 1e6) for one in children(pid)]} MB"
        )


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else ".cbec-kg/store"))
