"""Run the server until it is told to stop."""

import uvicorn

from cbec_kg.web.app import application
from cbec_kg.web.settings import Settings

__all__ = ["serve"]


def serve(settings: Settings) -> None:
    """Serve until SIGINT or SIGTERM; requests at hand are answered first."""
    uvicorn.run(
        application(settings), host=settings.host, port=settings.port, root_path=settings.root_path,
        log_level="warning", server_header=False, timeout_graceful_shutdown=10,
    )  # fmt: skip
