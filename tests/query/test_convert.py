from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import numpy
import pytest

from cbec_kg.errors import BadParameter
from cbec_kg.query.convert import refuse_names, terms_of, to_terms, written_iri
from cbec_kg.query.saved import PARAM_TYPES, Bilingual, Param, SavedQuery
from cbec_kg.query.spell import spell_all
from cbec_kg.rdf.terms import NamedNode
from tests.conftest import cases


def resolve(param, name):
    return written_iri(name) or refuse_names(param, name)


@pytest.mark.parametrize("case", cases("query/cases/values.yaml"))
def test_a_value_becomes_a_term_or_is_refused(case):
    param = Param(
        "n",
        case["type"],
        Bilingual("N"),
        many=case.get("many", False),
        choices=tuple(case.get("choices", ())),
        **case.get("limits", {}),
    )
    if "term" in case:
        assert spell_all(to_terms(param, case["given"], resolve)) == case["term"]
        return
    with pytest.raises(BadParameter) as caught:
        to_terms(param, case["given"], resolve)
    assert case["said"] in str(caught.value)


def test_the_cases_cover_every_type():
    assert {case.values[0]["type"] for case in cases("query/cases/values.yaml")} == set(PARAM_TYPES)


def test_python_values():
    decimal = Param("n", "decimal", Bilingual("N"))
    assert spell_all(to_terms(decimal, Decimal("1E+3"), resolve)).startswith('"1000"^^')
    with pytest.raises(BadParameter):
        to_terms(decimal, Decimal("1E+1000000"), resolve)
    whole, day = (Param("n", kind, Bilingual("N")) for kind in ("integer", "date"))
    assert to_terms(whole, numpy.int64(7), resolve) == to_terms(whole, 7, resolve)
    assert to_terms(decimal, numpy.float64(0.1), resolve) == to_terms(decimal, "0.1", resolve)
    assert to_terms(day, datetime(2021, 1, 14), resolve) == to_terms(day, "2021-01-14", resolve)
    for late in (datetime(2021, 1, 14, 9), datetime(2021, 1, 14, tzinfo=UTC)):
        with pytest.raises(BadParameter, match="give a date"):
            to_terms(day, late, resolve)
    with pytest.raises(BadParameter, match="of type bool"):
        to_terms(whole, numpy.bool_(True), resolve)
    thing = Param("n", "iri", Bilingual("N"))
    assert to_terms(thing, NamedNode("x:y"), resolve) == (NamedNode("x:y"),)


def test_no_value_for_a_parameter_with_a_default_is_refused():
    with pytest.raises(BadParameter, match="n has no value"):
        to_terms(Param("n", "string", Bilingual("N"), default=("a",)), None, resolve)


def query(*params):
    return SavedQuery("a/b", Path("b.rq"), Bilingual("Q"), Bilingual(""), (), "", params=params)


def test_unknown_and_missing_parameters_are_named():
    platform = Param("platform", "iri", Bilingual("Platform"), required=True)
    with pytest.raises(BadParameter, match=r"a/b has no parameter 'platfrom': did you mean platform\?"):
        terms_of(query(platform), {"platfrom": "id:shein"}, resolve)
    with pytest.raises(BadParameter, match="a/b needs platform"):
        terms_of(query(platform), {}, resolve)
    with pytest.raises(BadParameter, match="there are none"):
        terms_of(query(), {"platform": "id:shein"}, resolve)


def test_text_that_is_no_unicode_is_refused():
    with pytest.raises(BadParameter, match="no Unicode text"):
        to_terms(Param("n", "string", Bilingual("N")), "\ud800", resolve)


def test_a_number_that_python_does_not_write_is_refused():
    least = Param("least", "integer", Bilingual("Least"))
    with pytest.raises(BadParameter, match="a number of more than 300 digits: give a whole number"):
        to_terms(least, 10**5_000, refuse_names)
