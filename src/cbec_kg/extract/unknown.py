"""Places that no vocabulary holds, known by their form: a known place with a zone or a port behind it, a town with 镇.

A figure of such a place is not one of the place around it, so it gets a name of its own, unreviewed.

>>> from cbec_kg.extract.document import Document
>>> from cbec_kg.extract.mentions import default_finder
>>> from cbec_kg.extract.scan import scan
>>> finder = default_finder()
>>> sentences = scan(Document.of("The Ningbo seaside model zone booked 3 million yuan.", "en"), finder)
>>> found, entries = with_unknown_places(sentences, finder.lexicon)
>>> [entry.label_en for entry in entries.values()], found[0].items[0].terms == tuple(entries)
(['Ningbo seaside model zone'], True)
"""

import re
from dataclasses import replace

from cbec_kg.extract.masks import code_of
from cbec_kg.extract.mentions import Mention
from cbec_kg.extract.scan import Item, Scanned
from cbec_kg.ontology.lexicon import Entry, Lexicon

__all__ = ["with_unknown_places"]

_BEHIND_EN = re.compile(
    r"(?:['’]s)?(?:\s(?!(?:of|in|and|or|to|for|the|with|at|on|by|from|is|was|were|has|have|had|that|which"
    r"|city|province)\b)"
    r"[A-Za-z][\w-]*){1,4}?\s(?:[Zz]one|[Pp]ark|[Dd]istrict|[Bb]ase|New Area|[Hh]ub|[Pp]ort)(?![\w-])"
)
_BEHIND_ZH = re.compile(
    r"[^，。；：、（）()“”\s的是在与和对进出等有了将为已于年月达到0-9]{1,10}?"
    r"(?:经济区|试验区|示范区|保税区|保税港区|开发区|产业园区|产业园|工业园区|工业园|园区|口岸|新区|新城|新港|港区|商圈|片区|软件谷|机场|港)(?![口市湾币元澳])"
)
_NOT_EN = re.compile(r"cross.border|pilot zones|free trade zones|\bport$(?<=\bexport)", re.IGNORECASE)
_NOT_ZH = re.compile(r"跨境|海外仓|企业|多个|各|全|外贸|首个|这|该|香港$|进|出")
_COUNTED_ZH = re.compile(r"(?:数量|总数|已?达|共|增至|已有|扩大至)?\s?[0-9]")
_TOWN_ZH = re.compile(
    r"(?:(?<=[，。；：、在于（“\n省市区县州])|(?<=^)|(?<=位于)|(?<=来自))"
    r"(?![全本该各一这那某几多两每我]|县|市|区)([\u4e00-\u9fff]{2,3}?(?:市|县|镇|旗))(?=[^场面民区长委城镇内外级市县辖管上企直政属])"
)
_NO_TOWN = frozenset(
    {
        "大城市",
        "新城市",
        "小城市",
        "超市",
        "门市",
        "城市",
        "都市",
        "乡镇",
        "城镇",
        "小镇",
        "古镇",
        "村镇",
        "地级市",
        "县级市",
        "直辖市",
        "中心镇",
    }
)


def with_unknown_places(sentences: list[Scanned], lexicon: Lexicon) -> tuple[list[Scanned], dict[str, Entry]]:
    """The sentences with mentions of places that were not known, and the entries of these places by code."""
    entries: dict[str, Entry] = {}
    out: list[Scanned] = []
    for scanned in sentences:
        items = _extended(scanned, lexicon, entries)
        if scanned.document.lang == "zh":
            items = _towns(scanned, items, entries)
        out.append(replace(scanned, items=items) if items is not scanned.items else scanned)
    return out, entries


def _entry(name: str, within: str) -> Entry:
    code = code_of(name)
    return Entry(code, "Place", frozenset({"Place", "Entity"}), None, name, name, within=(within,))


def _extended(scanned: Scanned, lexicon: Lexicon, entries: dict[str, Entry]) -> tuple[Item, ...]:
    """A known place of China and what stands behind it as one name."""
    text, zh, end = scanned.document.text, scanned.document.lang == "zh", scanned.sentence.end
    spans: list[tuple[int, int, str]] = []
    for item in scanned.items:
        code = _local(item, lexicon)
        if code is None or (spans and item.start < spans[-1][1]):
            continue
        match = (_BEHIND_ZH if zh else _BEHIND_EN).match(text, item.end, end)
        if match is None:
            continue
        name = text[item.start : match.end()]
        if (_NOT_ZH if zh else _NOT_EN).search(match[0]) or (zh and _COUNTED_ZH.match(text, match.end(), end)):
            continue
        if not zh and any(one.cues for one in scanned.items if item.end <= one.start < match.end()):
            continue
        if any(one.amount or one.period for one in scanned.items if item.end <= one.start < match.end()):
            continue
        spans.append((item.start, match.end(), name))
        entry = _entry(name, code)
        entries[entry.code] = entry
    return _merged(scanned.items, spans) if spans else scanned.items


def _local(item: Item, lexicon: Lexicon) -> str | None:
    """Code of the place in China, smaller than the country, that an item names."""
    for code in item.terms:
        entry = lexicon.entries.get(code)
        if entry and "Place" in entry.classes and entry.within and entry.kind in ("City", "Province", "SpecialZone"):
            return code
    return None


def _towns(scanned: Scanned, items: tuple[Item, ...], entries: dict[str, Entry]) -> tuple[Item, ...]:
    """Towns and counties that end in 市, 县 or 镇."""
    text, spans = scanned.document.text, list[tuple[int, int, str]]()
    for match in _TOWN_ZH.finditer(text, scanned.sentence.body, scanned.sentence.end):
        start, end = match.span(1)
        if match[1] in _NO_TOWN or any(one.start < end and start < one.end for one in items):
            continue
        spans.append((start, end, match[1]))
        entry = _entry(match[1], "china")
        entries[entry.code] = entry
    return _merged(items, spans) if spans else items


def _merged(items: tuple[Item, ...], spans: list[tuple[int, int, str]]) -> tuple[Item, ...]:
    kept = [one for one in items if not any(start <= one.start < end for start, end, _ in spans)]
    kept += [
        Item(start, end, "mention", mention=Mention(start, end, (code_of(name),), ())) for start, end, name in spans
    ]
    return tuple(sorted(kept, key=lambda one: one.start))
