"""Where Protégé's own library of catalogs leads each import.

    python -m tests.interop.protege_catalogs JAR... CATALOG...

Prints a JSON object: for each catalog, the file of each name that it has. Run in a process of its own, for its JVM.
"""

import json
import sys
from pathlib import Path

from cbec_kg.ontology.catalog import read
from cbec_kg.ontology.owlapi import start

__all__ = ["main"]


def main() -> None:
    """Ask the library for every name that a catalog has."""
    start()
    import jpype

    for jar in (name for name in sys.argv[1:] if name.endswith(".jar")):
        jpype.addClassPath(jar)
    from java.io import File
    from java.net import URI
    from org.protege.xmlcatalog import CatalogUtilities

    found = {}
    for book in (name for name in sys.argv[1:] if name.endswith(".xml")):
        catalog = CatalogUtilities.parseDocument(File(book).toURI().toURL())
        leads = {name: CatalogUtilities.getRedirect(URI.create(name), catalog) for name in read(Path(book))}
        found[book] = {name: str(File(uri).getCanonicalPath()) if uri else None for name, uri in leads.items()}
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main()
