"""Articles that were ingested: what was read in each, a file an article beside the store, whole or not at all.

>>> import tempfile
>>> shelf = Shelf(Path(tempfile.mkdtemp()))
>>> article = Article(id="a1", lang="en", sha256="0" * 64, length=12)
>>> shelf.put(Curated(article, ()))
>>> shelf.ids(), shelf.get("a1").article.lang, shelf.get("a2")
(['a1'], 'en', None)
>>> shelf.drop("a1")
>>> shelf.ids()
[]
"""

import json
from pathlib import Path
from typing import Any

from cbec_kg.errors import StoreError
from cbec_kg.model.article import Article
from cbec_kg.model.new_names import Alias, NewName
from cbec_kg.model.row_json import parse_row, to_json
from cbec_kg.pipeline.sources import Curated
from cbec_kg.pipeline.whole import sync_folder, write_whole

__all__ = ["Shelf", "content_json", "parse_content"]


class Shelf:
    """A folder ``articles`` in a store folder: no text of an article is in it, only what was read."""

    def __init__(self, store: Path) -> None:
        self.folder = store / "articles"

    def ids(self) -> list[str]:
        """Ids of the articles on it, sorted."""
        if not self.folder.is_dir():
            return []
        return sorted(path.stem for path in self.folder.glob("*.json"))

    def __contains__(self, article: str) -> bool:
        """Whether an article is on it: no folder is listed for that."""
        return self._path(article).is_file()

    def get(self, article: str) -> Curated | None:
        """What was read in an article, None where it is not here; raises `StoreError` for a file that is damaged."""
        path = self._path(article)
        try:
            return parse_content(json.loads(path.read_text("utf-8")))
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise StoreError(
                f"{path} cannot be read: {error}", fix="remove the file, and run `cbec-kg build`"
            ) from None

    def put(self, content: Curated) -> None:
        """Keep what was read in an article, in the place of what was kept of it."""
        self.folder.mkdir(exist_ok=True)
        text = json.dumps(content_json(content), ensure_ascii=False, indent=1)
        write_whole(self._path(content.article.id), text + "\n")

    def drop(self, article: str) -> None:
        """Forget what was read in an article."""
        self._path(article).unlink(missing_ok=True)
        if self.folder.is_dir():
            sync_folder(self.folder)

    def _path(self, article: str) -> Path:
        return self.folder / f"{article}.json"


def content_json(content: Curated) -> dict[str, Any]:
    """What was read in an article as JSON."""
    return {
        "article": json.loads(content.article.to_json()),
        "names": [list(name) for name in content.names],
        **({"aliases": [list(alias) for alias in content.aliases]} if content.aliases else {}),
        "rows": [json.loads(to_json(row, lambda key, code: None)) for row in content.rows],
    }


def parse_content(data: dict[str, Any]) -> Curated:
    """The content that `content_json` wrote."""
    return Curated(
        Article.from_json(data["article"]),
        tuple(parse_row(json.dumps(row)) for row in data["rows"]),
        tuple(NewName(*name) for name in data["names"]),
        tuple(Alias(*alias) for alias in data.get("aliases", ())),
    )
