"""What the address of a saved query's page asks, and the other addresses of the same question.

>>> from starlette.datastructures import QueryParams
>>> from cbec_kg.query.catalogue import Catalogue
>>> query = Catalogue().find("platforms/programmes")
>>> asked = asked_by(query, QueryParams("platform=id:shein&platform=&limit=20&offset=20&lang=zh"), "zh")
>>> asked.given, asked.limit, asked.first
({'platform': ('id:shein',)}, 20, 20)
>>> asked.after, asked.before
('/queries/platforms/programmes?platform=id%3Ashein&limit=20&offset=40', '/queries/platforms/programmes?platform=id%3Ashein&limit=20')
>>> asked.download("csv")
'/api/queries/platforms/programmes?platform=id%3Ashein&lang=zh&format=csv'
"""  # noqa: E501

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from cbec_kg.query.saved import SavedQuery

__all__ = ["LIMITS", "MOST_PAGES", "Asked", "asked_by", "number_of", "with_pairs"]

LIMITS = (20, 100, 500, 1_000)
"""So many rows a page shows; whoever wants more takes a file."""
MOST_PAGES = 10_000
"""Nobody turns so many pages of a list; a number beyond it is taken for it."""
_LIMIT, _MOST_SKIPPED = 100, 1_000_000


@dataclass(frozen=True, slots=True)
class Asked:
    """A saved query with the values ``given`` by a person, blanks left out, and the rows of the page.

    Addresses begin with a slash, to stand behind the server's root path.
    """

    query: SavedQuery
    given: dict[str, tuple[str, ...]]
    first: int
    limit: int
    lang: str

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Names and values of the parameters that were given."""
        return [(name, value) for name, values in self.given.items() for value in values]

    @property
    def spoken(self) -> list[tuple[str, str]]:
        """The same with the language, so that whoever follows a link reads what was read here."""
        return [*self.pairs, ("lang", self.lang)]

    @property
    def share(self) -> str:
        """The page, for somebody else."""
        return with_pairs(self.here, self.spoken)

    @property
    def here(self) -> str:
        """The page without values."""
        return f"/queries/{self.query.name}"

    @property
    def api(self) -> str:
        """The same query as data, without values."""
        return f"/api/queries/{self.query.name}"

    @property
    def after(self) -> str:
        """The rows behind these."""
        return self._page(self.first + self.limit)

    @property
    def before(self) -> str:
        """The rows before these."""
        return self._page(max(0, self.first - self.limit))

    def download(self, form: str) -> str:
        """All rows as a file."""
        return with_pairs(self.api, [*self.spoken, ("format", form)])

    def chart(self, theme: str) -> str:
        """A picture of the rows, in colours for ``light`` or ``dark`` paper."""
        return with_pairs(f"/charts{self.here}.svg", [*self.spoken, ("theme", theme)])

    def _page(self, first: int) -> str:
        paging = [("limit", self.limit, _LIMIT), ("offset", first, 0)]
        return with_pairs(self.here, [*self.pairs, *((name, str(n)) for name, n, usual in paging if n != usual)])


def asked_by(query: SavedQuery, address: QueryParams, lang: str) -> Asked:
    """What the parameters of an address ask; a number that is none counts as not said."""
    own = [param.name for param in query.params if param.type != "lang"]
    given = {name: values for name in own if (values := _said(address.getlist(name)))}
    limit = number_of(address.get("limit"), _LIMIT, LIMITS[-1])
    return Asked(query, given, number_of(address.get("offset"), 0, _MOST_SKIPPED), limit, lang)


def _said(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(value for value in values if value.strip())


def number_of(said: str | None, otherwise: int, most: int) -> int:
    """A whole number of an address, at most ``most``; ``otherwise`` for what is none, or below 1."""
    number = int(said) if said and said.isascii() and said.isdigit() and len(said) < 10 else otherwise
    return min(number, most) or otherwise


def with_pairs(path: str, pairs: Sequence[tuple[str, str]]) -> str:
    """An address with parameters."""
    return f"{path}?{urlencode(pairs)}" if pairs else path
