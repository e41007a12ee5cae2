"""Whoever shows a teacher to somebody else writes it into the access log: walked over every page."""

from collections.abc import Callable, Iterator

import pytest
from django.db import connection

from tests.acceptance.test_permission_matrix import BY_ROOM, ENTRIES, db, ground  # noqa: F401
from tests.acceptance.visits import visit
from tests.world import World
from traektoria.core.registries import event_words

VIEWERS = ("coordinator", "head", "administrator")
SHOWN = ("teacher", "other_teacher")
#: Pages that tell of a person no more than that they are there: who works where, whom one can choose.
NAMES_ONLY = {
    "consultations:booking_list": "who is booked; the booking itself is logged",
    "consultations:booking_new": "whom to book",
    "consultations:request_board": "who asks; the request itself is logged",
    "consultations:request_list": "who asks; the request itself is logged",
    "consultations:request_new": "whom to ask a consultation for",
    "planning:association_detail": "who leads a methodical association and who is in it",
    "planning:association_edit": "who leads a methodical association and who is in it",
    "planning:association_list": "who leads a methodical association",
    "people:person_list": "the staff list: names, positions, roles",
    "routes:member_add": "whom to ask into a group",
    "routes:need_board": "who waits for a tutor; the request itself is logged",
    "routes:need_list": "who waits for a tutor; the request itself is logged",
    "routes:need_offer": "whom to offer to whom; the request itself is logged",
    "routes:need_new": "whom to ask a tutor for",
    "routes:route_list": "who has a route; the route itself is logged",
    "routes:support_list": "who is supported; the support itself is logged",
    "routes:support_new": "whom to support",
    "routes:support_reassign": "whom to hand over",
    "tutors:application_list": "who applied; the application itself is logged",
    "tutors:application_nominate": "whom to nominate",
    "tutors:commission_detail": "who sits in the commission",
    "tutors:commission_member_add": "whom to take into the commission",
    "tutors:order_list": "orders; the person of an order reads it",
    "tutors:home": "tutors of the centre",
    "desk:home": "one's own day",
    "desk:calendar": "one's own week",
    "desk:calendar_clashes": "whose time is taken; what was said then is logged at the hour",
    "desk:calendar_span": "whose time is taken; what was said then is logged at the hour",
}


@pytest.mark.parametrize("room", sorted({ENTRIES[key][0] for key in BY_ROOM}))
def test_a_page_that_shows_a_teacher_is_written_down(room: str, db: Callable[[str], World]) -> None:  # noqa: F811
    if connection.vendor != "sqlite":
        pytest.skip("what a page shows does not depend on the database")
    silent = {f"{key} for {viewer}: {name}" for key, viewer, name in _silent(room, db(room))}
    assert silent == set()


def _silent(room: str, world: World) -> Iterator[tuple[str, str, str]]:
    """Page, viewer and person where a surname was shown and nothing written."""
    for key in (key for key in BY_ROOM if ENTRIES[key][0] == room and key.split()[0] not in NAMES_ONLY):
        entry = ENTRIES[key][1]
        for viewer in (one for one in VIEWERS if entry.method == "GET" and one in entry.allowed):
            seen = visit(key, entry, viewer, world)
            page = seen.content
            for name in SHOWN:
                person = world.accounts[name].person
                assert person is not None
                if person.surname.encode() in page and person.pk not in seen.logged:
                    yield key, viewer, name


@pytest.mark.django_db
def test_every_kind_of_look_has_its_words() -> None:
    kinds = ("route", "support", "need", "diagnostics.participants", "diagnostics.paper", "people.person")
    assert all(event_words(f"access.{kind}") for kind in kinds)
