"""Whose turn it is, and until when, in one sentence: said on every page and line of a request."""

from datetime import date, datetime, time, timedelta, tzinfo

from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.consultations.requests.enums import UNANSWERED, RequestState
from traektoria.core.typography import counted, ru_moment, short_day

HOUR = timedelta(hours=1)
INSTANT = timedelta(microseconds=1)
IN_HOURS = 48
LOOKS: dict[str, tuple[str, str]] = {
    RequestState.ASKED: ("warning", "inbox"),
    RequestState.ASSIGNED: ("info", "hourglass"),
    RequestState.TAKEN: ("success", "calendar-check"),
    RequestState.HELD: ("success", "check"),
    RequestState.DECLINED: ("neutral", "x"),
    RequestState.WITHDRAWN: ("neutral", ""),
}
"""Kind and icon of the chip of each state."""


def turn(state: str, tutor: str, answer_by: datetime, now: datetime, zone: tzinfo) -> str:
    """«Очередь координатора: ответ до 7 сентября, 14:05», by the clock of the centre (``zone``). Empty where nobody's
    turn it is any longer."""
    words = {"who": tutor, "when": until(answer_by, zone)}
    if state == RequestState.ASKED:
        whose = _("the coordinator's turn: an answer was promised until %(when)s")
    elif state == RequestState.ASSIGNED:
        whose = _("the turn of the tutor %(who)s: an answer was promised until %(when)s")
    elif state == RequestState.TAKEN:
        return _("the tutor %(who)s gives the consultation") % words
    else:
        return ""
    return whose % words + (_(", which is over") if is_late(state, answer_by, now) else "")


def until(moment: datetime, zone: tzinfo) -> str:
    """«7 сентября, 14:05» by the clock of the centre; midnight is the end of the day before."""
    local = moment.astimezone(zone).replace(tzinfo=None)
    if local.time() == time():
        return _("the end of %(day)s") % {"day": short_day(day_of(moment, zone))}
    return ru_moment(local)


def day_of(moment: datetime, zone: tzinfo) -> date:
    """The day of the centre on which a promise until ``moment`` ends: the same on the desk, in letters and on pages."""
    return timezone.localdate(moment - INSTANT, zone)


def is_late(state: str, answer_by: datetime, now: datetime) -> bool:
    return state in UNANSWERED and now >= answer_by


def age(asked_at: datetime, now: datetime) -> str:
    """How old the request is: in hours for the first two days, for answers are promised in hours."""
    hours = int((now - asked_at) / HOUR)
    if hours < 1:
        return _("less than an hour")
    if hours < IN_HOURS:
        return counted(hours, "%(n)s hour", "%(n)s hours")
    return counted(hours // 24, "%(n)s day", "%(n)s days")
