"""An event is begun, changed and copied."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.consultations.slots.locks import lock_room
from traektoria.core import audit, waiting
from traektoria.core.errors import Invalid
from traektoria.engines.intervals import Interval
from traektoria.events.event.actions.materials import copies_of, copy_materials
from traektoria.events.event.enums import STANDS, WRITTEN
from traektoria.events.event.facts import COLUMNS_OF_FACTS, EventFacts, kinds_of
from traektoria.events.event.locks import locked_event
from traektoria.events.event.models import Event, EventDate, EventLeader, EventSchool
from traektoria.events.event.permissions import check_begin, check_keep
from traektoria.events.event.policies import (
    check_dates,
    check_edit,
    check_edition,
    check_facts,
    check_redate,
    check_room,
    of_centre,
)
from traektoria.events.event.registration_days import days_before, write_days
from traektoria.events.event.registries import News, event_parts, event_users, tell_users
from traektoria.events.event.time_and_place import first_day
from traektoria.organisations import zones
from traektoria.organisations.models import TutorCentre
from traektoria.organisations.queries import regulation_in_force
from traektoria.organisations.regulations.contents import rules_of
from traektoria.people.actor import Actor, acting

ONE_DAY = timedelta(days=1)


@transaction.atomic
def make_event(
    *, centre: TutorCentre, facts: EventFacts, dates: Sequence[Interval], by: Actor, source: Event | None = None
) -> Event:
    """A draft, which those who prepare it read. Side effects: audit."""
    check_begin(by, centre.pk)
    check_dates(dates)
    check_facts(centre, facts, min(one.length for one in dates))
    event = Event(centre=centre, author_id=acting(by), source=source)
    _write(event, facts, dates)
    event.save()
    _write_people(event, facts)
    _write_dates(event, dates)
    audit.record("event.begin", event, by=by)
    waiting.renew(event)
    return event


@transaction.atomic
def edit_event(
    *, event: Event, facts: EventFacts, by: Actor, dates: Sequence[Interval] | None = None, number: int | None = None
) -> Event:
    """Change what is written; ``dates`` only of what is not announced yet. Side effects: audit; who takes part in an
    announced event is told of another place or title; places that are added go to who waits.

    Raises ``Conflict`` where somebody has changed it since ``number``, or the room is taken.
    """
    lock_room(facts.room.pk if facts.room else None)
    row = locked_event(event.pk)
    check_keep(by, row)
    check_edit(row)
    check_edition(row, number)
    if dates is not None:
        check_redate(row)
        check_dates(dates)
    standing = dates if dates is not None else [one.interval for one in row.dates.all() if one.stands]
    check_facts(row.centre, facts, min((one.length for one in standing), default=None))
    _check_room_for_all(row, facts)
    before = _told_of(row)
    _write(row, facts, standing)
    row.number += 1
    row.save()
    _write_people(row, facts)
    if dates is not None:
        row.dates.all().delete()
        _write_dates(row, dates)
    if row.state in STANDS:
        check_room(row, standing)
        tell_users(row, News.ROOM, by)
        if _told_of(row) != before:
            tell_users(row, News.CHANGED, by)
    audit.record("event.edit", row, by=by)
    waiting.renew(row, *row.dates.all())
    return row


def _told_of(row: Event) -> tuple[Any, ...]:
    return row.title, row.way, row.point_id, row.room_id, row.school_id, row.place


def _check_room_for_all(row: Event, facts: EventFacts) -> None:
    taken = max((user.taken(row.pk) for user in event_users), default=0)
    if facts.places is not None and facts.places < taken:
        raise Invalid(_("%(taken)s places are taken already.") % {"taken": taken}, code="places_taken")


def _write(row: Event, facts: EventFacts, dates: Sequence[Interval]) -> None:
    """By the regulation in force. What was announced keeps its kind's name and conditions."""
    if row.state in WRITTEN:
        row.regulation = regulation_in_force(row.centre_id)
        kind = kinds_of(rules_of(row.regulation), also=row.kind).get(facts.kind)
        if kind is None:
            raise Invalid(_("The regulation of the centre has no such kind of event."), code="no_such_kind")
        row.kind, row.kind_name, row.approval = kind.slug, kind.title, kind.approval
        row.observation, row.pupils_only, row.has_results = kind.observation, kind.pupils, kind.results
    for name, one in COLUMNS_OF_FACTS.items():
        setattr(row, name, one.kept(getattr(facts, name)))
    if dates:
        first = timezone.localdate(min(dates).start, zones.zone(row.centre.municipality.time_zone))
        write_days(row, first, facts)


def _write_people(row: Event, facts: EventFacts) -> None:
    """In the order in which they are named; who stays keeps the row."""
    EventLeader.objects.filter(event=row).exclude(person__in=facts.leaders).delete()
    there = set(EventLeader.objects.filter(event=row).values_list("person_id", flat=True))
    for person in facts.leaders:
        if person not in there:
            EventLeader.objects.create(event=row, person_id=person)
    EventSchool.objects.filter(event=row).exclude(school__in=facts.schools).delete()
    EventSchool.objects.bulk_create(
        [EventSchool(event=row, school_id=school) for school in facts.schools], ignore_conflicts=True
    )


def _write_dates(row: Event, dates: Sequence[Interval]) -> None:
    for one in sorted(dates):
        EventDate.objects.create(event=row, start=one.start, end=one.end, original=one.start)


def facts_of(event: Event) -> EventFacts:
    """What is configured of an event, as it stands. Reads ``leads``, ``answers`` and ``dates``."""
    columns = {name: one.told(getattr(event, name)) for name, one in COLUMNS_OF_FACTS.items()}
    return EventFacts(
        kind=event.kind, **columns, **days_before(event, first_day(event)),
        leaders=tuple(one.person_id for one in event.leads.all()),
        schools=tuple(one.school_id for one in event.answers.all()),
    )  # fmt: skip


def copy_event(*, event: Event, first_day: date, by: Actor) -> Event:
    """A draft with all that was configured: leaders and schools, places, whom it is for, programme, materials, days of
    registration before the first date. Its dates keep their distance and their hours by the clock, from ``first_day``
    on. Who is not of the centre any more is left out; of materials come along those that the person reads. Side
    effects: audit."""
    check_begin(by, event.centre_id)
    zone = zones.zone(event.centre.municipality.time_zone)
    dates = [Interval(one.original, one.original + (one.end - one.start)) for one in event.dates.all()]
    shift = first_day - timezone.localdate(min(dates).start, zone)
    shifted = [Interval(later(one.start, shift), later(one.end, shift)) for one in dates]
    copies = copies_of(event, by)
    with transaction.atomic():
        made = make_event(centre=event.centre, facts=_with_who_stays(event, by), dates=shifted, by=by, source=event)
        copy_materials(copies, made, by)
        for part in event_parts:
            part.copied(event, made)
    return made


def _with_who_stays(event: Event, by: Actor) -> EventFacts:
    facts = facts_of(event)
    stay = of_centre(facts.leaders, event.centre_id)
    leaders = tuple(one for one in facts.leaders if one in stay) or (acting(by),)
    open_point = facts.point if facts.point is None or facts.point.is_open else None
    gone = facts.point is not None and open_point is None
    place = facts.place or (str(facts.point) if gone else "")
    return replace(facts, leaders=leaders, point=open_point, room=facts.room if open_point else None, place=place)


def later(moment: Any, shift: timedelta) -> Any:
    """So many days later at the same hour of the clock that the page goes by."""
    local = timezone.localtime(moment).replace(tzinfo=None)
    return timezone.make_aware(local + shift)
