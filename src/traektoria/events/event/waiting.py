"""An event waits for who approves it, for who has to write it anew, for its leaders: to hold it, and to say that it
took place."""

from collections.abc import Collection, Iterator
from datetime import date, timedelta

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core.registries import DeskGroup, Wait, Waited, WaitingKind, WaitingSource, Watch, Words
from traektoria.core.waiting import waits
from traektoria.events.event.enums import EventState
from traektoria.events.event.models import Event, EventDate, EventLeader
from traektoria.events.event.registries import event_rests
from traektoria.events.event.time_and_place import when, zone_of
from traektoria.organisations.zones import zone_watch
from traektoria.people import addressees
from traektoria.people.approvers import approver_in
from traektoria.people.enums import Role

APPROVAL, RETURNED, LEADS, TO_CLOSE, NO_LEADER = (
    f"events.{name}" for name in ("approval", "returned", "leads", "to_close", "no_leader")
)


def rows(events: QuerySet[Event]) -> Iterator[Wait]:
    """Three queries, and what ``event_rests`` ask of those that are held."""
    asked = events.exclude(state__in=[EventState.CLOSED, EventState.CANCELLED])
    found = list(asked.select_related("centre__municipality").prefetch_related("leads", "dates"))
    goes_on = _last_days([event for event in found if event.state == EventState.HELD])
    for event in found:
        if event.state == EventState.PROPOSED:
            yield Wait(
                APPROVAL, approver_in(event.centre), event, event.centre_id, event.author_id, facts=_title(event)
            )
        elif event.state == EventState.DRAFT and event.why:
            to = addressees.person(event.author_id)
            yield Wait(RETURNED, to, event, event.centre_id, facts=_title(event))
        elif event.state == EventState.ANNOUNCED and not event.leads.all():
            to = addressees.of_centre(Role.COORDINATOR, event.centre_id)
            yield Wait(NO_LEADER, to, event, event.centre_id, facts=_title(event))
        elif event.state == EventState.ANNOUNCED:
            yield from _of_leaders(event)
        elif event.state == EventState.HELD:
            day = goes_on.get(event.pk)
            for one in event.leads.all():
                yield Wait(
                    TO_CLOSE, addressees.person(one.person_id), event, event.centre_id, facts=_title(event),
                    shows_from=day and day + timedelta(days=1),
                )  # fmt: skip


def _last_days(held: Collection[Event]) -> dict[int, date]:
    """Event → the last day of what goes on after its dates."""
    found: dict[int, date] = {}
    for rest in event_rests if held else ():
        for pk, day in rest.last_days(held).items():
            found[pk] = max(day, found.get(pk, day))
    return found


def _title(event: Event) -> dict[str, str]:
    return {"title": event.title, "kind": event.kind_name}


def _of_leaders(event: Event) -> Iterator[Wait]:
    """The next date of which nobody has said that it took place; from its day on it is to be said."""
    next_date = next((one for one in event.dates.all() if one.stands and one.held_at is None), None)
    if next_date is None:
        return
    zone = zone_of(event)
    facts = {
        **_title(event),
        "when": when(next_date, zone),
        "day": timezone.localdate(next_date.start, zone).isoformat(),
    }
    for one in event.leads.all():
        yield Wait(LEADS, addressees.person(one.person_id), event, event.centre_id, facts=facts)


def approval(row: Waited) -> Words:
    return Words(_("Approve the event: %(kind)s “%(title)s”") % row.facts, row.name, _page(row), _("Read"))


def returned(row: Waited) -> Words:
    return Words(_("Returned to be changed: %(kind)s “%(title)s”") % row.facts, "", _page(row), _("Look"))


def leads(row: Waited) -> Words:
    if _has_come(row):
        return Words(_("Mark who came: “%(title)s”, %(when)s") % row.facts, "", _page(row), _("Mark"))
    return Words(_("You lead: “%(title)s”") % row.facts, row.facts["when"], _page(row), _("Open"))


def no_leader(row: Waited) -> Words:
    return Words(_("Nobody leads the event any longer: “%(title)s”") % row.facts, "", _page(row), _("Name a leader"))


def _has_come(row: Waited) -> bool:
    return bool(row.facts["day"] <= row.today.isoformat())


def to_close(row: Waited) -> Words:
    return Words(_("Close the event: “%(title)s”") % row.facts, "", _page(row), _("Close"))


def _page(row: Waited) -> str:
    return reverse("events:event_detail", args=[row.object_id])


waits(
    WaitingSource(
        slug="events",
        order=16,
        model=Event,
        rows=rows,
        kinds=(
            WaitingKind(APPROVAL, 16, DeskGroup.SOON, approval),
            WaitingKind(RETURNED, 16, DeskGroup.SOON, returned),
            WaitingKind(
                LEADS, 16, DeskGroup.WAITING, leads,
                group_of=lambda row: DeskGroup.TODAY if _has_come(row) else DeskGroup.WAITING,
            ),
            WaitingKind(NO_LEADER, 16, DeskGroup.SOON, no_leader),
            WaitingKind(TO_CLOSE, 17, DeskGroup.SOON, to_close),
        ),
        watches=(
            Watch(EventDate, lambda date: [date.event_id]),
            Watch(EventLeader, lambda one: [one.event_id]),
            zone_watch(Event),
        ),
    )
)  # fmt: skip
