"""Each step of a history is the difference between the graphs that the contents before and after it make."""

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings

from cbec_kg.pipeline import moments as told
from cbec_kg.pipeline.moments import moments
from tests.pipeline.test_changes import (
    MINUTE,
    VOCABULARY,
    Kept,
    content,
    dumped,
    figures,
    histories,
    observation,
    pairs_of,
)


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(histories())
def test_each_moment_is_the_difference_of_two_graphs(events):
    with tempfile.TemporaryDirectory() as folder:
        kept = Kept(Path(folder), events)
        steps = {step.made.at: step for step in moments(Path(folder), kept.graph(), VOCABULARY)}
    assert list(steps) == sorted(steps, reverse=True)
    before = dumped({})
    for number, held in enumerate(kept.moments):
        now = dumped(held)
        step = steps.pop(MINUTE.replace(minute=number).isoformat(timespec="seconds"), None)
        changed = {key: (before[0].get(key), now[0].get(key)) for key in before[0].keys() | now[0].keys()}
        changed = {key: sides for key, sides in changed.items() if sides[0] != sides[1]}
        if step is None:
            assert (changed, before[2], kept.forgotten[number]) == ({}, now[2], 0)
        else:
            assert figures(step.compared) == changed
            assert pairs_of(step.compared.conflicts_came) == now[2] - before[2]
            assert pairs_of(step.compared.conflicts_went) == before[2] - now[2]
            assert step.forgotten == kept.forgotten[number]
        before = now
    assert not steps


def test_of_too_many_articles_at_once_only_the_number_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(told, "MOST", 1)
    some = {name: content(name, [observation(name, "2022", "level", "5")]) for name in ("c1", "c2")}
    kept = Kept(tmp_path, [("build", some), ("m1", content("m1", [observation("m1", "2022", "growth", "9.8")]))])
    last, first = moments(tmp_path, kept.graph(), VOCABULARY)
    assert (last.count, len(last.compared.figures)) == (1, 1)
    assert (first.count, first.articles, first.compared) == (2, (), None)
