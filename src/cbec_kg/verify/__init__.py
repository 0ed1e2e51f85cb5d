"""Evidence against the articles' own text: bytes, characters, and the number that they say."""

from cbec_kg.verify.report import Failure, VerifyReport
from cbec_kg.verify.run import verify

__all__ = ["Failure", "VerifyReport", "verify"]
