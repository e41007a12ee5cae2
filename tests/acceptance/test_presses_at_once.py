"""Creating forms pressed by several threads at once, with the server dying before and after the commit."""

import os
from functools import partial
from typing import Any

import pytest
from django.db import connection, connections
from django.test import Client
from django.urls import reverse

from tests.acceptance.races import together
from tests.acceptance.test_one_press import signed_in, url_of, viewer_of
from tests.acceptance.test_permission_matrix import ENTRIES, ROOMS, session_of
from tests.world import World, add_awkward
from traektoria.core import submissions
from traektoria.core.form_keys import FIELD

#: Forms that make something, pressed at once, and the table that gets one row; by room, as its things are made once.
CREATING = {
    "diagnostics": {
        "bank_add POST": "bankitem",
        "bank_copy": "bankitem",
        "campaign_new POST": "campaign",
        "campaign_copy": "campaign",
        "campaign_repeat": "campaign",
        "instrument_new POST": "instrument",
        "instrument_copy": "instrument",
        "finding_take": "hypothesis",
    },
    "organisations": {"school_new POST": "school", "schools_import_check POST": "school"},
    "people": {"staff_import_check POST": "person"},
    "routes": {
        "item_comment": "itemcomment",
        "need_new post": "supportneed",
        "need_offer post": "tutorsupport",
        "request_edit post": "learningrequest",
        "support_reassign post": "tutorsupport",
    },
    "tutors": {
        "commission_new POST": "commission",
        "session_new POST": "session",
        "application_begin POST": "application",
        "earlier_new POST": "tutorstatus",
        "release_new POST": "stafforder",
    },
}


def rows_of(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT COUNT(*) FROM "{table}"')  # noqa: S608 - names of our tables
        return int(cursor.fetchone()[0])


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("room", sorted(CREATING))
def test_presses_at_once_make_one(room: str, own_world: World) -> None:
    world = add_awkward(own_world)
    getattr(ROOMS[room], "prepare", lambda _world: None)(world)
    world.things["sessions"] = {name: session_of(account) for name, account in world.accounts.items()}
    wrong = []
    for name, model in CREATING[room].items():
        key, table = f"{room}:{name}", f"{room}_{model}"
        world.viewer = viewer_of(key)
        url, data = url_of(key, world), ENTRIES[key][1].data(world) | {FIELD: key}
        clients = [signed_in(world, viewer_of(key)) for _press in range(3)]
        before = rows_of(table)
        answers: list[Any] = together(*[partial(client.post, url, data) for client in clients])
        shown = {(one.status_code, one.headers.get("Location")) for one in answers}
        if rows_of(table) != before + 1 or len(shown) != 1 or answers[0].status_code != 302:
            wrong.append(f"{key}: {rows_of(table) - before} made, answered {shown}")
    assert not wrong, wrong


def press_and_die(client: Client, url: str, data: dict[str, Any], *, committed: bool) -> None:
    """In another process, which dies without any farewell: with everything written but the commit, or just after it."""
    connections["default"].close()  # the child opens its own
    child = os.fork()
    if child:
        os.waitpid(child, 0)
        return
    if not committed:  # what is saved last is the answer, beside the key
        submissions._ROWS.update = lambda *_what: os._exit(9)  # type: ignore[method-assign]
    try:
        client.post(url, data)
    finally:
        os._exit(9)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("committed", [False, True])
def test_a_killed_server_loses_nothing_and_makes_nothing_twice(own_world: World, committed: bool) -> None:
    """Key and effect come together or not at all: after the restart the same press makes what is missing, once."""
    client = signed_in(own_world, "coordinator")
    data = ENTRIES["organisations:school_new POST"][1].data(own_world) | {FIELD: "killed"}
    url, before = reverse("organisations:school_new"), rows_of("organisations_school")
    press_and_die(client, url, data, committed=committed)
    assert rows_of("organisations_school") == before + committed
    answer = client.post(url, data)
    assert (answer.status_code, answer.headers["Location"]) == (302, reverse("organisations:school_list"))
    assert rows_of("organisations_school") == before + 1
