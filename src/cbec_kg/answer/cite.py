"""Citations of an answer: one line and one BibTeX entry for each article.

>>> from cbec_kg.answer.ledger import Source
>>> source = Source("a1", title="Trade & growth", publisher="CGTN", published="2021-01-16")
>>> print(bibtex(source, "1.69 tn", "2022-01-01"))
@misc{a1,
  title = {{Trade \\& growth}},
  howpublished = {CGTN},
  year = {2021},
  month = {1},
  note = {1.69 tn. Accessed through cbec-kg, as of 2022-01-01}
}
"""

import re
from dataclasses import dataclass

from cbec_kg.answer.ledger import Evidence, Source
from cbec_kg.answer.result import Answer
from cbec_kg.answer.wording import spoken
from cbec_kg.query.formats.display import one_line

__all__ = ["Citation", "bibtex", "citations"]

_ESCAPED = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
_SPECIAL = re.compile(r"[\\&%$#_{}~^]")


@dataclass(frozen=True, slots=True)
class Citation:
    """One article that an answer rests on, to be cited in both languages."""

    article: str
    en: str
    zh: str
    bibtex: str


def citations(found: Answer, build: str | None = None) -> list[Citation]:
    """A citation of each article, by id; ``build`` names the graph's build where it is known."""
    places: dict[str, list[tuple[Evidence, str, str]]] = {}
    for figure in found.rests_on:
        claim = found.ledger.claims.get(figure.digest)
        said = [
            spoken(figure.value, figure.interval, figure.stating.unit, lang, found.ledger.labels)
            for lang in ("en", "zh")
        ]
        for one in claim.evidence if claim else ():
            places.setdefault(one.source.id, []).append((one, said[0], said[1]))
    return [_citation(some, found.question.as_of, build) for _, some in sorted(places.items())]


def _citation(places: list[tuple[Evidence, str, str]], as_of: str | None, build: str | None) -> Citation:
    source = places[0][0].source
    spans = sorted({(one.start, one.end) for one, _, _ in places})
    figures_en = "; ".join(dict.fromkeys(en for _, en, _ in places))
    figures_zh = "；".join(dict.fromkeys(zh for _, _, zh in places))
    where = ", ".join(f"{start}-{end}" for start, end in spans)
    english = [
        source.publisher or "Unknown publisher",
        f"“{source.title}”" if source.title else f"article {source.id}",
        source.published or "undated",
        source.url or "",
        f"characters {where}: {figures_en}",
        f"cbec-kg{f', build {build}' if build else ''}{f', as of {as_of}' if as_of else ''}",
    ]
    chinese = [
        source.publisher or "发布者不详",
        f"《{source.title}》" if source.title else f"文章{source.id}",
        source.published or "未注明日期",
        source.url or "",
        f"字符{where}：{figures_zh}",
        f"cbec-kg{f'，版本{build}' if build else ''}{f'，截至{as_of}' if as_of else ''}",
    ]
    return Citation(
        source.id,
        one_line(". ".join(part for part in english if part) + "."),
        one_line("。".join(part for part in chinese if part) + "。"),
        bibtex(source, figures_en, as_of, build),
    )


def bibtex(source: Source, figures: str, as_of: str | None = None, build: str | None = None) -> str:
    """A ``@misc`` entry; what the graph does not know of the article is left out."""
    through = f"Accessed through cbec-kg{f', build {build}' if build else ''}{f', as of {as_of}' if as_of else ''}"
    year, month = (source.published or "--").split("-")[:2]
    fields = {
        "title": f"{{{_escaped(source.title or f'Article {source.id}')}}}",
        "howpublished": _escaped(source.publisher or ""),
        "year": year,
        "month": month.lstrip("0"),
        "url": (source.url or "").replace("{", "%7B").replace("}", "%7D"),
        "note": _escaped(f"{figures}. {through}"),
    }
    lines = [f"  {key} = {{{one_line(value)}}}" for key, value in fields.items() if value]
    return f"@misc{{{source.id},\n" + ",\n".join(lines) + "\n}"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(lambda found: _ESCAPED.get(found[0], "\\" + found[0]), " ".join(text.split()))
