"""What Protégé is made of here: jars fetched by Maven, a display from Debian's packages, and the plugin that leads it.

The distribution archive of 5.6 is not on Maven, but its parts are; they are put where the archive of 5.5 has them.

>>> BIN <= set(DESKTOP) and "protege-editor-owl" in DESKTOP
True
"""

import hashlib
import os
import shutil
import subprocess
import zipfile
from pathlib import Path

from tests.interop.fetched import CACHE, PINS, NotFetched, jars, java, unpacked

__all__ = ["BIN", "DESKTOP", "PLUGIN", "desktop", "display"]

DESKTOP = frozenset(artifact.split(":")[1] for artifact in PINS["protege"]["artifacts"])
BIN = frozenset({"protege-launcher", "org.apache.felix.main", "maven-artifact"})  # on the class path, not bundles
PLUGIN = sorted((Path(__file__).parent / "plugin").glob("*.java"))
_FRAME, _COMPILER, _REASONER = "protege-desktop", "ecj", "org.semanticweb.hermit"
_MANIFEST = """\
Manifest-Version: 1.0
Bundle-ManifestVersion: 2
Bundle-Name: Walk
Bundle-SymbolicName: walk;singleton:=true
Bundle-Version: 1.0.0
Bundle-Activator: walk.Walk
DynamicImport-Package: *
No-Plugin-XML: true
"""
_FONTS = """\
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>{root}/usr/share/fonts</dir>
  <cachedir>{root}/fonts-cache</cachedir>
  <alias>
    <family>sans-serif</family>
    <prefer><family>DejaVu Sans</family><family>WenQuanYi Micro Hei</family></prefer>
  </alias>
  <alias>
    <family>monospace</family>
    <prefer><family>DejaVu Sans Mono</family><family>WenQuanYi Micro Hei Mono</family></prefer>
  </alias>
</fontconfig>
"""


def desktop() -> Path:
    """Folder of Protégé with HermiT and the plugin, as its own archive lays it out; made anew when a part changes."""
    paths = jars("protege", "Protégé")
    folder = CACHE / "protege" / "desktop"
    stamp = folder / "assembled"
    sources = b"".join(path.read_bytes() for path in PLUGIN)
    wanted = hashlib.sha256(repr(PINS["protege"]).encode() + sources + _MANIFEST.encode()).hexdigest()
    if stamp.is_file() and stamp.read_text() == wanted:
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    for part in ("bin", "bundles", "plugins", "conf"):
        (folder / part).mkdir(parents=True)
    for name, path in paths.items():
        if name not in (_FRAME, _COMPILER):
            part = "bin" if name in BIN else "plugins" if name == _REASONER else "bundles"
            shutil.copy(path, folder / part / f"{name}.jar")
    _frame(paths[_FRAME], folder)
    _plugin(paths[_COMPILER], folder)
    stamp.write_text(wanted)
    return folder


def _frame(archive: Path, folder: Path) -> None:
    """What only the archive has: settings of the framework and of the log, and one jar that is nowhere else."""
    only = {"config.xml": "conf", "logback.xml": "conf", "org.eclipse.equinox.supplement.jar": "bundles"}
    with zipfile.ZipFile(archive) as zipped:
        for member in zipped.namelist():
            name = member.rsplit("/", 1)[-1]
            if name in only:
                (folder / only[name] / name).write_bytes(zipped.read(member))


def _plugin(compiler: Path, folder: Path) -> None:
    """Compiles the plugin against the jars that it runs with, and packs it as a bundle."""
    classes = folder / "classes"
    known = os.pathsep.join(str(path) for part in ("bin", "bundles") for path in sorted((folder / part).glob("*.jar")))
    command = [java(), "-jar", str(compiler), "-17", "-proc:none", "-nowarn", "-cp", known, "-d", str(classes)]
    done = subprocess.run([*command, *map(str, PLUGIN)], capture_output=True, text=True, check=False)
    if done.returncode:
        raise NotFetched(f"the plugin could not be compiled: {done.stderr}")
    with zipfile.ZipFile(folder / "plugins" / "walk.jar", "w") as packed:
        packed.writestr("META-INF/MANIFEST.MF", _MANIFEST)
        for path in sorted(classes.rglob("*.class")):
            packed.write(path, path.relative_to(classes).as_posix())


def display() -> tuple[Path, dict[str, str]]:
    """Root of the unpacked display, and the environment in which it and Java find libraries and fonts.

    Its program looks for the keyboard's compiler in ``/usr/bin``; a copy looks in ``usr/bin/``, and is started in the
    root, so that nothing has to be installed.
    """
    root, environment = unpacked("display", "The display")
    program = root / "usr" / "bin" / "Xvfb"
    here = program.with_name("Xvfb-here")
    if not here.is_file():
        binary = program.read_bytes()
        if binary.count(b"\0/usr/bin\0") != 1:
            raise NotFetched("this Xvfb does not name /usr/bin once: pin the version of Debian 12")
        here.write_bytes(binary.replace(b"\0/usr/bin\0", b"\0usr/bin/\0"))
        here.chmod(0o755)
    fonts = root / "fonts.conf"
    fonts.write_text(_FONTS.format(root=root), "utf-8")
    return root, {**environment, "FONTCONFIG_FILE": str(fonts)}
