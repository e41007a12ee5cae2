"""A place in the waiting list is taken and given up."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.consultations.bookings.enums import WishState
from traektoria.consultations.bookings.models import WaitingWish
from traektoria.consultations.slots.locks import lock_people
from traektoria.consultations.slots.queries.rules import rules_for
from traektoria.core import audit
from traektoria.core.errors import Conflict, Invalid, Refused
from traektoria.people.actor import Actor, acting
from traektoria.people.enums import Role
from traektoria.tutors.statuses.queries import may_take_teachers

LONGEST, MOST = timedelta(days=200), 5


@dataclass(frozen=True)
class WaitedFor:
    """For whom or what one waits, and on which days."""

    centre_id: int
    first_day: date
    last_day: date
    tutor_id: int | None = None
    subject: str = ""
    topic: str = ""


@transaction.atomic
def enter_list(*, wanted: WaitedFor, by: Actor) -> WaitingWish:
    """Wait for a freed place. The same wish again is the same place in the list, with its time of waiting."""
    if not by.has(wanted.centre_id, Role.TEACHER):
        raise Refused(_("A teacher of the centre waits for an hour."), code="not_a_teacher")
    if not rules_for(by, wanted.centre_id).waiting_list:
        raise Conflict(_("This centre keeps no waiting list."), code="no_list")
    if not timezone.localdate() <= wanted.last_day <= timezone.localdate() + LONGEST:
        raise Invalid(_("Choose a last day within half a year."), code="last_day")
    if wanted.first_day > wanted.last_day:
        raise Invalid(_("The last day is before the first one."), code="last_before_first")
    if wanted.tutor_id and not may_take_teachers([wanted.tutor_id], wanted.centre_id):
        raise Conflict(_("This person is no tutor of the centre now: choose another one."), code="not_a_tutor")
    lock_people([acting(by)])
    mine = WaitingWish.objects.filter(person=acting(by), centre=wanted.centre_id, state=WishState.WAITS)
    same = mine.filter(tutor=wanted.tutor_id, subject=wanted.subject).first()
    if same is not None:
        same.first_day, same.last_day, same.topic = wanted.first_day, wanted.last_day, wanted.topic
        same.save(update_fields=["first_day", "last_day", "topic"])
        return same
    if mine.count() >= MOST:
        raise Conflict(_("You wait for %(most)s hours already.") % {"most": MOST}, code="too_many")
    wish = WaitingWish.objects.create(
        person_id=acting(by), since=timezone.now(), **{name: getattr(wanted, name) for name in FIELDS}
    )
    audit.record("wish.enter", wish, by=by)
    return wish


FIELDS = ("centre_id", "first_day", "last_day", "tutor_id", "subject", "topic")


@transaction.atomic
def leave_list(*, wish: WaitingWish, by: Actor) -> WaitingWish:
    """Wait no longer; twice is once. An offer that stands is answered by itself."""
    row = WaitingWish.objects.select_for_update(no_key=True).get(pk=wish.pk)
    if row.person_id != by.person_id:
        raise Refused(_("This place in the list is somebody else's."), code="not_yours")
    if row.state == WishState.WAITS:
        row.state = WishState.LEFT
        row.save(update_fields=["state"])
        audit.record("wish.leave", row, by=by)
    return row
