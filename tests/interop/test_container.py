"""The Containerfile's commands, run one after the other in a clean environment: ``make interop``.

There need be no container: what the image would hold lies in a folder, and its paths are those of the folder.
"""

import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.interop.process import free_port
from tests.web.operation.containerfile import command, stages

pytestmark = pytest.mark.skipif("CBEC_KG_INTEROP" not in os.environ, reason="takes time: `make interop`")
PATHS = re.compile(r"(?<![\w.])/(opt/cbec-kg|srv|src)\b")


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory):
    """Folder with what the image holds, and the last stage."""
    folder = tmp_path_factory.mktemp("image")
    build, last = stages((ROOT / "deploy" / "container" / "Containerfile").read_text("utf-8"))
    programs = folder / "bin"
    programs.mkdir()
    python = Path(sys.base_prefix) / "bin" / "python3"
    (programs / "python").symlink_to(python)
    clean = {"PATH": f"{programs}:/usr/bin:/bin", "HOME": str(folder), "LANG": "C.UTF-8"}
    at = folder
    for name, rest in build:
        here = PATHS.sub(lambda found: f"{folder}/{found[1]}", rest)
        if name == "WORKDIR":
            at = Path(here)
            at.mkdir(parents=True)
        elif name == "COPY":
            *sources, target = here.split()
            for source in sources:
                copy(ROOT / source, at / target, into=len(sources) > 1 or target.endswith("/"))
        elif name == "RUN":
            done = subprocess.run(here, shell=True, cwd=at, env=clean, capture_output=True, text=True, check=False)
            assert done.returncode == 0, f"{here}\n{done.stdout[-2000:]}{done.stderr[-2000:]}"
    shutil.rmtree(folder / "src")  # the last stage has only what it copies
    return folder, last, clean


def copy(source: Path, target: Path, *, into: bool) -> None:
    """As COPY does: what a folder holds, or a file."""
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        target = target / source.name if into else target
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, target)


def test_the_image_serves_and_is_well(image):
    folder, last, clean = image

    def inside(name: str) -> list[str]:
        return [PATHS.sub(lambda found: f"{folder}/{found[1]}", word) for word in command(last, name)]

    [variables] = [rest for name, rest in last if name == "ENV"]
    environment = clean | dict(
        PATHS.sub(lambda found: f"{folder}/{found[1]}", one).split("=", 1) for one in variables.split()
    )
    port = str(free_port())
    start = [port if word == "8000" else "127.0.0.1" if word == "0.0.0.0" else word for word in inside("CMD")]
    check = [word.replace("8000", port) for word in inside("HEALTHCHECK")]
    assert subprocess.run(check, env=environment, capture_output=True, check=False).returncode != 0
    process = subprocess.Popen([*inside("ENTRYPOINT"), *start], env=environment, cwd=folder / "srv")
    try:
        until = time.monotonic() + 60
        while subprocess.run(check, env=environment, capture_output=True, check=False).returncode:
            assert time.monotonic() < until
            time.sleep(0.2)
        process.terminate()
        assert process.wait(30) == 0
    finally:
        process.kill()
        process.wait()
