"""The file of corrections: what holds of its lines."""

import json

import pytest

from cbec_kg.errors import RowError
from cbec_kg.pipeline.overlay import Overlay


def test_a_circle_of_mergers_is_told(tmp_path):
    name = {"at": "2026-11-24T09:00:00", "by": "a", "reason": "r", "action": "merge"}
    lines = [
        {**name, "entity": one, "to": {"into": other, "name": [other, "N", "Place"]}}
        for one, other in (("x-1", "x-2"), ("x-2", "x-1"))
    ]
    path = tmp_path / "corrections.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    with pytest.raises(RowError, match="x-1 is merged into x-2 is merged into x-1"):
        Overlay.read(path).chain("x-1")
