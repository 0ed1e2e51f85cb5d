"""Start Protégé on a file, lead it through steps, and bring back what it saw: with a home of its own, and no network.

>>> Seen.of("title\\tall\\nontology\\tone a.ttl\\nontology\\ttwo b.ttl\\n", "").values["ontology"]
('one a.ttl', 'two b.ttl')
"""

import os
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.interop.fetched import java
from tests.interop.process import tail
from tests.interop.protege.parts import desktop, display

__all__ = ["Seen", "screen", "walk"]

_CLASS_PATH = (
    "bundles/guava.jar",
    "bundles/logback-classic.jar",
    "bundles/logback-core.jar",
    "bundles/slf4j-api.jar",
    "bin/org.apache.felix.main.jar",
    "bin/maven-artifact.jar",
    "bin/protege-launcher.jar",
)


@dataclass(frozen=True, slots=True)
class Seen:
    """What the plugin wrote down, by name, each with all its values; and Protégé's own log."""

    values: dict[str, tuple[str, ...]]
    log: str

    @classmethod
    def of(cls, lines: str, log: str) -> "Seen":
        """From the plugin's file: a name, a tab and a value on each line."""
        values: dict[str, tuple[str, ...]] = {}
        for line in lines.splitlines():
            name, _, value = line.partition("\t")
            values[name] = (*values.get(name, ()), value)
        return cls(values, log)

    def one(self, name: str) -> str:
        """The only value of a name."""
        (value,) = self.values.get(name, ("?",))
        return value

    def complaints(self) -> list[str]:
        """What a user would be bothered with: windows that ask, imports that are missing, errors in the log."""
        found = [f"dialog: {text}" for text in self.values.get("dialog", ())]
        found += [f"error: {text}" for text in self.values.get("error", ())]
        if self.one("imports not loaded") != "0":
            found.append(f"imports not loaded: {self.one('imports not loaded')}")
        errors = (line for line in self.log.splitlines() if " ERROR " in line or "Exception" in line)
        return found + [f"log: {line}" for line in errors]


@contextmanager
def screen(size: str = "1400x900") -> Iterator[dict[str, str]]:
    """The environment of a display that nobody looks at, until the block ends."""
    root, environment = display()
    ready, number = os.pipe()
    command = ["usr/bin/Xvfb-here", "-displayfd", str(number), "-screen", "0", f"{size}x24", "-nolisten", "tcp"]
    process = subprocess.Popen(
        [*command, "-xkbdir", str(root / "usr/share/X11/xkb")],
        cwd=root,
        env=environment,
        pass_fds=[number],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(number)
    try:
        with os.fdopen(ready) as answer:
            place = answer.readline().strip()  # nothing, if the server could not start
        if not place:
            raise RuntimeError(f"the display did not start: status {process.wait()}")
        yield {**environment, "DISPLAY": f":{place}"}
    finally:
        process.terminate()
        process.wait()


def walk(
    opened: Path,
    steps: Sequence[str],
    folder: Path,
    environment: dict[str, str],
    *,
    heap: str = "2g",
    patience: float = 300,
) -> Seen:
    """Open a file in Protégé and take the steps (see ``plugin/Walk.java``); pictures come into the folder.

    Home and preferences are in the folder. No host name is known to the process, and every connection that it tries is
    noted and led nowhere. RuntimeError where it does not come to its end.
    """
    home, saw = folder / "home", folder / "saw.tsv"
    home.mkdir(parents=True, exist_ok=True)
    (folder / "steps").write_text("".join(f"{step}\n" for step in steps), "utf-8")
    (folder / "hosts").write_text("", "utf-8")
    saw.unlink(missing_ok=True)
    settings = {
        "user.home": home,
        "java.util.prefs.userRoot": home,
        "java.util.prefs.systemRoot": home / "system",
        "jdk.net.hosts.file": folder / "hosts",
        "user.language": "en",
        "user.country": "GB",
        "file.encoding": "UTF-8",
        "logback.configurationFile": "conf/logback.xml",
        "entityExpansionLimit": 100000000,
        "walk.steps": folder / "steps",
        "walk.saw": saw,
        "walk.patience": int(patience),
    }
    log = folder / "protege.out"
    command = [
        java(),
        f"-Xmx{heap}",
        "-Xss16m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        *(f"-D{key}={value}" for key, value in settings.items()),
    ]
    command += ["-classpath", ":".join(_CLASS_PATH), "org.protege.osgi.framework.Launcher", str(opened.resolve())]
    with log.open("wb") as out:
        process = subprocess.Popen(
            command, cwd=desktop(), env=environment, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT
        )
    until = time.monotonic() + 2 * patience
    try:
        while process.poll() is None:
            if time.monotonic() > until:
                raise RuntimeError(f"Protégé did not come to its end:\n{tail(log)}")
            time.sleep(0.2)
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
    own = home / ".Protege" / "logs" / "protege.log"
    seen = saw.read_text("utf-8") if saw.is_file() else ""
    if "done\tyes" not in seen and "error\t" not in seen:
        raise RuntimeError(f"Protégé ended with status {process.returncode} before the last step:\n{tail(log)}")
    return Seen.of(seen, own.read_text("utf-8", errors="replace") if own.is_file() else "")
