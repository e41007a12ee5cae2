"""Who is registered, or waits for a place, reads it on «My day» until the last of their dates."""

from collections.abc import Collection, Iterator
from datetime import datetime, time
from itertools import groupby
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core.registries import DeskGroup, Wait, Waited, WaitingKind, WaitingSource, Watch, Words
from traektoria.core.waiting import waits
from traektoria.events.enrolment.enrolment_dates import dates_of
from traektoria.events.enrolment.enums import LIVE, EnrolmentState
from traektoria.events.enrolment.models import Enrolment, Seat
from traektoria.events.event.enums import EventState
from traektoria.events.event.models import Event, EventDate
from traektoria.events.event.time_and_place import starts_in_words
from traektoria.organisations import zones
from traektoria.people import addressees

MINE, QUEUED, BY_SCHOOL = "events.mine", "events.queued", "events.by_school"


def rows(enrolments: Collection[int]) -> Iterator[Wait]:
    """By keys. One query."""
    found = [one for one in dates_of(enrolments) if one.event_state == EventState.ANNOUNCED]
    for pk, of_one in groupby(found, key=lambda one: one.pk):
        dates = list(of_one)
        row, zone = dates[0], zones.zone(dates[0].zone)
        when = starts_in_words([one.start for one in dates], zone)
        facts: dict[str, Any] = {"title": row.title, "when": when, "event": row.event}
        if len(dates) > 1:
            facts |= {"starts": [one.start.isoformat() for one in dates], "zone": row.zone}
        kind = MINE
        if row.state == EnrolmentState.WAITS:
            kind = QUEUED
        elif row.school is not None:
            kind, facts["school"] = BY_SCHOOL, row.school_name
        last = timezone.localdate(dates[-1].start, zone)
        yield Wait(kind, addressees.person(row.person), pk, row.centre, facts=facts, shows_until=last)


def mine(row: Waited) -> Words:
    return Words(_("You take part: “%(title)s”") % row.facts, _when(row), _page(row), _("Open"))


def queued(row: Waited) -> Words:
    return Words(_("You wait for a place: “%(title)s”") % row.facts, _when(row), _page(row), _("Open"))


def by_school(row: Waited) -> Words:
    what = _("%(school)s has registered you: “%(title)s”") % row.facts
    return Words(what, _when(row), _page(row), _("Look"))


def _when(row: Waited) -> str:
    """Of a series from the next date on: the line stands until the last of them."""
    starts = [datetime.fromisoformat(one) for one in row.facts.get("starts", ())]
    if not starts:
        return str(row.facts["when"])
    zone = zones.zone(row.facts["zone"])
    midnight = datetime.combine(timezone.localdate(timezone=zone), time.min, zone)
    left = [one for one in starts if one >= midnight]
    return starts_in_words(left, zone) if 0 < len(left) < len(starts) else str(row.facts["when"])


def _page(row: Waited) -> str:
    return reverse("events:event_detail", args=[row.facts["event"]])


def _of_event(event: int) -> QuerySet[Enrolment, int]:
    return Enrolment.objects.filter(event=event, state__in=LIVE).values_list("pk", flat=True)


waits(
    WaitingSource(
        slug="events.enrolments",
        order=18,
        model=Enrolment,
        rows=rows,
        by_keys=True,
        kinds=(
            WaitingKind(MINE, 18, DeskGroup.WAITING, mine),
            WaitingKind(QUEUED, 18, DeskGroup.WAITING, queued),
            WaitingKind(BY_SCHOOL, 18, DeskGroup.SOON, by_school),
        ),
        watches=(
            Watch(Seat, lambda seat: [seat.enrolment_id]),
            Watch(Event, lambda event: _of_event(event.pk), frozenset({"state", "title"})),
            Watch(EventDate, lambda date: _of_event(date.event_id)),
        ),
    )
)
