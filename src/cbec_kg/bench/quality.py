"""F1 against gold: over all articles, article by article, and without each article in turn.

>>> without = {"a": 0.90, "b": 0.96, "c": 0.91}
>>> pulled = pull(0.92, without)
>>> (pulled["min"], pulled["median"], pulled["max"]), pulled["worst"], round(pulled["worst_pull"], 3)
((0.9, 0.91, 0.96), 'b', -0.04)
"""

import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from statistics import median

from cbec_kg.bench.corpus import Corpus
from cbec_kg.bench.scorer import Score, Scorer, f1_of, gold_articles
from cbec_kg.bench.section import Column, Section, Value
from cbec_kg.errors import CbecError
from cbec_kg.pipeline.extraction import Reading, Run

__all__ = ["pull", "quality"]


def pull(whole: float, without: Mapping[str, float]) -> dict[str, Value]:
    """What single articles do to an F1, given the F1 without each of them.

    ``worst`` is the article without which it is highest, ``worst_pull`` what it adds (negative: it costs so much);
    ``best`` and ``best_pull`` likewise.
    """
    if not without:
        return {"f1": whole}
    worst = max(without, key=lambda article: without[article])
    best = min(without, key=lambda article: without[article])
    return {
        "f1": whole, "min": min(without.values()), "median": median(without.values()), "max": max(without.values()),
        "worst": worst, "worst_pull": whole - without[worst], "best": best, "best_pull": whole - without[best],
    }  # fmt: skip


def quality(
    corpus: Corpus, *, gold: Path, scorer: Path, tell: Callable[[str], None]
) -> tuple[Section, Section, Section]:
    """Three tables: all articles that have gold, each of them, and all but one."""
    languages = {source.article.id: source.article.lang for source in corpus.sources}
    known = gold_articles(gold)
    articles = [article for article in known if article in languages]
    if not articles:
        raise CbecError(f"{gold}: none of its articles is in {corpus.name}", fix="name their corpus with --corpus")
    with tempfile.TemporaryDirectory() as folder:
        rows = Path(folder) / "rows.jsonl"
        tell("quality: reading")
        with rows.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(Run(map(str, corpus.paths), Reading()).lines())
        judge = Scorer(scorer, gold, rows)
        tell("quality: all articles")
        whole = judge.score(articles)
        if whole is None:
            raise CbecError(f"{gold}: no observation of an article in {corpus.name}", fix="name their corpus")
        single: dict[str, dict[str, Score] | None] = {}
        without: dict[str, dict[str, Score] | None] = {}
        for number, article in enumerate(articles, 1):
            tell(f"quality: article {number} of {len(articles)}")
            single[article] = judge.score([article])
            others = [other for other in articles if other != article]
            without[article] = judge.score(others) if others else None
    missing = len(known) - len(articles)
    notes = (f"{missing} articles of the gold are not in the corpus and are left out.",) if missing else ()
    return (
        _levels(whole, len(articles), notes),
        _by_article(single, without, languages, list(whole)),
        _leave_one_out(whole, without),
    )


def _levels(whole: Mapping[str, Score], articles: int, notes: tuple[str, ...]) -> Section:
    columns = (
        Column("level", "level"), Column("precision", "precision", ".3f"), Column("recall", "recall", ".3f"),
        Column("f1", "F1", ".3f"), Column("gold", "gold", "d"), Column("predicted", "predicted", "d"),
    )  # fmt: skip
    rows = tuple(
        {"level": level, **{key: getattr(one, key) for key in ("precision", "recall", "f1", "gold", "predicted")}}
        for level, one in whole.items()
    )
    return Section("quality", f"Quality over {articles} articles with gold", columns, rows, notes)


def _by_article(
    single: Mapping[str, Mapping[str, Score] | None], without: Mapping[str, Mapping[str, Score] | None],
    languages: Mapping[str, str], levels: list[str],
) -> Section:  # fmt: skip
    last = levels[-1]
    rows: list[dict[str, Value]] = []
    for article, scores in single.items():
        first = scores[levels[0]] if scores else None
        row: dict[str, Value] = {
            "article": article, "lang": languages[article],
            "gold": first.gold if first else 0, "predicted": first.predicted if first else None,
        }  # fmt: skip
        row |= {level: f1_of(scores, level) for level in levels}
        row |= {f"{level}_without": f1_of(without[article], level) for level in levels}
        rows.append(row)
    rows.sort(key=lambda row: (row[last] is None, row[last], row["article"]))
    columns = (
        Column("article", "article"), Column("lang", "language"), Column("gold", "gold", "d"),
        Column("predicted", "predicted", "d"), *(Column(level, level, ".3f") for level in levels),
        Column(f"{last}_without", f"{last} of the others", ".3f"),
    )  # fmt: skip
    note = f"F1 of each article, the worst first; at the right the F1 ({last}) of all the others."
    return Section("quality_by_article", "Quality by article", columns, tuple(rows), (note,))


def _leave_one_out(whole: Mapping[str, Score], without: Mapping[str, Mapping[str, Score] | None]) -> Section:
    rows: list[dict[str, Value]] = []
    for level, one in whole.items():
        others = {article: scores[level].f1 for article, scores in without.items() if scores}
        rows.append({"level": level, **pull(one.f1, others)})
    columns = (
        Column("level", "level"), Column("f1", "all", ".3f"), Column("min", "min", ".3f"),
        Column("median", "median", ".3f"), Column("max", "max", ".3f"), Column("worst_pull", "worst pulls", "+.3f"),
        Column("worst", "which is"), Column("best_pull", "best pulls", "+.3f"), Column("best", "which is"),
    )  # fmt: skip
    note = "F1 over all articles but one, for each of them; what an article pulls is F1 with it less F1 without it."
    return Section("leave_one_out", "Leave one article out", columns, tuple(rows), (note,))
