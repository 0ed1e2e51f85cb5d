"""OWLAPI for tests that ask it something of their own, in a process of their own: the door that the commands use."""

from cbec_kg.ontology.owlapi import load
from cbec_kg.ontology.owlapi import start as start_jvm

__all__ = ["load", "start_jvm"]
