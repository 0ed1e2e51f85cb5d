"""Articles with their text, out of files, folders, JSON lines and standard input."""

from cbec_kg.readers.inputs import read_inputs
from cbec_kg.readers.language import language
from cbec_kg.readers.sandbox import Sandbox
from cbec_kg.readers.source import Failure, Source

__all__ = ["Failure", "Sandbox", "Source", "language", "read_inputs"]
