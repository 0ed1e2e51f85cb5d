"""``cbec-kg ask``: what it prints, what it refuses, and how it ends."""

import json
import subprocess
import sys

import pytest

from cbec_kg.cli import main


def run(capsys, *arguments: str) -> tuple[int, str, str]:
    code = main(["ask", *arguments])
    told = capsys.readouterr()
    return code, told.out, told.err


def test_the_first_line_says_how_it_was_read(capsys, built_store):
    code, out, err = run(capsys, "CBEC exports in 2022?", "--store", str(built_store))
    assert (code, err) == (0, "")
    first, *rest = out.splitlines()
    assert first.startswith("Read as: indicator cross-border e-commerce trade value")
    assert any("1.55" in line for line in rest)


def test_a_chinese_question_is_answered_in_chinese(capsys, built_store):
    code, out, _ = run(capsys, "2022年跨境电商出口额是多少", "--store", str(built_store))
    assert code == 0
    first, *rest = out.splitlines()
    assert first.startswith("读作：指标“跨境电商进出口额”")
    assert any("万亿元" in line for line in rest)
    assert run(capsys, "2022年跨境电商出口额", "--lang", "en", "--store", str(built_store))[1].startswith("Read as: ")


def test_words_need_no_quotes(capsys, built_store):
    quoted = run(capsys, "CBEC exports in 2022", "--store", str(built_store))
    assert run(capsys, "CBEC", "exports", "in", "2022", "--store", str(built_store)) == quoted


def test_json_holds_the_reading_and_the_answer(capsys, built_store):
    _, out, _ = run(capsys, "CBEC exports in 2022?", "--format", "json", "--store", str(built_store))
    found = json.loads(out)
    assert (found["type"], found["value"]) == ("known", 1550000000000)
    assert found["reading"]["assumed"] == ["entity", "scope", "measure"]
    assert [one["part"] for one in found["reading"]["said"]] == ["indicator", "period", "flow"]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("CBEC trade forecast for 2016", ["forecast: over 1 trillion yuan (", "silent: no claim says what it came to"]),
        ("2016年跨境电商预计规模", ["预测：超过1万亿元（", "无记载：没有说法给出实际数字"]),
        ("Did CBEC imports fall in 2022?", ["known: +4.9% (", "it rose, and did not fall"]),
        ("2015年货物贸易增长多少", ["已知：−7%（", "实际为下降，并未增长"]),
        ("How many CBEC companies were there in 2014?", ["known: over 200,000"]),
    ],
)
def test_what_was_asked_for_is_heard(capsys, built_store, text, lines):
    code, out, _ = run(capsys, text, "--store", str(built_store))
    assert code == 0
    assert all(any(line.startswith(start) for line in out.splitlines()[1:5]) for start in lines), out


def test_what_no_article_says_is_silent_and_no_error(capsys, built_store):
    for text in ("Shein的营收", "Zibbo's revenue in 2023", "2016至2020年跨境电商进出口总额"):
        code, out, err = run(capsys, text, "--format", "json", "--store", str(built_store))
        assert (code, err, json.loads(out)["type"]) == (0, "", "silent"), text


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "the question is empty"),
        ("a" * 10_000, "10000 characters"),
        ("why did CBEC grow in 2022", '"why"'),
        ("CBEC exports to Atlantis in 2022", '"Atlantis"'),
        ("上半年跨境电商出口额", "请加上年份"),
        ("CBEC\x1b[31m exports", "U+001B"),
        ("CBEC exports } ; DROP ALL", '"DROP"'),
    ],
)
def test_a_question_that_is_not_read_is_one_line(capsys, tmp_path, text, says):
    code, out, err = run(capsys, text, "--store", str(tmp_path / "none"))
    assert (code, out) == (2, "")
    assert err.startswith("cbec-kg: ")
    assert err.count("\n") == 1
    assert says in err
    assert len(err) < 500


def test_last_year_is_counted_from_a_day_that_may_be_given(capsys, built_store):
    def asked(day):
        return run(capsys, "CBEC exports last year", "--today", day, "--format", "json", "--store", str(built_store))

    assert json.loads(asked("2023-05-01")[1])["value"] == 1550000000000
    code, _, err = asked("May")
    assert code == 2
    assert "'May' is no day" in err


def test_a_missing_store_says_what_to_run(capsys, tmp_path):
    code, out, err = run(capsys, "CBEC exports in 2022", "--store", str(tmp_path / "none"))
    assert (code, out) == (2, "")
    assert "cbec-kg build" in err


def test_the_command_is_imported_without_the_grammar():
    text = 'import sys, cbec_kg.cli.ask; print([m for m in sys.modules if "extract" in m or "kg.answer" in m])'
    done = subprocess.run([sys.executable, "-c", text], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "[]"


def test_ask_gives_what_answer_gives(capsys, built_store, tmp_path):
    more = ("--why", "--cite", "--store", str(built_store))
    code, out, _ = run(capsys, "CBEC exports in 2022", *more, "--receipt", str(tmp_path / "asked.json"))
    answered = ["answer", "cbec-trade-value", "--flow", "export", "--period", "2022", *more]
    assert main([*answered, "--receipt", str(tmp_path / "answered.json")]) == code == 0
    assert out.split("\n", 1)[1] == capsys.readouterr().out
    assert (tmp_path / "asked.json").read_bytes() == (tmp_path / "answered.json").read_bytes()
    _, out, _ = run(capsys, "CBEC exports in 2022", *more, "--format", "json")
    assert {"reading", "why", "citations"} <= set(json.loads(out))
