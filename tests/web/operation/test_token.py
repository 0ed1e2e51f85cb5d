"""Who may write."""

from pathlib import Path

import pytest
from starlette.exceptions import HTTPException
from starlette.requests import Request

from cbec_kg.web.operation.token import WeakToken, authorised, check_token
from cbec_kg.web.settings import Settings

TOKEN = "a-token-of-sixteen-signs"
WRITABLE = Settings(Path(), writable=True, token=TOKEN)


def asking(said: str | None) -> Request:
    headers = [] if said is None else [(b"authorization", said.encode("latin-1"))]
    return Request({"type": "http", "method": "POST", "path": "/update", "headers": headers})


@pytest.mark.parametrize("said", [f"Bearer {TOKEN}", f"bearer {TOKEN}", f"BEARER  {TOKEN} "])
def test_the_token_lets_in(said):
    authorised(asking(said), WRITABLE)


@pytest.mark.parametrize(
    ("said", "error"),
    [
        (None, False), ("", False), ("Bearer", False), ("Bearer ", False), (f"Basic {TOKEN}", False), (TOKEN, False),
        (f"Bearer {TOKEN}x", True), (f"Bearer {TOKEN[:-1]}", True), (f"Bearer {TOKEN.upper()}", True),
        ("Bearer \xe9\xff", True), (f"Bearer {TOKEN}, Bearer {TOKEN}", True),
    ],
)  # fmt: skip
def test_nothing_else_does(said, error):
    with pytest.raises(HTTPException) as refused:
        authorised(asking(said), WRITABLE)
    assert refused.value.status_code == 401
    challenge = refused.value.headers["WWW-Authenticate"]
    assert challenge.startswith('Bearer realm="cbec-kg"')
    assert ('error="invalid_token"' in challenge) is error
    assert TOKEN not in refused.value.detail


@pytest.mark.parametrize("settings", [Settings(Path(), token=TOKEN), Settings(Path(), writable=True)])
def test_a_server_that_only_reads_says_so(settings):
    with pytest.raises(HTTPException) as refused:
        authorised(asking(f"Bearer {TOKEN}"), settings)
    assert refused.value.status_code == 403


def test_a_scratch_server_asks_for_none():
    authorised(asking(None), Settings(Path(), scratch=True))


@pytest.mark.parametrize(
    "token", [None, "", "a" * 15, "with a space in it", "mit-Umlaut-äöü-und-mehr", "line\nline-line-line"]
)
def test_a_token_that_protects_nothing_is_refused(token):
    with pytest.raises(WeakToken):
        check_token(Settings(Path(), writable=True, token=token))
    check_token(Settings(Path(), token=token))


def test_the_token_is_not_shown():
    assert TOKEN not in repr(WRITABLE)
