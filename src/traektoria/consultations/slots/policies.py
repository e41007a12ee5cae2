"""When an Hour can be made, a date changed, a slot booked. Under locks, in the order of ``locks``."""

from collections.abc import Collection
from datetime import date as Day
from datetime import datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.consultations.points.models import ConsultationPoint, PointRoom
from traektoria.consultations.slots.enums import HourRepeat, SlotState, SlotWay
from traektoria.consultations.slots.models import HelpDate, HelpHour, Slot
from traektoria.consultations.slots.queries.busy_times import busy_room, busy_tutors
from traektoria.consultations.slots.queries.receivers import away_until, receiving, tutors_of
from traektoria.consultations.slots.wanted_hour import WantedHour
from traektoria.consultations.slots.wording import hours
from traektoria.core.errors import Conflict, Invalid, twin
from traektoria.core.typography import short_day
from traektoria.engines.intervals import Interval, first_clash
from traektoria.organisations.regulations.consultation_rules import ConsultingRules
from traektoria.tutors.statuses.queries import may_take_teachers

LONGEST_SERIES = timedelta(days=400)
MOST_DATES = 120
MOST_TUTORS, MOST_PLACES = 12, 60


def check_wanted(wanted: WantedHour) -> None:
    """Whether such an Hour can be at all, whatever else is at its times."""
    if not wanted.tutors:
        raise Invalid(_("Choose who receives."), code="no_tutor")
    if len(wanted.tutors) > MOST_TUTORS:
        raise Invalid(_("At most %(most)s tutors in one Hour.") % {"most": MOST_TUTORS}, code="too_many_tutors")
    if len(may_take_teachers(wanted.tutors, wanted.centre.pk)) != len(set(wanted.tutors)):
        raise Invalid(_("Somebody of these is no tutor of the centre now."), code="not_a_tutor")
    if not 1 <= wanted.places <= MOST_PLACES:
        raise Invalid(_("A meeting has from 1 to %(most)s places.") % {"most": MOST_PLACES}, code="places")
    _check_place(wanted)
    _check_rule(wanted)


def _check_place(wanted: WantedHour) -> None:
    if wanted.way == SlotWay.IN_PERSON and wanted.point is None:
        raise Invalid(_("Choose the point where one comes in person."), code="no_point")
    if wanted.point is not None:
        check_point(wanted.point, wanted.centre.pk)
    if wanted.room is not None and (wanted.point is None or wanted.room.point_id != wanted.point.pk):
        raise Invalid(_("This room is not of this point."), code="another_point")


def check_point(point: ConsultationPoint, centre_id: int) -> None:
    if point.centre_id != centre_id:
        raise Invalid(_("This point is of another centre."), code="another_centre")
    if not point.is_open:
        raise Invalid(_("This point is closed: choose another one."), code="point_closed")


def _check_rule(wanted: WantedHour) -> None:
    if wanted.end <= wanted.start:
        raise Invalid(_("An Hour ends later than it begins, on the same day."), code="ends_before")
    if wanted.last_day < wanted.first_day:
        raise Invalid(_("The last day is before the first one."), code="last_before_first")
    if wanted.last_day - wanted.first_day > LONGEST_SERIES:
        raise Invalid(_("An Hour is made for a school year at most: choose a nearer last day."), code="too_far")
    if not wanted.dates:
        no_days = wanted.repeat == HourRepeat.BY_HAND
        raise Invalid(_("Write the dates.") if no_days else _("There is no date in this time."), code="no_dates")
    if len(wanted.dates) > MOST_DATES:
        raise Invalid(_("At most %(most)s dates in one Hour.") % {"most": MOST_DATES}, code="too_many_dates")
    if not wanted.meetings_a_date:
        raise Invalid(_("Not one meeting of this length fits into this time."), code="no_meeting")


def check_edit(hour: HelpHour, places: int, start: time, end: time) -> None:
    """Whether a date of the Hour can be so at all."""
    if end <= start:
        raise Invalid(_("An Hour ends later than it begins, on the same day."), code="ends_before")
    if not 1 <= places <= MOST_PLACES:
        raise Invalid(_("A meeting has from 1 to %(most)s places.") % {"most": MOST_PLACES}, code="places")
    if (end.hour - start.hour) * 60 + end.minute - start.minute < hour.slot_minutes:
        raise Invalid(_("Not one meeting of this length fits into this time."), code="no_meeting")


def check_takes_place_at(hour: HelpHour, point: ConsultationPoint | None, room: PointRoom | None) -> None:
    """Whether dates of the Hour can be there: what form and address may say is of the centre, open and in use."""
    if point is not None:
        check_point(point, hour.centre_id)
    if room is not None and (point is None or room.point_id != point.pk):
        raise Invalid(_("This room is not of this point."), code="another_point")
    if room is not None and not room.in_use:
        raise Conflict(_("This room is out of use: choose another one."), code="room_gone")


