"""Each real server with the graph in it, loaded by the server's own bulk path.

>>> sorted(SERVERS)
['fuseki', 'oxigraph', 'virtuoso']
"""

import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from tests.interop import fetched
from tests.interop.process import free_port, running, tail

__all__ = ["ALL", "SERVERS", "fuseki", "oxigraph", "virtuoso"]

# Where a server's default graph is the union of all, ours is a graph of its own.
ALL = "https://w3id.org/cbec-kg/graph/all"
_VIRTUOSO = Path(__file__).parent / "virtuoso.ini"
_PASSWORD = "only-on-loopback"


@contextmanager
def fuseki(nquads: Path, folder: Path) -> Iterator[str]:
    """Fuseki on a TDB2 database that its own bulk loader made; its query address."""
    java = fetched.fuseki()
    command, jar = java[:-2], java[-1]
    _done([*command, "-cp", jar, "tdb2.tdbloader", f"--loc={folder / 'tdb2'}", str(nquads)], folder / "load.log")
    port = free_port()
    serve = [*java, "--localhost", "--port", str(port), f"--loc={folder / 'tdb2'}", "--update", "/ds"]
    with running(serve, f"http://127.0.0.1:{port}/$/ping", folder / "server.log"):
        yield f"http://127.0.0.1:{port}/ds/sparql"


@contextmanager
def oxigraph(nquads: Path, folder: Path) -> Iterator[str]:
    """The Oxigraph server on a database that `oxigraph load` made; its query address."""
    program, database = fetched.oxigraph(), ["--location", str(folder / "database")]
    _done([program, "load", *database, "--file", str(nquads)], folder / "load.log")
    port = free_port()
    serve = [program, "serve", *database, "--bind", f"127.0.0.1:{port}"]
    with running(serve, f"http://127.0.0.1:{port}/", folder / "server.log"):
        yield f"http://127.0.0.1:{port}/query"


@contextmanager
def virtuoso(nquads: Path, folder: Path) -> Iterator[str]:
    """Virtuoso with the quads in named graphs, the default graph in `ALL`; its query address."""
    root, environment = fetched.virtuoso()
    sql, http = free_port(), free_port()
    ini = _VIRTUOSO.read_text("utf-8")
    for word, value in (("@FOLDER@", folder), ("@DATA@", nquads.parent), ("@SQL@", sql), ("@HTTP@", http)):
        ini = ini.replace(word, str(value))
    (folder / "virtuoso.ini").write_text(ini, "utf-8")
    serve = [str(root / "usr/bin/virtuoso-t"), "-f", "+configfile", str(folder / "virtuoso.ini")]
    # The first run makes the database, sets its password, and ends.
    _done([*serve, "+pwdold", "dba", "+pwddba", _PASSWORD], folder / "made.log", environment)
    with running(serve, f"http://127.0.0.1:{http}/sparql", folder / "server.log", environment):
        isql = [str(root / "usr/bin/isql-vt"), f"127.0.0.1:{sql}", "dba", _PASSWORD, "ERRORS=STDOUT", "VERBOSE=OFF"]
        load = [
            f"ld_dir('{nquads.parent}', '{nquads.name}', '{ALL}')",
            "rdf_loader_run()",
            "checkpoint",
            "select ll_file, ll_state, ll_error from DB.DBA.load_list",
        ]
        _done([*isql, *(f"EXEC={one}" for one in load)], folder / "load.log", environment)
        yield f"http://127.0.0.1:{http}/sparql"


def _done(command: list[str], log: Path, environment: dict[str, str] | None = None) -> None:
    with log.open("wb") as out:
        done = subprocess.run(command, stdout=out, stderr=subprocess.STDOUT, env=environment, check=False, timeout=600)
    if done.returncode:
        raise RuntimeError(f"{command[0]} ended with status {done.returncode}:\n{tail(log)}")


SERVERS: dict[str, Callable[[Path, Path], AbstractContextManager[str]]] = {
    "fuseki": fuseki, "virtuoso": virtuoso, "oxigraph": oxigraph,
}  # fmt: skip
