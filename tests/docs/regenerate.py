"""Write the generated pages of the docs: ``make docs``, or ``python -m tests.docs.regenerate [--store FOLDER]``."""

import argparse
import tempfile
from pathlib import Path

from cbec_kg import paths
from cbec_kg.store.embedded import EmbeddedStore

from .adding import PAGE, walked
from .generated import DOCS, generated, left_over


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--store", type=Path, help="folder of a built graph; without it, the graph is built first")
    store = parser.parse_args().store
    with tempfile.TemporaryDirectory() as folder:
        if store is None:
            from cbec_kg.pipeline.build import build

            store = Path(folder)
            build(store, paths.resources())
        made = generated(EmbeddedStore(store))
        made[PAGE.relative_to(DOCS).as_posix()] = walked(PAGE.read_text("utf-8"), Path(folder) / "copy")
    for name, text in made.items():
        path = DOCS / name
        if not path.is_file() or path.read_text("utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
            print(f"docs/{name}")
    for name in left_over(made):
        (DOCS / name).unlink()
        print(f"docs/{name} is gone")


if __name__ == "__main__":
    main()
