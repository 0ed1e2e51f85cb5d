"""How many rows each saved query gives on each store, as a table.

>>> report = Report()
>>> report.add("figures/total", "default", "embedded", 1, True)
>>> report.add("figures/total", "default", "virtuoso", 1, True)
>>> report.add("figures/total", "zh", "embedded", 2, True)
>>> report.add("figures/total", "zh", "virtuoso", None, False)
>>> print("\\n".join(report.lines()))
saved query    sets  embedded  virtuoso  rows
figures/total     2         3        1!  differ
1 saved query, 2 sets of values: 0 of 1 equal on 2 stores
"""

from dataclasses import dataclass, field

__all__ = ["Report"]


@dataclass
class Report:
    """Rows by query, set of values and store; ``None`` where there was no answer."""

    found: dict[str, dict[str, dict[str, tuple[int | None, bool]]]] = field(default_factory=dict)

    def add(self, query: str, values: str, store: str, rows: int | None, equal: bool) -> None:
        """Note the number of rows of one query with one set of values, and whether they are the expected ones."""
        self.found.setdefault(query, {}).setdefault(values, {})[store] = (rows, equal)

    def lines(self) -> list[str]:
        """The table: a query a line, rows of all its sets of values together; ``!`` where they are not as expected."""
        stores = list(dict.fromkeys(store for sets in self.found.values() for one in sets.values() for store in one))
        if not stores:
            return []
        wide = max(len("saved query"), *map(len, self.found))
        lines = [f"{'saved query':{wide}}  sets  " + "  ".join(f"{store:>8}" for store in stores) + "  rows"]
        whole = 0
        for query, sets in sorted(self.found.items()):
            cells, equal = [], True
            for store in stores:
                told = [one.get(store, (None, False)) for one in sets.values()]
                good = all(as_expected for _, as_expected in told)
                cells.append(f"{sum(rows or 0 for rows, _ in told)}{'' if good else '!'}")
                equal = equal and good
            whole += equal
            line = "  ".join(f"{cell:>8}" for cell in cells)
            lines.append(f"{query:{wide}}  {len(sets):>4}  {line}  {'equal' if equal else 'differ'}")
        queries, sets = len(self.found), sum(map(len, self.found.values()))
        count = f"{len(stores)} {'store' if len(stores) == 1 else 'stores'}"
        lines.append(
            f"{queries} saved {'query' if queries == 1 else 'queries'}, {sets} sets of values: "
            f"{whole} of {queries} equal on {count}"
        )
        return lines
