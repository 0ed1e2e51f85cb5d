"""``python -m cbec_kg`` is ``cbec-kg``."""

import sys

from cbec_kg.cli import main

if __name__ == "__main__":
    sys.exit(main())
