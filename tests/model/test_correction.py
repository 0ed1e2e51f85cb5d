"""Lines of an overlay are read strictly, and what is wrong with one is told by its number."""

import json

import pytest

from cbec_kg.errors import RowError
from cbec_kg.model.correction import Correction


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"action": "set", "article": "a", "to": {"published": 5}}, "published in to is 5"),
        ({"action": "set", "article": "a", "to": {"published": "soon"}}, "a day"),
        ({"action": "set", "article": "a", "to": {"sha256": "0"}}, "no key 'sha256'"),
        ({"action": "merge", "entity": "x-1", "to": {}}, "into in to is None"),
        ({"action": "merge", "entity": "x-1", "to": {"into": "x-2"}}, "name in to is None"),
        ({"action": "accept", "entity": "x-1", "to": {"label": "N", "other": "名"}}, "class in to is None"),
        ({"action": "amend", "entity": "x-1", "to": {}}, "action 'amend' of entity"),
        ({"action": "reject"}, "action 'reject' of article"),
        ({"action": "reject", "row": "0"}, "needs article"),
        ({"action": "reject", "entity": "x-1", "colour": "red"}, "no key 'colour'"),
    ],
)
def test_a_line_that_cannot_be_is_told_by_its_number(changed, said):
    line = {"at": "2026-11-24T09:00:00", "by": "a", "reason": "r", **changed}
    with pytest.raises(RowError, match=r"corrections\.jsonl:3: ") as error:
        Correction.parse(json.dumps(line), "corrections.jsonl:3")
    assert said in str(error.value)
