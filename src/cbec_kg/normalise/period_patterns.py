"""Regular expressions of period words, built from their tables.

Every alternative is bounded in length, so that a text costs time in proportion to it. They read what `simple` makes of
a text; the name of the group says what was found.

>>> found = token_pattern().search("in the first ten months")
>>> found.lastgroup, found["first_count"], found["first_unit"]
('first_n', 'ten', 'months')
>>> prefix_tree({"in": "", "into": "(?!x)"})
'in(?:to(?!x)|)'
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache

from cbec_kg.normalise.period_words import PeriodWords, default_period_words
from cbec_kg.normalise.words import Words, default_words

__all__ = ["HAN", "any_of", "prefix_tree", "token_pattern"]

HAN = r"\u3400-\u9fff"
_END = "(?![a-z0-9_])"
_SPACE = r"[\s-]{1,2}"
_S = r"\s{1,2}"
_TH = "(?:st|nd|rd|th)?"
_YEAR = r"(?:19|20)\d\d"
_MONTH_HAN = "1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九]"
_DAY_HAN = "3[01]|[12][0-9]|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九]"
_NUMBER_HAN = r"\d{1,3}|[一二两三四五六七八九十百]{1,4}"
_DASH = "(?:[-—–~]{1,2}|至|到)"


def prefix_tree(words: Mapping[str, str]) -> str:
    """Pattern of the longest of some words, common beginnings shared; what follows each must match its pattern."""
    tree: dict[str, dict] = {}  # type: ignore[type-arg]
    for word, ahead in words.items():
        node = tree
        for char in word:
            node = node.setdefault(char, {})
        node[""] = {ahead: {}}
    return _branch(tree)


def _branch(node: dict[str, dict]) -> str:  # type: ignore[type-arg]
    options = []
    for char in sorted(node, reverse=True):  # "" comes last: the longest is tried first
        if char == "":
            options.append(next(iter(node[char])))
        else:
            options.append(
                (_SPACE if char == " " else "['’]" if char == "'" else re.escape(char)) + _branch(node[char])
            )
    return options[0] if len(options) == 1 else f"(?:{'|'.join(options)})"


def any_of(words: Iterable[str]) -> str:
    """Pattern of the longest of some words; a Latin word ends where its letters end."""
    return prefix_tree({word: _END if word[-1].isascii() and word[-1].isalnum() else "" for word in words})


def _is_han(word: str) -> bool:
    return not word[0].isascii()


@cache
def token_pattern() -> re.Pattern[str]:
    """Pattern of all tokens, each kind in a group of its own name."""
    words, numbers = default_period_words(), default_words()
    phrases = {
        word: (_END if word[-1].isascii() else "") + "".join(f"(?!{ahead})" for ahead in phrase.ahead)
        for word, phrase in words.phrases.items()
    }
    latin = {word: ahead for word, ahead in phrases.items() if not _is_han(word)}
    chinese = {word: ahead for word, ahead in phrases.items() if _is_han(word)}
    letters = (f"(?P<phrase>{prefix_tree(latin)})", *_latin_words(words), *_counted(words, numbers))
    signs = (f"(?P<phrase_han>{prefix_tree(chinese)})", *_han_words(words), *_again(_han(words)))
    han_figures, figures = _han(words), (*_dates(words), *_counted_digits(words))
    figure_ahead = rf"{_YEAR}|\d{{1,3}}(?:[-–~qh]|st|nd|rd|th|\s{{1,2}}[-–—~a-z])"
    return re.compile(
        f"(?<![a-z0-9_])(?={_first_words(words, numbers)})(?:{'|'.join(letters)})"
        rf"|(?=\d)(?<![a-z0-9_])(?<![0-9][.,])(?:(?={_YEAR}|\d{{1,4}}\s?[^\s0-9a-z])(?:{'|'.join(han_figures)})"
        rf"|(?={figure_ahead})(?:{'|'.join(figures)}))"
        f"|(?=[{_first_signs(words)}])(?:{'|'.join(signs)})"
    )


def _first_words(words: PeriodWords, numbers: Words) -> str:
    """Latin words that a token can begin with: all else is passed over at once."""
    tables = (words.phrases, words.parts, words.ordinals, words.months, words.short_months, words.weekdays, words.plans)
    spans = (words.spans[name] for name in ("past", "next", "few", "short"))
    counts = (numbers.units, numbers.teens, numbers.tens)
    more = (
        "opening",
        "year",
        "quarter",
        "initial",
        "this",
        "h1",
        "h2",
        "q1",
        "q2",
        "q3",
        "q4",
        "fy",
        "cy",
        "fiscal",
        "financial",
        "calendar",
    )
    every = (
        *(word for table in (*tables, *spans, *counts) for word in table),
        *more,
        "a",
        "an",
        "half",
        "in",
        "within",
    )
    first = {word.partition(" ")[0].partition("'")[0]: "" for word in every if not _is_han(word) and word[0].isalpha()}
    return prefix_tree({word: "" if word in ("fy", "cy") else _END for word in first})


def _first_signs(words: PeriodWords) -> str:
    """Chinese characters that a token can begin with."""
    spans = (word for name, table in words.spans.items() if name.endswith("han") for word in table)
    every = (*words.phrases, *words.parts, *words.plans, *spans)
    fixed = '一二两三四五六七八九十百第头首前最周星上本这下“"「‘'
    return re.escape("".join(sorted({word[0] for word in every if _is_han(word)} | set(fixed))))


def _again(patterns: Iterable[str]) -> list[str]:
    """The same alternatives in another branch, their groups named apart by a trailing underscore."""
    return [re.sub(r"\(\?P<(\w+)>", r"(?P<\1_>", pattern) for pattern in patterns]


def _latin_words(words: PeriodWords) -> list[str]:
    """Parts of a year, weekdays, fiscal years and plans that begin with a letter."""
    ordinal = any_of(words.ordinals)
    parts = any_of(word for word in words.parts if not _is_han(word))
    month = any_of((*words.months, *words.short_months))
    weekday = any_of(word for word in words.weekdays if not _is_han(word))
    plan = any_of(word for word in words.plans if not _is_han(word))
    year_ahead = (
        rf"(?=\s(?:of|in)\s(?:the\s(?:fiscal\s)?year|the\ssame\syear|that\syear|this\syear|last\syear|fiscal|{_YEAR}))"
    )
    return [
        rf"(?P<part>{parts})",
        rf"(?P<half>(?P<half_of>{ordinal}){_SPACE}half(?:{_SPACE}year)?{_END}(?!{_SPACE}(?:hour|century|decade|dozen|a\b)))",
        rf"(?P<quarter>(?P<quarter_of>{ordinal})(?:{_S}(?:to|through){_S}(?P<quarter_last>{ordinal}))?{_SPACE}"
        rf"(?:fiscal{_S})?quarter(?:s(?<=quarters))?{_END})",
        r"(?P<short>(?:h(?P<short_half>[12])|q(?P<short_quarter>[1-4])(?:[-–](?P<short_last>[2-4]))?)"
        rf"(?:'(?P<short_year>\d\d))?{_END})",
        rf"(?P<month_day>(?P<md_month>{month})\.?\s{{1,2}}(?P<md_day>\d{{1,2}}){_TH}"
        rf"(?:\s?(?:[-—–~]|to|and|through|until)\s?(?P<md_last>\d{{1,2}}){_TH})?(?![\da-z%])(?![.,:]\d))",
        rf"(?P<month>(?:(?P<month_which>last|this|next){_S})?(?P<month_name>{month}))",
        rf"(?P<weekday>(?:(?P<weekday_which>last|this|next|coming){_S})?(?P<weekday_name>{weekday}))",
        rf"(?P<fiscal>(?:(?:fiscal|financial|calendar)(?:{_S}year)?|fy|cy)(?:{_S}|(?=['’\d]))['’]?"
        rf"(?P<fiscal_year>{_YEAR}|\d\d)(?:[/-](?P<fiscal_last>{_YEAR}|\d\d))?{_END})",
        rf"(?P<plan>(?P<plan_number>{plan}){_S}five{_SPACE}year{_S}plan(?P<plan_period>{_S}period)?{_END})",
        rf"(?P<last_n>(?:last|final|closing){_SPACE}(?P<last_count>two|three|four|five|six|[2-6]){_SPACE}"
        rf"(?P<last_unit>months|quarters){_END}{year_ahead})",
    ]


def _counted(words: PeriodWords, numbers: Words) -> list[str]:
    """Spans of time that are counted and begin with a letter."""
    spans = words.spans
    tens, ones = any_of(numbers.tens), any_of(numbers.units)
    small = any_of((*numbers.units, *numbers.teens, "a", "an", "half a"))
    count = rf"(?:\d{{1,3}}|{tens}(?:{_SPACE}{ones})?|{small})"
    units = any_of(word for word in words.units if not _is_han(word))
    few = any_of(spans["few"])
    whole = rf"(?:(?:full|calendar|whole|consecutive|straight){_S})?"
    months = any_of(words.months)
    several = f"(?:(?P<NAME_count>{count}){_SPACE}|(?P<NAME_few>{few}){_S})"

    def counted(name: str) -> str:
        return several.replace("NAME", name)

    return [
        rf"(?P<first_n>(?:first|opening|initial){_SPACE}(?P<first_count>{count}){_SPACE}(?P<first_unit>months?|quarters?){_END})",
        rf"(?P<past>{any_of(spans['past'])}{_SPACE}(?:{counted('past')})?{whole}(?P<past_unit>{units}))",
        rf"(?P<next>{any_of(spans['next'])}{_SPACE}(?:{counted('next')})?{whole}(?P<next_unit>{units}))",
        rf"(?P<short_span>(?:in|within){_S}{any_of(spans['short'])}{_S}(?P<span_count>{count}){_SPACE}(?P<span_unit>{units}))",
        *_with_count(count, few, units, months, spans, ""),
    ]


def _counted_digits(words: PeriodWords) -> list[str]:
    units = any_of(word for word in words.units if not _is_han(word))
    return _with_count(r"\d{1,3}", any_of(words.spans["few"]), units, any_of(words.months), words.spans, "_")


def _with_count(
    count: str, few: str, units: str, months: str, spans: Mapping[str, Iterable[str]], mark: str
) -> list[str]:
    """Spans that begin with their count: "five years ago", "nine months to September", "third straight month"."""
    ago, earlier = any_of(spans["ago"]), any_of(spans["earlier"])
    series, running = any_of(spans["consecutive"]), any_of(spans["running"])
    leading = count if mark else rf"(?:{count}|{few})"
    of_months = "(?!)" if mark else "year|half(?:[ -]year)?|quarter"
    return [
        rf"(?P<to_month{mark}>(?:(?P<to_count{mark}>{count}){_S}months|(?P<to_unit{mark}>{of_months})){_S}(?:to|ended|ending|through|until)(?:{_S}in)?{_S}"
        rf"(?P<to_name{mark}>{months})(?:{_S}(?:28|29|30|31)(?!\d))?)",
        rf"(?P<ago{mark}>(?P<ago_count{mark}>{leading}){_SPACE}(?P<ago_unit{mark}>{units}){_S}"
        rf"(?:{ago}|(?P<ago_earlier{mark}>{earlier})))",
        rf"(?P<series{mark}>{leading}(?:th)?{_S}{series}{_SPACE}{units}|{leading}{_S}{units}{_S}{running})",
        rf"(?P<duration{mark}>(?!an?\s){count}(?:{_S}(?:or|to){_S}{count})?(?:-(?:year|month|day|week|quarter|decade)s?{_END}"
        rf"|{_S}(?!quarters?)(?:{units})))",
    ]


def _dates(words: PeriodWords) -> list[str]:
    """What begins with a digit and is no Chinese: dates, years, and parts of a year in short."""
    month = any_of((*words.months, *words.short_months))
    plan = any_of(word for word in words.plans if word[0].isdigit())
    ordinal = any_of(word for word in words.ordinals if word[0].isdigit())
    return [
        rf"(?P<iso_day>(?P<iso_day_year>{_YEAR})(?P<iso_mark>[-/.])(?P<iso_day_month>1[0-2]|0?[1-9])(?P=iso_mark)"
        r"(?P<iso_date>3[01]|[12][0-9]|0?[1-9])(?![\d])(?![-/.]\d))",
        rf"(?P<iso_month>(?P<iso_year>{_YEAR})-(?P<iso_month_number>1[0-2]|0[1-9])(?![\d])(?!-\d))",
        rf"(?P<years>(?P<years_first>{_YEAR})(?:\s?[-—–~/]\s?(?P<years_last>{_YEAR})|[-–/](?P<years_short>\d\d))(?![\d%])(?![.,-]\d)(?:[aef](?![a-z0-9])|年|(?![a-z月])))",
        rf"(?P<decade>(?P<decade_year>(?:19|20)\d0)s{_END})",
        rf"(?P<day_month>(?P<dm_day>\d{{1,2}}){_TH}(?:\s?(?:[-—–~]|to|and)\s?(?P<dm_last>\d{{1,2}}){_TH})?"
        rf"(?:[\s-]{{1,2}}|\sof\s)(?P<dm_month>{month}))",
        rf"(?P<half_>(?P<half_of_>{ordinal}){_SPACE}half{_END})",
        rf"(?P<quarter_>(?P<quarter_of_>{ordinal})(?P<quarter_last_>(?!))?{_SPACE}quarter{_END})",
        r"(?P<short_>(?:(?P<short_half_>[12])h|(?P<short_quarter_>[1-4])q)(?P<short_last_>(?!))?"
        rf"(?:[' ]?(?P<short_year_>(?:20)?\d\d))?{_END})",
        rf"(?P<plan_>(?P<plan_number_>{plan}){_S}five{_SPACE}year{_S}plan(?P<plan_period_>{_S}period)?{_END})",
        rf"(?P<year_part>(?P<year_part_year>{_YEAR})[ -]?"
        rf"(?:h(?P<year_part_half>[12])|q(?P<year_part_quarter>[1-4])){_END})",
        rf"(?P<year>(?P<year_number>{_YEAR})(?!\d)(?P<year_mark>[aef](?![a-z0-9]))?)",
    ]


def _han_units(words: PeriodWords) -> dict[str, str]:
    """Chinese units of a span, a week not the beginning of an anniversary."""
    return {word: "(?![年边围期转岁])" if word == "周" else "" for word in words.units if _is_han(word)}


def _han_words(words: PeriodWords) -> list[str]:
    """Chinese that begins with a character that is no numeral."""
    spans = words.spans
    units = prefix_tree(_han_units(words))
    past, after, lasting = (
        prefix_tree(dict.fromkeys(spans[name], "")) for name in ("past_han", "next_han", "lasting_han")
    )
    plan = prefix_tree({word: "" for word in words.plans if _is_han(word)})
    return [
        rf"(?P<part_han>{prefix_tree({word: '' for word in words.parts if _is_han(word)})})",
        rf"(?P<han_first>[前头首](?P<han_first_count>{_NUMBER_HAN})(?:(?P<han_first_quarters>个?季度)|个?月(?!\d)份?))",
        rf"(?P<han_last>最后(?P<han_last_count>{_NUMBER_HAN})(?:(?P<han_last_quarters>个?季度)|个月))",
        rf"(?P<han_past>{past}(?P<han_past_count>{_NUMBER_HAN})[多余]?(?P<han_past_unit>{units})(?:以?来|间|里|中|内)?)",
        rf"(?P<han_next>{after}(?P<han_next_count>{_NUMBER_HAN})(?:[到至-]\d{{1,2}})?(?P<han_next_unit>{units})(?:内|里|间)?)",
        rf"(?P<han_lasting>{lasting}第?(?:{_NUMBER_HAN})[多余]?(?:{units}|季度|月))",
        r"(?P<han_weekday>(?:(?P<han_week>[上本这下])个?)?(?:周|星期)(?P<han_weekday_name>[一二三四五六日天])(?!均|[至到]))",
        rf"(?P<han_plan>[“\"「‘]?(?P<han_plan_number>{plan})[”\"」’]?(?:规划)?"
        r"(?P<han_plan_what>期间|时期|以来|末期|末|初期|时段|收官之年|开局之年))",
    ]


def _han(words: PeriodWords) -> list[str]:
    """Chinese that begins with a numeral, or with 第."""
    units = prefix_tree({word: ahead for word, ahead in _han_units(words).items() if word != "日"})
    since = prefix_tree(dict.fromkeys(words.spans["since_han"], ""))
    return [
        rf"(?P<han_year>(?:(?P<han_digits>{_YEAR})|(?P<han_numerals>[一二][九〇零○][〇零○一二三四五六七八九]{{2}}))\s?(?:财|会计)?年(?:度)?(?![版代]))",
        r"(?P<han_decade>(?P<han_decade_year>(?:19|20)\d0)年代)",
        rf"(?P<han_days>(?P<hd_month>{_MONTH_HAN})\s?月\s?(?P<hd_day>{_DAY_HAN})\s?[日号]?\s?(?:{_DASH}|、)\s?(?P<hd_last>{_DAY_HAN})\s?[日号])",
        rf"(?P<han_month_day>(?P<hmd_month>{_MONTH_HAN})\s?月\s?(?P<hmd_day>{_DAY_HAN})\s?[日号])",
        rf"(?P<han_months>(?P<hm_first>{_MONTH_HAN})\s?(?:月份?)?\s?{_DASH}\s?(?P<hm_last>{_MONTH_HAN})\s?月(?!\s?\d{{1,2}}\s?[日号])份?)",
        r"(?P<han_two_months>[1一]月?[、和][2二]月份?)",
        rf"(?P<han_month>(?P<han_month_number>{_MONTH_HAN})\s?月份?(?P<han_third>[上中下]旬)?)",
        rf"(?P<han_quarters>第?(?P<hq_first>[一二三1-3])(?:季度)?(?:{_DASH}|、)第?(?P<hq_last>[二三四2-4])季度(?!分别))",
        r"(?P<han_quarter>第?(?P<han_quarter_number>[一二三四1-4])季度|第(?P<han_quarter_short>[一二三四1-4])季)",
        rf"(?P<han_since>(?P<han_since_count>{_NUMBER_HAN})[多余]?(?P<han_since_unit>{units}){since})",
        rf"(?P<han_ago>(?P<han_ago_count>{_NUMBER_HAN})[多余]?(?P<han_ago_unit>{units})以?前"
        r"(?![一二三四123]个?季度|[0-9一二两三四五六七八九十]{1,2}个?月|沿|景|往|列|提|后|来|景|途))",
        rf"(?P<han_duration>第?(?:{_NUMBER_HAN})[多余]?(?:{units})(?![代级版]))",
        rf"(?P<han_date>(?P<han_date_day>{_DAY_HAN})日(?:{_DASH}(?P<han_date_last>{_DAY_HAN})日)?(?![均内游本元常报子韩前后间、耳用]))",
    ]
