"""Figures that no article states, derived from those that are: by rules, with all that the rounding leaves open."""

from cbec_kg.reconcile.derive.gaps import contribution, gap
from cbec_kg.reconcile.derive.rules import RULES
from cbec_kg.reconcile.derive.search import derive
from cbec_kg.reconcile.derive.step import Derived, Step
from cbec_kg.reconcile.derive.stored import derivations_at, reach

__all__ = ["RULES", "Derived", "Step", "contribution", "derivations_at", "derive", "gap", "reach"]
