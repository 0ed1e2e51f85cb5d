"""What can go wrong, as one tree.

::

    CbecError                  exit 2, HTTP 400: wrong use or unreadable input
    ├── ParseError             a file that is not what its format says: file, line, column
    ├── RowError               a row that breaks the row format: file, line, key
    ├── UnreadableInput        an input that holds no article with its text
    ├── OntologyError          an import that is missing, a code that nothing defines
    ├── StoreError             HTTP 503
    │   ├── StoreMissing       no store there yet
    │   ├── StoreLocked        another process is writing it
    │   └── ServerError        HTTP 502: a server that is down, refuses, or answers what cannot be used
    ├── QueryError             a query that cannot be parsed or run
    │   ├── UpdateRefused      an update sent where only reading is allowed
    │   ├── QueryTimeout       HTTP 503: the deadline passed
    │   ├── UnknownQuery       HTTP 404: no saved query of that name
    │   ├── UnreadQuestion     a question in plain words that is not understood, or asks for no figure
    │   └── BadParameter       a parameter that is unknown, missing, or of the wrong type
    │       └── UnknownName    a name that the graph does not know
    ├── MissingExtra           an optional library that is not installed
    └── Negative               exit 1: the command ran, and the answer is "no"
        ├── InvalidData        data that breaks a shape
        └── BrokenEvidence     evidence that does not hold against its article

>>> StoreMissing("no store in ./x", fix="cbec-kg build").exit_code
2
>>> import pickle
>>> pickle.loads(pickle.dumps(ParseError("a.ttl", 1, 2, "nonsense"))).line
1
>>> str(StoreMissing("no store in ./x", fix="cbec-kg build"))
'no store in ./x: cbec-kg build'
"""

__all__ = [
    "BadParameter",
    "BrokenEvidence",
    "CbecError",
    "InvalidData",
    "MissingExtra",
    "Negative",
    "OntologyError",
    "ParseError",
    "QueryError",
    "QueryTimeout",
    "RowError",
    "ServerError",
    "StoreError",
    "StoreLocked",
    "StoreMissing",
    "UnknownName",
    "UnknownQuery",
    "UnreadQuestion",
    "UnreadableInput",
    "UpdateRefused",
]


class CbecError(Exception):
    """Root of the tree. ``message`` says what and where, ``fix`` what to do; together they make one line."""

    exit_code = 2
    http_status = 400

    def __init__(self, message: str, *, fix: str = "") -> None:
        super().__init__(f"{message}: {fix}" if fix else message)
        self.message = message
        self.fix = fix

    def __reduce__(self) -> tuple[object, ...]:
        # Errors go from one process to another, whatever the constructor of their class takes.
        return _remade, (type(self), self.args, self.__dict__)


def _remade(kind: type[CbecError], said: tuple[object, ...], state: dict[str, object]) -> CbecError:
    error = kind.__new__(kind)
    error.args = said
    error.__dict__.update(state)
    return error


class ParseError(CbecError):
    """A file that is not what its format says."""

    def __init__(self, path: str, line: int | None, column: int | None, problem: str) -> None:
        where = ":".join(str(part) for part in (path, line, column) if part is not None)
        super().__init__(f"{where}: {problem}")
        self.path, self.line, self.column, self.problem = path, line, column, problem


class RowError(CbecError):
    """A row that breaks the row format."""


class UnreadableInput(CbecError):
    """An input that holds no article with its text; who knows where it lies puts that before the message."""


class OntologyError(CbecError):
    """An import that is missing, or a code that nothing defines."""


class StoreError(CbecError):
    """A store that cannot be used."""

    http_status = 503


class StoreMissing(StoreError):
    """No store there yet."""


class StoreLocked(StoreError):
    """Another process is writing the store."""


class ServerError(StoreError):
    """A server that cannot be reached, that refuses, or whose answer is not what was asked for or not whole."""

    http_status = 502


class QueryError(CbecError):
    """A query that cannot be parsed or run."""


class UpdateRefused(QueryError):
    """An update sent where only reading is allowed."""


class QueryTimeout(QueryError):
    """A query that did not end before its deadline."""

    http_status = 503


class UnknownQuery(QueryError):
    """No saved query of that name."""

    http_status = 404


class UnreadQuestion(QueryError):
    """A question in plain words that is not understood, or that asks for no figure."""


class BadParameter(QueryError):
    """A parameter that is unknown, missing, or of the wrong type."""


class UnknownName(BadParameter):
    """A name that the graph does not know; ``nearest`` are those that are spelled much like it, best first."""

    def __init__(self, message: str, *, fix: str = "", nearest: tuple[str, ...] = ()) -> None:
        super().__init__(message, fix=fix)
        self.nearest = nearest


class MissingExtra(CbecError):
    """An optional library that is not installed."""


class Negative(CbecError):
    """The command ran and its answer is "no"."""

    exit_code = 1


class InvalidData(Negative):
    """Data that breaks a shape."""


class BrokenEvidence(Negative):
    """Evidence that does not hold against its article."""
