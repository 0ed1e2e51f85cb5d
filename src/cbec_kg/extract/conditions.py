"""Whether a figure is only a condition on what is counted: "firms with sales above $1 million", 1亿元以上的企业.

Such a figure draws a line; nobody has that much.

>>> from cbec_kg.extract.document import Document
>>> from cbec_kg.extract.mentions import default_finder
>>> from cbec_kg.extract.scan import scan
>>> def asked(text, lang="en"):
...     scanned = scan(Document.of(text, lang), default_finder())[0]
...     return [is_condition(scanned, at) for at, item in enumerate(scanned.items) if item.amount]
>>> asked("Exporters with sales above $1 million numbered 300."), asked("Exports rose above $1 million.")
([True, False], [False])
>>> asked("出口额1亿元以上的企业有300家。", "zh"), asked("出口额达1亿元以上。", "zh")
([True, False], [False])
"""

import re

from cbec_kg.extract.scan import Scanned

__all__ = ["is_condition"]

_BOUNDED = frozenset({"over", "under"})
_HOLDER_EN = (
    r"(?:companies|firms|enterprises|businesses|sellers|merchants|traders|manufacturers|factories|exporters|importers"
    r"|suppliers|vendors|retailers|shops|stores|brands|platforms|cities|counties|towns|provinces|countries|markets"
    r"|economies|partners|zones|parks|entities|players|those|ones)"
)
_WITH = re.compile(
    rf"\b{_HOLDER_EN}\s(?:with|posting|recording|reporting|generating|earning|making|exporting|importing|trading|selling"
    r"|(?:that|which|who)\s(?:each\s)?[a-z]+|whose)\b(?P<words>[^,;:()]{0,70})$"
)
"""What says how much somebody has or does, right behind the plural that names them; a comma would say it of all."""
_SUMMED = re.compile(r"\b(?:combined|total|together|aggregate|overall|collective|collectively|jointly|respectively)\b")
_HOLDER_ZH = (
    r"(?:外贸|跨境电商|跨境|龙头|重点|中小|规上|生产|制造|出口|进口|进出口|头部|活跃|的)*"
    r"(?:企业|公司|商家|卖家|商户|店铺|网店|平台|品牌|主体|经营者|城市|县|市|省份|地市|区县|园区|国家|经济体|伙伴|市场(?!规模)|品类|单品|项目|客户|会员"
    r"|家|个(?!百分)|(?:商品|产品)(?=有|共|达|已|数量))"
)
_COUNTED_ZH = (
    r"(?:约|近|超过|超|逾|达到|达|有|共有|共|已有|已达|为|数量|总数|新增|增至)*\s?(?=[\d一二三两四五六七八九十百千万])"
)
_BEHIND_ZH = re.compile(rf"(?:及|或)?(?:以上|以下|以内)?(?P<of>的)?(?:{_HOLDER_ZH}|(?P<count>{_COUNTED_ZH}))")
_MEASURED_ZH = re.compile(
    r"[额值量模入售价数速幅度本产出口易户员](?:在|为|达到|达|超过|超|突破|逾|不低于|不少于|高于|低于|不足|未满|不到|大于|小于)*\s?$"
)


def is_condition(scanned: Scanned, at: int) -> bool:
    """Whether the amount at an index of the sentence's items only says which of several things are meant."""
    item = scanned.items[at]
    amount = item.amount
    if amount is None or amount.qualifier not in _BOUNDED or amount.unit in ("rank", "percentage_point"):
        return False
    start, folded = scanned.clause_span(item.start)[0], scanned.document.folded
    if scanned.document.lang == "zh":
        return _condition_zh(scanned, at, scanned.between(start, item.start))
    if not amount.is_money:
        return False
    found = _WITH.search(folded, max(start, scanned.sentence.body), item.start)
    return found is not None and not _SUMMED.search(found["words"])


def _condition_zh(scanned: Scanned, at: int, before: str) -> bool:
    """An amount with a bound, what it measures before it, and behind it whom or how many."""
    item = scanned.items[at]
    behind = _BEHIND_ZH.match(scanned.document.folded, item.end, scanned.sentence.end)
    if behind is None or not _MEASURED_ZH.search(before):
        return False
    ends = "以上" in behind[0] or "以下" in behind[0] or "以内" in behind[0]
    if behind["count"] is not None:
        return behind["of"] is not None and (ends or behind["count"] != "")
    return behind["of"] is not None or ends
