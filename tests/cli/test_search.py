"""``cbec-kg search`` and ``cbec-kg query --suggest``: what they print, in which forms, and what they leave behind."""

import csv
import io
import json

import pytest

from cbec_kg.query.formats.registry import FORMATS
from tests.cli.conftest import run
from tests.conftest import ROOT, state


@pytest.mark.parametrize(("lang", "cells"), [("en", "Tmall Global|天猫国际|en|exact label|1"),
                                             ("zh", "天猫国际|Tmall Global|en|完全匹配（标签）|1")])  # fmt: skip
def test_a_hit_is_told_in_the_readers_language(capsys, built_store, lang, cells):
    code, out, err = run(
        capsys, "search", "tmall global", "--store", built_store, "--format", "csv", "--lang", lang, "--limit", "1"
    )
    (row,) = csv.DictReader(io.StringIO(out))
    assert (code, err) == (0, "")
    told = [row[key] for key in ("thingLabel", "otherLabel", "foundLang", "as", "score")]
    assert told == cells.split("|")
    assert row["thing"] == "https://w3id.org/cbec-kg/id/tmall-global"


@pytest.mark.parametrize("form", [name for name, known in FORMATS.items() if not known.binary])
def test_hits_and_suggestions_come_in_every_form(capsys, built_store, form):
    for command in (["search", "shein"], ["query", "entities/everything", "--suggest", "entity=shein"]):
        code, out, err = run(capsys, *command, "--store", built_store, "--format", form)
        assert (code, err) == (0, "")
        assert "Shein" in out


@pytest.mark.parametrize("cls", ["cbec:Place", "place", "地点", "https://w3id.org/cbec-kg/ontology#Place"])
def test_a_class_is_named_as_anything_is(capsys, built_store, cls):
    _, out, _ = run(capsys, "search", "hangzhou", "--class", cls, "--store", built_store, "--format", "jsonl")
    found = [json.loads(line)["thing"].rpartition("/")[2] for line in out.splitlines()]
    assert found[0] == "hangzhou"
    assert "hangzhou-customs" not in found


def test_nothing_found_is_an_empty_answer(capsys, built_store):
    code, out, err = run(capsys, "search", "qwertyuiop", "--store", built_store, "--format", "csv")
    assert (code, err, out.count("\n")) == (0, "", 1)


def test_a_forgotten_article_is_found_no_more(capsys, store):
    """A search keeps nothing, so what is forgotten is not found from the next search on."""

    def found():
        _, out, _ = run(capsys, "search", "hangzhou", "--class", "cbec:Article", "--store", store, "--format", "jsonl")
        return [json.loads(line)["thing"] for line in out.splitlines()]

    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        assert run(capsys, "ingest", "docs/examples/hangzhou.txt", "--store", store)[0] == 0
    before = state(store)
    assert found() == ["https://w3id.org/cbec-kg/article/hangzhou"]
    assert state(store) == before
    assert run(capsys, "forget", "hangzhou", "--store", store)[0] == 0
    assert found() == []
