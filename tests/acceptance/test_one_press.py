"""One press, one effect: whatever can be posted is posted twice with the key of its form (core.submissions).

Every entry of the permission matrix is walked; what is pressed by several at once is in ``test_presses_at_once``.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLResolver, get_resolver
from lxml.html import HtmlElement

from tests.acceptance.test_permission_matrix import BACKEND, BY_ROOM, ENTRIES, db, ground
from tests.acceptance.visits import address_of, statements
from tests.matrix import client_of
from tests.world import World
from traektoria.core.form_keys import FIELD
from traektoria.core.models import Submission

__all__ = ["db", "ground"]

POSTS = [key for key in BY_ROOM if ENTRIES[key][1].method == "POST" and ENTRIES[key][1].allowed]

#: What answers a POST without claiming its key, and how it knows by itself what it has done already.
BY_ITSELF = {
    "core:find": "a search makes nothing: asked twice it leads to the same list",
    "results:upload": "a file is known by its bytes",
    "results:upload_answer": "a file is known by its bytes",
    "diagnostics:sitting_save": "answers are numbered by the tab that sends them",
    "planning:audit_save": "answers are numbered by the device that sends them",
    "planning:audit_begin_save": "an audit is known by the name that the device gave it",
    "planning:audit_attach": "a file is known by its content",
    "events:date_door_save": "marks are known by the keys that the device gave them",
    "events:check": "a certificate is looked for: asked twice it leads to the same page",
    "planning:import_new": "a table is kept under the token of the press",
    "planning:lessons_new": "a file is kept under the token of the press",
    "organisations:schools_import": "a table is kept under the token of the press",
    "people:staff_import": "a table is kept under the token of the press",
    "people:passwords_give": "who has a password gets no other; each is a short transaction of its own",
    "organisations:schools_import_check": "rows are written in portions; the draft keeps how far it came",
    "people:staff_import_check": "rows are written in portions; the draft keeps how far it came",
    "desk:errand_file": "a file is taken as often as it is wanted",
    "diagnostics:bank_import_check": "a question is known by its text",
    "people:centre_check": "the founding has a token, and the second press shows the same password",
    "messaging:unsubscribe": "what is off stays off; a mail program posts here by itself, without a key",
    "core:appearance": "a cookie",
    "video:connection_check": "asks a network, so in no transaction; the server is asked anew and its answer kept",
    "video:join": "asks a network; one meeting and one entry of a person, of which the last moment is kept",
    "video:end": "asks a network; what has ended is no trouble to end",
    "demo:people": "signs in",
}


def url_of(key: str, world: World) -> str:
    return address_of(key, ENTRIES[key][1], world)


def viewer_of(key: str) -> str:
    return sorted(ENTRIES[key][1].allowed or {"anonymous"})[0]


def again(data: dict[str, Any]) -> dict[str, Any]:
    """The same body once more; files are read from their beginning."""
    for value in data.values():
        if hasattr(value, "seek"):
            value.seek(0)
    return data


@pytest.mark.once  # what a second press does is the same on both; locks are tried in test_presses_at_once
@pytest.mark.parametrize("key", [key for key in POSTS if key.split()[0] not in BY_ITSELF])
def test_second_press_writes_nothing(key: str, db: Callable[[str], World]) -> None:
    room, entry = ENTRIES[key]
    world = db(room)
    world.viewer = viewer_of(key)
    url, client, data = url_of(key, world), client_of(world.viewer, world), entry.data(world) | {FIELD: "one"}
    first = client.post(url, data)
    if first.status_code >= 400:
        assert not Submission.objects.exists(), "a refused press keeps its key"
        return
    with statements() as written:
        second = client.post(url, again(data))
    assert written == []
    assert second.status_code < 400
    assert second.headers.get("Location") == first.headers.get("Location")


def _views(resolver: Any, space: str = "") -> Iterator[tuple[str, Any]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _views(pattern, f"{space}{pattern.namespace}:" if pattern.namespace else space)
        else:
            yield f"{space}{pattern.name}", pattern.callback


VIEWS = dict(_views(get_resolver()))


def check_keys(page: HtmlElement, where: str) -> None:
    """Every form that posts has one key, no two have the same, and nothing is posted outside of a form."""
    forms = [form for form in page.iter("form") if form.get("method") == "post"]
    keys = [keys_in(form) for form in forms]
    assert all(len(found) == 1 and found[0] for found in keys), (where, keys)
    assert len({found[0] for found in keys}) == len(forms), where
    owners = {form.get("id") for form in forms}
    stray = [one for one in page.xpath("//*[@hx-post]") if not _in_form(one) and one.get("form") not in owners]
    assert not stray, (where, [one.get("hx-post") for one in stray])


def keys_in(form: HtmlElement) -> list[str]:
    return [one.get("value") for one in form.iter("input") if one.get("name") == FIELD]


def _in_form(element: HtmlElement) -> bool:
    return element.tag == "form" or any(True for _form in element.iterancestors("form"))


def test_what_claims_no_key_is_listed_with_its_reason() -> None:
    posted = {key.split()[0] for key, (_room, entry) in ENTRIES.items() if entry.method == "POST"}
    own = {name: view for name, view in VIEWS.items() if ":" in name}  # allauth's set what is there: secrets, devices
    said = {name for name, view in own.items() if getattr(view, "is_once", True) is False}
    assert said | {name for name in posted if not hasattr(VIEWS[name], "is_once")} == set(BY_ITSELF)


def signed_in(world: World, viewer: str) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(world.accounts[viewer], backend=BACKEND)
    return client
