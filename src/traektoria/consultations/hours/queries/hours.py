"""Who sees which hours; the page of an hour and the list."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from traektoria.consultations.hours.enums import LENGTHS, HourWay
from traektoria.consultations.hours.models import ConsultationHour, HourTeacher
from traektoria.consultations.hours.policies import BEFORE_ITS_END
from traektoria.core.joined_rows import Joined, hold
from traektoria.core.labels import text_of
from traektoria.core.paging import Page, replaced
from traektoria.core.prepared_statements import Given, prepared
from traektoria.engines.intervals import Interval, first_clash
from traektoria.people.actor import Actor
from traektoria.people.anybody import anybody, given_of
from traektoria.people.enums import Role, Subject
from traektoria.people.models import short_name

COLUMNS = ("pk", "start", "end", "topic", "subject", "way", "pupils", "withdrawn_at")
THERE = Joined(HourTeacher, "person")
LOOKED_BACK = timedelta(hours=12)
NAME = ("tutor__surname", "tutor__given", "tutor__patronymic")


@dataclass(frozen=True)
class HourRow:
    """``teachers``: how many were there."""

    pk: int
    start: datetime
    end: datetime
    topic: str
    subject: str
    way: str
    pupils: int
    withdrawn_at: datetime | None
    tutor: str
    teachers: int

    @property
    def subject_label(self) -> str:
        return text_of(Subject, self.subject)

    @property
    def way_label(self) -> str:
        return text_of(HourWay, self.way)

    @property
    def minutes(self) -> int:
        return (self.end - self.start) // timedelta(minutes=1)


def visible_to(actor: Actor) -> QuerySet[ConsultationHour]:
    """Hours that the person gave, as long as they are a tutor of that centre; those where they were; all of the
    coordinator's centre (but for notes)."""
    if actor.person_id is None:
        return ConsultationHour.objects.none()
    there = HourTeacher.objects.filter(person=actor.person_id).order_by().values("hour")
    seen = Q(pk__in=there)
    if actor.is_tutor:
        seen |= Q(tutor=actor.person_id, centre__in=actor.centres(Role.TUTOR))
    if actor.is_coordinator:
        seen |= Q(centre__in=actor.centres(Role.COORDINATOR))
    return ConsultationHour.objects.filter(seen)


def find_hour(actor: Actor, pk: int) -> ConsultationHour | None:
    """What the actor may see, with its tutor, request and who was there, by name. Two queries."""
    if actor.person_id is None:
        return None
    found: ConsultationHour | None = _whole(actor.roles).first(pk=pk, **given_of(actor))
    if found is not None:
        there = THERE.find("t.hour_id = %s", pk, order="t.id")
        hold([found], "teachers", {pk: sorted(there, key=lambda one: one.person.sort_name)})
    return found


@prepared
def _whole(roles: frozenset[Role]) -> QuerySet[ConsultationHour]:
    return visible_to(anybody(roles)).filter(pk=Given("pk")).select_related("tutor", "centre", "request")


def hour_page(actor: Actor, asked: object) -> Page[HourRow]:
    """The latest first. One query."""
    found = _seen(actor.roles).page(asked, **given_of(actor))
    return replaced(found, [_row(*columns) for columns in found])


def _row(*columns: Any) -> HourRow:
    own, rest = columns[: len(COLUMNS)], columns[len(COLUMNS) :]
    return HourRow(*(*own, short_name(*rest[:3]), rest[3]))


@prepared
def _seen(roles: frozenset[Role]) -> QuerySet[ConsultationHour, Any]:
    rows = visible_to(anybody(roles)).annotate(there=Count("teachers"))
    return rows.order_by("-start", "-pk").values_list(*COLUMNS, *NAME, "there")


def likely_time(tutor_id: int, usual: int) -> tuple[datetime, int]:
    """When an hour that has just ended began, and how long it was, so that it is at no other of the tutor. One
    query."""
    now = timezone.localtime().replace(second=0, microsecond=0)
    rows = _lately().all(tutor=tutor_id, since=now - LOOKED_BACK, now=now)
    return likely(now, usual, [Interval(*columns) for columns in rows])


@prepared
def _lately() -> QuerySet[ConsultationHour, Any]:
    rows = ConsultationHour.objects.filter(tutor=Given("tutor"), withdrawn_at=None, end__gt=Given("since"))
    return rows.filter(start__lte=Given("now")).order_by("start").values_list("start", "end")


def likely(now: datetime, usual: int, taken: list[Interval]) -> tuple[datetime, int]:
    """To a quarter, ``usual`` minutes long; where that is ``taken``, what is free since the last hour, else the time
    before the hours that follow each other up to now."""
    start = now - timedelta(minutes=usual + now.minute % 15)
    while clashes := [one for one in taken if one.clashes(Interval(start, start + timedelta(minutes=usual)))]:
        clash = max(clashes)
        fits = [n for n in LENGTHS if n <= usual and clash.end + timedelta(minutes=n) <= now + BEFORE_ITS_END]
        after = [Interval(clash.end, clash.end + timedelta(minutes=n)) for n in fits]
        free = [one for one in after if not first_clash(one, taken)]
        if free:
            return free[-1].start, free[-1].length // timedelta(minutes=1)
        start = clash.start - timedelta(minutes=usual)
    return start, usual
