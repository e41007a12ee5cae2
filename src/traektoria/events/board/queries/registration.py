"""What the page of an event says of the registration of who looks: where they stand, what they can do, what is against
it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core.engagements import clashes
from traektoria.core.typography import ru_moment
from traektoria.events.attendance.queries import asked_of, minutes_of, own_of, unfounded
from traektoria.events.door.policies import keeps_door, opens_at, takes_codes
from traektoria.events.enrolment.actions.promoting import place_in_queue
from traektoria.events.enrolment.models import Enrolment
from traektoria.events.enrolment.permissions import can_enrol
from traektoria.events.enrolment.policies import can_leave_now, coming_dates, why_not_open
from traektoria.events.enrolment.queries.enrolments import in_of, own
from traektoria.events.enrolment.seats import SeatNumbers, taken_on
from traektoria.events.enrolment.video import address_of
from traektoria.events.event.enums import EventState
from traektoria.events.event.models import Event, EventDate
from traektoria.events.event.permissions import keeps, leads
from traektoria.events.tutorials.queries.hours import own_minutes
from traektoria.events.tutorials.queries.progress import tutorial_of
from traektoria.people import addressees
from traektoria.people.actor import Actor
from traektoria.people.enums import HEADS
from traektoria.routes.models import RouteItem
from traektoria.routes.tutees.permissions import is_tutor_of, member_ids


def registration(actor: Actor, event: Event, item: RouteItem | None) -> dict[str, Any]:
    """At most five queries."""
    now = timezone.now()
    if event.state != EventState.ANNOUNCED:
        me, dates = own(event, actor.person_id) if event.announced_at else (None, [])
        is_in = me is not None and me.is_in and event.state == EventState.HELD
        lasts = any(one.end > now for one in _of(event, dates))
        return {
            "me": me if lasts else None, "part": me is not None and me.is_in,
            "my_dates": _of(event, dates), "can_leave": False,
            "meetings": [pair for pair in _meetings(actor, event, dates if is_in else []) if pair[0].end > now],
            **_at_the_door(actor, event, dates if is_in else [], now),
        }  # fmt: skip
    for_tutee = item is not None and is_tutor_of(actor, item.route.support)
    me, mine = (None, []) if for_tutee else own(event, actor.person_id)
    coming = coming_dates(event, now)
    taken = taken_on(coming)
    refusal = why_not_open(event, now)
    live = me is not None and me.is_live
    there = _there(event, item) if for_tutee else ""
    own_turn = not live and not leads(actor, event) and can_enrol(actor, event, {actor.person_id}, None)
    asks = not refusal and (not there if for_tutee else own_turn)
    takes = me is not None and me.waits and not refusal and _could_have(event, me, mine, coming, taken)
    theirs = [one for one in coming if one.pk in mine] if takes else coming
    return {
        "me": me,
        "part": me is not None and me.is_in,
        "my_dates": _of(event, mine),
        "takes": takes,
        "turn": place_in_queue(event, me.person_id) if me is not None and me.waits else 0,
        "meetings": _meetings(actor, event, mine if me is not None and me.is_in else []),
        **_at_the_door(actor, event, mine if me is not None and me.is_in else [], now),
        "can_leave": me is not None and can_leave_now(me, now),
        "can_enrol": asks,
        "not_open": "" if live or (leads(actor, event) and not for_tutee) else refusal,
        "free": _free(event, coming, taken),
        "registered": max(taken.values(), default=0),
        "closes": event.closes_on,
        "against": _against(actor, event, theirs) if takes or (asks and not for_tutee) else [],
        "item": item,
        "for_them": _names(item) if for_tutee else "",
        "there": there,
        "enrols_school": not refusal and not keeps(actor, event) and _heads(actor, event),
    }


def _could_have(
    event: Event, me: Enrolment, mine: Sequence[int], coming: Sequence[EventDate], taken: dict[int, int]
) -> bool:
    """A place is free on all their dates, though they wait: nobody was called for it. Two queries where it may be."""
    dates = [one.pk for one in coming if one.pk in mine]
    if not dates or any(event.places is not None and taken.get(one, 0) >= event.places for one in dates):
        return False
    return SeatNumbers(event).school_has_room(me.work_id)


def _at_the_door(actor: Actor, event: Event, mine: Sequence[int], now: datetime) -> dict[str, Any]:
    """Tickets of the dates to which one still comes; whether the code on the wall is taken now. No query."""
    tickets = [one for one in _of(event, mine) if keeps_door(one, now) and one.end > now and not event.by_video]
    arrives = not leads(actor, event) and any(takes_codes(one, now) for one in event.dates.all())
    return {"tickets": tickets, "arrives": arrives and not event.by_video}


def attended(actor: Actor, event: Event) -> dict[str, Any]:
    """What is said of the person at dates, together in ``minutes``, what waits for their yes, and what they counted
    though its mark was taken back; whether it is a tutorial, whose accepted self-work counts in ``minutes``. Two
    queries and one for a tutorial, one before the first door opens."""
    now, tutorial = timezone.now(), tutorial_of(event)
    rows = own_of(event, actor.person_id) if any(opens_at(one) <= now for one in event.dates.all()) else []
    minutes = minutes_of(rows) + (own_minutes(event, actor.person_id) if tutorial else 0)
    return {
        "tutorial": tutorial, "attended": rows, "asked": asked_of(rows), "minutes": minutes,
        "unfounded": unfounded(rows),
    }  # fmt: skip


def _of(event: Event, dates: Sequence[int]) -> list[EventDate]:
    return [one for one in event.dates.all() if one.pk in dates]


def _free(event: Event, coming: Sequence[EventDate], taken: dict[int, int]) -> int | None:
    """On all dates together; None where everybody has a place."""
    if event.places is None:
        return None
    return max(0, min((event.places - taken.get(one.pk, 0) for one in coming), default=0))


def _against(actor: Actor, event: Event, coming: Sequence[EventDate]) -> list[str]:
    """What the person has then, in words. One query."""
    if not coming or actor.person_id is None:
        return []
    rows = clashes([addressees.person(actor.person_id)], *(one.interval for one in coming))
    times = sorted({row.start for row in rows if row.facts.get("event") != event.pk})
    return [_("You have something else: %(when)s") % {"when": ru_moment(timezone.localtime(one))} for one in times]


def _meetings(actor: Actor, event: Event, mine: Sequence[int]) -> list[tuple[EventDate, str]]:
    """Video meetings that the person can enter: of their dates, of all that they lead."""
    dates = list(event.dates.all()) if leads(actor, event) else _of(event, mine)
    return [(one, address) for one in dates if (address := address_of(one))]


def _names(item: RouteItem | None) -> str:
    members = item.route.support.members.all() if item else ()
    return ", ".join(one.person.short_name for one in members if one.consented_at)


def _there(event: Event, item: RouteItem | None) -> str:
    """Names of all teachers of the route, where none of them is left to register. One query."""
    members = member_ids(item.route.support) if item else set()
    return _names(item) if members and members <= in_of(event, members) else ""


def _heads(actor: Actor, event: Event) -> bool:
    return any(one.role in HEADS and one.centre_id == event.centre_id for one in actor.grants)
