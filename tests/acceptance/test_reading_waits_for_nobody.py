"""Reading never waits for writing: with the write lock held by somebody else every page is answered at once, what is
written about the reading comes later, and what could not be saved is kept, sent again and saved once.

No second is measured: whoever would wait for the lock, which is held to the end of the test, is refused and fails.
"""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection, connections
from django.test import Client
from django.urls import reverse
from lxml.html import fromstring

from tests.acceptance.test_one_press import signed_in
from tests.world import World
from traektoria.config.env import LOCK_TIMEOUT
from traektoria.core import journal, patience
from traektoria.core.form_keys import FIELD
from traektoria.core.models import AuditEvent, Submission
from traektoria.organisations.models import School
from traektoria.people.models import AccessRecord

NEW_SCHOOL = {"name": "СОШ № 77", "digits": "990077", "address": "", FIELD: "one"}


@contextmanager
def somebody_writes() -> Iterator[None]:
    """Another connection holds the write lock of SQLite."""
    with closing(sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@pytest.fixture
def held(own_world: World, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, settings: Any) -> World:
    """A world in a file, with a journal of its own, in which nobody waits long."""
    settings.DATA = tmp_path
    monkeypatch.setattr(journal, "begin", lambda: None)  # the thread: moved by hand here
    monkeypatch.setattr("traektoria.core.guard.WRITING", patience.NONE)
    return own_world


def keep_waiting_short() -> None:
    """So that a page that waits fails soon, not after 20 seconds."""
    connections["default"].ensure_connection()
    connections["default"].connection.execute("PRAGMA busy_timeout = 0")


sqlite_only = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL locks rows, not the database")


@sqlite_only
@pytest.mark.django_db(transaction=True)
def test_pages_are_read_while_somebody_writes(held: World) -> None:
    person_id = held.accounts["teacher"].person_id
    card = reverse("people:person_detail", args=[person_id])
    clients = {name: signed_in(held, name) for name in held.accounts}
    menu = {name: menu_of(client) for name, client in clients.items()}
    with somebody_writes():
        keep_waiting_short()
        for name, client in clients.items():
            for path in menu[name]:
                assert client.get(path, follow=True).status_code == 200, (name, path)
        assert clients["coordinator"].get(card).status_code == 200
        assert not AccessRecord.objects.filter(subject_kind="people.person").exists()
    moved = journal.move()
    assert moved >= 1
    assert AccessRecord.objects.filter(subject_id=str(person_id), person_id=person_id).count() == 1
    assert journal.move() == 0


def menu_of(client: Client) -> set[str]:
    """The places of the navigation."""
    page = fromstring(client.get("/").content.decode())
    return {"/", "/people/me/", *(link.get("href") for link in page.xpath("//nav[contains(@class, 'side')]//a"))}


@sqlite_only
@pytest.mark.django_db(transaction=True)
def test_to_forget_in_the_session_is_no_reason_to_wait(held: World) -> None:
    """What was only forgotten is forgotten the next time; what is new in a session is kept, or its page says so."""
    session = signed_in(held, "coordinator").session
    session["seen"] = [1]
    session.save()
    forgetful, other = (type(session)(session.session_key) for _number in range(2))
    with somebody_writes():
        assert forgetful.pop("seen") == [1]
        forgetful.save()
        other["seen"] = [1, 2]
        for refused in (other.save, lambda: type(session)().save(must_create=True)):
            with pytest.raises(OperationalError):
                refused()
    assert type(session)(session.session_key)["seen"] == [1]


@sqlite_only
@pytest.mark.django_db(transaction=True)
def test_a_search_that_can_not_be_kept_says_please_wait(held: World) -> None:
    client = signed_in(held, "coordinator")
    sent = {"to": reverse("people:person_list"), "q": "Семёнова"}
    with somebody_writes():
        answer = client.post("/design/find/", sent)
    assert (answer.status_code, "Сохраним, подождите" in answer.content.decode()) == (503, True)
    assert client.post("/design/find/", sent).status_code == 302


@sqlite_only
@pytest.mark.django_db(transaction=True)
def test_what_could_not_be_saved_is_kept_and_saved_once(held: World) -> None:
    client, url = signed_in(held, "coordinator"), reverse("organisations:school_new")
    with somebody_writes():
        answer = client.post(url, NEW_SCHOOL)
        part = client.post(url, NEW_SCHOOL, headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, part.headers["Retry-After"]) == (503, "2")
    assert "Сохраним, подождите" in answer.content.decode()
    assert "Сохраним, подождите" in part.content.decode()
    form = fromstring(answer.content.decode()).forms[0]
    assert dict(form.fields).items() >= NEW_SCHOOL.items()
    for _press in range(2):
        assert client.post(url, dict(form.fields)).headers["Location"] == reverse("organisations:school_list")
    assert School.objects.filter(name="СОШ № 77").count() == 1


@sqlite_only
@pytest.mark.django_db(transaction=True)
def test_page_that_has_to_write_comes_back_by_itself(held: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The end of a sitting whose time is over, the next item of an adaptive one: written when they are looked at."""
    monkeypatch.setattr("traektoria.organisations.views.queries.centre_of", lambda actor: AuditEvent.objects.create())
    client = signed_in(held, "coordinator")
    with somebody_writes():
        answer = client.get(reverse("organisations:centre"))
    assert (answer.status_code, answer.headers["Refresh"]) == (503, "2")
    assert "откроется сама" in answer.content.decode()


@sqlite_only
@pytest.mark.django_db(transaction=True)
def test_journal_moves_nothing_twice_and_loses_nothing(held: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that dies between the commit and the removal of the file, and one that dies before the commit."""
    row = AuditEvent(event="test", object_kind="x", object_id=1)
    with somebody_writes():
        journal.write(row)
    file = next((Path(journal.settings.DATA) / "journal").glob("*.json"))
    content = file.read_bytes()
    before = AuditEvent.objects.count()
    with monkeypatch.context() as dying:
        dying.setattr(journal, "_insert", lambda rows: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            journal.move()
    assert (file.exists(), Submission.objects.count(), AuditEvent.objects.count()) == (True, 0, before)
    assert journal.move() == 1
    file.write_bytes(content)
    assert journal.move() == 0
    kept = AuditEvent.objects.get(event="test").at
    assert kept.isoformat(timespec="milliseconds") == row.at.isoformat(timespec="milliseconds")
    assert not file.exists()


@sqlite_only
@pytest.mark.django_db(transaction=True)
def test_thread_moves_the_journal_when_the_writer_has_finished(own_world: World, tmp_path: Path, settings: Any) -> None:
    settings.DATA = tmp_path
    with somebody_writes():
        journal.write(AuditEvent(event="test", object_kind="x", object_id=1))
    for thread in [one for one in threading.enumerate() if one.name == "journal"]:
        thread.join(30)
    assert AuditEvent.objects.filter(event="test").count() == 1


@pytest.mark.django_db(transaction=True)
def test_nobody_waits_for_a_lock_of_a_row_for_ever(own_world: World) -> None:
    """On PostgreSQL another's lock ends in the same page, and the press counts once afterwards."""
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has no locks of rows")
    client, url = signed_in(own_world, "coordinator"), reverse("organisations:school_edit", args=[own_world.school.pk])
    with connection.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        assert cursor.fetchone()[0] == LOCK_TIMEOUT
        cursor.execute("SET lock_timeout = '100ms'")  # of this test, which need not wait so long
    other = connections.create_connection("default")
    try:
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute("SELECT id FROM organisations_school WHERE id = %s FOR UPDATE", [own_world.school.pk])
        answer = client.post(url, {**NEW_SCHOOL, "digits": own_world.school.digits})
        other.rollback()
    finally:
        other.close()
    assert (answer.status_code, "Сохраним, подождите" in answer.content.decode()) == (503, True)
    sent = dict(fromstring(answer.content.decode()).forms[0].fields)
    assert [client.post(url, sent).status_code for _press in range(2)] == [302, 302]
    assert School.objects.get(pk=own_world.school.pk).name == NEW_SCHOOL["name"]
    assert AuditEvent.objects.filter(object_id=own_world.school.pk, event__contains="school").count() == 1
