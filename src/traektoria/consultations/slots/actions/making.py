"""An Hour of methodical help is made, with all of its dates."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.consultations.slots.actions.opening import open_dates
from traektoria.consultations.slots.enums import DateState
from traektoria.consultations.slots.locks import lock_people, lock_point, lock_room, locked_hour
from traektoria.consultations.slots.models import HelpDate, HelpDateTutor, HelpHour, HelpHourTutor
from traektoria.consultations.slots.permissions import check_make
from traektoria.consultations.slots.policies import check_wanted
from traektoria.consultations.slots.queries.preview import DateOutlook, outlooks
from traektoria.consultations.slots.queries.rules import rules_of
from traektoria.consultations.slots.wanted_hour import WantedHour
from traektoria.core import audit, waiting
from traektoria.core.errors import Conflict
from traektoria.people.actor import Actor

AS_IT_IS = (
    "centre", "way", "point", "room", "topic", "together", "repeat", "first_day", "last_day", "start", "end",
    "slot_minutes", "break_minutes", "places",
)  # fmt: skip
LONGEST_WHY = 300


@dataclass(frozen=True)
class Made:
    """An Hour, and the dates that were asked for and taken by something else meanwhile."""

    hour: HelpHour
    taken: tuple[DateOutlook, ...]


@transaction.atomic
def make_hour(*, wanted: WantedHour, days: Collection[date], by: Actor, now: datetime | None = None) -> Made:
    """Make the Hour for those of its ``days`` that are possible now; the others stay as dropped dates with the reason.

    Each date takes the time of its tutors and room at once, for the whole series; slots are made for the window. The
    same Hour pressed twice is one. Side effects: audit. Raises ``Invalid``, and ``Conflict`` where no date is left.
    """
    check_make(by, wanted.centre.pk, wanted.tutors)
    moment = now or timezone.now()
    lock_people(wanted.tutors)
    lock_point(wanted.point.pk if wanted.point else None)
    lock_room(wanted.room.pk if wanted.room else None)
    if wanted.point is not None:
        wanted.point.refresh_from_db(fields=["closed_on"])
    check_wanted(wanted)
    known = _same(wanted)
    if known is not None:
        return Made(known, ())
    all_dates = outlooks(wanted, now=moment)
    standing = {one.day for one in all_dates if one.possible and one.day in days}
    if not standing:
        raise Conflict(_("None of these dates is free now: choose other ones."), code="no_date_left")
    hour = _hour(wanted)
    _dates(hour, wanted.tutors, all_dates, standing)
    open_dates(locked_hour(hour.pk), rules=rules_of(wanted.centre.pk), now=moment)
    audit.record("help.make", hour, by=by, dates=len(standing), dropped=len(all_dates) - len(standing))
    return Made(hour, tuple(one for one in all_dates if one.day in days and not one.possible))


def _hour(wanted: WantedHour) -> HelpHour:
    facts = {name: getattr(wanted, name) for name in AS_IT_IS}
    lists = {"subjects": list(wanted.subjects), "days": [day.isoformat() for day in wanted.days]}
    hour = HelpHour.objects.create(**facts, **lists, zone=str(wanted.zone))
    HelpHourTutor.objects.bulk_create([HelpHourTutor(hour=hour, tutor_id=pk) for pk in sorted(set(wanted.tutors))])
    return hour


def _dates(hour: HelpHour, tutors: Collection[int], all_dates: Sequence[DateOutlook], standing: set[date]) -> None:
    """Those that stand with their tutors; the others dropped, so that nobody wonders where they are."""
    made = HelpDate.objects.bulk_create([_date(hour, one, stands=one.day in standing) for one in all_dates])
    HelpDateTutor.objects.bulk_create(
        HelpDateTutor(date=date, tutor_id=tutor, start=date.start, end=date.end, live=date.is_standing)
        for date in made
        for tutor in sorted(set(tutors))
    )
    waiting.renew(*made)


def _date(hour: HelpHour, one: DateOutlook, *, stands: bool) -> HelpDate:
    why = "" if stands else (one.why or _("left out when the Hour was made"))[:LONGEST_WHY]
    return HelpDate(
        hour=hour, centre_id=hour.centre_id, day=one.day, start=one.interval.start, end=one.interval.end, way=hour.way,
        topic=hour.topic, places=hour.places,
        point=hour.point, room=hour.room, state=DateState.STANDING if stands else DateState.DROPPED, why=why,
    )  # fmt: skip


def _same(wanted: WantedHour) -> HelpHour | None:
    """The Hour that a second press finds: of the same tutors, place, rule and words, not ended."""
    facts = {name: getattr(wanted, name) for name in AS_IT_IS}
    days = [day.isoformat() for day in wanted.days]
    for hour in HelpHour.objects.filter(**facts, ended_on=None).prefetch_related("receives"):
        tutors = {one.tutor_id for one in hour.receives.all()}
        if tutors == set(wanted.tutors) and hour.days == days and hour.subjects == list(wanted.subjects):
            return hour
    return None
