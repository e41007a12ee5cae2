"""Who came is marked, by one or by several devices at once; the teacher counts it for the route."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core import audit
from traektoria.core.errors import Conflict, Refused
from traektoria.core.typography import counted, ru_moment
from traektoria.core.waiting import gathered
from traektoria.events.attendance.enums import Answer, Word
from traektoria.events.attendance.models import Attendance, AttendanceMark
from traektoria.events.enrolment.enums import EnrolmentState
from traektoria.events.enrolment.models import Enrolment
from traektoria.events.event.actions.dating import held
from traektoria.events.event.locking import locked_date
from traektoria.events.event.models import EventDate
from traektoria.events.event.permissions import check_lead
from traektoria.events.event.policies import check_held, of_centre
from traektoria.events.event.where import called, zone_of
from traektoria.people.actor import Actor
from traektoria.routes.models import RouteItem
from traektoria.routes.route.actions.doing import add_link
from traektoria.routes.route.enums import ItemState


@dataclass(frozen=True)
class Mark:
    """A press: ``key`` made on the device, ``at`` by its clock."""

    key: UUID
    person: int
    said: str
    at: datetime


@dataclass(frozen=True)
class Marked:
    """``fresh``: marks that are new. ``strangers``: persons who are not of the centre, whose marks are not taken."""

    fresh: int
    strangers: tuple[int, ...]


@transaction.atomic
def mark_people(*, date: EventDate, marks: Sequence[Mark], by: Actor, now: datetime | None = None) -> Marked:
    """Each mark counts once, however often and from however many devices it is sent; of two about one person the later
    press holds, and both stay. Who is not registered is a walk-in. The first who came says that the date took place.

    Side effects: audit; what serves a route item is offered to the teacher as evidence. Raises ``Refused``,
    ``Conflict``.
    """
    moment = now or timezone.now()
    row = locked_date(date.pk)
    check_lead(by, row.event)
    check_held(row, moment)
    known = set(AttendanceMark.objects.filter(key__in=[one.key for one in marks]).values_list("key", flat=True))
    fresh = list({one.key: one for one in marks if one.key not in known and one.said in Word.values}.values())
    people = {one.person for one in fresh}
    registered = _registered(row, people)
    there = registered.keys() | of_centre(people - registered.keys(), row.event.centre_id)
    taken = sorted((one for one in fresh if one.person in there), key=lambda one: one.at)
    with gathered():
        for one in taken:
            _mark(row, one, registered.get(one.person), by, moment)
        if any(one.said == Word.CAME for one in taken):
            held(row, by, moment)
    if taken:
        audit.record("event.marks", row.event, by=by, date=row.pk, number=len(taken))
    return Marked(len(taken), tuple(sorted(people - there)))


def _registered(date: EventDate, people: set[int]) -> dict[int, Enrolment]:
    """Those of them who have a place on the date."""
    rows = Enrolment.objects.filter(
        event=date.event_id, person__in=people, state=EnrolmentState.IN, seats__date=date.pk
    )
    return {row.person_id: row for row in rows.select_related("item")}


def _mark(date: EventDate, one: Mark, enrolment: Enrolment | None, by: Actor, now: datetime) -> None:
    """A clock that goes ahead says no later time than ours."""
    at = min(one.at, now)
    AttendanceMark.objects.create(
        key=one.key, date=date, person_id=one.person, said=one.said, at=at, by_id=by.person_id
    )
    row = Attendance.objects.filter(date=date, person=one.person).first() or Attendance(
        date=date, person_id=one.person, walk_in=enrolment is None
    )
    if row.pk is not None and row.at > at:
        return
    row.said, row.at, row.answer = one.said, at, _asked(row.answer, one.said, enrolment)
    row.save()


def _asked(answer: str, said: str, enrolment: Enrolment | None) -> str:
    """What the teacher has answered stays; offered is what serves an item that is still open."""
    if answer in (Answer.TAKEN, Answer.DECLINED):
        return answer
    item = enrolment.item if enrolment else None
    is_open = item is not None and item.state in (ItemState.PLANNED, ItemState.DOING)
    return Answer.ASKED if said == Word.CAME and is_open else ""


@transaction.atomic
def answer_evidence(*, row: Attendance, counts: bool, link: str, by: Actor) -> Attendance:
    """The teacher says whether it shows that the item is done; ``link`` is the address of the event, which becomes the
    evidence. Twice is once. Raises ``Refused``, and ``Conflict`` where the route has ended."""
    found = Attendance.objects.select_for_update(of=("self",), no_key=True).select_related(
        "date__event__centre__municipality"
    ).get(pk=row.pk)  # fmt: skip
    if found.person_id != by.person_id:
        raise Refused(_("This is answered by the teacher whose route it is."), code="not_yours")
    wanted = Answer.TAKEN if counts else Answer.DECLINED
    if found.answer == wanted:
        return found
    if found.answer != Answer.ASKED:
        raise Conflict(_("This was answered already."), code="answered")
    item = item_of(found)
    if counts and item is not None:
        add_link(item=item, link=link, note=note_of(found.date), by=by)
    found.answer = wanted
    found.save(update_fields=["answer"])
    audit.record("event.evidence", found.date.event, by=by, counts=counts)
    return found


def item_of(row: Attendance) -> RouteItem | None:
    """The route item that the registration serves. One query."""
    rows = Enrolment.objects.filter(event=row.date.event_id, person=row.person_id, item__isnull=False)
    found = rows.select_related("item__route__support").first()
    return found.item if found else None


def note_of(date: EventDate) -> str:
    """«Мастер-класс «Проценты», 3 декабря, 15:00, 90 минут»: the same hours as in the load of who led it."""
    when = ru_moment(timezone.localtime(date.start, zone_of(date.event)).replace(tzinfo=None))
    return f"{called(date.event)}, {when}, {counted(date.minutes, '%(n)s minute', '%(n)s minutes')}"[:300]
