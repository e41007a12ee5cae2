"""When a slot can be booked, a booking given back or moved, and what is said of who came. Under the locks of
``slots.locks``: the people, then the slot."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any, Protocol

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from traektoria.consultations.bookings.enums import AWAITED, COMING, OUTCOMES, BookingState
from traektoria.consultations.bookings.models import Booking
from traektoria.consultations.bookings.queries.commitments import Then, live_in_month, month_of
from traektoria.consultations.slots.models import Slot
from traektoria.consultations.slots.queries.receivers import tutors_of
from traektoria.core.errors import Conflict, Invalid, twin
from traektoria.core.prepared_statements import Given, Numbers, prepared
from traektoria.core.typography import ru_moment
from traektoria.organisations.models import School
from traektoria.organisations.regulations.consultation_rules import ConsultingRules
from traektoria.people.models import Person
from traektoria.routes.needs.queries import teachers_of_school

OFF = (BookingState.OFF_BY_US, BookingState.OFF_BY_ASKER)
ABSENCES_WITHIN = timedelta(days=90)
MOST_TOPIC, MOST_PEOPLE = 200, 60


class Timed(Protocol):
    """A slot that is free: its number and when it begins."""

    @property
    def pk(self) -> int: ...

    @property
    def start(self) -> datetime: ...


class Full(Conflict):
    """Somebody else was faster: ``free`` are the next slots with places, which the page leads to."""

    code = "full"

    def __init__(self, free: Sequence[Timed]) -> None:
        times = "; ".join(ru_moment(slot.start) for slot in free)
        if times:
            sentence = _("This time has just been taken. Next free: %(times)s.") % {"times": times}
        else:
            sentence = _("This time has just been taken, and nothing else is free now.")
        super().__init__(sentence)
        self.free = free


def check_people(slot: Slot, people: Collection[int], school: School | None, then: Then) -> None:
    """Teachers of the centre today (of the school that books), who do not receive there themselves."""
    if not people:
        raise Invalid(_("Choose for whom."), code="nobody")
    if len(people) > MOST_PEOPLE:
        raise Invalid(_("At most %(most)s people at once.") % {"most": MOST_PEOPLE}, code="too_many")
    own = tutors_of(slot) & set(people)
    if own:
        text = _("%(name)s receives in this hour and can not be booked on it: choose an hour of a colleague.")
        raise Invalid(text % {"name": _name(min(own))}, code="own_hour")
    if school is not None:
        found = teachers_of_school(slot.centre_id, school).filter(pk__in=people).count()
    else:
        found = len(then.teaching & set(people))
    if found != len(set(people)):
        raise Invalid(_("Somebody of these is no teacher there now."), code="not_a_teacher")


def check_elsewhere(people: Collection[int], then: Then) -> None:
    """Nobody of them is in two places at once: other bookings, and hours that they receive in themselves."""
    for person, (interval, what) in then.elsewhere.items():
        if person in people:
            words = {"name": _name(person), "time": ru_moment(interval.start), "what": what}
            raise Conflict(_("%(name)s has something else then: %(what)s, %(time)s.") % words, code="at_once")


def _name(person: int) -> str:
    return Person.objects.get(pk=person).short_name


def check_limits(
    people: Collection[int], slot: Slot, rules: ConsultingRules, school: School | None, then: Then, *,
    besides: int = 0,
) -> None:  # fmt: skip
    """As many bookings in the month of the slot as the regulation allows; cancelled ones don't count. ``besides``: the
    booking that is moved. Under the locks of the people and of the school."""
    for person in sorted(people) if rules.most_a_person else ():
        if then.booked[person] >= rules.most_a_person:
            words = {"name": _name(person), "most": rules.most_a_person}
            text = _("%(name)s has %(most)s bookings in this month, as many as are allowed.")
            raise Conflict(text % words, code="limit")
    most = rules.most_a_school if school is not None else 0
    if most and school is not None:
        month = month_of(slot)
        given = {"school": school.pk, "centre": slot.centre_id, "since": month[0], "until": month[1]}
        taken = _of_school().first(besides=[besides], **given) or (0,)
        if taken[0] + len(people) > most:
            text = _("The school may book at most %(most)s places a month.")
            raise Conflict(text % {"most": most}, code="school_limit")


@prepared
def _of_school() -> QuerySet[Booking, Any]:
    rows = live_in_month().filter(school=Given("school")).values("school")
    return rows.annotate(number=Count("pk")).values_list("number")


def limited_by_absences(people: Collection[int], centre_id: int, rules: ConsultingRules, now: datetime) -> set[int]:
    """Who did not come so many times, where the regulation counts it: the tutor says yes first. One query."""
    if not rules.absences:
        return set()
    found = _missed().all(people=people, centre=centre_id, since=now - ABSENCES_WITHIN)
    return {person for person, number in found if number >= rules.absences}


@prepared
def _missed() -> QuerySet[Booking, Any]:
    rows = Booking.objects.filter(
        person__in=Numbers("people"), slot__centre=Given("centre"), state=BookingState.MISSED,
        slot__start__gt=Given("since"),
    )  # fmt: skip
    return rows.order_by().values("person").annotate(number=Count("pk")).values_list("person", "number")


def check_in_time(booking: Booking, rules: ConsultingRules, now: datetime) -> None:
    """The place can be given back, or moved, without asking anybody."""
    check_coming(booking, now)
    if now > booking.slot.start - timedelta(hours=rules.cancel_hours):
        text = _("Less than %(hours)s hours are left: ask the tutor to let you go.") % {"hours": rules.cancel_hours}
        raise Conflict(text, code="too_late")


def check_coming(booking: Booking, now: datetime) -> None:
    if booking.state not in COMING:
        raise Conflict(_("This booking is over: it can only be read."), code="over")
    if booking.slot.start <= now:
        raise Conflict(_("This hour has begun: say who came instead."), code="begun")


def check_outcome(booking: Booking, what: str, now: datetime) -> None:
    """One of the four words, once the hour has begun; a word may be corrected. What was cancelled before it began stays
    cancelled: it is no absence, and its place may be another's."""
    if what not in OUTCOMES:
        raise Invalid(_("Choose one of the four words."), code="no_word")
    came_after_all = booking.state == BookingState.UNANSWERED and what == BookingState.CAME
    if booking.state not in (*AWAITED, *OFF) and not came_after_all:
        raise Conflict(_("Nobody was awaited on this booking."), code="not_booked")
    if booking.state in OFF and booking.decided_at and booking.decided_at < booking.slot.start:
        raise Conflict(_("Nobody was awaited on this booking."), code="cancelled")
    if booking.slot.start > now:
        raise Conflict(_("The hour has not begun: cancel the booking instead."), code="not_begun")


can_leave_now = twin(check_in_time)
is_coming = twin(check_coming)
