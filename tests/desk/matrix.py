"""Everybody who is signed in has a desk; what goes on in the background the administrator sees."""

from typing import Any
from uuid import UUID, uuid4

from django.core import signing
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tests.matrix import EVERYONE, Entry
from tests.world import World
from traektoria.core.errands.places import keep_result
from traektoria.core.errands.requests import SALT
from traektoria.core.models import Errand, ErrandState
from traektoria.desk.calendar.feeds.actions import make_feed
from traektoria.messaging.delivery import send_messages
from traektoria.messaging.enums import State, UnsentReason
from traektoria.messaging.models import Message
from traektoria.people.actor import actor_of
from traektoria.people.errands import LIST

ADMINISTRATORS = {"administrator"}


def _done(world: World) -> dict[str, Any]:
    row = DBTaskResult.objects.get(pk=UUID(send_messages.enqueue().id))
    row.set_successful(None)
    return {"pk": row.pk}


def _list_for(world: World) -> dict[str, Any]:
    """A list of the staff that the coordinator asked for and has got."""
    account = world.accounts["coordinator"]
    row = Errand(mark=uuid4().hex, kind=LIST, account_id=account.pk, person_id=account.person_id)
    row.facts, row.state, row.ended_at = {"centre": world.own.pk, "form": "csv"}, ErrandState.DONE, timezone.now()
    row.file, row.file_name, row.content_type = keep_result(row.pk, 1, b"1"), "staff.csv", "text/csv"
    row.save()
    return {"pk": row.pk}


def _seal(world: World) -> dict[str, Any]:
    """The button of an offer, for whoever presses it: only a coordinator of the centre may."""
    account = world.accounts.get(world.viewer, world.accounts["coordinator"])
    facts = {"centre": world.own.pk, "form": "csv"}
    return {"seal": signing.dumps([LIST, facts, account.pk], salt=SALT, compress=True)}


def _stuck(world: World) -> dict[str, Any]:
    """A letter that could not be sent."""
    if not Message.objects.filter(kind="matrix").exists():
        about = {"state": State.GIVEN_UP, "reason": UnsentReason.SERVER_DOWN, "fact": "1"}
        Message.objects.create(person_id=world.accounts["tutor"].person_id, kind="matrix", **about)
    return {}


def _secret(world: World) -> dict[str, Any]:
    """An address of the teacher's calendar."""
    if "feed" not in world.things:
        world.things["feed"] = make_feed(centre_id=None, by=actor_of(world.accounts["teacher"]))[1]
    return {"secret": world.things["feed"]}


ENTRIES = {
    "desk:calendar": Entry(allowed=EVERYONE),
    "desk:calendar_span": Entry(allowed=EVERYONE, kwargs=lambda world: {"span": "month"}),
    "desk:home": Entry(allowed=EVERYONE),
    "desk:calendar_clashes": Entry(allowed=EVERYONE, query="day=2026-09-07&began=10:00"),
    "desk:feed_list": Entry(allowed=EVERYONE),
    "desk:feed_make": Entry(allowed=EVERYONE, method="POST", data=lambda world: {"centre": ""}),
    "desk:feed_make of a centre": Entry(
        allowed={"coordinator"},
        forbidden=EVERYONE - {"coordinator"},
        method="POST",
        data=lambda world: {"centre": world.own.pk},
    ),
    "desk:feed_revoke": Entry(allowed=EVERYONE, method="POST", idle=dict.fromkeys(EVERYONE, "there is none")),
    "desk:feed": Entry(allowed=EVERYONE, kwargs=_secret, public=True),
    "desk:search": Entry(allowed=EVERYONE),
    "desk:background": Entry(allowed=ADMINISTRATORS, forbidden=EVERYONE - ADMINISTRATORS),
    "desk:letter_queue": Entry(allowed=ADMINISTRATORS, forbidden=EVERYONE - ADMINISTRATORS, kwargs=_stuck),
    "desk:letter_queue_again": Entry(
        allowed=ADMINISTRATORS, forbidden=EVERYONE - ADMINISTRATORS, method="POST", kwargs=_stuck
    ),
    "desk:background_repeat": Entry(
        allowed=ADMINISTRATORS, forbidden=EVERYONE - ADMINISTRATORS, method="POST", kwargs=_done
    ),
    "desk:errand_list": Entry(allowed=EVERYONE),
    "desk:errand_ask": Entry(allowed={"coordinator"}, forbidden=EVERYONE - {"coordinator"}, method="POST", data=_seal),
    "desk:errand_detail": Entry(allowed={"coordinator"}, kwargs=_list_for),
    "desk:errand_file": Entry(allowed={"coordinator"}, method="POST", kwargs=_list_for),
    "desk:errand_again": Entry(allowed={"coordinator"}, method="POST", kwargs=_list_for),
    "desk:errand_leave": Entry(allowed={"coordinator"}, method="POST", kwargs=_list_for),
}
