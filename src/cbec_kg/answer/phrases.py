"""What answers say to people, English and Chinese: words by their codes, with places for what fills them.

>>> WORDS["checks"].zh
'核对'
"""

from cbec_kg.triples.labels import Names

__all__ = [
    "BASES", "HEARD", "MEASURES", "NONE_WANTED", "NOTES", "REASONS", "REVIEWS", "SILENT_BUT", "SINCE", "TYPES",
    "WANTED", "WORDS",
]  # fmt: skip

TYPES = {
    "known": Names("known", "已知"),
    "derived": Names("derived", "推算"),
    "conflicting": Names("conflicting: the claims exclude each other", "相互矛盾：各方数据互不相容"),
    "silent": Names(
        "silent: no claim of the graph states or gives this figure", "无记载：图谱中没有说法给出或可推出这一数字"
    ),
}
MEASURES = {
    "level": Names("", ""),
    "growth": Names("growth on the year before", "同比增速"),
    "share": Names("share", "占比"),
    "rank": Names("rank", "排名"),
    "gap": Names("difference in growth", "增速差"),
    "contribution": Names("contribution to growth", "对增长的拉动"),
    "change": Names("change", "变化"),
    "record": Names("record", "纪录"),
}
WORDS = {
    "scope": Names("scope", "口径"),
    "status": Names("status", "状态"),
    "formula": Names("formula", "公式"),
    "or": Names("or", "或"),
    "sources": Names("who says so", "出处"),
    "inputs": Names("from", "依据"),
    "side": Names("side", "一方"),
    "other side": Names("with the other side", "若按另一说法"),
    "checks": Names("checks", "核对"),
    "agrees": Names("agrees", "相符"),
    "disagrees": Names("does not agree", "不符"),
    "against": Names("{} against {}", "{}，对照{}"),
    "may be": Names("; possible reasons: {}", "；可能原因：{}"),
    "revised": Names("replaces", "取代"),
    "nearest": Names("nearest", "最接近的"),
    "undated": Names("undated", "未注明日期"),
    "unattributed": Names("unattributed", "未注明发布者"),
    "left out": Names("silent: {} claims are left out because they have no date", "无记载：{}条说法因没有日期而未计入"),
    "one left out": Names("silent: {} claim is left out because it has no date", "无记载：{}条说法因没有日期而未计入"),
    "to date": Names("to give its date: {}", "补充日期：{}"),
    "characters": Names("characters {}-{}", "字符{}-{}"),
    "again": Names("also written as {}", "另写作{}"),
    "claims": Names("claims about {}: {}", "关于{}的说法：{}条"),
    "why": Names("without these claims it would be {}:", "若无下列说法，则为“{}”："),
    "unproven": Names(" (after {} sets tried: not proven to be the smallest)", "（已尝试{}组：未证明为最小）"),
    "among": Names(
        "tried were sets of what the answer and its checks rest on or it takes for replaced (claims: {}), no others",
        "仅尝试了结论及其核对所依据、或视为已被取代的说法（{}条）的各种组合，未尝试其他说法",
    ),
    "why nothing": Names(
        "there is nothing it rests on, so no claim was left out to try", "结论没有依据任何说法，因此未作移除尝试"
    ),
    "why none": Names(
        "no such set changes the type (sets tried: {})", "移除其中任何一组都不会改变结论类型（已尝试{}组）"
    ),
    "why unknown": Names(
        "no set that changes the type was found (sets tried: {}, not all)",
        "未找到可改变类型的说法（已尝试{}组，并非全部）",
    ),
    "figure": Names("{}: 1 figure", "{}：1个数字"),
    "figures": Names("{}: {} figures", "{}：{}个数字"),
    "as of": Names("as of {}: undated evidence left out: {}", "截至{}：未计入无日期的证据{}条"),
}
BASES = {
    "mom": Names("growth on the month before", "环比增速"),
    "cagr": Names("average growth a year", "年均增长"),
    "cumulative": Names("cumulative growth", "累计增长"),
    "other": Names("growth on another base", "增速（其他基期）"),
}
SINCE = Names("{1} since {0}", "{0}以来{1}")
REVIEWS = {
    "machine-read": Names("machine-read", "机器读取"),
    "reviewed": Names("reviewed", "人工核对"),
    "corrected": Names("corrected", "人工更正"),
}
REASONS = {
    "missing input": Names("needed and not stated", "推算所需而未见记载"),
    "forecast": Names("only foreseen or aimed at", "仅为预测或目标"),
    "another basis": Names("another unit or basis", "单位或基准不同"),
    "another measure": Names("another measure", "同一指标的其他数据"),
    "another period": Names("another period", "另一时期"),
    "another scope": Names("another scope", "另一口径"),
    "another flow": Names("another direction", "另一流向"),
    "another partner": Names("another partner", "另一伙伴"),
    "another sector": Names("another sector", "另一行业"),
    "another market": Names("another market", "另一市场"),
    "another channel": Names("another channel", "另一渠道"),
    "no year": Names("the article names no year", "文章未注明年份"),
    "another indicator": Names("another indicator", "另一指标"),
    "other claims": Names("what else is known", "其他已知"),
    "similar name": Names("similar name", "相近名称"),
}
NOTES = {
    "scope-chosen": Names("no scope was asked for: this is {}", "提问未指明口径，此为：{}"),
    "scope-chosen silent": Names("no scope was asked for: looked for as {}", "提问未指明口径，已按此口径查找：{}"),
    "period-latest": Names(
        "no period was asked for: {} is the latest year with a figure", "提问未指明时期：{}是有数据的最近年份"
    ),
    "period-last": Names(
        "no period was asked for: {} is the latest period with a figure", "提问未指明时期：{}是有数据的最近时期"
    ),
    "flow-named": Names("{!r} names one direction of trade: {}", "“{}”指明了流向：{}"),
    "unknown-name": Names("the graph does not know {!r}", "图谱中没有“{}”"),
}
HEARD = {
    "fall": Names("it rose, and did not fall", "实际为增长，并未下降"),
    "rise": Names("it fell, and did not rise", "实际为下降，并未增长"),
}
WANTED = {
    "forecast": Names("forecast", "预测"),
    "target": Names("target", "目标"),
    "estimate": Names("estimate", "估计"),
}
NONE_WANTED = Names("none of this point", "此项没有")
SILENT_BUT = Names("silent: no claim says what it came to", "无记载：没有说法给出实际数字")
