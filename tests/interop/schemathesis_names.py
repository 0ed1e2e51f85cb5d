"""Hooks of schemathesis: what a name may be is known to the graph alone, so it draws names from a file.

The file holds values by format; ``CBEC_KG_NAMES`` names it. Loaded in schemathesis' own environment.
"""

import json
import os
from pathlib import Path

import schemathesis
from hypothesis import strategies

for form, values in json.loads(Path(os.environ["CBEC_KG_NAMES"]).read_text("utf-8")).items():
    schemathesis.openapi.format(form, strategies.sampled_from(values))
