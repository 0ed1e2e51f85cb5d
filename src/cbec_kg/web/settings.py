"""What a server is told at its start.

>>> Settings(Path("store")).port
8000
"""

from dataclasses import dataclass, field
from pathlib import Path

from cbec_kg.store.pool.limits import Limits

__all__ = ["Settings"]


@dataclass(frozen=True, slots=True)
class Settings:
    """What a server is told at its start; nothing of it changes while it runs."""

    store: Path
    """Folder of the graph."""
    host: str = "127.0.0.1"
    port: int = 8000
    limits: Limits = field(default_factory=Limits)
    """What one query may take."""
    readers: int = 3
    """Queries at once, of one client one less; each has a process. One more is for pages, and one is spare."""
    waiting: int = 64
    """Queries that may wait for a reader, and as many pages; one more is answered with 429."""
    base: str | None = None
    """Address by which the world reaches this server, without a slash at its end; else that of each request."""
    root_path: str = ""
    """Path under which a proxy serves this server, such as ``/kg``."""
    articles: Path | None = None
    """Folder with the articles' own texts, where there is one: pages then show what stands at an evidence."""
    lang: str = "en"
    """Language of pages where neither the address, a cookie, nor the browser names one."""
    queries: Path | None = None
    """Folder of saved queries other than the project's."""
    services: tuple[str, ...] = ()
    """Addresses that SERVICE may ask; none else."""
    writable: bool = False
    """Whether `/update` and writing to `/store` are there; needs a token."""
    token: str | None = field(default=None, repr=False)
    scratch: bool = False
    """Whether this serves an empty dataset in memory, with every write allowed, on loopback only."""
    hosts: frozenset[str] = frozenset()
    """Names by which requests may ask (the Host header, without a port); any where there is none."""
    proxies: tuple[str, ...] = ()
    """Addresses or networks of proxies whose ``X-Forwarded-For`` and ``X-Forwarded-Proto`` are believed."""
    rate: int = 0
    """Requests a minute and client; 0 is without limit."""
    body: int = 10 << 20
    """Bytes of a request's body."""
    connections: int = 4096
    """Connections that are open at once."""
    connections_each: int = 256
    """Connections of one address."""
    patience: float = 20.0
    """Seconds that a client may take for its headers, for its body (and one more for each 500 bytes), for reading."""
    grace: float = 10.0
    """Seconds in which requests at hand are answered once the server is told to stop."""
    log_format: str = "json"
    log_level: str = "info"
