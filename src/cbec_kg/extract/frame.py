"""What a sentence is speaking of while it is read: topic, indicator, flow, sectors, whose figure, with whom.

>>> frame = Frame(entity="china")
>>> frame.take_topic("cbec", "export", 0, 10)
>>> frame.indicator_for("money"), frame.flow
('cbec-trade-value', 'export')
"""

from dataclasses import dataclass

from cbec_kg.extract.senses import TRADE

__all__ = ["Frame"]


@dataclass(slots=True)
class Frame:
    """State of the reading, changed as mentions come.

    ``fresh`` is whether the present sentence has named what it measures; ``indicators`` are what it named last, other
    than the value of trade, at characters ``at``.
    """

    entity: str | None = None
    topic: str | None = None
    indicators: tuple[str, ...] = ()
    flow: str | None = None
    retail: bool = False
    sectors: tuple[str, ...] = ()
    traders: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    market: str | None = None
    fresh: bool = False
    own_entity: bool = False
    listed: int = 0
    naming: int = -1
    place_at: int = -1
    place_role: str = ""
    first_entity: str | None = None
    before_list: str | None = None
    at: int = -1
    end: int = -1

    def next(self) -> "Frame":
        """The frame that the next sentence begins with."""
        return Frame(
            self.entity, self.topic, self.indicators, self.flow, self.retail, self.sectors,
            before_list=self.before_list,
        )  # fmt: skip

    def take_topic(self, topic: str, flow: str | None, start: int, end: int, *, retail: bool = False) -> None:
        """The text names a kind of trade."""
        self.topic, self.indicators, self.flow = topic, (), flow
        self.sectors, self.traders, self.retail = (), (), retail
        self._named(start, end)

    def take_indicators(
        self, codes: tuple[str, ...], topic: str | None, flow: str | None, start: int, end: int
    ) -> None:
        """The text names something measured that is no value of trade."""
        self.indicators, self.flow = codes, flow
        self.topic = topic or self.topic
        self.sectors = ()
        self._named(start, end)

    def take_flow(self, flow: str, start: int, end: int) -> None:
        """A bare "exports": a flow of the trade spoken of."""
        if not self.fresh:
            self.sectors = ()
        self.flow, self.indicators = flow, ()
        self._named(start, end)

    def name_again(self, start: int, end: int) -> None:
        """The text names again what it speaks of, in other words: no flow and no goods of its own."""
        self.indicators, self.flow, self.sectors = (), None, ()
        self._named(start, end)

    def name_flow(self, flow: str, start: int, end: int) -> None:
        """A flow of the goods that the frame holds."""
        self.flow, self.indicators = flow, ()
        self._named(start, end)

    def take_sector(self, sectors: tuple[str, ...], start: int, end: int) -> None:
        """A kind of goods, services or traders."""
        self.sectors = sectors
        self.end = end
        if self.at < 0:
            self.at = start

    def _named(self, start: int, end: int) -> None:
        self.fresh, self.at, self.end = True, start, end

    def indicator_for(self, dimension: str | None) -> str | None:
        """Code of the indicator that a figure in a dimension is of where none is named: the value of trade."""
        if dimension in (None, "money") and not self.indicators:
            if self.topic in TRADE:
                return TRADE[self.topic or ""]
            return TRADE["goods"] if self.flow else None
        return None
