"""The permission matrix: every URL of the resolver × every viewer; a URL without an entry fails.

Every form is posted with its valid body by every viewer: those who may must have written something, those who may not
nothing at all (what a refused request wrote and took back by its own savepoint does not count).

Entries are in ``tests/<room>/matrix.py``; their language is in ``tests/matrix.py``. The pages of allauth are a group
with an explicit list: a new version that brings a page more fails here until somebody has looked at it.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any, ClassVar

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.acceptance.visits import address_of, visit
from tests.copies import Rows, fill, rows
from tests.matrix import Entry, client_of
from tests.world import AWKWARD, VIEWERS, World, add_awkward, make_world
from traektoria.core.waiting import gathered
from traektoria.people.models import Account

pytestmark = pytest.mark.database
TESTS = Path(__file__).resolve().parent.parent
BACKEND = "django.contrib.auth.backends.ModelBackend"

#: allauth's pages that anybody may open: they show nothing but themselves.
ALLAUTH_PUBLIC = {
    "account_login",
    "account_logout",
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "mfa_authenticate",
}
#: allauth's pages about one's own account: a stranger is led to sign-in.
ALLAUTH_OWN = {
    "account_change_password",
    "account_reauthenticate",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_reauthenticate",
    "mfa_generate_recovery_codes",
    "mfa_view_recovery_codes",
    "mfa_download_recovery_codes",
}
ALLAUTH_KWARGS = {
    "account_reset_password_from_key": {"uidb36": "1", "key": "none"},
}


def _names(resolver: Any, space: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _names(pattern, f"{space}{pattern.namespace}:" if pattern.namespace else space)
        elif isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name or pattern.pattern}"


def _rooms() -> dict[str, Any]:
    return {path.parent.name: import_module(f"tests.{path.parent.name}.matrix") for path in TESTS.glob("*/matrix.py")}


ROOMS = _rooms()
ENTRIES: dict[str, tuple[str, Entry]] = {
    key: (room, entry) for room, module in ROOMS.items() for key, entry in module.ENTRIES.items()
}
URL_NAMES = sorted(set(_names(get_resolver())))
OWN_NAMES = [name for name in URL_NAMES if ":" in name]
OTHER_NAMES = [name for name in URL_NAMES if ":" not in name]


@pytest.mark.parametrize("name", OWN_NAMES)
def test_url_has_an_entry(name: str) -> None:
    assert name in {key.split()[0] for key in ENTRIES}, f"add {name} to tests/{name.split(':')[0]}/matrix.py"


@pytest.mark.parametrize("key", sorted(ENTRIES))
def test_entry_has_a_url_and_known_viewers(key: str) -> None:
    entry = ENTRIES[key][1]
    assert key.split()[0] in URL_NAMES
    assert set(entry.allowed) | set(entry.forbidden) <= {*VIEWERS, *AWKWARD}
    assert not set(entry.allowed) & set(entry.forbidden)


class Ground:
    """A world with the objects of one room for all entries of the room: what an entry does is undone.

    It is made once a process; whoever asks later gets the same rows and a copy of the same objects. ``sessions`` are
    the keys of its viewers, signed in once; they live in the database, so that they are undone too.
    """

    made: ClassVar[dict[str, tuple[World, Rows]]] = {}

    def __init__(self) -> None:
        self.room, self.before = "", transaction.savepoint()

    def of(self, room: str) -> World:
        if room != self.room:
            transaction.savepoint_rollback(self.before)
            if room not in self.made:
                self.made[room] = self._make(room), rows()
            else:
                fill(self.made[room][1])
            self.world, self.room = deepcopy(self.made[room][0]), room
        return self.world

    def _make(self, room: str) -> World:
        with gathered():
            world = add_awkward(make_world())
            getattr(ROOMS[room], "prepare", lambda _world: None)(world)
        world.things["sessions"] = {name: session_of(one) for name, one in world.accounts.items()}
        return world


def session_of(account: Account) -> str:
    client = Client()
    client.force_login(account, backend=BACKEND)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


@pytest.fixture(scope="module")
def ground(django_db_setup: None, django_db_blocker: Any) -> Iterator[Ground]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield Ground()
        transaction.set_rollback(True)


@pytest.fixture
def db(ground: Ground) -> Iterator[Callable[[str], World]]:
    """``db(room)`` is the world of a room; all that the test does to it is undone. By its name pytest-django knows that
    the database is needed; its own fixture would make each world anew."""
    points: list[str] = []

    def world(room: str) -> World:
        made = ground.of(room)
        points.append(transaction.savepoint())
        return made

    yield world
    for point in points:
        transaction.savepoint_rollback(point)


BY_ROOM = sorted(ENTRIES, key=lambda key: (ENTRIES[key][0], key))


@pytest.mark.parametrize("key", BY_ROOM)
def test_each_viewer_gets_what_the_entry_says(key: str, db: Callable[[str], World]) -> None:
    room, entry = ENTRIES[key]
    world = db(room)
    url = address_of(key, entry, world)
    if entry.method == "GET":
        answers = {viewer: _shown(viewer, key, entry, world) for viewer in _asked(key, entry)}
    else:
        answers = {viewer: _undone(partial(_wrong, viewer, url, entry, world)) for viewer in _asked(key, entry)}
    wrong = [f"{viewer}: {said}" for viewer, said in answers.items() if said]
    assert not wrong, f"{entry.method} {url}: " + "; ".join(wrong)


#: The rooms where each of the awkward people is no person like any other.
NEAR = {
    "two_centres": {"routes", "diagnostics", "documents", "tutors"},
    "second_tutor": {"routes", "diagnostics", "documents"},
    "left": {"routes", "documents"},
    "declined": {"routes", "documents"},
    "withdrew": {"diagnostics"},
    "chair": {"tutors"},
    "secretary": {"tutors"},
}


def _asked(key: str, entry: Entry) -> list[str]:
    """All viewers. Rights do not depend on the database, so on PostgreSQL only those who are let in: two for a page, of
    which each sees other rows, one for an act, who does it."""
    if connection.vendor == "sqlite":
        near = (name for name in AWKWARD if ENTRIES[key][0] in NEAR[name] or name in ENTRIES[key][1].allowed)
        return [*VIEWERS, *near]
    let_in = [viewer for viewer in VIEWERS if entry.expected(viewer) == {"let in"}]
    return let_in[:2] if entry.method == "GET" else sorted(let_in, key=entry.writes, reverse=True)[:1]


def _shown(viewer: str, key: str, entry: Entry, world: World) -> str:
    """What is wrong with the page that this viewer gets, or nothing."""
    seen = visit(key, entry, viewer, world)
    return _unexpected(viewer, entry, _meaning(viewer, entry, seen.status, seen.location))


def _unexpected(viewer: str, entry: Entry, answer: str) -> str:
    expected = entry.expected(viewer)
    return "" if answer in expected else f"{answer} instead of {' or '.join(sorted(expected))}"


def _wrong(viewer: str, url: str, entry: Entry, world: World) -> str:
    """What is wrong with the answer to what this viewer posts, or nothing."""
    with writes() as written:
        answer = _ask(viewer, url, entry, world)
    if (said := _unexpected(viewer, entry, answer)) or entry.public:
        return said
    if answer != "let in":
        return f"{answer}, but wrote {written[0]}" if written else ""
    return "let in, but wrote nothing" if entry.writes(viewer) and not written else ""


@contextmanager
def writes() -> Iterator[list[str]]:
    """The writing statements that were not taken back, but for sessions and the log of who opened what."""
    done: list[str] = []
    points: dict[str, int] = {}

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith("SAVEPOINT"):
            points[sql.split()[-1]] = len(done)
        elif sql.startswith("ROLLBACK TO SAVEPOINT"):
            del done[points[sql.split()[-1]] :]
        elif sql.startswith(("INSERT", "UPDATE", "DELETE")) and not any(table in sql for table in UNCOUNTED):
            done.append(sql[:120])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield done


UNCOUNTED = ('"people_session"', '"people_accessrecord"', '"core_submission"')


SHOWN = {key.split()[0] for key, (_room, entry) in ENTRIES.items() if entry.method == "GET"}


@pytest.mark.parametrize("key", [key for key in BY_ROOM if key.split()[0] not in SHOWN])
def test_what_writes_does_not_write_on_get(key: str, db: Callable[[str], World]) -> None:
    """A view with a POST entry alone answers GET with 405; one that also shows a page has a GET entry too."""
    room, entry = ENTRIES[key]
    world = db(room)
    viewer = next(iter(sorted(entry.allowed)), "coordinator")
    url = reverse(key.split()[0], kwargs=entry.kwargs(world))
    assert client_of(viewer, world).get(url).status_code == 405


def _undone(ask: Callable[[], str]) -> str:
    """What one viewer does is not there for the next."""
    point = transaction.savepoint()
    try:
        return ask()
    finally:
        transaction.savepoint_rollback(point)


def _ask(viewer: str, url: str, entry: Entry, world: World) -> str:
    client = client_of(viewer, world)
    world.viewer = viewer
    sent = {"content_type": entry.content_type} if entry.content_type else {}
    response = client.post(url, entry.data(world), **sent)
    if response.streaming:
        list(response)  # a file is read to its end: closing it by hand would close PostgreSQL's connection too
    return _meaning(viewer, entry, response.status_code, response.headers.get("Location", ""))


def _meaning(viewer: str, entry: Entry, status: int, location: str) -> str:
    """«let in», «sign-in», or the number."""
    if status in (301, 302, 303) and location.startswith(reverse("account_login")):
        return "sign-in"
    return "let in" if entry.lets_in(viewer, status) else str(status)


def test_pages_of_allauth_are_those_we_know() -> None:
    """Both ways: a page that is not used is not there."""
    assert set(OTHER_NAMES) == ALLAUTH_PUBLIC | ALLAUTH_OWN


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(set(OTHER_NAMES) & ALLAUTH_PUBLIC))
def test_public_page_of_allauth_breaks_for_nobody(name: str) -> None:
    assert Client().get(reverse(name, kwargs=ALLAUTH_KWARGS.get(name))).status_code in {200, 302, 404}


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(set(OTHER_NAMES) & ALLAUTH_OWN))
def test_own_page_of_allauth_leads_a_stranger_to_sign_in(name: str) -> None:
    response = Client().get(reverse(name))
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_login"))
