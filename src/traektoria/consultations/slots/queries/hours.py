"""Which Hours and dates a person sees: lists of columns, and one of them in full."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, time
from typing import Any, NamedTuple

from django.db.models import Count, F, Min, Prefetch, Q, QuerySet
from django.utils import timezone

from traektoria.consultations.slots.enums import DateState, SlotWay
from traektoria.consultations.slots.models import HelpDate, HelpDateChange, HelpDateTutor, HelpHour, HelpHourTutor
from traektoria.consultations.slots.wording import rule_words, when
from traektoria.core.joined_rows import hold
from traektoria.core.labels import text_of
from traektoria.core.paging import Page, replaced
from traektoria.core.prepared_statements import Given, Numbers, prepared
from traektoria.people.actor import Actor
from traektoria.people.anybody import anybody, given_of
from traektoria.people.enums import Role, Subject
from traektoria.people.models import short_name

COLUMNS = (
    "pk", "topic", "subjects", "way", "point__name", "room__name", "repeat", "first_day", "last_day", "start", "end",
    "ended_on",
)  # fmt: skip
NAME = ("tutor__surname", "tutor__given", "tutor__patronymic")
MOST_DROPPED = 20


class HelpHourRow(NamedTuple):
    """An Hour of a list: ``coming`` dates that stand, the ``next`` of them, who receives."""

    pk: int
    topic: str
    subjects: Sequence[str]
    way: str
    point: str | None
    room: str | None
    repeat: str
    first_day: date
    last_day: date
    start: time
    end: time
    ended_on: date | None
    coming: int
    next: datetime | None
    tutors: Sequence[str]

    @property
    def title(self) -> str:
        return self.topic or self.subject_labels

    @property
    def subject_labels(self) -> str:
        return ", ".join(text_of(Subject, one) for one in self.subjects)

    @property
    def where(self) -> str:
        return ", ".join(filter(None, [self.point, self.room])) or text_of(SlotWay, self.way)

    @property
    def rule(self) -> str:
        return rule_words(self.repeat, self.first_day, self.start, self.end)


def kept_by(actor: Actor) -> QuerySet[HelpHour]:
    """All of the coordinator's centres; those in which the person receives, as long as they are a tutor there."""
    seen = Q(pk__in=[])
    if actor.is_coordinator:
        seen |= Q(centre__in=actor.centres(Role.COORDINATOR))
    if actor.is_tutor:
        mine = HelpHourTutor.objects.filter(tutor=actor.person_id).order_by().values("hour")
        seen |= Q(centre__in=actor.centres(Role.TUTOR), pk__in=mine)
    return HelpHour.objects.filter(seen)


def hour_page(actor: Actor, asked: object, *, over: bool) -> Page[HelpHourRow]:
    """Those that still have dates to come, the nearest first; or those that are over. Two queries."""
    found = _kept(actor.roles, over).page(asked, now=timezone.now(), **given_of(actor))
    return replaced(found, _with_receivers(found.object_list))


@prepared
def _kept(roles: frozenset[Role], over: bool) -> QuerySet[HelpHour, Any]:
    standing = Q(dates__state=DateState.STANDING, dates__end__gt=Given("now"))
    rows = kept_by(anybody(roles)).annotate(
        coming=Count("dates", filter=standing), next=Min("dates__start", filter=standing)
    )
    chosen = rows.filter(coming=0) if over else rows.filter(coming__gt=0)
    order = ("-last_day", "-pk") if over else ("next", "pk")
    return chosen.order_by(*order).values_list(*COLUMNS, "coming", "next")


def point_hours(point: int, *, now: datetime) -> list[HelpHourRow]:
    """Hours at a point that still have dates to come, the nearest first. Two queries."""
    return _with_receivers(_at_point().all(point=point, now=now))


@prepared
def _at_point() -> QuerySet[HelpHour, Any]:
    standing = Q(dates__state=DateState.STANDING, dates__end__gt=Given("now"), dates__point=Given("point"))
    rows = HelpHour.objects.annotate(coming=Count("dates", filter=standing), next=Min("dates__start", filter=standing))
    found = rows.filter(point=Given("point"), coming__gt=0).order_by("next", "pk")
    return found.values_list(*COLUMNS, "coming", "next")


class DroppedDate(NamedTuple):
    """A coming date that does not take place."""

    pk: int
    start: datetime
    end: datetime
    why: str

    @property
    def when(self) -> str:
        return when(self.start, self.end)


def dropped_at(point: int, *, now: datetime) -> list[DroppedDate]:
    """Coming dates at a point that were dropped and can be restored, the nearest first; at most ``MOST_DROPPED``. One
    query."""
    return [DroppedDate(*columns) for columns in _dropped().all(point=point, now=now)]


