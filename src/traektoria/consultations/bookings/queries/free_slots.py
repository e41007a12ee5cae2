"""Slots that can be booked now, as the page of free hours shows them: by day, each with what is against it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from itertools import groupby
from typing import Any

from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.consultations.bookings.engagements import BOOKING
from traektoria.consultations.bookings.enums import LIVE
from traektoria.consultations.bookings.models import Booking
from traektoria.consultations.bookings.queries.bookings import place_in_words
from traektoria.consultations.slots.engagements import DATE
from traektoria.consultations.slots.enums import SlotState
from traektoria.consultations.slots.models import HelpDateTutor, Slot
from traektoria.consultations.slots.queries.free_filters import hours_of_subject
from traektoria.consultations.slots.queries.receivers import slots_of_absent
from traektoria.core.addresses import path_of
from traektoria.core.engagements import clashes
from traektoria.core.models import Engagement, EngagementState
from traektoria.core.paging import Page, replaced
from traektoria.core.prepared_statements import Given, Numbers, prepared
from traektoria.core.typography import counted
from traektoria.engines.intervals import Interval
from traektoria.organisations import zones
from traektoria.organisations.models import TutorCentre
from traektoria.organisations.regulations.consultation_rules import ConsultingRules
from traektoria.people import addressees
from traektoria.people.models import short_name
from traektoria.routes.tutees.queries import tutor_names
from traektoria.tutors.statuses.queries import out_of_force

COLUMNS = (
    "pk", "start", "end", "places", "tutor", "date", "date__way", "date__topic", "date__point__name",
    "date__room__name", "taken",
)  # fmt: skip
NAME = ("tutor__surname", "tutor__given", "tutor__patronymic")


@dataclass(frozen=True)
class FreeSlot:
    """``start`` and ``end`` are by the clock of who looks. ``against``: what the person has then, in words;
    ``booking``: where their own place in this slot is read."""

    pk: int
    start: datetime
    end: datetime
    places: int
    tutor: int | None
    date: int
    way: str
    topic: str
    point: str | None
    room: str | None
    taken: int
    name: str
    against: str = ""
    booking: str = ""

    @property
    def clock(self) -> str:
        return f"{self.start:%H:%M}–{self.end:%H:%M}"

    @property
    def place(self) -> str:
        return place_in_words(self.way, self.point, self.room)

    @property
    def left(self) -> str:
        """Of a group hour: how many places are free."""
        free = self.places - self.taken
        return counted(free, "%(n)s place is free", "%(n)s places are free") if self.places > 1 else ""


@dataclass(frozen=True)
class FreeFilter:
    """Filters of the page, from the address."""

    subject: str = ""
    tutor: int = 0
    way: str = ""
    point: int = 0


def free_page(
    centre: TutorCentre, me: int | None, rules: ConsultingRules, wanted: FreeFilter, page: object, *, now: datetime,
    notice: bool = True, tutors: Collection[int] | None = None,
) -> Page[FreeSlot]:  # fmt: skip
    """With places left, of those who receive then, the earliest first. At most eight queries: who is a tutor
    (``tutors`` where they are known), of these who is not suspended, who is away, the Hours of the subject, the slots,
    what the person has then, who receives together. ``notice`` False: up to the beginning, for who receives."""
    hours = hours_of_subject(centre.pk, wanted.subject) if wanted.subject else []
    since = now + timedelta(hours=rules.notice_hours if notice else 0)
    until = now + timedelta(days=rules.window_days)
    known = set(tutor_names([centre.pk]) if tutors is None else tutors)
    there = known - out_of_force(known, centre.pk)
    zone = zones.zone(centre.municipality.time_zone)
    found = _free(bool(wanted.subject), bool(wanted.tutor), bool(wanted.way), bool(wanted.point)).page(
        page, centre=centre.pk, since=since, until=until, hours=hours, tutor=wanted.tutor, way=wanted.way,
        point=wanted.point, there=there, away=slots_of_absent(there, centre.pk, since, until, zone),
    )  # fmt: skip
    busy, clock = _busy(me, found), timezone.get_current_timezone()
    names = _together([columns[5] for columns in found if columns[4] is None])
    return replaced(found, [_slot(columns, names, busy, clock) for columns in found])


Busy = Sequence[tuple[Interval, Engagement]]


def _slot(columns: Any, names: dict[int, str], busy: Busy, clock: tzinfo) -> FreeSlot:
    own, name = columns[: len(COLUMNS)], columns[len(COLUMNS) :]
    said = short_name(*name) if name[0] else names.get(own[5], "")
    against = _against(own[0], Interval(own[1], own[2]), busy) if busy else ("", "")
    own = (own[0], own[1].astimezone(clock), own[2].astimezone(clock), *own[3:])
    return FreeSlot(*(*own, said, *against))


def _against(slot: int, span: Interval, busy: Busy) -> tuple[str, str]:
    """(what the person has then, where it is read if it is a place in this slot)."""
    for interval, one in busy:
        if not span.clashes(interval):
            continue
        if one.kind == BOOKING and one.facts.get("slot") == slot:
            page = path_of("consultations:booking_detail", one.object_id)
            return (_("waits for an answer") if one.state == EngagementState.TENTATIVE else _("you are booked")), page
        if one.kind == DATE:
            return _("you receive then yourself"), ""
        start, end = timezone.localtime(one.start), timezone.localtime(one.end)
        return _("you are busy %(hours)s") % {"hours": f"{start:%H:%M}–{end:%H:%M}"}, ""
    return "", ""


def _busy(me: int | None, found: Any) -> Busy:
    """What the person has in these days. One query."""
    if not me or not len(found):
        return []
    span = Interval(min(row[1] for row in found), max(row[2] for row in found))
    return [(Interval(one.start, one.end), one) for one in clashes([addressees.person(me)], span)]


def _together(dates: list[int]) -> dict[int, str]:
    """Who receives on dates where all do it together, by date."""
    names: dict[int, str] = {}
    for day, *name in _receivers().all(dates=dates) if dates else ():
        names[day] = ", ".join(filter(None, (names.get(day), short_name(*name))))
    return names


@prepared
def _receivers() -> QuerySet[HelpDateTutor, Any]:
    return HelpDateTutor.objects.filter(date__in=Numbers("dates")).order_by("pk").values_list("date", *NAME)


def by_day(slots: Any) -> list[tuple[date, list[FreeSlot]]]:
    return [(day, list(those)) for day, those in groupby(slots, lambda one: one.start.date())]


@prepared
def _free(by_subject: bool, by_tutor: bool, by_way: bool, by_point: bool) -> QuerySet[Slot, Any]:
    live = Booking.objects.filter(slot=OuterRef("pk"), state__in=LIVE).order_by().values("slot")
    counted_ = Subquery(live.annotate(number=Count("pk")).values("number"), output_field=IntegerField())
    rows = Slot.objects.filter(
        centre=Given("centre"), state=SlotState.OPEN, start__gte=Given("since"), start__lte=Given("until")
    )
    some = HelpDateTutor.objects.filter(tutor__in=Numbers("there")).order_by().values("date")
    rows = rows.filter(Q(tutor__in=Numbers("there")) | Q(tutor=None, date__in=some)).exclude(pk__in=Numbers("away"))
    if by_subject:
        rows = rows.filter(date__hour__in=Numbers("hours"))
    if by_tutor:
        together = HelpDateTutor.objects.filter(tutor=Given("tutor")).order_by().values("date")
        rows = rows.filter(Q(tutor=Given("tutor")) | Q(tutor=None, date__in=together))
    if by_way:
        rows = rows.filter(date__way=Given("way"))
    if by_point:
        rows = rows.filter(date__point=Given("point"))
    found: QuerySet[Any, Any] = rows.annotate(taken=Coalesce(counted_, 0)).filter(taken__lt=F("places"))
    return found.order_by("start", "pk").values_list(*COLUMNS, *NAME)
