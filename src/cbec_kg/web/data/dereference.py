"""What a name of the graph answers: the way to a form of it (303), and each form (https://www.w3.org/TR/cooluris/).

A name itself is a thing, not a document, so it leads to one: a page or data, by ``Accept``. The forms have addresses of
their own, the name with a suffix.

>>> from cbec_kg.web.addresses import Addresses
>>> found = Located("https://w3id.org/cbec-kg/id/china", "thing", "")
>>> answer = see_other(found, "text/html", Addresses(None))
>>> answer.status_code, answer.headers["location"], answer.headers["vary"]
(303, '/id/china.html', 'Accept')
"""

from starlette.requests import Request
from starlette.responses import Response

from cbec_kg.namespaces import BASE
from cbec_kg.web.addresses import DATASET, Addresses, iris_of
from cbec_kg.web.data.asked import addresses_of, asked, is_plain
from cbec_kg.web.data.documents import document_page
from cbec_kg.web.data.forms import FORMS, PAGE, Form, by_suffix, form_for, split
from cbec_kg.web.data.freshness import CACHE, etag, http_date, is_fresh, not_modified
from cbec_kg.web.data.links import header, links_of
from cbec_kg.web.pages.things import thing_page
from cbec_kg.web.problems import Problem, respond
from cbec_kg.web.site import read, site_of, spoken
from cbec_kg.web.streaming import StreamedAnswer
from cbec_kg.web.work.data.dataset import described_whole
from cbec_kg.web.work.data.described import described
from cbec_kg.web.work.data.documents import bytes_of
from cbec_kg.web.work.data.located import Located, located
from cbec_kg.web.work.data.whole import whole

__all__ = ["dereferenced", "nothing_fits", "see_other", "tries"]

_READ = (BASE + "ontology", BASE + "shapes")
"""Documents with pages that are more than a list."""


async def dereferenced(request: Request) -> Response:
    """The answer to a name, or to one of its forms."""
    path = asked(request)
    if not is_plain(request):
        return respond(request, Problem(404, "no name of the graph is spelled so", more={"suggestions": []}))
    found = await read(request, located, tries(path), spoken(request))
    here = addresses_of(request)
    if not found.kind:
        return _unknown(request, found, here)
    if not found.suffix:
        form = form_for(request.headers.get("accept"))
        return nothing_fits(request) if form is None else see_other(found, request.headers.get("accept"), here)
    form = by_suffix(found.suffix)
    return await (_page(request, found, here) if form == PAGE else _data(request, found, form, here))


def tries(path: str) -> list[tuple[str, str]]:
    """IRIs that a path may mean, each with the suffix that it leaves, the likeliest first.

    >>> tries("id/china.ttl")
    [('https://w3id.org/cbec-kg/id/china', '.ttl'), ('https://w3id.org/cbec-kg/id/china.ttl', '')]
    >>> tries("void.nt"), tries("vocab/")
    ([('https://w3id.org/cbec-kg/', '.nt')], [('https://w3id.org/cbec-kg/vocab', '')])
    """
    stem, suffix = split(path)
    if stem == DATASET:
        stem = ""
    elif path == "vocab/":  # the namespace of the codes is the address of their vocabulary
        stem = "vocab"
    found = [(iri, suffix) for iri in iris_of(stem)]
    return found + [(iri, "") for iri in iris_of(path)] if suffix and stem else found


def see_other(found: Located, accept: str | None, here: Addresses) -> Response:
    """The way to the form that is wanted most."""
    form = form_for(accept) or FORMS[0]
    headers = {
        "Location": here.path_of(found.iri, form.suffix) or "", "Vary": "Accept", "Cache-Control": CACHE,
        "Link": header(links_of(found, here, None)),
    }  # fmt: skip
    return Response(status_code=303, headers=headers)


async def _data(request: Request, found: Located, form: Form, here: Addresses) -> Response:
    origin = here.absolute(request, "").rstrip("/")
    headers = {"Cache-Control": CACHE, "Vary": "Accept", "Link": header(links_of(found, here, form))}
    if found.state:
        tag = etag(found.state, found.iri, form.suffix, origin if found.iri == BASE else "")
        headers["ETag"] = tag
        if found.changed is not None:
            headers["Last-Modified"] = http_date(found.changed)
        if is_fresh(request, tag, found.changed):
            return not_modified(headers)
    if found.kind == "graph":
        streamed = await StreamedAnswer.of(request, site_of(request).pool, whole, found.iri, form.rdf)
        headers |= {"Content-Type": form.content_type, "Content-Length": str(streamed.head["bytes"])}
        streamed.headers.update(headers)
        return streamed
    if found.kind == "thing":
        content, told = await read(request, described, found.iri, form.rdf)
        headers["X-Pointing"] = f"{told.pointing} of {told.of}"
    elif found.iri == BASE:
        content = await read(request, described_whole, origin, form.rdf)
    else:
        content = await read(request, bytes_of, found.iri, form.rdf)
    return Response(content, headers={**headers, "Content-Type": form.content_type})


async def _page(request: Request, found: Located, here: Addresses) -> Response:
    if found.iri == BASE:
        return Response(status_code=303, headers={"Location": here.of(""), "Vary": "Accept"})
    if found.kind == "document" and found.iri not in _READ:
        response = await document_page(request, found.iri, here)
    else:
        response = await thing_page(request, found.iri)
    links = [header(links_of(found, here, PAGE)), *response.headers.getlist("link")]
    response.headers["Link"] = ", ".join(links)
    varied = [response.headers["vary"]] if "vary" in response.headers else []
    response.headers["Vary"] = ", ".join([*varied, "Accept"])
    return response


def nothing_fits(request: Request) -> Response:
    """406, with the types that there are."""
    there = [form.media_type for form in FORMS]
    problem = Problem(
        406, f"none of the types that Accept names is there: ask for {', '.join(there)}", {"Vary": "Accept"},
        {"offered": there},
    )  # fmt: skip
    return respond(request, problem)


def _unknown(request: Request, found: Located, here: Addresses) -> Response:
    """404, with names that are spelled alike: as links for people, as ``suggestions`` for programs."""
    suffix = found.suffix
    near = [
        {"iri": one.iri, "label": one.label, "href": here.path_of(one.iri, suffix) or one.iri} for one in found.near
    ]
    said = f"the graph has nothing with the name {found.iri}"
    if near:
        said += f": did you mean {' or '.join(one['label'] for one in near[:3])}?"
    return respond(request, Problem(404, said, {"Vary": "Accept", "Cache-Control": "no-cache"}, {"suggestions": near}))