@prepared
def _dropped() -> QuerySet[HelpDate, Any]:
    rows = HelpDate.objects.filter(point=Given("point"), state=DateState.DROPPED, start__gt=Given("now"))
    stands = rows.filter(Q(hour__ended_on=None) | Q(day__lte=F("hour__ended_on")))
    return stands.order_by("start", "pk").values_list("pk", "start", "end", "why")[:MOST_DROPPED]


def _with_receivers(found: Collection[Any]) -> list[HelpHourRow]:
    """Short names of who receives beside each. One query."""
    names: dict[int, list[str]] = {}
    for pk, *parts in _receivers().all(hours=[columns[0] for columns in found]) if found else ():
        names.setdefault(pk, []).append(short_name(*parts))
    return [HelpHourRow(*(*columns, names.get(columns[0], ()))) for columns in found]


@prepared
def _receivers() -> QuerySet[HelpHourTutor, Any]:
    rows = HelpHourTutor.objects.filter(hour__in=Numbers("hours")).order_by("tutor__sort_name")
    return rows.values_list("hour", *NAME)


def find_hour(actor: Actor, pk: int) -> HelpHour | None:
    """With its centre, place and who receives. Two queries."""
    found: HelpHour | None = _kept_one(actor.roles).first(pk=pk, **given_of(actor))
    if found is not None:
        hold([found], "receives", {pk: _there().all(hour=pk)})
    return found


@prepared
def _kept_one(roles: frozenset[Role]) -> QuerySet[HelpHour]:
    rows = kept_by(anybody(roles)).filter(pk=Given("pk"))
    return rows.select_related("centre__municipality", "point", "room")


@prepared
def _there() -> QuerySet[HelpHourTutor]:
    return HelpHourTutor.objects.filter(hour=Given("hour")).select_related("tutor").order_by("tutor__sort_name")


def find_date(actor: Actor, pk: int) -> HelpDate | None:
    """A date of a centre of the person's: what it is, everybody there reads. Five queries."""
    return _whole(Q(centre__in=actor.centre_ids), pk)


def find_kept_date(actor: Actor, pk: int) -> HelpDate | None:
    """A date of an Hour that the person keeps, or on which they receive. Five queries."""
    seen = Q(hour__in=kept_by(actor).order_by().values("pk"))
    if actor.is_tutor:
        mine = HelpDateTutor.objects.filter(tutor=actor.person_id).order_by().values("date")
        seen |= Q(centre__in=actor.centres(Role.TUTOR), pk__in=mine)
    return _whole(seen, pk)


def _whole(seen: Q, pk: int) -> HelpDate | None:
    """With its place, who receives, its history and slots."""
    there = Prefetch("receives", HelpDateTutor.objects.select_related("tutor").order_by("tutor__sort_name"))
    history = Prefetch("changes", HelpDateChange.objects.select_related("by"))
    rows = HelpDate.objects.filter(seen).select_related("hour", "centre__municipality", "point", "room")
    return rows.prefetch_related(there, history, "slots").filter(pk=pk).first()


class DateRow(NamedTuple):
    """A date of a list, with places in all and those that are taken."""

    pk: int
    hour: int
    topic: str
    subjects: Sequence[str]
    start: datetime
    end: datetime
    way: str
    point: str | None
    room: str | None
    state: str
    why: str
    number: int
    places: int = 0
    taken: int = 0

    @property
    def title(self) -> str:
        return self.topic or ", ".join(text_of(Subject, one) for one in self.subjects)

    @property
    def where(self) -> str:
        return ", ".join(filter(None, [self.point, self.room])) or text_of(SlotWay, self.way)

    @property
    def when(self) -> str:
        return when(self.start, self.end)

    @property
    def stands(self) -> bool:
        return self.state == DateState.STANDING


DATE_COLUMNS = (
    "pk", "hour", "topic", "hour__subjects", "start", "end", "way", "point__name", "room__name", "state", "why",
    "number",
)  # fmt: skip


def my_dates(actor: Actor, asked: object) -> Page[DateRow]:
    """Coming dates on which the person receives, the nearest first; not those that were left out from the beginning.
    One query."""
    found = _mine().page(asked, now=timezone.now(), **given_of(actor))
    return replaced(found, [DateRow(*row) for row in found])


@prepared
def _mine() -> QuerySet[HelpDateTutor, Any]:
    rows = HelpDateTutor.objects.filter(
        tutor=Given("me"), date__centre__in=Numbers("centres", Role.TUTOR), date__end__gt=Given("now")
    ).exclude(date__state=DateState.DROPPED, date__number=1)
    columns = [f"date__{name}" if name != "pk" else "date" for name in DATE_COLUMNS]
    return rows.order_by("date__start", "date").values_list(*columns)


def dates_of(hour: HelpHour) -> list[DateRow]:
    """All dates of an Hour in their order. One query."""
    return [DateRow(*row) for row in _of_hour().all(hour=hour.pk)]


@prepared
def _of_hour() -> QuerySet[HelpDate, Any]:
    return HelpDate.objects.filter(hour=Given("hour")).order_by("start", "pk").values_list(*DATE_COLUMNS)
