"""A run of many articles: bad inputs, a process that is killed, and what is told."""

import json
import multiprocessing
import os
import signal

from cbec_kg.pipeline.extraction import Reading, Run


def lines(path, count):
    path.write_text(
        "\n".join(
            json.dumps({"id": f"a{number:04}", "text": f"China's exports rose {number % 90 + 1}% in 2023. " * 60})
            for number in range(count)
        )
    )
    return path


def test_a_process_that_is_killed_costs_no_article(tmp_path):
    path = lines(tmp_path / "many.jsonl", 300)
    run = Run([str(path)], Reading(jobs=2))
    seen = []
    for one in run.results():
        if not seen:
            os.kill(multiprocessing.active_children()[0].pid, signal.SIGKILL)
        seen.append(one.extraction.article.id)
    assert run.failed == 0
    assert seen == [f"a{number:04}" for number in range(300)]


def test_a_bad_line_costs_no_other(tmp_path):
    path = lines(tmp_path / "few.jsonl", 3)
    path.write_text(path.read_text() + "\nno json\n" + json.dumps({"id": "last", "text": "Exports rose 5% in 2023."}))
    told = []
    run = Run([str(path), str(tmp_path / "none.txt")], Reading(), failed=told.append)
    assert [one.extraction.article.id for one in run.results()] == ["a0000", "a0001", "a0002", "last"]
    assert (run.read, run.failed, len(told)) == (4, 2, 2)
    assert "few.jsonl:4" in told[0]
    assert "no such file" in told[1]
