"""Read a Containerfile: its stages, each a list of instructions.

>>> [stage] = stages("FROM a AS b\\nRUN one \\\\\\n  two\\n# no\\nCMD [\\"x\\"]\\n")
>>> stage
[('FROM', 'a AS b'), ('RUN', 'one two'), ('CMD', '["x"]')]
"""

import json
import re

__all__ = ["Instruction", "command", "stages"]

Instruction = tuple[str, str]


def stages(text: str) -> list[list[Instruction]]:
    """Instructions with their arguments, stage by stage."""
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    joined = re.sub(r"\s*\\\n\s*", " ", "\n".join(lines))
    found: list[list[Instruction]] = []
    for line in joined.splitlines():
        if line.strip():
            name, _, rest = line.strip().partition(" ")
            if name == "FROM":
                found.append([])
            found[-1].append((name, rest.strip()))
    return found


def command(stage: list[Instruction], name: str) -> list[str]:
    """The words of the JSON list of an instruction."""
    [rest] = [rest for one, rest in stage if one == name]
    words: list[str] = json.loads(rest[rest.index("[") :])
    return words
