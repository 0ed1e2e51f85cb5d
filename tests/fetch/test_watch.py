"""Folders that are watched, by real processes that are stopped as a person stops them."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time

import pytest

from cbec_kg.cli import main
from cbec_kg.pipeline.watch import Watcher
from cbec_kg.store.builds import writing

TEXT = (
    "Cross-border e-commerce exports of Hangzhou rose 11.7 percent to 80.2 billion yuan in 2023, Hangzhou Customs said."
)


@pytest.fixture(scope="module")
def store(built_store, tmp_path_factory):
    return shutil.copytree(built_store, tmp_path_factory.mktemp("watch") / "store")


@pytest.fixture
def watched(store, tmp_path):
    """A folder and the process that watches it; what it said by the end."""
    folder = tmp_path / "in"
    folder.mkdir()
    process = None

    class Process:
        def start(self):
            nonlocal process
            out = (tmp_path / "out").open("w")
            command = [sys.executable, "-u", "-m", "cbec_kg", "ingest", "--watch", str(folder), "--store", str(store)]
            process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT)
            out.close()

        def said(self, wanted: str, seconds: float = 15) -> str:
            end = time.monotonic() + seconds
            while wanted not in (text := (tmp_path / "out").read_text("utf-8")):
                assert time.monotonic() < end, text
                assert process.poll() is None, text
                time.sleep(0.05)
            return text

        def stop(self) -> str:
            process.send_signal(signal.SIGINT)
            assert process.wait(15) == 0
            return (tmp_path / "out").read_text("utf-8")

    made = Process()
    made.folder = folder
    yield made
    if process and process.poll() is None:
        process.kill()
        process.wait()


def test_what_lies_there_and_what_comes_is_read_until_it_is_stopped(watched, store, capsys):
    (watched.folder / "w1.txt").write_text(TEXT)
    (watched.folder / "bad.txt").write_bytes(b"\0\1")
    watched.start()
    watched.said("w1: stored, 3 rows")
    watched.said("bad.txt: ")
    with (watched.folder / "w2.txt").open("w") as slow:  # half-written for longer than a file takes to settle
        for part in TEXT.split("rose"):
            slow.write(part + "rose")
            slow.flush()
            time.sleep(0.6)
            assert "w2" not in watched.said("")
    watched.said("w2: stored")
    assert main(["forget", "w1", "--store", str(store)]) == 0  # beside it
    assert "forgotten" in capsys.readouterr().out
    with writing(store):
        (watched.folder / "w2.txt").write_text(TEXT.replace("11.7", "12.7"))
        watched.said("waiting for it")
    watched.said("w2: stored in the place of what it was")
    (watched.folder / "sub").mkdir()
    (watched.folder / "sub" / "w2.txt").write_text(TEXT)
    watched.said("an article with the id w2 is in")
    text = watched.stop()
    assert "Traceback" not in text
    assert text.splitlines()[-1] == "stored: 2 new, 1 replaced, 2 failed; 9 rows, 0 set aside, 0 numerals unread"
    assert main(["forget", "w2", "--store", str(store)]) == 0


def test_it_stops_while_it_waits_for_the_store(watched, store):
    (watched.folder / "w3.txt").write_text(TEXT)
    with writing(store):
        watched.start()
        watched.said("waiting for it")
        assert watched.stop().splitlines()[-1].startswith("stored: 0 new;")


def test_only_folders_are_watched(store, tmp_path, capsys):
    (tmp_path / "a.txt").write_text(TEXT)
    for wrong in (tmp_path / "a.txt", tmp_path / "none", "http://127.0.0.1/"):
        assert main(["ingest", "--watch", str(wrong), "--store", str(store)]) == 2
        assert f"{wrong} is not a folder" in capsys.readouterr().err


def test_a_file_is_given_once_settled_and_again_when_it_or_its_sidecar_changed(tmp_path):
    old = tmp_path / "old.txt"
    old.write_text("up")
    past = time.time() - 60
    os.utime(old, (past, past))
    watcher = Watcher([tmp_path], settle=0.2)
    assert watcher.ready() == [old]
    (tmp_path / "new.txt").write_text("up")
    assert watcher.ready() == []
    time.sleep(0.25)
    assert watcher.ready() == [tmp_path / "new.txt"]
    assert watcher.ready() == []
    (tmp_path / "new.json").write_text(json.dumps({"publisher": "P"}))
    watcher.ready()
    time.sleep(0.25)
    assert watcher.ready() == [tmp_path / "new.txt"]


def test_a_folder_that_goes_is_told_once(tmp_path):
    told = []
    (tmp_path / "in").mkdir()
    watcher = Watcher([tmp_path / "in"], failed=told.append)
    watcher.ready()
    (tmp_path / "in").rmdir()
    for _ in range(3):
        watcher.ready()
    assert len(told) == 1
    assert "the folder cannot be read" in told[0]
