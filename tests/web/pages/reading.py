"""What tests read of a page: its forms, tables, links, and blocks of text.

>>> read("<table><tr><th>a<td>1</table><p><a href='/b'>c</a>").rows
[['a', '1']]
"""

from dataclasses import dataclass, field
from html.parser import HTMLParser

__all__ = ["Read", "read"]

_CELLS, _VOID = ("td", "th"), frozenset(("input", "link", "meta", "br", "img", "hr"))


@dataclass
class Read:
    """Rows of all tables, links with their texts, fields with their values, texts of ``pre``, and all elements."""

    rows: list[list[str]] = field(default_factory=list)
    links: dict[str, str] = field(default_factory=dict)
    fields: dict[str, list[str]] = field(default_factory=dict)
    blocks: list[str] = field(default_factory=list)
    elements: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    text: str = ""

    def of(self, tag: str) -> list[dict[str, str]]:
        """Attributes of each element of a name."""
        return [attributes for name, attributes in self.elements if name == tag]


def read(page: str) -> Read:
    """Read a page."""
    parser = _Parser()
    parser.feed(page)
    parser.close()
    return parser.found


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found, self.open, self.link = Read(), list[str](), ""
        self.select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.found.elements.append((tag, given))
        if tag == "tr":
            self.found.rows.append([])
        elif tag in _CELLS:
            self.found.rows[-1].append("")
        elif tag == "pre":
            self.found.blocks.append("")
        elif tag == "a":
            self.link = given.get("href", "")
            self.found.links.setdefault(self.link, "")
        elif tag == "select":
            self.select = given["name"]
            self.found.fields.setdefault(self.select, [])
        elif tag == "option" and self.select and "selected" in given:
            self.found.fields[self.select].append(given.get("value", ""))
        elif tag == "input" and "name" in given:
            self.found.fields.setdefault(given["name"], []).append(given.get("value", ""))
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self.open:
            while self.open.pop() != tag:
                pass
        if tag == "select":
            self.select = ""

    def handle_data(self, data: str) -> None:
        self.found.text += data
        if any(cell in self.open for cell in _CELLS) and self.found.rows and self.found.rows[-1]:
            self.found.rows[-1][-1] += data
        if "pre" in self.open:
            self.found.blocks[-1] += data
        if "a" in self.open:
            self.found.links[self.link] += data
