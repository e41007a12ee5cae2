"""Another tutor receives on a date, or one of several no longer does: the date, its slots and their bookings stay."""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.consultations.requests.policies import check_reason
from traektoria.consultations.slots.actions.changing import hand_slots, leave_date
from traektoria.consultations.slots.enums import DateChange
from traektoria.consultations.slots.locks import lock_people, lock_room, locked_date, locked_hour, locked_slots
from traektoria.consultations.slots.models import HelpDate, HelpDateChange, HelpDateTutor, Slot
from traektoria.consultations.slots.permissions import check_substitute
from traektoria.consultations.slots.policies import check_free, check_not_begun, check_standing, check_there
from traektoria.consultations.slots.registries import whom_to_tell
from traektoria.core import audit
from traektoria.core.errors import Conflict, Invalid
from traektoria.organisations import zones
from traektoria.people.actor import Actor
from traektoria.tutors.statuses.queries import may_take_teachers


@transaction.atomic
def substitute_tutor(
    *, date: HelpDate, tutor_id: int, other_id: int, reason: str, by: Actor, now: datetime | None = None
) -> HelpDate:
    """``other`` receives on the date instead of ``tutor``: at the same time, in the same room, the same bookings. Who
    receives is changed on this date alone. Pressed twice it is done once.

    Side effects: audit, one line of history; requests that are booked for it go to who gives the hour. Raises
    ``Conflict`` where the other one is taken, away or no tutor, or the date has begun.
    """
    lock_people({tutor_id, other_id, *_receiving(date)})
    row = _locked(date)
    check_substitute(by, row)
    there = _receiving(row)
    if other_id in there and tutor_id not in there:
        return row
    _check_receives(row, tutor_id, there, now or timezone.now())
    if other_id in there:
        raise Conflict(
            _("This tutor receives on this date too: choose another one, or let the others receive."), code="there_too"
        )
    check_can_receive(row, other_id)
    _remember(row, check_reason(reason), there, by)
    mine = row.receives.get(tutor=tutor_id)
    mine.tutor_id = other_id
    mine.save(update_fields=["tutor"])
    slots = locked_slots(row)
    _hand_over(slots, tutor_id, other_id)
    hand_slots([one for one in slots if one.tutor_id in (None, other_id)], by)
    audit.record("help_date.substitute", row, by=by, tutor=tutor_id, other=other_id)
    return row


def _hand_over(slots: Iterable[Slot], tutor_id: int, other_id: int) -> None:
    """Slots of the one are the other's now. Who left this date before has dropped slots on it still: the two change
    places, for a tutor has one slot at a time."""
    known = list(slots)
    left = {slot.start: slot for slot in known if slot.tutor_id == other_id}
    for slot in [one for one in known if one.tutor_id == tutor_id]:
        old = left.get(slot.start)
        for one, whose in ((old, None), (slot, other_id), (old, tutor_id)):
            if one is not None:
                one.tutor_id = whose
                one.save(update_fields=["tutor"])


@transaction.atomic
def take_out_tutor(*, date: HelpDate, tutor_id: int, reason: str, by: Actor, now: datetime | None = None) -> HelpDate:
    """The others receive without this tutor: meetings with the tutor alone are dropped and told by ``slot_users``,
    those of all of them together stay. Pressed twice it is done once. Side effects: as of ``leave_date``."""
    lock_people({tutor_id, *_receiving(date)})
    row = _locked(date)
    check_substitute(by, row)
    there = _receiving(row)
    if tutor_id not in there:
        return row
    moment = now or timezone.now()
    _check_receives(row, tutor_id, there, moment)
    if len(there) == 1:
        raise Conflict(_("Nobody else receives on this date: choose another tutor or drop it."), code="nobody_left")
    leave_date(row, tutor_id, check_reason(reason), by, moment)
    return row


def check_can_receive(date: HelpDate, other_id: int) -> None:
    """A tutor of the centre today, free and there then, who has booked nothing of this date."""
    if not may_take_teachers([other_id], date.centre_id):
        raise Conflict(_("This person is no tutor of the centre now: choose another one."), code="not_a_tutor")
    if any(person.pk == other_id for person in whom_to_tell([slot.pk for slot in date.slots.all()])):
        raise Invalid(_("Nobody receives themselves: this tutor has booked a place of this date."), code="booked")
    check_there([other_id], date.start, zones.zone(date.centre.municipality.time_zone))
    check_free([other_id], None, date.interval, without=date.pk)


def _check_receives(date: HelpDate, tutor_id: int, there: Collection[int], now: datetime) -> None:
    check_standing(date)
    check_not_begun(date, now)
    if tutor_id not in there:
        raise Conflict(_("This tutor does not receive on this date: open the page again."), code="changed_meanwhile")


def _locked(date: HelpDate) -> HelpDate:
    """After the locks of tutors."""
    lock_room(date.room_id)
    locked_hour(date.hour_id)
    return locked_date(date.pk)


def _receiving(date: HelpDate) -> set[int]:
    return set(HelpDateTutor.objects.filter(date=date.pk).values_list("tutor_id", flat=True))


def _remember(date: HelpDate, reason: str, there: Collection[int], by: Actor) -> None:
    """One line of the history; the date is an edition on."""
    before = {"start": date.start.isoformat(), "end": date.end.isoformat(), "tutors": sorted(there)}
    HelpDateChange.objects.create(date=date, kind=DateChange.TUTORS, before=before, reason=reason, by_id=by.person_id)
    date.number += 1
    date.save(update_fields=["number"])
