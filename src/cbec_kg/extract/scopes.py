"""What a figure covers: the statistical scope that its text states, or that follows from who counts it and when.

>>> from cbec_kg.model.period import parse
>>> from cbec_kg.ontology.lexicon import default_lexicon
>>> scope_of(default_lexicon(), "cbec-trade-value", "china", parse("2022"), None, retail=False)
('gac-total', 'inferred')
>>> scope_of(default_lexicon(), "overseas-warehouse-count", "china", None, None, retail=False)
('none', None)
"""

from cbec_kg.model.period import Period
from cbec_kg.ontology.lexicon import Lexicon

__all__ = ["scope_of"]

_CUSTOMS = "general-administration-of-customs"


def scope_of(
    lexicon: Lexicon, code: str | None, entity: str | None, period: Period | None, voice: str | None, *, retail: bool
) -> tuple[str | None, str | None]:
    """Scope and its basis (stated or inferred) of an indicator's figure.

    Customs has counted all cross-border e-commerce since 2020; what was published for years before 2017 are industry
    estimates; between the two nothing follows from the year alone.
    """
    entry = lexicon.entries.get(code or "")
    if entry is None:
        return None, None
    if code == "cbec-trade-value":
        holder = lexicon.entries.get(entity or "")
        if holder and "Place" not in holder.classes:
            return "platform-own", "inferred"
        if retail and (voice == _CUSTOMS or entity == "china"):
            return "gac-retail", "inferred"
        year = period.start.year if period else None
        if entity == "china" and year is not None and not retail:
            if year >= 2020:
                return "gac-total", "stated" if voice == _CUSTOMS else "inferred"
            if year < 2017:
                return "industry-estimate", "inferred"
        return "not-stated", None
    if not entry.scopes:
        return "none", None
    return entry.scopes[0], "stated" if voice == _CUSTOMS and entry.scopes[0] == "goods-trade" else "inferred"
