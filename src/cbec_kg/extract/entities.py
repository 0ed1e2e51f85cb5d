"""Whose figure it is: which place, platform or company a sentence speaks of, and with whom it trades.

>>> from cbec_kg.extract.document import Document
>>> from cbec_kg.extract.mentions import default_finder
>>> from cbec_kg.extract.scan import scan
>>> finder = default_finder()
>>> document = Document.of("Yiwu's exports to Spain rose.", "en")
>>> whose, scanned = Whose(Senses(finder.lexicon), document), scan(document, finder)[0]
>>> [whose.role(scanned, item) for item in scanned.items if item.terms and whose.sense(scanned, item).place]
['own', 'partner']
"""

import re
from dataclasses import dataclass, field, replace

from cbec_kg.extract.document import Document
from cbec_kg.extract.frame import Frame
from cbec_kg.extract.scan import Item, Scanned
from cbec_kg.extract.senses import Sense, Senses
from cbec_kg.extract.words import read_toml

__all__ = ["LIST", "Whose"]

LIST = re.compile(
    r"\s*(?:,|，|、|和|及|以及|与|and|or|&|,\s?and|,\s?or)\s*(?:the\s|those of\s|in\s|with\s|to\s|of\s|对|向)?$"
)
"""What stands between two things of a list."""

_LIST_GOES_ON = re.compile(r"\s?(?:,|，|、|and\b|和|及|与|等)")
_PARTNER_EN = re.compile(
    r"(?:\b(?:with|to|into|towards?|bound for)"
    r"|(?:exports?|imports?|shipments|sales|purchases|goods|trade) from|between [a-z ]{2,20} and)"
    r"\s(?:the\s|its\s|members of the\s|all\s|other\s)?$"
)
_IN_EN = re.compile(
    r"\b(?:in|at|across|within|throughout|inside|for|around|on|enter(?:ed|s|ing)?|left|exit(?:ed|s|ing)?)"
    r"\s(?:the\s|all\s|all of\s|(?:\w+\s)?china's\s)?"
    r"(?:(?:central|eastern|western|northern|southern|south|north|east|west|southwest|northeast|southeast"
    r"|northwest)\s)*$"
)
_OF_EN = re.compile(
    r"\b(?:(?<!ahead )of|by|run by|base of|owned by|from|according to|under|during|amid|via|than|outside|like"
    r"|as)\s(?:the\s|all\s)?$"
)
_PARTNER_ZH = re.compile(r"(?:对|与|同|向|自|从|和|跟|销往|出口到|发往|出口至)(?:其他|其它|主要|共建|主要贸易伙伴)?$")
_TRADE_AFTER_ZH = re.compile(r"[^，。；]{0,14}(?:进出口|出口|进口|贸易|增长|下降|市场|增速|投资)|则|降至|升至")
_ABROAD_ZH = re.compile(
    r"(?:通达|运往|运抵|覆盖|位于|辐射|连通|来自|遍布|到|向|在|至|进入|抵达|往|与|和|经|赴|飞往|前往|直达|发往)$"
)
_SOURCE = re.compile(
    r"\s(?:account|report|data|survey|index|research|study|figures|statistics|spokes|blog|post|app store|analysts?)"
)
_CAPITAL = re.compile(
    r"\s(?:wants|says|said|vows|vowed|urges|urged|plans|approves|approved|announces|announced|hopes|aims|pledges|has)\b"
)
_OUTSIDE = re.compile(r"\b(?:outside|beyond|excluding)\s(?:of\s)?(?:the\s)?$")
_SUPERLATIVE = re.compile(
    r"(?:most|first|best|largest|highest|biggest|parts|regions?|across|half|out|elsewhere) (?:in|of)\s(?:the\s)?$"
    r"|\bof\s(?:all\s)?$|占$|全$"
)
_AGAIN = re.compile(
    r"\b(?:the|this|that)\s(city|province|municipality|zone|platform|company|port|region|airport|bloc|app|firm|retailer"
    r"|giant|expo|fair)\b|\b(provincial)\s|该(市|省|县|区|平台|公司|港|镇)|(全市|全省|全县|全区|全镇)"
)
_OF_ITS_OWN = re.compile(r"\s(?:that\s)?(?:its|their|it)\b|[，,]?(?:其|该)")
_TRADES_WITH = re.compile(
    r"[^.;，。；]{0,60}?\b(?:trad(?:e|ing) partner|export market|export destination|source of imports?|import source"
    r"|supplier|buyer)s?\b"
)
_SUPPLIES = re.compile(r",?\s(?:which|who)\s")
_ASIDE = re.compile(
    r"[,\s]*(?:an? (?:\w+[ -]){1,4}(?:based|headquartered|located|registered) in"
    r"|(?:in|of|to|from|with) which|which|who|whose|owned|run|operated|backed"
    r"|founded|led|headed|based|located|controlled|a unit|a subsidiary)\b"
)
_APPOSED = re.compile(
    r"(?:'s|(?<='s))\s(?:[a-z0-9-]+\s){0,5}(?:platform|company|firm|retailer|marketplace|giant|app|site|website)\b"
)
_LOST = re.compile(r"(On|At|From|Via|Through)\s?,\s")
_EVENTS = frozenset({"Fair", "ShoppingFestival", "Conference"})
_NOTHING = Sense()


