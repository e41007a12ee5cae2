"""Lines of the lists, as texts by column: participants of an event with what they attended, hours by teacher."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo
from fractions import Fraction
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core.figures import shortest
from traektoria.core.labels import text_of
from traektoria.events.attendance.enums import Word
from traektoria.events.attendance.models import Attendance, DoorGuest
from traektoria.events.enrolment.enums import EnrolmentState
from traektoria.events.enrolment.models import Enrolment
from traektoria.events.event.models import Event
from traektoria.events.exports.columns import ASKED_BY, CAME, EVENTS, HOURS, NAME, SINCE, STATE, WORK
from traektoria.events.tutorials.queries.hours import accepted_of, minutes_between
from traektoria.organisations import zones
from traektoria.organisations.models import TutorCentre
from traektoria.people.actor import in_force
from traektoria.people.models import Person, RoleAssignment, full_name

WHO = ("person", "person__sort_name", "person__surname", "person__given", "person__patronymic")
ONE_DAY = timedelta(days=1)


@dataclass
class ExportLine:
    """One person (None: a guest whom the system does not know). ``said``: the text of each column."""

    person: int | None
    order: str
    said: dict[str, str] = field(default_factory=dict)
    minutes: int = 0
    days: list[str] = field(default_factory=list)
    events: set[int] = field(default_factory=set)

    def cells(self, columns: Collection[str]) -> list[str]:
        known = {CAME: ", ".join(self.days), HOURS: in_hours(self.minutes), EVENTS: str(len(self.events))}
        return [self.said.get(one, known.get(one, "")) for one in columns]


def in_hours(minutes: int) -> str:
    """«1,5»: hours as papers write them, to two places."""
    return shortest(Fraction(minutes, 60))


def people_of(event: Event) -> list[ExportLine]:
    """Everybody who was registered or came, alphabetically; guests whom nobody knows are at the end. Hours are
    of dates and of accepted self-work. Four queries."""
    zone = zones.zone(event.centre.municipality.time_zone)
    lines = {line.person: line for line in _registered(event, zone)}
    came = Attendance.objects.filter(date__event=event, said=Word.CAME).order_by("date__start", "pk")
    for person, order, surname, given, patronymic, start, end in _columns(came, *WHO, "date__start", "date__end"):
        line = lines.setdefault(
            person,
            ExportLine(person, order, {NAME: full_name(surname, given, patronymic), STATE: _("without registration")}),
        )
        _count(line, start, end, zone, event.pk)
    for person, (_number, minutes) in accepted_of(event).items():
        if person in lines:
            lines[person].minutes += minutes
    guests: dict[str, ExportLine] = {}
    rows = DoorGuest.objects.filter(date__event=event, said=Word.CAME).order_by("date__start", "name", "pk")
    for same, guest, work, start, end in _columns(rows, "same", "name", "work", "date__start", "date__end"):
        said = {NAME: guest or _("the name is kept no longer"), WORK: work, STATE: _("guest")}
        _count(guests.setdefault(same, ExportLine(None, guest, said)), start, end, zone, event.pk)
    return [*_sorted(lines.values()), *_sorted(guests.values())]


def _registered(event: Event, zone: tzinfo) -> Iterable[ExportLine]:
    rows = Enrolment.objects.filter(event=event)
    columns = (*WHO, "state", "since", "work__name", "school__name")
    for person, order, surname, given, patronymic, state, since, work, school in _columns(rows, *columns):
        said = {
            NAME: full_name(surname, given, patronymic), WORK: work or "", STATE: text_of(EnrolmentState, state),
            SINCE: f"{timezone.localdate(since, zone):%d.%m.%Y}", ASKED_BY: school or "",
        }  # fmt: skip
        yield ExportLine(person, order, said)


def teachers_of(centre: TutorCentre, first: date, last: date) -> list[ExportLine]:
    """Who came to events of the centre on these days, both included, by the clock of the centre: each date that was
    held counts once, with its length, and self-work on the day when it was accepted. At most four queries."""
    zone = zones.zone(centre.municipality.time_zone)
    since, until = (timezone.make_aware(datetime.combine(day, time()), zone) for day in (first, last + ONE_DAY))
    rows = Attendance.objects.filter(
        date__event__centre=centre, date__held_at__isnull=False, date__start__gte=since, date__start__lt=until,
        said=Word.CAME,
    ).order_by("date__start", "pk")  # fmt: skip
    lines: dict[int, ExportLine] = {}
    columns = (*WHO, "date__event", "date__start", "date__end")
    for person, order, surname, given, patronymic, event, start, end in _columns(rows, *columns):
        line = lines.setdefault(person, ExportLine(person, order, {NAME: full_name(surname, given, patronymic)}))
        _count(line, start, end, zone, event)
    accepted = minutes_between(centre, since, until)
    lines |= {line.person or 0: line for line in _named(accepted.keys() - lines.keys())}
    for person, minutes in accepted.items():
        lines[person].minutes += minutes
    works = _works(centre, lines) if lines else {}
    for pk, line in lines.items():
        line.said[WORK] = works.get(pk, "")
        line.said[CAME] = str(len(line.days))
    return _sorted(lines.values())


def _named(people: Collection[int]) -> Iterable[ExportLine]:
    """Who came to no date in the period, and had work accepted. One query, none for nobody."""
    rows = Person.objects.filter(pk__in=people) if people else ()
    return [ExportLine(one.pk, one.sort_name, {NAME: one.full_name}) for one in rows]


def _works(centre: TutorCentre, people: Collection[int]) -> dict[int, str]:
    roles = RoleAssignment.objects.filter(
        in_force(timezone.localdate()), person__in=list(people), centre=centre, school__isnull=False
    )
    return dict(roles.order_by("-start", "-pk").values_list("person", "school__name"))


def _count(line: ExportLine, start: datetime, end: datetime, zone: tzinfo, event: int) -> None:
    line.minutes += int((end - start).total_seconds() // 60)
    line.days.append(f"{timezone.localdate(start, zone):%d.%m.%Y}")
    line.events.add(event)


def _columns(rows: QuerySet[Any, Any], *columns: str) -> Any:
    return rows.values_list(*columns)


def _sorted(lines: Iterable[ExportLine]) -> list[ExportLine]:
    return sorted(lines, key=lambda line: (line.order, line.person or 0))
