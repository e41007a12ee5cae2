"""An error page needs nothing: whatever is broken, the person reads a sentence of the house, signed in or not."""

import errno
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.exceptions import DisallowedHost, RequestDataTooBig
from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.http import HttpResponse
from django.test import Client, RequestFactory

from tests.world import World
from traektoria.core import views
from traektoria.core.error_pages import SENTENCES, page_of, trouble_of

FIRST_PAGE = "На главную"


def fail(error: Exception) -> Callable[..., Any]:
    def failing(*_args: Any, **_named: Any) -> Any:
        raise error

    return failing


@contextmanager
def database_away(_patch: pytest.MonkeyPatch) -> Iterator[None]:
    with connection.execute_wrapper(fail(OperationalError("could not connect to server"))):
        yield


@contextmanager
def sessions_fail(patch: pytest.MonkeyPatch) -> Iterator[None]:
    patch.setattr("traektoria.people.sessions.SessionStore.load", fail(RuntimeError("sessions")))
    yield


@contextmanager
def accounts_fail(patch: pytest.MonkeyPatch) -> Iterator[None]:
    patch.setattr("traektoria.people.middleware.account_of", fail(RuntimeError("accounts")))
    yield


@contextmanager
def disk_full(_patch: pytest.MonkeyPatch) -> Iterator[None]:
    with connection.execute_wrapper(fail(OperationalError("database or disk is full"))):
        yield


@contextmanager
def processor_fails(patch: pytest.MonkeyPatch) -> Iterator[None]:
    patch.setattr("traektoria.core.templating.facts_of_the_page", fail(RuntimeError("processor")))
    yield


BROKEN = {
    database_away: 503,
    sessions_fail: 500,
    accounts_fail: 500,
    disk_full: 503,
    processor_fails: 500,
}
"""What breaks, and the status of an ordinary page then."""


def is_ours(answer: Any) -> bool:
    body = answer.content.decode()
    sound = answer["Content-Type"].startswith("text/html") and 'lang="ru"' in body and FIRST_PAGE in body
    return sound and "Content-Security-Policy" in answer.headers and answer.get("Retry-After") == (
        "60" if answer.status_code == 503 else None
    )  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("broken", BROKEN, ids=lambda one: one.__name__)
def test_a_signed_in_person_reads_a_sentence_whatever_is_broken(
    world: World, as_: Any, broken: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, status = as_("teacher"), BROKEN[broken]
    client.raise_request_exception = False
    assert client.get("/").status_code == 200
    with broken(monkeypatch):
        page, missing = client.get("/"), client.get("/nowhere/")
        strange = client.get("/", headers={"Host": "evil.example"})
        flood = client.post("/support/new/", {}, CONTENT_LENGTH="9" * 12)
        part = client.get("/", headers={"HX-Request": "true"})
    assert (page.status_code, is_ours(page)) == (status, True)
    assert missing.status_code in {status, 404}
    assert flood.status_code in {status, 413}
    assert strange.status_code in {status, 400}
    assert all(map(is_ours, [missing, strange, flood]))
    assert part.status_code == status
    assert (part["HX-Retarget"], "<html" in part.content.decode()) == ("#notices", False)


@pytest.mark.django_db
@pytest.mark.parametrize("broken", [database_away, disk_full], ids=lambda one: one.__name__)
def test_a_stranger_who_signs_in_reads_a_sentence(broken: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    client = Client(raise_request_exception=False)
    with broken(monkeypatch):
        answer = client.post("/account/login/", {"login": "ivanova", "password": "не тот пароль"})
    assert (answer.status_code, is_ours(answer)) == (503, True)


@pytest.mark.django_db
def test_a_form_without_its_token_is_explained(world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.accounts["teacher"], backend="django.contrib.auth.backends.ModelBackend")
    answer = client.post("/people/me/erasure/")
    assert (answer.status_code, is_ours(answer)) == (403, True)
    assert "обновите страницу" in answer.content.decode()


@pytest.mark.django_db
def test_a_wrong_method_is_said_in_words_too(world: World, as_: Any) -> None:
    answer = as_("teacher").get("/design/appearance/")
    assert (answer.status_code, answer["Allow"], is_ours(answer)) == (405, "POST", True)


HANDLERS: list[tuple[int, Callable[[Any], HttpResponse]]] = [
    (400, views.wrong_request),
    (400, lambda request: views.wrong_request(request, DisallowedHost("evil"))),
    (413, lambda request: views.wrong_request(request, RequestDataTooBig("much"))),
    (403, views.refused),
    (403, views.csrf_failure),
    (404, views.not_found),
    (429, views.too_many),
    (500, views.server_error),
]


@pytest.mark.parametrize(("status", "handler"), HANDLERS)
def test_a_handler_asks_nothing_of_the_request_but_its_headers(status: int, handler: Any) -> None:
    """Without the mark ``django_db`` a query would fail."""
    request = RequestFactory().get("/", headers={"Cookie": "appearance=dark.impaired; sessionid=abc"})
    answer = handler(request)
    assert answer.status_code == status
    assert 'data-theme="dark" data-vision="impaired"' in answer.content.decode()
    assert FIRST_PAGE in answer.content.decode()


def test_every_sentence_is_russian() -> None:
    for status, sentence in SENTENCES.items():
        assert not re.search("[a-z]", sentence().lower().replace("cookie", "")), status
        assert sentence() in page_of(status, sentence(), "code")


@pytest.mark.parametrize(
    ("exception", "code"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "disk_full"),
        (OperationalError("database or disk is full"), "disk_full"),
        (OSError(errno.EROFS, "Read-only file system"), "disk_closed"),
        (OperationalError("attempt to write a readonly database"), "disk_closed"),
        (OperationalError("server closed the connection unexpectedly"), "database_busy"),
        (InterfaceError("connection already closed"), "database_busy"),
        (DatabaseError("database disk image is malformed"), "database_busy"),
        (RuntimeError("ours"), None),
        (None, None),
    ],
)
def test_troubles_are_told_from_mistakes(exception: Exception | None, code: str | None) -> None:
    assert (trouble_of(exception) or (None, None))[1] == code
