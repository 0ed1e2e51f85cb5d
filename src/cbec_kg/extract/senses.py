"""What a mention can mean for the figures around it: a measured thing, a flow, a sector, somebody or some place.

>>> from cbec_kg.ontology.lexicon import default_lexicon
>>> senses = Senses(default_lexicon())
>>> sense = senses.of(("cbec-trade-value",), (), "cross border e commerce exports")
>>> sense.topic, sense.flow, sense.indicators
('cbec', 'export', ())
>>> senses.of(("yiwu",), (), "yiwu").place
'yiwu'
"""

import re
from dataclasses import dataclass, field

from cbec_kg.ontology.lexicon import Entry, Lexicon

__all__ = ["TRADE", "Sense", "Senses", "direction"]

TRADE = {"cbec": "cbec-trade-value", "goods": "goods-trade-value", "services": "services-trade-value"}
"""The value of trade that a topic stands for."""

_TOPIC_OF = {code: topic for topic, code in TRADE.items()}
_FLOWS = (
    ("total", re.compile(r"imports? (?:and|&) exports?|exports? (?:and|&) imports?|进出口|two way trade")),
    ("export", re.compile(r"export|出口|outbound|shipped abroad|海外销售")),
    ("import", re.compile(r"import|进口|inbound|海淘")),
)
_ACTORS = frozenset(
    {"Platform", "Company", "Programme", "Fair", "ShoppingFestival", "Conference", "Product", "Facility", "PilotZone"}
)
_SPEAKERS = frozenset(
    {
        "GovernmentBody",
        "Organization",
        "Person",
        "MediaOrganization",
        "ResearchInstitute",
        "Association",
        "InternationalOrganization",
        "Company",
        "Platform",
        "Agent",
        "Report",
        "Document",
    }
)
_VAGUE = frozenset(
    {"physical-goods", "services", "digital-services", "online-retail", "logistics-services", "manufacturing"}
)
"""Sectors so wide that their names, "goods" or "services", say nothing of what a figure is broken down by."""
_NATIONAL = frozenset(
    {
        "state-council",
        "ministry-of-commerce",
        "general-administration-of-customs",
        "national-bureau-of-statistics",
        "chinese-government",
        "chinese-enterprises",
        "chinese-merchants",
        "chinese-consumers",
        "chinese-brands",
        "chinese-residents",
    }
)
"""Bodies and groups whose figures are those of all China."""
_ADJECTIVES = frozenset(
    {"global", "worldwide", "world", "international", "overseas", "全球", "世界", "国际", "海外", "境外"}
)
"""Words for the whole world that say of a market or a fair what it is, not whose a figure is."""
_BARE = re.compile(r"(?:imports?|exports?|出口|进口|进出口)(?!\s(?:of|in) goods|总|货)")
_OF_TOPIC = {"cbec-industry": "cbec"}


def direction(words: str) -> str | None:
    """Direction of trade that words in matching form name: total, export or import; None where they name none.

    >>> direction("cbec exports"), direction("跨境电商进出口额"), direction("overseas warehouses")
    ('export', 'total', None)
    """
    return next((name for name, pattern in _FLOWS if pattern.search(words)), None)


@dataclass(frozen=True, slots=True)
class Sense:
    """``indicators`` are codes other than the value of trade, which is ``topic`` with ``flow``; ``place`` and ``actor``
    are whose figure it may be, ``speakers`` who may say it, ``part`` the sector of the trade that is named."""

    topic: str | None = None
    indicators: tuple[str, ...] = ()
    flow: str | None = None
    bare_flow: bool = False
    retail: bool = False
    sectors: tuple[str, ...] = ()
    place: str | None = None
    local: bool = False
    actor: str | None = None
    speakers: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    things: tuple[str, ...] = ()
    part: str | None = None
    own: bool = False
    again: bool = False
    national: bool = False


