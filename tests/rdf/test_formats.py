"""The registry of formats agrees with pyoxigraph's own."""

import pytest

from cbec_kg.errors import CbecError
from cbec_kg.rdf.formats import FORMATS, by_name, by_suffix


@pytest.mark.parametrize("name", FORMATS)
def test_format_agrees_with_pyoxigraph(name):
    known = by_name(name)
    assert known.rdf_format.media_type == known.media_type
    assert known.rdf_format.supports_datasets == known.datasets
    assert all(by_suffix(suffix) is known for suffix in known.suffixes)


@pytest.mark.parametrize(("read", "name"), [(by_name, "owl"), (by_suffix, ".xlsx"), (by_suffix, "ttl")])
def test_an_unknown_name_lists_those_there_are(read, name):
    with pytest.raises(CbecError, match="use one of"):
        read(name)
