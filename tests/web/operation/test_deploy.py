"""What `deploy/` says is right: options that are there, files that are there, a unit that systemd takes."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest

from cbec_kg.cli.main import group
from cbec_kg.cli.serve import command as serve
from tests.conftest import ROOT
from tests.web.operation.containerfile import command, stages

DEPLOY = ROOT / "deploy"
UNIT = DEPLOY / "systemd" / "cbec-kg.service"
IMAGE = stages((DEPLOY / "container" / "Containerfile").read_text("utf-8"))
PROXIES = [DEPLOY / "apache" / "cbec-kg.conf", DEPLOY / "nginx" / "cbec-kg.conf"]
# A command keeps the names of its help from the first time that it is asked: below its group, as in a shell.
AS_IT_RUNS = click.Context(group, **group.context_settings)


def settings(unit: str) -> dict[str, list[str]]:
    """Settings of a unit, each with its values in order."""
    found: dict[str, list[str]] = {}
    for line in unit.splitlines():
        if line and line[0] not in "#[":
            name, _, value = line.partition("=")
            found.setdefault(name, []).append(value)
    return found


def starts() -> dict[str, list[str]]:
    """What follows ``serve`` wherever deploy/ starts a server."""
    [unit] = settings(UNIT.read_text("utf-8"))["ExecStart"]
    found = {"unit": unit.split()[2:], "image": command(IMAGE[1], "CMD")[1:]}
    for path in PROXIES:
        [line] = re.findall(r"^# The server: cbec-kg serve (.*)$", path.read_text("utf-8"), re.MULTILINE)
        found[path.parent.name] = line.split()
    return found


@pytest.mark.parametrize("name", ["unit", "image", "apache", "nginx"])
def test_every_option_is_one_of_the_command(name):
    context = serve.make_context("serve", starts()[name], parent=AS_IT_RUNS)
    assert context.params["port"] == 8000


def test_systemd_takes_the_unit(tmp_path):
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("systemd-analyze is not installed")
    unit = tmp_path / "cbec-kg.service"
    text = UNIT.read_text("utf-8").replace("/opt/cbec-kg/.venv/bin/cbec-kg serve", f"{sys.executable} serve")
    unit.write_text(text, "utf-8")
    done = subprocess.run([program, "verify", str(unit)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")
    unit.write_text(text.replace("ProtectSystem=strict", "ProtectSystm=strict"), "utf-8")
    assert (
        "Unknown key" in subprocess.run([program, "verify", unit], capture_output=True, text=True, check=False).stderr
    )


def test_the_unit_leaves_little_open():
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("systemd-analyze is not installed")
    done = subprocess.run(
        [program, "security", "--offline=true", "--threshold=15", str(UNIT)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-300:]


def test_the_unit_has_what_it_needs():
    found = settings(UNIT.read_text("utf-8"))
    assert (found["Type"], found["DynamicUser"], found["ProtectSystem"]) == (["notify"], ["yes"], ["strict"])
    [start] = found["ExecStart"]
    [state] = found["StateDirectory"]
    assert f"--store /var/lib/{state}/store" in start
    grace = next(option.default for option in serve.params if option.name == "grace")
    assert float(found["TimeoutStopSec"][0]) > grace
    connections = next(option.default for option in serve.params if option.name == "max_connections")
    assert int(found["LimitNOFILE"][0]) > 2 * connections


@pytest.mark.parametrize("name", ["unit", "image"])
def test_the_worst_case_is_below_the_cap_of_memory(name):
    """By the rule of docs/operating.md: 100 MB, 90 for each reader, and the cap of each that can be at work."""
    asked = serve.make_context("serve", starts()[name], parent=AS_IT_RUNS).params
    worst = 100 + (asked["readers"] + 2) * 90 + (asked["readers"] + 1) * asked["memory"]
    unit = settings(UNIT.read_text("utf-8"))["MemoryMax"][0]
    image = re.findall(r"--memory=(\w+)", (DEPLOY / "container" / "Containerfile").read_text("utf-8"))[0]
    assert worst < int({"unit": unit, "image": image}[name].lower().removesuffix("g")) * 1000


def copied() -> list[str]:
    """What the image copies from the checkout."""
    return [
        source for stage in IMAGE for name, rest in stage if name == "COPY" and "--from" not in rest
        for source in rest.split()[:-1]
    ]  # fmt: skip


def test_what_the_image_copies_is_in_the_repository():
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    for source in copied():
        assert any(path == source or path.startswith(f"{source}/") for path in tracked), source


def test_the_image_has_all_that_the_wheel_includes():
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    wheel = project["tool"]["hatch"]["build"]["targets"]["wheel"]
    needed = {
        *wheel["force-include"],
        *(path.split("/")[0] for path in wheel["packages"]),
        project["project"]["readme"],
    }
    assert needed | set(project["project"]["license-files"]) <= {Path(source).as_posix() for source in copied()}


def test_the_image_runs_as_nobody_and_knows_whether_it_is_well():
    last = IMAGE[-1]
    assert ("USER", "10001:10001") in last
    assert not [rest for name, rest in last if name == "ENV" and "TOKEN" in rest]
    assert "/health" in " ".join(command(last, "HEALTHCHECK"))
    compile(command(last, "HEALTHCHECK")[2], "healthcheck", "exec")
    assert command(last, "ENTRYPOINT") == ["/opt/cbec-kg/bin/cbec-kg"]


@pytest.mark.parametrize("path", PROXIES, ids=lambda path: path.parent.name)
def test_figures_are_not_for_all_behind_a_proxy(path):
    assert "/kg/metrics" in path.read_text("utf-8")


def test_pins_of_the_server_are_those_of_the_tests():
    """`requirements/serve.txt` holds what the extra needs, in the versions that the tests ran with."""
    import tomllib

    pinned = pins("serve")
    tested = pins("dev")
    assert {name: version for name, version in pinned.items() if tested.get(name) != version} == {}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    for wanted in project["dependencies"] + project["optional-dependencies"]["serve"]:
        assert re.split(r"[<>=!~;\[ ]", wanted)[0].lower() in pinned


def pins(name: str) -> dict[str, str]:
    """Versions by name of a file of requirements."""
    text = (ROOT / "requirements" / f"{name}.txt").read_text("utf-8")
    return dict(re.findall(r"^([a-z0-9-]+)==([^ ;]+)", text, re.MULTILINE))