@dataclass(slots=True)
class Senses:
    """Senses of mentions under a lexicon, remembered."""

    lexicon: Lexicon
    unknown: dict[str, Entry] = field(default_factory=dict)
    _known: dict[tuple[tuple[str, ...], tuple[str, ...], str], Sense] = field(default_factory=dict)

    def entry(self, code: str | None) -> Entry | None:
        """Entry of a code, one that the text alone has named included."""
        return self.lexicon.entries.get(code or "") or self.unknown.get(code or "")

    def kind(self, code: str | None) -> str:
        """Local name of a code's class, empty for an unknown one."""
        entry = self.entry(code)
        return entry.kind if entry else ""

    def of(self, terms: tuple[str, ...], cues: tuple[str, ...], words: str) -> Sense:
        """Sense of a mention with its terms, cues and words in matching form."""
        if terms and terms[0].startswith("x-"):
            return self._made(terms, cues, words)
        key = (terms, cues, words)
        sense = self._known.get(key)
        if sense is None:
            sense = self._known[key] = self._made(terms, cues, words)
        return sense

    def _made(self, terms: tuple[str, ...], cues: tuple[str, ...], words: str) -> Sense:
        entries = [entry for entry in map(self.entry, terms) if entry]
        flow = next((cue.removeprefix("flow_") for cue in cues if cue.startswith("flow_")), None)
        bare = flow is not None
        topic = next((cue.removeprefix("topic_") for cue in cues if cue.startswith("topic_")), None)
        indicators = [entry.code for entry in entries if entry.kind == "Indicator"]
        part = None
        if not bare:
            for entry in entries:
                topic, indicators = self._from(entry, topic, indicators)
                part = part or _part(entry)
            flow = direction(words)
        for code in indicators:
            topic = topic or _TOPIC_OF.get(code)
        if topic == "goods" and not bare and not set(indicators) - {TRADE["goods"]} and _BARE.match(words):
            topic, bare, indicators = None, True, []
        if words in _ADJECTIVES:
            entries = [entry for entry in entries if "Place" not in entry.classes]
        place = next((entry for entry in entries if "Place" in entry.classes and entry.kind != "Facility"), None)
        actor = next((entry for entry in entries if entry.classes & _ACTORS), None)
        sectors = tuple(
            entry.code for entry in entries if entry.kind == "Sector" and entry.code not in _VAGUE | _OF_TOPIC.keys()
        )
        if any(entry.kind in ("Phenomenon", "Technology") and entry.series is None for entry in entries) and not topic:
            sectors = sectors if len(entries) > 1 or sectors else ()
        return Sense(
            topic=topic,
            indicators=tuple(code for code in indicators if code not in _TOPIC_OF),
            flow=flow,
            bare_flow=bare and topic is None,
            retail=bool(re.search("retail|零售", words)),
            sectors=sectors,
            part=part,
            place=place.code if place else ("china" if "national" in cues else None),
            local=bool(place and self.is_local(place)),
            actor=actor.code if actor and not place else None,
            speakers=tuple(entry.code for entry in entries if entry.classes & _SPEAKERS and entry.kind != "ActorGroup"),
            own=bool(indicators) and all(self.lexicon.entries[code].scopes == ("platform-own",) for code in indicators),
            again="topic_again" in cues,
            national=any(entry.code in _NATIONAL for entry in entries),
            groups=tuple(entry.code for entry in entries if entry.kind == "ActorGroup"),
            things=tuple(entry.code for entry in entries),
        )

    def _from(self, entry: Entry, topic: str | None, indicators: list[str]) -> tuple[str | None, list[str]]:
        """Topic and indicators that a phenomenon or a sector stands for."""
        if entry.kind == "Phenomenon" and entry.series:
            code = entry.series.partition("_")[0]
            return topic or _TOPIC_OF.get(code), indicators if code in indicators else [*indicators, code]
        if entry.kind == "Phenomenon" and entry.code in ("cbec-development", "cbec-retail", "cbec-b2b"):
            return topic or "cbec", indicators
        return topic or _OF_TOPIC.get(entry.code), indicators

    def is_local(self, entry: Entry) -> bool:
        """Whether a place lies in China."""
        return self.holds("china", entry.code)

    def holds(self, place: str, code: str | None) -> bool:
        """Whether a place holds another, at any depth."""
        seen, todo = set[str](), [code or ""]
        while todo:
            entry = self.entry(todo.pop())
            for above in entry.within if entry else ():
                if above == place:
                    return True
                if above not in seen:
                    seen.add(above)
                    todo.append(above)
        return False


_SECTOR_SLOT = 3


def _part(entry: Entry) -> str | None:
    """Sector of the series that measures a phenomenon: that of knowledge-intensive services trade."""
    slots = entry.series.split("_") if entry.series else []
    return slots[_SECTOR_SLOT] if len(slots) > _SECTOR_SLOT and slots[_SECTOR_SLOT] != "all" else None
