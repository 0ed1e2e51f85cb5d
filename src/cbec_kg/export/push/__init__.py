"""The graph of a store into a server that others run, and the proof that it is there."""

from cbec_kg.export.push.report import Pushed
from cbec_kg.export.push.run import Options, push
from cbec_kg.export.push.server import Server, guessed
from cbec_kg.export.push.wire import Wire, logins

__all__ = ["Options", "Pushed", "Server", "Wire", "guessed", "logins", "push"]
