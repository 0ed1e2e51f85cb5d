"""Texts that are refused before they are parsed, and texts that only look like them; servers that SERVICE may ask."""

import pytest

from cbec_kg.errors import QueryError
from cbec_kg.store.federation import refuse_federation
from cbec_kg.store.nesting import DEEPEST, LONGEST, MOST_GROUPS, TooDeep, TooLong, refuse_hostile

DEEP = DEEPEST + 1
ALLOWED = ["https://a.example/sparql"]


@pytest.mark.parametrize("opens", ["{", "(", "[", "STR(", "<<(", '"a" {', "<x:a> {", "'' (", "# {\n{", '"""\n"""{'])
def test_depth_is_counted(opens):
    refuse_hostile("SELECT * " + opens * (DEEPEST // 2))
    with pytest.raises(TooDeep, match="within each other"):
        refuse_hostile("SELECT * " + opens * DEEP)


@pytest.mark.parametrize("text", ['"{ \\" ("', "'''{ ' ('''", '"""[ "" ("""', "# { ( [\n", "<x:a#(> "])
def test_brackets_in_texts_iris_and_comments_do_not_count(text):
    refuse_hostile("SELECT * { " + text * DEEP + "}")


def test_size_and_groups_are_bounded():
    refuse_hostile("#" + "x" * (LONGEST - 1))
    with pytest.raises(TooLong) as raised:
        refuse_hostile("#" + "中" * (LONGEST // 3 + 1))
    assert raised.value.http_status == 413
    with pytest.raises(TooDeep, match="groups"):
        refuse_hostile("{}" * (MOST_GROUPS + 1))


@pytest.mark.parametrize("who", ["<https://b.example/>", "?s", "ex:a", "<https://a.example/sparq\\u006C>"])
def test_service_may_ask_those_only_that_are_allowed(who):
    refuse_federation("SELECT * { SERVICE <https://a.example/sparql> { ?s ?p ?o } }", ALLOWED)
    with pytest.raises(QueryError, match="may ask these only"):
        refuse_federation(
            f"SELECT * {{ SERVICE <https://a.example/sparql> {{ }} SERVICE SILENT {who} {{ ?s ?p ?o }} }}", ALLOWED
        )
