"""Cut an answer that is longer than its reader wants, and know that it was cut.

>>> from cbec_kg.query.saved import Column
>>> from cbec_kg.rdf.terms import integer
>>> result = limited(Result((Column("n"),), ((integer(n),) for n in range(9))), 2)
>>> list(result.records()), result.cut
([{'n': 0}, {'n': 1}], True)
>>> limited(result, 2).cut, limited(Truth(True), 1)
(True, Truth(value=True))
"""

import sys
from collections.abc import Iterable
from dataclasses import replace
from itertools import islice
from typing import TypeVar

from cbec_kg.query.results import Answer, Graph, Result, Truth

__all__ = ["limited"]

AnyAnswer = TypeVar("AnyAnswer", Result, Graph, Truth, Answer)
Item = TypeVar("Item")


def limited(answer: AnyAnswer, most: int) -> AnyAnswer:
    """The first ``most`` rows of a result, or triples of a graph, in memory; ``cut`` is whether there were more.

    The rows behind are not read. A yes or no stays as it is.
    """
    if isinstance(answer, Result):
        rows, cut = _first(answer.rows, most)
        return replace(answer, rows=rows, cut=cut or answer.cut)
    if isinstance(answer, Graph):
        triples, cut = _first(answer.triples, most)
        return replace(answer, triples=triples, cut=cut or answer.cut)
    return answer


def _first(items: Iterable[Item], most: int) -> tuple[tuple[Item, ...], bool]:
    found = tuple(islice(items, min(most, sys.maxsize - 1) + 1))
    return found[:most], len(found) > most
