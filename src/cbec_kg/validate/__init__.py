"""SHACL: is the graph what the shapes say, and what should a person do where it is not.

`shapes` reads ``ontology/shapes``, `lint` checks the shapes themselves, `fast` and `oracle` validate (the same results
by two engines), `report` holds the results, `explain` says which claim, article and characters they are about.

>>> from cbec_kg.validate.report import Report
>>> Report(()).conforms
True
"""
