"""``/metrics``: figures of the server for Prometheus, in a registry of its own.

>>> metrics = Metrics()
>>> metrics.answered("GET", "/search", 200, 0.01, 512)
>>> [line for line in metrics.text().decode().splitlines() if line.startswith("cbec_http_requests_total")]
['cbec_http_requests_total{method="GET",route="/search",status="200"} 1.0']
"""

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)  # fmt: skip
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from cbec_kg import __version__
from cbec_kg.web.counting import CountedPool
from cbec_kg.web.operation.connections import Connections

__all__ = ["Metrics", "routes"]

_METHODS = frozenset(("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"))
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)
_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class Metrics:
    """The figures of one server."""

    def __init__(self) -> None:
        disable_created_metrics()  # type: ignore[no-untyped-call]  # a series for each series, which nobody asks for
        self.registry = CollectorRegistry()
        self._requests = self._counter("cbec_http_requests", "Requests answered.", "method", "route", "status")
        self._bytes = self._counter("cbec_http_response_bytes", "Bytes of answers' bodies.", "route")
        self._seconds = Histogram(
            "cbec_http_request_seconds", "From a request's headers to the last byte of its answer.", ("route",),
            registry=self.registry, buckets=_SECONDS,
        )  # fmt: skip
        self.at_hand = Gauge("cbec_http_requests_at_hand", "Requests being answered.", registry=self.registry)
        self.refused = self._counter(
            "cbec_http_refused", "Requests refused before they were read, by reason.", "reason"
        )
        self.cut = self._counter("cbec_http_cut", "Answers that broke off after their beginning, by reason.", "reason")
        ProcessCollector(registry=self.registry)

    def answered(self, method: str, route: str, status: int, seconds: float, size: int) -> None:
        """Count an answer; ``route`` is its pattern, so that there are as many series as routes."""
        self._requests.labels(method if method in _METHODS else "other", route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)
        self._bytes.labels(route).inc(size)

    def watch(self, collect: Callable[[], Iterator[Metric]]) -> None:
        """Add figures that are read when they are asked for."""
        self.registry.register(_Read(collect))

    def text(self) -> bytes:
        """All figures in Prometheus's text format, version 0.0.4."""
        return generate_latest(self.registry)

    def _counter(self, name: str, told: str, *labels: str) -> Counter:
        return Counter(name, told, labels, registry=self.registry)


class _Read(Collector):
    def __init__(self, collect: Callable[[], Iterator[Metric]]) -> None:
        self._collect = collect

    def collect(self) -> Iterator[Metric]:
        return self._collect()


def of_pool(pool: CountedPool, build: Callable[[], str | None]) -> Iterator[Metric]:
    """Figures of the readers, and of what they read."""
    yield GaugeMetricFamily("cbec_readers", "Readers that can be at work at once.", pool.readers)
    yield GaugeMetricFamily("cbec_readers_busy", "Readers at work.", pool.busy)
    yield GaugeMetricFamily("cbec_queries_waiting", "Pieces of work that wait for a reader.", pool.waiting)
    yield CounterMetricFamily("cbec_readers_killed", "Readers killed for what they did.", pool.killed)
    failed = CounterMetricFamily("cbec_work_failed", "Work without an answer, by reason.", labels=("reason",))
    for reason, count in pool.failed.items():
        failed.add_metric((reason,), count)
    yield failed
    sizes = [_resident(process) for process in pool.processes]
    yield GaugeMetricFamily("cbec_readers_alive", "Processes of readers, the spare included.", len(sizes))
    yield GaugeMetricFamily("cbec_readers_resident_memory_bytes", "Memory of all readers.", sum(sizes))
    info = GaugeMetricFamily("cbec_build_info", "What is served.", labels=("version", "build"))
    info.add_metric((__version__, build() or ""), 1)
    yield info


def of_wire(connections: Connections) -> Iterator[Metric]:
    """Figures of the connections."""
    state = GaugeMetricFamily("cbec_connections", "Open connections.", labels=("state",))
    state.add_metric(("idle",), connections.idle_count)
    state.add_metric(("busy",), len(connections) - connections.idle_count)
    yield state
    refused = CounterMetricFamily("cbec_wire_refused", "What the wire refused, by reason.", labels=("reason",))
    for reason, count in connections.refused.items():
        refused.add_metric((reason,), count)
    yield refused


def _resident(process: int) -> int:
    """Resident bytes of a process, 0 where it is gone."""
    with suppress(OSError, IndexError):
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    return 0


def routes() -> list[Route]:
    """The route of this module."""
    return [Route("/metrics", _metrics)]


async def _metrics(request: Request) -> Response:
    metrics: Metrics = request.app.state.metrics
    return Response(metrics.text(), headers={"Content-Type": _TYPE, "Cache-Control": "no-store"})
