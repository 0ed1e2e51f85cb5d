"""Facts enter the project, sentences of an article do not: no file shares eleven words in a row with one."""

import json
import re
import subprocess
from pathlib import Path

from tests.conftest import ROOT

WORDS = 11
NAMES = (
    "National Computer Network Emergency Response Technical Team/Coordination Center of China",
)  # names may be long


def shingles(text: str):
    words = re.findall(r"[A-Za-z0-9'’%.-]+", text.replace("\u00a0", " ").lower())
    for start in range(len(words) - WORDS + 1):
        yield " ".join(words[start : start + WORDS])


def titles() -> set[str]:
    """Titles may be kept; they are an article's name."""
    found = {shingle for name in NAMES for shingle in shingles(name.replace("/", " "))}
    for path in (ROOT / "data" / "articles").glob("*.json"):
        found.update(shingles(json.loads(path.read_text("utf-8"))["title"] or ""))
    return found


def sentences(shared: Path) -> set[str]:
    texts = [path.read_bytes().decode("utf-8") for path in sorted((shared / "seeds").glob("*.txt"))]
    assert len(texts) == 5
    return {shingle for text in texts for shingle in shingles(text)} - titles()


def project_files() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    return [ROOT / name for name in listed if (ROOT / name).is_file()]


def test_no_sentence_of_an_article_is_here(shared):
    known = sentences(shared)
    files = project_files()
    assert len(files) > 50
    copied = []
    for path in files:
        try:
            text = path.read_text("utf-8")
        except UnicodeDecodeError:
            continue
        if any(shingle in known for shingle in shingles(text)):
            copied.append(str(path.relative_to(ROOT)))
    assert copied == []


def test_a_copied_sentence_would_be_found(shared):
    text = (shared / "seeds" / "003_df624e09d33e8050.txt").read_bytes().decode("utf-8")
    assert any(shingle in sentences(shared) for shingle in shingles(text[2000:2400]))
