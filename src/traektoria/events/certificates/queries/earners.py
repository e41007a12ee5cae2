"""Who has earned a certificate of an event: from who came and who led, never from who was only registered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core.prepared_statements import Given, Numbers, prepared
from traektoria.core.typography import counted
from traektoria.events.attendance.enums import Word
from traektoria.events.attendance.models import Attendance
from traektoria.events.certificates.enums import NAMED, CertificateKind, CertificateState
from traektoria.events.certificates.models import Certificate
from traektoria.events.certificates.policies import share_asked
from traektoria.events.enrolment.enums import EnrolmentState
from traektoria.events.enrolment.models import Enrolment
from traektoria.events.event.models import Event, EventDate
from traektoria.events.event.time_and_place import zone_of
from traektoria.events.tutorials.policies import enough, rules_for
from traektoria.events.tutorials.queries.hours import accepted_of, tasks_asked
from traektoria.organisations.regulations.event_rules import EventRules
from traektoria.people.models import Person, full_name, short_name

_NAME = ("surname", "given", "patronymic")


@dataclass(frozen=True)
class Earned:
    """A certificate that a person has earned: on which days of the centre, how many minutes."""

    person: int
    name: str
    short_name: str
    kind: str
    days: tuple[date, ...]
    minutes: int

    @property
    def key(self) -> tuple[int, str]:
        return self.person, self.kind


@dataclass(frozen=True)
class Without:
    """Who gets none, and why."""

    person: int
    name: str
    why: str


@dataclass(frozen=True)
class Earning:
    """What an event gives. ``fresh``: earned and not given out yet; ``without``: registered or marked, and no."""

    fresh: tuple[Earned, ...]
    without: tuple[Without, ...]
    given: frozenset[tuple[int, str]]
    differs: Mapping[int, str]
    """Certificate in force → how it differs from what is marked now."""


@dataclass(frozen=True)
class Work:
    """Self-work of a tutorial. ``asked``: how many accepted works are enough; ``accepted``: works and minutes."""

    tasks: int
    asked: EventRules | None
    accepted: Mapping[int, tuple[int, int]]

    def minutes(self, person: int) -> int:
        return self.accepted.get(person, (0, 0))[1]

    def why_not(self, person: int) -> str:
        """Empty where as much was accepted as the regulation asks for."""
        number = self.accepted.get(person, (0, 0))[0]
        if self.asked is None or enough(self.asked, number, self.tasks):
            return ""
        words = {"number": number, "tasks": self.tasks, "share": self.asked.self_work_share}
        text = _("%(number)s of %(tasks)s self-works are accepted, the regulation asks for %(share)s %%")
        return text % words


NO_WORK = Work(0, None, {})


def _work_of(event: Event) -> Work:
    """Two queries, one for an event that is no tutorial."""
    tasks = tasks_asked(event)
    return NO_WORK if tasks is None else Work(len(tasks), rules_for(event), accepted_of(event, tasks))


def earning_of(event: Event) -> Earning:
    """At most eight queries. Reads ``leads`` and ``dates`` of the event."""
    held = _held(event)
    came = _came(held)
    registered = {person for (person,) in _registered().all(event=event.pk)}
    leaders = {one.person_id for one in event.leads.all()}
    given = frozenset((person, kind) for person, kind in _given().all(event=event.pk))
    names = names_of({*came, *registered, *leaders})
    share, work = share_asked(event), _work_of(event)
    earned: list[Earned] = []
    without: list[Without] = []
    for person in sorted({*came, *registered} - leaders, key=lambda one: names[one][2]):
        dates = came.get(person, [])
        if why := _why_not(len(dates), len(held), share) or work.why_not(person):
            without.append(Without(person, names[person][1], why))
        else:
            earned.append(_earned(event, person, names, CertificateKind.PARTICIPANT, dates, work.minutes(person)))
    if held:
        earned += [_earned(event, one, names, CertificateKind.LEADER, held) for one in sorted(leaders)]
    fresh = tuple(one for one in earned if one.key not in given)
    return Earning(fresh, tuple(without), given, _differences(event, earned))


def _differences(event: Event, earned: Sequence[Earned]) -> dict[int, str]:
    """After marks were changed nothing is issued by itself: who keeps the event reads what to look at. One query."""
    now = {one.key: one.minutes for one in earned}
    found: dict[int, str] = {}
    for pk, person, kind, minutes in _valid().all(event=event.pk):
        if kind in NAMED or now.get((person, kind)) == minutes:
            continue
        known = (person, kind) in now
        found[pk] = _("other hours are marked now") if known else _("by the marks of now not earned")
    return found


def earned_by(event: Event, person: int, kind: str) -> Earned | None:
    """What the person has earned now, for a certificate made anew; of who is named, all dates. None: nothing, or on
    fewer dates than the regulation asks for."""
    held, takes_part = _held(event), kind == CertificateKind.PARTICIPANT
    dates = _came(held).get(person, []) if takes_part else held
    work = _work_of(event) if takes_part else NO_WORK
    if takes_part and (_why_not(len(dates), len(held), share_asked(event)) or work.why_not(person)):
        return None
    return _earned(event, person, names_of({person}), kind, dates, work.minutes(person)) if dates else None


def named(event: Event, people: Sequence[int], kind: str) -> list[Earned]:
    """Those who are named: they have the whole event. Two queries."""
    held = _held(event)
    names = names_of(people)
    given = set(_given().all(event=event.pk))
    rows = [_earned(event, one, names, kind, held) for one in sorted(people)]
    return [one for one in rows if one.key not in given]


def _held(event: Event) -> list[EventDate]:
    return [one for one in event.dates.all() if one.held_at is not None and one.stands]


def _came(held: Sequence[EventDate]) -> Mapping[int, list[EventDate]]:
    by_key = {one.pk: one for one in held}
    found: dict[int, list[EventDate]] = {}
    for person, day in _marked().all(dates=set(by_key)) if by_key else ():
        found.setdefault(person, []).append(by_key[day])
    return found


def _why_not(came: int, held: int, share: int) -> str:
    """Empty for who has earned it."""
    if not held:
        return _("no date was held")
    if not came:
        return _("did not come")
    if came * 100 < share * held:
        words = {"came": came, "held": held, "share": share}
        return _("came to %(came)s of %(held)s dates, the regulation asks for %(share)s %%") % words
    return ""


def _earned(
    event: Event, person: int, names: Mapping[int, tuple[str, str, str]], kind: str, dates: Sequence[EventDate],
    besides: int = 0,
) -> Earned:  # fmt: skip
    """``besides``: minutes of self-work."""
    zone = zone_of(event)
    days = tuple(sorted({timezone.localdate(one.start, zone) for one in dates}))
    whole, short, _order = names[person]
    return Earned(person, whole, short, kind, days, sum(one.minutes for one in dates) + besides)


def names_of(people: Sequence[int] | set[int]) -> dict[int, tuple[str, str, str]]:
    """Whole and short name, and by what it is ordered. One query."""
    rows = _names().all(people=set(people))
    return {pk: (full_name(*name), short_name(*name).replace("\xa0", " "), order) for pk, order, *name in rows}


def reason_words(number: int) -> str:
    return counted(number, "%(n)s person gets none", "%(n)s people get none")


@prepared
def _marked() -> QuerySet[Attendance, Any]:
    rows = Attendance.objects.filter(date__in=Numbers("dates"), said=Word.CAME)
    return rows.order_by("date", "person").values_list("person", "date")


@prepared
def _registered() -> QuerySet[Enrolment, Any]:
    rows = Enrolment.objects.filter(event=Given("event"), state=EnrolmentState.IN)
    return rows.order_by().values_list("person")


@prepared
def _given() -> QuerySet[Certificate, Any]:
    return Certificate.objects.filter(event=Given("event"), revision=1).order_by().values_list("person", "kind")


@prepared
def _valid() -> QuerySet[Certificate, Any]:
    rows = Certificate.objects.filter(event=Given("event"), state=CertificateState.VALID)
    return rows.order_by().values_list("pk", "person", "kind", "minutes")


@prepared
def _names() -> QuerySet[Person, Any]:
    return Person.objects.filter(pk__in=Numbers("people")).order_by().values_list("pk", "sort_name", *_NAME)
