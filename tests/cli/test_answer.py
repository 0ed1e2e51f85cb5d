"""``cbec-kg answer`` and ``cbec-kg verify RECEIPT`` as a person meets them."""

import json

import pytest

from cbec_kg.cli.main import main


@pytest.fixture
def run(capsys, built_store, monkeypatch, tmp_path):
    monkeypatch.setenv("CBEC_KG_STORE", str(built_store))
    monkeypatch.chdir(tmp_path)

    def called(*arguments):
        code = main(list(arguments))
        said = capsys.readouterr()
        return code, said.out, said.err

    return called


ASKED = ("answer", "cbec-trade-value", "--period", "2020")


def test_json_has_the_keys_that_others_rely_on(run):
    code, out, _ = run(*ASKED, "--format", "json")
    told = json.loads(out)
    assert code == 0
    assert set(told) >= {
        "type", "question", "value", "lower", "upper", "unit", "scope", "status", "formula", "inputs", "sides",
        "sources", "as_of", "undated_left_out", "nearest",
    }  # fmt: skip
    assert (told["type"], told["value"], told["unit"]) == ("known", 1690000000000, "CNY")
    (source,) = told["sources"]
    assert {key: source[key] for key in ("article", "start", "end", "attributed_to", "released_on")} == {
        "article": "001_d49279904a86bcb3", "start": 801, "end": 819, "attributed_to": None, "released_on": None,
    }  # fmt: skip


def test_for_people_in_both_languages(run):
    _, english, _ = run(*ASKED)
    assert english.startswith("known: 1.69 trillion yuan (1.685 trillion yuan to 1.695 trillion yuan)\n")
    _, chinese, _ = run(*ASKED, "--lang", "zh")
    assert chinese.startswith("已知：1.69万亿元（1.685万亿元至1.695万亿元）\n")
    for said in (english, chinese):
        assert "001_d49279904a86bcb3" in said
        assert "801-819" in said
        assert "2021-01-16" in said
        assert "\x1b" not in said


def test_silent_is_no_error(run):
    code, out, err = run("answer", "revenue", "--entity", "Shein")
    assert (code, err) == (0, "")
    assert out.startswith("silent")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["answer", "revenu"], "did you mean"),
        (["answer", "cbec-trade-value", "--period", "20222"], "YYYY"),
        (["answer", "cbec-trade-value", "--as-of", "2021-02-30"], "YYYY-MM-DD"),
        (["verify", "nothing.json"], "receipt"),
        (["verify"], "--articles"),
    ],
)
def test_what_goes_wrong_is_one_line(run, arguments, says):
    code, out, err = run(*arguments)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert says in err


def test_a_receipt_in_a_folder_that_is_not_there(run):
    code, out, err = run(*ASKED, "--receipt", "nowhere/receipt.json")
    assert (code, out, err.count("\n")) == (2, run(*ASKED)[1], 1)


def test_why_and_citations(run):
    _, out, _ = run("answer", "goods-trade-value", "--measure", "growth", "--period", "2020", "--why", "--cite")
    assert "without these claims it would be known:" in out
    assert "@misc{001_d49279904a86bcb3," in out
    assert "howpublished = {CGTN}" in out
    _, out, _ = run(*ASKED, "--why", "--cite", "--format", "json")
    told = json.loads(out)
    assert (told["why"]["becomes"], told["why"]["proven"]) == ("silent", True)
    assert told["citations"][0]["zh"].startswith("CGTN。《")


def test_a_receipt_is_written_once_and_verified(run, tmp_path, shared):
    code, _, err = run(*ASKED, "--receipt")
    (path,) = tmp_path.glob("receipt-*.json")
    assert (code, err) == (0, f"receipt: {path.name}\n")
    before = path.read_bytes()
    assert run(*ASKED, "--receipt")[0] == 0
    assert path.read_bytes() == before
    assert run("verify", path.name, "--articles", str(shared / "seeds"))[0] == 0
    for form in ([], ["--format", "json"]):
        plain = run("answer", "cbec-trade-value", "--period", "2022", *form)
        code, out, err = run("answer", "cbec-trade-value", "--period", "2022", "--receipt", path.name, *form)
        assert (code, out, err.count("\n")) == (2, plain[1], 1)
        assert "exists" in err
    assert path.read_bytes() == before
    path.write_bytes(before.replace(b'"value": "1690000000000"', b'"value": "1960000000000"'))
    code, out, err = run("verify", path.name, "--articles", str(shared / "seeds"))
    assert code == 1
    assert "digest" in out
    assert err.count("\n") == 1