def check_place(date: HelpDate, day: Day) -> None:
    """One can come to its point on that day: it is of the centre, and not closed by then."""
    point = date.point
    if point is not None and point.closed_on is not None and point.closed_on <= day:
        words = {"point": point.name, "day": short_day(point.closed_on)}
        raise Conflict(_("%(point)s is closed from %(day)s on: choose an earlier day.") % words, code="point_closed")


def check_free(tutors: Collection[int], room: int | None, interval: Interval, *, without: int = 0) -> None:
    """Nobody and nothing of these is taken then. Raises ``Conflict`` that says until when."""
    busy = next((one for one in busy_tutors(tutors, interval, without=without) if one.interval.clashes(interval)), None)
    if busy is not None:
        words = {"what": busy.words, "hours": hours(busy.interval.start, busy.interval.end)}
        raise Conflict(_("The tutor has something else then: %(what)s, %(hours)s.") % words, code="at_once")
    room_taken = first_clash(interval, busy_room(room, interval, without=without))
    if room_taken:
        words = {"hours": hours(room_taken.start, room_taken.end)}
        raise Conflict(_("The room is taken then: %(hours)s.") % words, code="room_at_once")


def check_coming(date: HelpDate, now: datetime) -> None:
    """What is over is not changed: it stays as it was."""
    if date.end <= now:
        raise Conflict(_("This date is over: it can only be read."), code="over")


def check_not_begun(date: HelpDate, now: datetime) -> None:
    """Who came to what has begun is said by people: it is neither moved nor given to somebody else."""
    check_coming(date, now)
    if date.start <= now:
        text = _("This date has begun: say who came, and drop the rest of it if it does not take place.")
        raise Conflict(text, code="begun")


def check_rest(date: HelpDate, now: datetime) -> None:
    """Of a date that has begun there is something left to be dropped."""
    if date.start <= now and not date.slots.filter(state=SlotState.OPEN, start__gt=now).exists():
        text = _("This date has begun and nothing of it is left to drop: say who came and who did not.")
        raise Conflict(text, code="begun")


def check_standing(date: HelpDate) -> None:
    if not date.is_standing:
        raise Conflict(_("This date does not take place: it was dropped already."), code="dropped")


def check_bookable(slot: Slot, rules: ConsultingRules, now: datetime, *, kept: bool = False) -> None:
    """A place of it may be asked for now, if one is free: it stands, is not too near and not too far. ``kept``: by who
    keeps the slot, and needs no notice."""
    if not slot.is_open:
        raise Conflict(_("This time is not offered any more: choose another one."), code="slot_dropped")
    notice = 0 if kept else rules.notice_hours
    if slot.start - timedelta(hours=notice) < now:
        text = _("Booking closes %(hours)s hours before the beginning: choose another time.")
        raise Conflict(text % {"hours": notice}, code="too_late")
    if slot.start > now + timedelta(days=rules.window_days):
        text = _("Booking opens %(days)s days ahead: choose an earlier time or come back later.")
        raise Conflict(text % {"days": rules.window_days}, code="too_early")


def check_received(slot: Slot) -> None:
    """Somebody receives: a tutor of the centre today, who is there on that day. Where several receive together, one who
    is away or receives no longer is no obstacle. Two queries, three of several."""
    tutors = receiving(tutors_of(slot), slot.centre_id)
    if not tutors:
        raise Conflict(_("This tutor receives nobody now: choose another one."), code="tutor_gone")
    day = timezone.localdate(slot.start, ZoneInfo(slot.date.hour.zone))
    if not tutors - away_until(tutors, day).keys():
        raise Conflict(_("This tutor is away on this day: choose another one."), code="tutor_away")


def check_decided(tutors: Collection[int], start: datetime, zone: tzinfo) -> None:
    """Nobody of them is away on the day: what becomes of the date is decided before it is changed. One query."""
    if away_until(tutors, timezone.localdate(start, zone)):
        text = _("A tutor is away on this day: decide first who receives, on the page of the absence.")
        raise Conflict(text, code="tutor_away")


def check_there(tutors: Collection[int], start: datetime, zone: tzinfo) -> None:
    """None of them is away on the day of ``start`` by the clock of ``zone``. One query."""
    if away_until(tutors, timezone.localdate(start, zone)):
        raise Conflict(_("This tutor is away on this day: choose another one."), code="tutor_away")


can_book = twin(check_bookable)
is_received = twin(check_received)
is_there = twin(check_there)
