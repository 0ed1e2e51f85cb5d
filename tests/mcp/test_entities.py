"""The tools that find and describe things, and that say what an argument may be."""

import json

from tests.mcp.conftest import calls


def test_things_are_found(built_store):
    exact, typo, chinese, only, nothing = calls(
        built_store,
        ("search_entities", {"text": "tmall glo"}),
        ("search_entities", {"text": "Shien"}),
        ("search_entities", {"text": "希音", "lang": "zh"}),
        ("search_entities", {"text": "china", "class": "cbec:TradeAgreement", "limit": 3}),
        ("search_entities", {"text": "zzzzqqqq"}),
    )
    assert exact.structured_content["hits"][0]["name"] == "id:tmall-global"
    for result in (typo, chinese):
        assert result.structured_content["hits"][0]["name"] == "id:shein"
        assert "id:shein" in result.content[0].text
    assert len(only.structured_content["hits"]) <= 3
    assert all(hit["class"] == "cbec:TradeAgreement" for hit in only.structured_content["hits"])
    assert nothing.structured_content["hits"] == []


def test_a_thing_is_described_by_any_of_its_names(built_store):
    names = ("Shein", "希音", "shein", "id:shein", "<https://w3id.org/cbec-kg/id/shein>")
    results = calls(built_store, *(("describe_entity", {"name": name}) for name in names))
    assert {result.structured_content["name"] for result in results} == {"id:shein"}
    data = results[0].structured_content
    assert data["classes"][0]["iri"] == "cbec:Platform"
    assert data["sources"]
    assert all(source["article"] in data["articles"] and source["start"] < source["end"] for source in data["sources"])
    for kind in data["claims"]["kinds"]:
        for claim in kind["claims"]:
            assert claim["label"] in results[0].content[0].text


def test_what_is_too_long_is_cut_and_says_so(built_store):
    for result in calls(built_store, *(("describe_entity", {"name": name}) for name in ("China", "cbec:Claim"))):
        data = result.structured_content
        assert max(len(json.dumps(data, ensure_ascii=False).encode()), len(result.content[0].text.encode())) <= 50_000
        groups = [*data["facts"], *data["links"], *data["claims"]["kinds"]]
        assert data["truncated"] == any(group["more"] for group in groups)
    (china,) = calls(built_store, ("describe_entity", {"name": "China"}))
    assert china.structured_content["truncated"]
    assert " more" in china.content[0].text


def test_a_name_that_nothing_has(call):
    result = call("describe_entity", {"name": "Shien"})
    assert result.is_error
    assert "did you mean Shein (id:shein)?" in result.content[0].text


def test_values_of_an_argument(built_store):
    platforms, begun, of_answer, unknown = calls(
        built_store,
        ("suggest_values", {"tool": "platforms_programmes", "argument": "platform", "limit": 5}),
        ("suggest_values", {"tool": "platforms_programmes", "argument": "platform", "text": "速卖"}),
        ("suggest_values", {"tool": "answer", "argument": "indicator", "text": "cross-border"}),
        ("suggest_values", {"tool": "platforms_programmes", "argument": "platfrom"}),
    )
    assert len(platforms.structured_content["values"]) == 5
    more = platforms.structured_content["more"]
    assert more > 0
    assert platforms.content[0].text.splitlines()[-1].startswith(f"{more} more occur: ")
    assert begun.structured_content["more"] == 0
    assert "more occur" not in begun.content[0].text
    assert [one["value"] for one in begun.structured_content["values"]] == ["id:aliexpress"]
    values = [one["value"] for one in of_answer.structured_content["values"]]
    assert values[0] == "voc:cbec-trade-value"
    assert unknown.is_error
    assert "did you mean platform?" in unknown.content[0].text
    answered, rows = calls(
        built_store,
        ("answer", {"indicator": values[0], "period": "2022"}),
        ("platforms_programmes", {"platform": platforms.structured_content["values"][0]["value"]}),
    )
    assert answered.structured_content["type"] == "known"
    assert not rows.is_error
