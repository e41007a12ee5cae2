"""Who is registered, or waits for a place, reads it on «My day» until the last of their dates."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core.registries import DeskGroup, Wait, Waited, WaitingKind, WaitingSource, Watch, Words
from traektoria.core.waiting import waits
from traektoria.events.enrolment.enums import LIVE, EnrolmentState
from traektoria.events.enrolment.letters import dates_of
from traektoria.events.enrolment.models import Enrolment, Seat
from traektoria.events.event.enums import EventState
from traektoria.events.event.models import Event, EventDate
from traektoria.events.event.where import dates_in_words, zone_of
from traektoria.people import addressees

MINE, QUEUED, BY_SCHOOL = "events.mine", "events.queued", "events.by_school"


def rows(enrolments: QuerySet[Enrolment]) -> Iterator[Wait]:
    """Three queries."""
    found = enrolments.filter(state__in=LIVE, event__state=EventState.ANNOUNCED)
    related = found.select_related("event__centre__municipality", "school")
    for row in related.prefetch_related("event__dates", "seats"):
        dates = [one for one in dates_of(row) if one.stands]
        if not dates:
            continue
        zone = zone_of(row.event)
        facts = {"title": row.event.title, "when": dates_in_words(dates, zone), "event": row.event_id}
        last = timezone.localdate(dates[-1].start, zone)
        kind = MINE
        if row.state == EnrolmentState.WAITS:
            kind = QUEUED
        elif row.school is not None:
            kind, facts["school"] = BY_SCHOOL, row.school.name
        yield Wait(kind, addressees.person(row.person_id), row, row.event.centre_id, facts=facts, shows_until=last)


def mine(row: Waited) -> Words:
    return Words(_("You take part: “%(title)s”") % row.facts, row.facts["when"], _page(row), _("Open"))


def queued(row: Waited) -> Words:
    return Words(_("You wait for a place: “%(title)s”") % row.facts, row.facts["when"], _page(row), _("Open"))


def by_school(row: Waited) -> Words:
    what = _("%(school)s has registered you: “%(title)s”") % row.facts
    return Words(what, row.facts["when"], _page(row), _("Look"))


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
