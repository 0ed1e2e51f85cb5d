"""Write the golden rows of saved queries anew: ``python -m tests.queries.regenerate [--store FOLDER] [QUERY ...]``.

What changed is shown by ``git diff``; it is to be read, row by row, before it is believed.
"""

import argparse
import tempfile
from pathlib import Path

from cbec_kg import paths
from cbec_kg.store.embedded import EmbeddedStore, MemoryStore

from .revised import revised_quads
from .shelf import Shelf, answer, misfits, write_golden

HERE = Path(__file__).parent


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--store", type=Path, help="folder of a built graph; without it, the graph is built first")
    parser.add_argument("queries", nargs="*", metavar="QUERY", help="names of queries; without any, all")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if options.store is None:
            from cbec_kg.pipeline.build import build

            options.store = Path(folder)
            build(options.store, paths.resources())
        store = EmbeddedStore(options.store)
        shelf = Shelf(paths.queries(), HERE / "golden", HERE / "mutations.yaml")
        for name in options.queries:
            shelf.catalogue.find(name)
        cases = [case for case in shelf.cases() if not options.queries or case.query in options.queries]
        stores = {"curated": store}
        if any(case.graph == "revised" for case in cases):
            stores["revised"] = MemoryStore(revised_quads())
        for case in cases:
            query = shelf.catalogue.find(case.query)
            result = answer(query, case.values, stores[case.graph])
            write_golden(case, result)
            print(f"{case.file.relative_to(HERE)}: {len(tuple(result.rows))} rows")
            for misfit in misfits(query, result):
                print(f"  {misfit}")


if __name__ == "__main__":
    main()
