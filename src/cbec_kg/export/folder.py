"""A folder that an export fills anew: files of an earlier export give way, and nothing else is touched.

The list of digests that an export leaves, ``SHA256SUMS`` (`sha256sum -c` reads it), tells its own files from others.

>>> import tempfile
>>> folder = Path(tempfile.mkdtemp())
>>> earlier(folder)
{}
>>> _ = (folder / "notes.txt").write_text("mine")
>>> try:
...     earlier(folder)
... except CbecError as error:
...     print(str(error).removeprefix(str(folder)))
 holds notes.txt, which no export wrote: name an empty folder, or one that an export filled
"""

import re
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from cbec_kg.errors import CbecError

__all__ = ["SUMS", "earlier", "sums_text"]

SUMS = "SHA256SUMS"
_LINE = re.compile(r"([0-9a-f]{64})  (\S.*)")


def sums_text(digests: Mapping[str, str]) -> str:
    """The list: digest and path of each file, sorted by path."""
    return "".join(f"{digest}  {name}\n" for name, digest in sorted(digests.items()))


def earlier(folder: Path) -> dict[str, str]:
    """Digests by path of the files that an earlier export left in a folder; hidden files are passed over.

    Raises `CbecError` where the folder is a file, holds another's files, or files that were changed since.
    """
    if not folder.exists():
        return {}
    if not folder.is_dir():
        raise CbecError(f"{folder} is a file", fix="name a folder")
    try:
        listed = _listed(folder / SUMS)
        paths = sorted(path for path in folder.rglob("*") if path.is_file())
        found = {path.relative_to(folder).as_posix(): path for path in paths if not _hidden(path, folder)}
        for name, path in found.items():
            if name == SUMS and listed:
                continue
            if name not in listed:
                raise CbecError(
                    f"{folder} holds {name}, which no export wrote",
                    fix="name an empty folder, or one that an export filled",
                )
            if sha256(path.read_bytes()).hexdigest() != listed[name]:
                raise CbecError(
                    f"{path} was changed since it was exported", fix="move it elsewhere, or name another folder"
                )
    except OSError as error:
        raise CbecError(f"cannot read {folder}", fix=error.strerror or str(error)) from None
    return {name: digest for name, digest in listed.items() if name in found}


def _listed(path: Path) -> dict[str, str]:
    """Digests that a list gives; nothing where it is none."""
    lines = path.read_text("utf-8", errors="replace").splitlines() if path.is_file() else []
    read = [_LINE.fullmatch(line) for line in lines]
    return {match[2]: match[1] for match in read if match} if all(read) else {}


def _hidden(path: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(folder).parts)
