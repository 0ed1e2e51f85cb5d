"""What each moment of a store's history changed, the newest first: builds, and articles that came or went.

`cbec_kg.pipeline.changes` tells what is otherwise than it was once; here each step is told by itself, so that what was
told of a step is told again in the same words, however much comes after it.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cbec_kg.ontology.vocabulary import Vocabulary
from cbec_kg.pipeline import log
from cbec_kg.pipeline.changes import ArticleChange, Compared, article_change, compare, stating, touched_by
from cbec_kg.pipeline.history import History, Made
from cbec_kg.pipeline.sources import Curated
from cbec_kg.store.base import Store

__all__ = ["MOST", "Moment", "moments"]

MOST = 200
"""Figures are compared where so many articles changed at once, at most: of more only the articles are counted."""

Key = tuple[datetime, int, bool]


@dataclass(frozen=True, slots=True)
class Moment:
    """One step: when, which articles changed, and what is shown otherwise since; None where too many changed.

    ``count`` is that of the articles, whose contents are left out where they are too many. ``forgotten`` counts
    articles of which nothing else is left.
    """

    made: Made
    count: int
    articles: tuple[ArticleChange, ...]
    compared: Compared | None
    forgotten: int = 0


def moments(folder: Path, store: Store, vocabulary: Vocabulary) -> Iterator[Moment]:
    """Moments of a store folder, the newest first, each found when it is asked for; ``store`` is the graph now.

    Raises `StoreError` for a history that is damaged.
    """
    history = History(folder)
    made = {article: [version.made for version in history.versions(article)] for article in history.ids()}
    steps: dict[Key, dict[str, list[int]]] = defaultdict(dict)
    for article, versions in made.items():
        for place, one in enumerate(versions):
            steps[_key(one)].setdefault(article, []).append(place)
    forgotten = [entry for entry in log.entries(folder) if entry.get("forgot")]
    lost = {
        _key(one): entry["forgot"]
        for entry in forgotten
        for one in [Made(entry["at"], entry.get("build", ""), "build" if "build" in entry else "change")]
    }
    for key in sorted({*steps, *lost}, reverse=True):
        places = steps.get(key, {})
        at = _made(key, places, made)
        if len(places) > MOST:
            yield Moment(at, len(places), (), None, lost.get(key, 0))
            continue
        changed = [
            article_change(article, _content(history, article, some[0] - 1), _content(history, article, some[-1]))
            for article, some in sorted(places.items())
        ]
        changed = [one for one in changed if one.before != one.now]
        others = _others(history, store, made, changed, key)
        yield Moment(at, len(changed), tuple(changed), compare(changed, others, vocabulary), lost.get(key, 0))


def _others(
    history: History, store: Store, made: Mapping[str, list[Made]], changed: list[ArticleChange], key: Key
) -> list[Curated | None]:
    """What the other articles held at a moment which state the same observations, or may have before they changed."""
    mine = {one.article for one in changed}
    later = {article for article, versions in made.items() if _key(versions[-1]) > key}
    found = []
    for article in sorted((stating(store, touched_by(changed)) | later) - mine):
        place = sum(1 for one in made.get(article, ()) if _key(one) <= key) - 1
        found.append(_content(history, article, place))
    return found


def _content(history: History, article: str, place: int) -> Curated | None:
    return history.versions(article)[place].content() if place >= 0 else None


def _made(key: Key, places: Mapping[str, list[int]], made: Mapping[str, list[Made]]) -> Made:
    for article, some in places.items():
        return made[article][some[0]]
    return Made(key[0].isoformat(timespec="seconds"), f"{key[1]:04}" if key[1] else "", "change" if key[2] else "build")


def _key(made: Made) -> Key:
    return datetime.fromisoformat(made.at), int(made.build or 0), made.by == "change"
