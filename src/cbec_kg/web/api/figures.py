"""``/api/answer``, its receipt, and ``/api/ask``: one figure, typed, with its sources.

>>> [one.name for one in QUESTION][:4]
['indicator', 'entity', 'period', 'flow']
"""

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from cbec_kg.answer.question import MEASURES, Question
from cbec_kg.ask.question import LONGEST
from cbec_kg.errors import BadParameter
from cbec_kg.query.schemas import Schema
from cbec_kg.web.api.formats import FIGURE, form_of
from cbec_kg.web.api.operation import Arguments, Parameter
from cbec_kg.web.api.responding import answered, problem_of, spoken
from cbec_kg.web.api.saved import SPEECH
from cbec_kg.web.api.schemas import PERIOD, name_of, text
from cbec_kg.web.problems import respond
from cbec_kg.web.work.api import figures
from cbec_kg.web.work.api.figures import Told
from cbec_kg.web.work.api.replying import Made

__all__ = ["ANSWER", "ASK", "QUESTION", "RECEIPT", "answer", "ask", "receipt"]

_DAY: Schema = {"type": "string", "format": "date"}
_TRUTH: Schema = {"type": "boolean", "default": False}
QUESTION = (
    Parameter(
        "indicator", name_of("cbec:Indicator"), "What is measured: its code, prefixed name or label", True,
        "cbec-trade-value",
    ),
    Parameter("entity", {**name_of("cbec:Entity"), "default": "china"}, "Whose figure it is", example="china"),
    Parameter(
        "period", {**text(), "format": PERIOD},
        "2022, 2020-H1, 2020-01/2020-02, 2022年上半年; else the latest with a figure", example="2022",
    ),
    Parameter(
        "flow", {"type": "string", "enum": ["total", "export", "import"]}, "Direction of trade", example="export"
    ),
    Parameter(
        "scope", name_of("cbec:StatisticalScope"), "What is counted; else the answer chooses and says so",
        example="gac-total",
    ),
    Parameter("partner", name_of("cbec:Entity"), "The other side of trade between two"),
    Parameter("sector", name_of("cbec:Sector"), "Of one sector alone"),
    Parameter("market", name_of("cbec:Entity"), "In one market"),
    Parameter("channel", name_of("cbec:Entity"), "On one platform"),
    Parameter("measure", {"type": "string", "enum": list(MEASURES), "default": "level"}, "What of it", example="level"),
    Parameter(
        "against", name_of("cbec:Indicator"), "For share, growth, gap, contribution: the indicator it is held against"
    ),
    Parameter(
        "as_of", _DAY, "What was known on that day; the undated is left out and counted", example="2023-06-30"
    ),
)  # fmt: skip
_HOW = (
    Parameter("why", _TRUTH, "Also name the smallest set of claims whose removal changes the type", example=True),
    Parameter("cite", _TRUTH, "Also give citations, as text and as BibTeX", example=True),
    Parameter("format", {"type": "string", "enum": list(FIGURE)}, "Form of the answer; else by Accept", example="json"),
    SPEECH,
)
ANSWER = (*QUESTION, *_HOW)
RECEIPT = QUESTION
ASK = (
    Parameter(
        "q", {**text(LONGEST), "format": "cbec-kg:words"}, "One figure, asked in English or Chinese", True,
        "CBEC exports in 2022?",
    ),
    Parameter("today", _DAY, 'The day that "last year" is counted from; else today, UTC', example="2023-06-15"),
    *_HOW,
)  # fmt: skip


async def answer(request: Request, arguments: Arguments) -> Response:
    """One figure by its dimensions."""
    question, lang = _question(arguments), spoken(request, arguments)
    root = request.scope.get("root_path", "")
    asked = [(one, value) for one, value in request.query_params.multi_items() if one in {p.name for p in QUESTION}]
    how = _how(request, arguments, lang, {"Link": f'<{root}/api/answer/receipt?{urlencode(asked)}>; rel="related"'})
    return await _asked(request, f"answer {question} {how}", figures.by_dimensions, question, how)


async def receipt(request: Request, arguments: Arguments) -> Response:
    """The receipt of an answer."""
    question = _question(arguments)
    return await _asked(request, f"receipt {question}", figures.receipt, question, {})


async def ask(request: Request, arguments: Arguments) -> Response:
    """One figure in plain words; the language is that of the question where the address names none."""
    today = date.fromisoformat(arguments["today"]) if "today" in arguments else date.today()
    how = _how(request, arguments, arguments.get("lang"), {})
    return await answered(request, f"ask {arguments['q']} {today} {how}", figures.in_words, arguments["q"], today, how)


async def _asked(request: Request, name: str, work: Callable[..., Made], *arguments: Any) -> Response:
    """The answer; 422 where each parameter is as it should be, and together they ask for what cannot be asked."""
    try:
        return await answered(request, name, work, *arguments)
    except BadParameter as error:
        problem = problem_of(error, [one.name for one in QUESTION])
        return respond(request, problem if "parameter" in problem.more else replace(problem, status=422))


def _question(arguments: Arguments) -> Question:
    return Question(**{one.name: arguments[one.name] for one in fields(Question) if one.name in arguments})


def _how(request: Request, arguments: Arguments, lang: str | None, headers: dict[str, str]) -> Told:
    form, media = form_of(arguments.get("format"), request.headers.get("accept"), FIGURE)
    return Told(lang, arguments["why"], arguments["cite"], form, media, headers)