@dataclass(slots=True)
class Whose:
    """Reads places and actors of one document; ``default`` is whose figures it gives unless it says otherwise."""

    senses: Senses
    document: Document
    article: str = ""
    default: str = "china"
    last_of: dict[str, str] = field(default_factory=dict)

    @property
    def zh(self) -> bool:
        """Whether the document is Chinese."""
        return self.document.lang == "zh"

    def sense(self, scanned: Scanned, item: Item) -> Sense:
        """Sense of an item, an empty one for a figure or a period."""
        if item.mention is None:
            return _NOTHING
        return self.senses.of(item.terms, item.cues, scanned.between(item.start, item.end))

    def find_default(self, sentences: list[Scanned]) -> None:
        """Take as default the place or actor that the title begins with, or the first sentence where it names none.

        Only a place of China or an actor: a report on trade with Japan gives China's figures.
        """
        for scanned in sentences[:3]:
            named = [
                (item, sense, code)
                for item in scanned.items
                if (code := (sense := self.sense(scanned, item)).place or sense.actor)
                and code != "world"
                and (self.zh or self.senses.kind(code) not in _EVENTS)
            ]
            if not named:
                continue
            item, sense, code = named[0]
            if self._opens_list(scanned, item):
                return  # of several no one is whose figures the text gives
            near = item.start - scanned.sentence.body < (24 if self.zh else 40)
            if near and self.role(scanned, item) in ("own", "subject", "in") and (sense.local or sense.actor):
                if not self._metonym(scanned, item, code) and not self._speaks(scanned, scanned.items.index(item)):
                    self.default = code
            return

    def role(self, scanned: Scanned, item: Item) -> str:
        """Part that a place or an actor plays where it stands: own, subject, in, of, partner, abroad."""
        folded, sense = self.document.folded, self.sense(scanned, item)
        before = folded[max(scanned.sentence.body, item.start - 34) : item.start]
        if self.zh:
            if _PARTNER_ZH.search(before) and not before.endswith(("来自", "以及")):
                if _TRADE_AFTER_ZH.match(folded, item.end, scanned.sentence.end):
                    return "subject" if before.endswith(("和", "与", "同")) and sense.local else "partner"
            if sense.place and not sense.local and sense.place != "china":
                follows = next((one for one in scanned.items if one.start >= item.end), None)
                counted = follows.amount if follows is not None and follows.start == item.end else None
                if counted is not None and (counted.is_money or counted.unit == "percent"):
                    return "partner"
                owned = counted is not None
                if follows is not None and follows.mention is not None and follows.start - item.end <= 4:
                    measured = self.sense(scanned, follows)
                    owned = bool(measured.topic or measured.flow or measured.sectors)
                if _ABROAD_ZH.search(before) or not owned:
                    return "abroad"
            return "subject"
        if before.endswith("followed by "):
            return "subject"
        if folded.startswith("'s", item.end):
            return "of" if re.search(r"\bof\s(?:the\s)?$", before) else "own"
        for pattern, name in ((_PARTNER_EN, "partner"), (_IN_EN, "in"), (_OF_EN, "of")):
            if pattern.search(before):
                supplies = name == "of" and _SUPPLIES.match(folded, item.end, scanned.sentence.end)
                return "subject" if supplies else name
        if sense.place and not sense.local and sense.place != "china":
            if _TRADES_WITH.match(folded, item.end, scanned.sentence.end):
                return "partner"
        return "subject"

    def remember(self, code: str) -> None:
        """Take a place or an actor as the last of its kind: the one that "the city" or "the platform" takes up."""
        if entry := self.senses.entry(code):
            for name in (*entry.classes, entry.kind):
                self.last_of[name] = code

    def take(self, frame: Frame, scanned: Scanned, at: int) -> None:
        """Change a frame by the place or actor at an index of the sentence's items."""
        item = scanned.items[at]
        sense, role = self.sense(scanned, item), self.role(scanned, item)
        code = sense.place or sense.actor or ""
        before = self.document.folded[max(scanned.sentence.body, item.start - 34) : item.start]
        if sense.actor and (self._speaks(scanned, at) or _SOURCE.match(self.document.folded, item.end)):
            return
        if code == "world" or _OUTSIDE.search(before):
            return
        if role != "partner":
            self.remember(code)
        previous = scanned.items[at - 1] if at else None
        gap = self.document.folded[previous.end : item.start] if previous is not None else "."
        listed = previous is not None and bool(LIST.fullmatch(gap)) and bool(self.sense(scanned, previous).place)
        if (
            listed
            and previous is not None
            and frame.partners
            and self.sense(scanned, previous).place == frame.partners[-1]
        ):
            role = "partner"
        if sense.place and role == "partner":
            if code != "china" and not (sense.local and code != frame.entity):
                frame.partners = (*frame.partners, code) if listed and frame.partners else (code,)
            return
        if self._describes(frame, scanned, item) or (role == "own" and self._locates(scanned, at)):
            return
        if role == "abroad" and self.is_actor(frame.entity) and before.endswith(("在", "于")):
            frame.market = code
        clause = scanned.clause_span(item.start)[0]
        if frame.own_entity and not self.zh and _ASIDE.match(self.document.folded, clause, item.start + 1):
            return  # ", which belongs to PDD," ", owned by Sea,"
        if role == "abroad" or self._passed_over(frame, scanned, item, sense, role, code, before):
            return
        anew = "national" in item.cues and not sense.things  # "..., and the country's exports"
        if listed and not anew and sense.place and frame.listed and self._certainly_listed(scanned, item, gap):
            frame.listed += 1
            frame.entity = frame.before_list
            return
        if self._metonym(scanned, item, code):
            code = "china"
        inside = role == "in" and not self.zh and item.start - scanned.sentence.body > 16
        self._set(frame, code, item, role, inside=inside)

    def _describes(self, frame: Frame, scanned: Scanned, item: Item) -> bool:
        """Whether a place says whose an actor is: "On Lazada, Southeast Asia's leading platform"."""
        if self.zh or not (frame.own_entity and self.is_actor(frame.entity)):
            return False
        return bool(_APPOSED.match(self.document.folded, item.end, scanned.sentence.end))

    def _set(self, frame: Frame, code: str, item: Item, role: str, *, inside: bool) -> None:
        if frame.entity != code and frame.own_entity:
            frame.partners = ()
        frame.before_list, frame.listed = frame.entity, 1
        frame.entity, frame.own_entity = code, True
        frame.place_at, frame.place_role = item.start, role
        if frame.first_entity is None:
            frame.first_entity = frame.before_list if inside else code

    def _passed_over(
        self, frame: Frame, scanned: Scanned, item: Item, sense: Sense, role: str, code: str, before: str
    ) -> bool:
        """Whether a place or actor only says where or by whom, and not whose."""
        if sense.actor:
            if self.zh and self.senses.kind(code) == "Product":
                return True
            if self.senses.kind(code) in _EVENTS and role in ("in", "of") and not self.zh:
                return True
            return role == "of" and frame.own_entity
        if role == "of" and (frame.own_entity or (not sense.local and code != "china")):
            return True
        if role == "in" and not self.zh:
            if not sense.local and code != "china" and self.is_actor(frame.entity):
                frame.market = code
                return True
            if frame.own_entity and self.senses.holds(code, frame.entity):
                return True
            same = frame.place_at >= 0 and scanned.clause(frame.place_at) == scanned.clause(item.start)
            if frame.own_entity and same and frame.place_role != "in":
                if not any(one.amount for one in scanned.items if one.end <= item.start):
                    return True
        if code == "china":
            if role in ("of", "in") or ("national" in item.cues and not sense.things):
                if _SUPERLATIVE.search(before):
                    return True
            if self.zh and frame.own_entity and self.is_local(frame.entity):
                return "全国" in scanned.between(item.start, item.end)
        return False

    def _locates(self, scanned: Scanned, at: int) -> bool:
        """Whether a place only says where the place behind it is: "east China's Jiangsu Province"."""
        follows = scanned.items[at + 1] if at + 1 < len(scanned.items) else None
        if follows is None or not self.sense(scanned, follows).place:
            return False
        return scanned.between(scanned.items[at].end, follows.start).strip() == "'s"

    def _certainly_listed(self, scanned: Scanned, item: Item, gap: str) -> bool:
        if "the" in gap.split():
            return False
        if gap.strip() not in (",", "，"):
            return True
        return bool(_LIST_GOES_ON.match(self.document.folded, item.end, scanned.sentence.end))

    def again(self, frame: Frame, scanned: Scanned) -> None:
        """ "The city", 全省: the last of its kind that was named, where the sentence names none itself.

        "On, the leading platform, ...": a name was lost there, and stays open.
        """
        if not self.zh and (lost := _LOST.match(self.document.text, scanned.sentence.body, scanned.sentence.end)):
            frame.entity = f"unnamed_{self.article}_{lost.end(1)}"
            frame.own_entity, frame.place_at, frame.place_role = True, lost.start(), "subject"
            frame.first_entity = frame.entity
            return
        found = _AGAIN.search(self.document.folded, scanned.sentence.body, scanned.sentence.end)
        if found is None:
            return
        named = (one for one in scanned.items if (sense := self.sense(scanned, one)).place or sense.actor)
        first = next(named, None)
        if first is not None and first.start < found.start():
            return
        word = next(group for group in found.groups() if group)
        if code := self.last_of.get(read_toml("anaphora.toml")["classes"].get(word, "")):
            frame.entity, frame.own_entity, frame.place_at, frame.place_role = code, True, found.start(), "subject"
            frame.first_entity = code

    def behind(self, scanned: Scanned, at: int, frame: Frame, taken: set[int]) -> Frame:
        """The frame of the figure at an index; whose it is may stand behind it.

        "750 brands on Tmall Global", "12 percent in Japan", "4.1% for daily necessities". ``taken`` holds the starts of
        the mentions that figures have taken.
        """
        frame = replace(frame)
        item, folded = scanned.items[at], self.document.folded
        start, limit = scanned.clause_span(item.start)
        held = any(
            start <= one.start < item.start and one.start not in taken and self.sense(scanned, one).place
            for one in scanned.items[:at]
        )
        for one in scanned.items[at + 1 :]:
            if one.amount or one.start >= limit:
                break
            sense = self.sense(scanned, one)
            before = folded[item.end : one.start]
            if sense.topic and not sense.indicators and not frame.fresh and self._whole_of(before):
                frame.take_topic(sense.topic, sense.flow, one.start, one.end, retail=sense.retail)
            elif (
                sense.bare_flow
                and sense.flow
                and self.zh
                and frame.fresh
                and before.startswith("的")
                and frame.flow is None
            ):
                frame.flow = sense.flow
            elif sense.bare_flow and sense.flow and not frame.fresh and not self.zh and self._whole_of(before):
                frame.take_flow(sense.flow, one.start, one.end)
            if sense.sectors and re.fullmatch(r"\s(?:for|in)\s(?:the\s)?", before):
                frame.sectors = sense.sectors[:1]
                taken.add(one.start)
            if self.zh or not (sense.place or sense.actor):
                continue
            if self._place_behind(scanned, one, sense, before, frame, held=held):
                taken.add(one.start)
            break
        return frame

    def _whole_of(self, before: str) -> bool:
        if self.zh:
            return before.startswith("的") and len(before) < 12
        return len(before) < 40 and bool(re.search(r"\b(?:of|in)\s(?:the\s|china's\s)?(?:\w+'s\s)?$", before))

    def _place_behind(
        self, scanned: Scanned, one: Item, sense: Sense, before: str, frame: Frame, *, held: bool
    ) -> bool:
        if sense.actor and not frame.own_entity and re.search(r"\b(?:on|at|across|via|through)\s(?:the\s)?$", before):
            frame.entity, frame.own_entity = sense.actor, True
            return False
        if not sense.place or held or not re.search(r"\b(?:in|to|through|of them in)\s(?:the\s)?$", before):
            return False
        if re.search(r"\bto\s(?:the\s)?$", before) and (sense.local or (frame.fresh and frame.topic == "goods")):
            return False
        if self.is_actor(frame.entity) and not sense.local:
            frame.market = sense.place
        elif self._opens_list(scanned, one) or len(before) > 60 or (len(before) > 26 and "to" not in before.split()):
            return False
        else:
            frame.entity, frame.own_entity = sense.place, True
            for name in (self.senses.kind(sense.place), "Place"):
                self.last_of[name] = sense.place
        return True

    def _opens_list(self, scanned: Scanned, item: Item) -> bool:
        """Whether a place is the first of several that stand in a list with no figure between them."""
        follows = next((one for one in scanned.items if one.start >= item.end), None)
        if follows is None or not LIST.fullmatch(self.document.folded[item.end : follows.start]):
            return False
        sense = self.sense(scanned, follows)
        return bool(sense.place or sense.actor)

    def _metonym(self, scanned: Scanned, item: Item, code: str) -> bool:
        """Beijing for China: "Beijing wants"."""
        return (
            code == "beijing"
            and not self.zh
            and bool(_CAPITAL.match(self.document.folded, item.end, scanned.sentence.end))
        )

    def _speaks(self, scanned: Scanned, at: int) -> bool:
        """Whether a company stands here as the one who says it: "Amazon expects", "according to WiseApp"."""
        items, item = scanned.items, scanned.items[at]
        follows = items[at + 1] if at + 1 < len(items) else None
        if follows and "said" in follows.cues and follows.start - item.end <= 2:
            own = _OF_ITS_OWN.match(self.document.folded, follows.end, scanned.sentence.end)
            return own is None
        previous = items[at - 1] if at else None
        return bool(
            previous and "said" in previous.cues and item.start - previous.end <= 3
            and re.search(r"(?:according to|data from|by|from|of)$", scanned.between(previous.start, previous.end))
        )  # fmt: skip

    def is_actor(self, code: str | None) -> bool:
        """Whether a code names somebody and no place."""
        entry = self.senses.entry(code)
        return (code or "").startswith("unnamed_") or bool(entry and "Place" not in entry.classes)

    def is_local(self, code: str | None) -> bool:
        """Whether a code names a place in China."""
        entry = self.senses.entry(code)
        return bool(entry and "Place" in entry.classes and self.senses.is_local(entry))
