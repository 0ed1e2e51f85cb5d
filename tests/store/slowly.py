"""A module that takes longer to import than the work of a test may take.

>>> SECONDS
1.5
"""

import time

__all__ = ["SECONDS"]

SECONDS = 1.5
time.sleep(SECONDS)
