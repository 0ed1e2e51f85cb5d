"""Articles as local files, found by their id.

>>> import tempfile
>>> folder = Path(tempfile.mkdtemp())
>>> _ = (folder / "a1.txt").write_bytes("Up 9.8%\\r\\n".encode())
>>> text = Texts(folder).find("a1")
>>> text.text, text.sha256[:8]
('Up 9.8%\\r\\n', '8c93ab1b')
"""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from cbec_kg.errors import CbecError

__all__ = ["SUFFIXES", "LocalText", "Texts"]

SUFFIXES = (".txt", ".md", ".html", ".htm")


@dataclass(frozen=True, slots=True)
class LocalText:
    """One file: ``text`` is its decoded content, line ends as they are, or None where it is not UTF-8."""

    path: Path
    sha256: str
    text: str | None


class Texts:
    """A folder of articles; an article's file has its id as stem and one of `SUFFIXES`."""

    def __init__(self, folder: Path) -> None:
        if not folder.is_dir():
            raise CbecError(f"no folder {folder}", fix="name the folder that holds the articles' files")
        self.folder = folder

    def find(self, article: str, digest: str | None = None) -> LocalText | None:
        """File of an article; of several the one whose bytes have the SHA-256 ``digest``, else the first by suffix."""
        found = [path for suffix in SUFFIXES if (path := self.folder / f"{article}{suffix}").is_file()]
        read = [_read(path) for path in found]
        return next((one for one in read if one.sha256 == digest), read[0] if read else None)


def _read(path: Path) -> LocalText:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise CbecError(f"cannot read {path}", fix=error.strerror or str(error)) from None
    try:
        text: str | None = content.decode("utf-8")
    except UnicodeDecodeError:
        text = None
    return LocalText(path, sha256(content).hexdigest(), text)
