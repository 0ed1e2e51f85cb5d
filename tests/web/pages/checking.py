"""What is wrong with a page as HTML: headings, links, fields, anchors, and what the server's policy forbids.

>>> faults("<html lang='en'><title>a</title><main><h1>a</h1><h3>b</h3><a href='#x'></a></main>")
['h3 follows h1', 'the link #x has no text', 'nothing is at #x']
>>> faults("<html><title> </title><h1>a</h1><p style='color:red' onclick='a()'><script>a()</script>")[2:]
['no main', 'p has the attribute style', 'p has the attribute onclick', 'a script within']
"""

from collections.abc import Iterator
from itertools import pairwise

from lxml import html
from lxml.html import HtmlElement

__all__ = ["faults", "links_of"]


def faults(page: str) -> list[str]:
    """Each as a line; none where the page is well."""
    root = html.document_fromstring(page)
    return list(_faults(root))


def links_of(page: str) -> list[str]:
    """Addresses of all links, pictures and style sheets of this server, without fragments, each once."""
    root = html.document_fromstring(page)
    found = [one for name in ("href", "src", "action") for one in root.xpath(f"//*[not(self::base)]/@{name}")]
    return list(dict.fromkeys(one.partition("#")[0] for one in found if one.startswith("/")))


def _faults(root: HtmlElement) -> Iterator[str]:
    if not root.get("lang"):
        yield "html has no lang"
    if not (root.findtext(".//title") or "").strip():
        yield "no title"
    if len(root.xpath("//main")) != 1:
        yield "no main"
    yield from _headings(root)
    ids = root.xpath("//@id")
    yield from (f"the id {one} stands twice" for one in sorted({one for one in ids if ids.count(one) > 1}))
    for link in root.xpath("//a"):
        to = link.get("href", "")
        if not to:
            yield f"the link {link.text_content().strip()!r} leads nowhere"
        if not (link.text_content().strip() or link.get("aria-label")):
            yield f"the link {to} has no text"
        if to.startswith("#") and to[1:] not in ids:
            yield f"nothing is at {to}"
        if to.partition(":")[0] in ("javascript", "data", "vbscript"):
            yield f"a link runs {to}"
    for one in root.iter():
        if isinstance(one.tag, str):
            for name in one.attrib:
                if name == "style" or name.startswith("on"):
                    yield f"{one.tag} has the attribute {name}"
    for script in root.xpath("//script[not(@src)][not(@type='application/json')] | //style"):
        yield f"a {script.tag} within"
    for field in root.xpath("//input[not(@type='hidden')] | //select | //textarea"):
        labelled = field.get("aria-label") or field.get("aria-labelledby") or field.xpath("ancestor::label")
        if not labelled and not root.xpath("//label[@for=$id]", id=field.get("id", "")):
            yield f"the field {field.get('name')} has no label"
    yield from (f"the picture {one.get('src')} has no text" for one in root.xpath("//img[not(@alt)]"))


def _headings(root: HtmlElement) -> Iterator[str]:
    levels = [int(one.tag[1]) for one in root.xpath("//h1|//h2|//h3|//h4|//h5|//h6")]
    if levels.count(1) != 1:
        yield f"{levels.count(1)} headings h1"
    for before, after in pairwise(levels):
        if after > before + 1:
            yield f"h{after} follows h{before}"
