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
from traektoria.core.text import search_key
from traektoria.core.typography import in_hours, ru_moment
from traektoria.core.waiting import gathered
from traektoria.events.attendance.enums import Aside, EvidenceAnswer, Source, Word
from traektoria.events.attendance.models import Attendance, AttendanceMark, DoorGuest
from traektoria.events.enrolment.enums import EnrolmentState
from traektoria.events.enrolment.models import Enrolment
from traektoria.events.event.actions.dating import held, not_held
from traektoria.events.event.enums import EventState
from traektoria.events.event.locks import locked_date
from traektoria.events.event.models import EventDate
from traektoria.events.event.permissions import check_lead
from traektoria.events.event.policies import can_be_held, check_guests, check_held, of_centre
from traektoria.events.event.time_and_place import called, zone_of
from traektoria.people.actor import Actor
from traektoria.routes.models import RouteItem
from traektoria.routes.route.actions.doing import add_link
from traektoria.routes.route.enums import ItemState


@dataclass(frozen=True)
class GuestWords:
    """Somebody whom the system does not know, as typed."""

    name: str
    work: str = ""

    @property
    def same(self) -> str:
        return f"{search_key(self.name)}|{search_key(self.work)}"


@dataclass(frozen=True)
class Mark:
    """A press about a person or a guest: ``key`` made on the device, ``at`` by its clock."""

    key: UUID
    person: int | None
    said: str
    at: datetime
    guest: GuestWords | None = None
    device: str = ""


@dataclass(frozen=True)
class Marked:
    """``fresh``: marks that are new. ``strangers``: persons who are not of the centre, whose marks are not taken.
    ``walk_ins``: persons without a place on the date. ``aside``: why the marks do not count yet, empty: they do.
    ``older``: marks that change nothing, for a later one says otherwise."""

    fresh: int
    strangers: tuple[int, ...] = ()
    walk_ins: tuple[int, ...] = ()
    aside: str = ""
    older: int = 0


@transaction.atomic
def mark_people(
    *, date: EventDate, marks: Sequence[Mark], by: Actor, now: datetime | None = None, source: str = Source.LEADER
) -> Marked:
    """Each mark counts once, however often and from however many devices it is sent; of two about one person the later
    press holds, and both stay. Who is not registered is a walk-in. Once the date has begun, who came says that it took
    place.

    Side effects: audit; what serves a route item is offered to the teacher as evidence. Raises ``Refused``,
    ``Conflict``.
    """
    moment = now or timezone.now()
    row = locked_date(date.pk)
    check_lead(by, row.event)
    check_held(row, moment)
    return take_marks(row, marks, by, moment, source=source)


@transaction.atomic
def receive_marks(
    *, date: EventDate, marks: Sequence[Mark], by: Actor, now: datetime | None = None, source: str = Source.LEADER
) -> Marked:
    """As ``mark_people``, of a device that had no line: what was pressed is never lost. Where the event was closed,
    cancelled or moved meanwhile, the marks are kept aside. Raises ``Refused``."""
    moment = now or timezone.now()
    row = locked_date(date.pk)
    check_lead(by, row.event)
    return take_marks(row, marks, by, moment, source=source, aside=why_aside(row, moment))


def why_aside(date: EventDate, now: datetime) -> str:
    """Why a mark of the date does not count now; empty where it does."""
    if date.event.state == EventState.CANCELLED:
        return Aside.CANCELLED
    if not date.stands:
        return Aside.DROPPED
    if date.event.state == EventState.CLOSED:
        return Aside.CLOSED
    return "" if can_be_held(date, now) else Aside.EARLY


@transaction.atomic
def settle_aside(*, date: EventDate, by: Actor, now: datetime | None = None) -> int:
    """What was kept aside counts from now on; how many marks. Twice is once. Raises ``Refused``, ``Conflict``."""
    moment = now or timezone.now()
    row = locked_date(date.pk)
    check_lead(by, row.event)
    check_held(row, moment)
    kept = list(AttendanceMark.objects.filter(date=row).exclude(aside="").select_related("guest").order_by("at", "pk"))
    registered = _registered(row, {one.person_id for one in kept if one.person_id})
    with gathered():
        for one in kept:
            _hold(row, one, registered.get(one.person_id or 0))
        AttendanceMark.objects.filter(pk__in=[one.pk for one in kept]).update(aside="")
        _follow(row, by, moment, {one.said for one in kept})
    if kept:
        audit.record("event.marks", row.event, by=by, date=row.pk, number=len(kept))
    return len(kept)


def take_marks(
    row: EventDate, marks: Sequence[Mark], by: Actor, moment: datetime, *, source: str = Source.LEADER, aside: str = ""
) -> Marked:
    """Inside the caller's transaction, with the date locked and the rights checked."""
    if any(one.guest for one in marks):
        check_guests(row.event)
    known = set(AttendanceMark.objects.filter(key__in=[one.key for one in marks]).values_list("key", flat=True))
    fresh = list({one.key: one for one in marks if one.key not in known and one.said in Word.values}.values())
    people = {one.person for one in fresh if one.person}
    registered = _registered(row, people)
    there = registered.keys() | of_centre(people - registered.keys(), row.event.centre_id)
    taken = sorted((one for one in fresh if one.guest or one.person in there), key=lambda one: one.at)
    older = 0
    with gathered():
        for one in taken:
            kept = _kept(row, one, by, moment, source, aside)
            if not aside:
                older += not _hold(row, kept, registered.get(kept.person_id or 0))
        if not aside:
            _follow(row, by, moment, {one.said for one in taken})
    if taken:
        audit.record("event.marks", row.event, by=by, date=row.pk, number=len(taken))
    walk_ins = people & there - registered.keys()
    return Marked(len(taken), tuple(sorted(people - there)), tuple(sorted(walk_ins)), aside, older)


def _follow(row: EventDate, by: Actor, moment: datetime, said: set[str]) -> None:
    """What the date itself is after marks with these words."""
    if Word.CAME in said:
        took_place(row, by, moment)
    if said - {Word.CAME} and row.held_by_marks and not _anybody(row):
        not_held(row, by)


def _anybody(row: EventDate) -> bool:
    came = Attendance.objects.filter(date=row, said=Word.CAME)
    return came.exists() or DoorGuest.objects.filter(date=row, said=Word.CAME).exists()


def took_place(row: EventDate, by: Actor | None, moment: datetime) -> None:
    """Who came before it began says nothing of that yet (``tasks.hold_begun`` does later)."""
    if row.start <= moment:
        held(row, by, moment, by_marks=True)


def _registered(date: EventDate, people: set[int]) -> dict[int, Enrolment]:
    """Those of them who have a place on the date."""
    rows = Enrolment.objects.filter(
        event=date.event_id, person__in=people, state=EnrolmentState.IN, seats__date=date.pk
    )
    return {row.person_id: row for row in rows.select_related("item")}


def _kept(date: EventDate, one: Mark, by: Actor, now: datetime, source: str, aside: str) -> AttendanceMark:
    """A clock that goes ahead says no later time than ours."""
    at, guest = min(one.at, now), None
    if one.guest is not None:
        words = {"name": one.guest.name, "work": one.guest.work, "said": Word.UNDONE, "at": at}
        guest, _new = DoorGuest.objects.get_or_create(date=date, same=one.guest.same, defaults=words)
    return AttendanceMark.objects.create(
        key=one.key, date=date, person_id=None if guest else one.person, guest=guest, said=one.said, at=at,
        by_id=by.person_id, source=source, device=one.device[:40], aside=aside,
    )  # fmt: skip


def _hold(date: EventDate, mark: AttendanceMark, enrolment: Enrolment | None) -> bool:
    """What the newest mark says is what holds. False where a later one says otherwise."""
    if mark.guest is not None:
        guest = DoorGuest.objects.filter(pk=mark.guest.pk)
        newest = guest.filter(at__lte=mark.at).update(said=mark.said, at=mark.at)
        return bool(newest) or guest.filter(said=mark.said).exists()
    row = Attendance.objects.filter(date=date, person=mark.person_id).first() or Attendance(
        date=date, person_id=mark.person_id or 0, walk_in=enrolment is None
    )
    if row.pk is not None and row.at > mark.at:
        return row.said == mark.said
    row.said, row.at, row.answer = mark.said, mark.at, answer_after(row.answer, mark.said, enrolment)
    row.save()
    return True


def answer_after(answer: str, said: str, enrolment: Enrolment | None) -> str:
    """What the teacher has answered stays; offered is what serves an item that is still open."""
    if answer in (EvidenceAnswer.TAKEN, EvidenceAnswer.DECLINED):
        return answer
    item = enrolment.item if enrolment else None
    is_open = item is not None and item.state in (ItemState.PLANNED, ItemState.DOING)
    return EvidenceAnswer.ASKED if said == Word.CAME and is_open else ""


@transaction.atomic
def answer_evidence(*, row: Attendance, counts: bool, link: str, by: Actor) -> Attendance:
    """The teacher says whether it shows that the item is done; ``link`` is the address of the event, which becomes the
    evidence. Twice is once. Raises ``Refused``, and ``Conflict`` where the date was not held or nobody says that they
    came, where the route has ended or the registration serves it no longer."""
    found = Attendance.objects.select_for_update(of=("self",), no_key=True).select_related(
        "date__event__centre__municipality"
    ).get(pk=row.pk)  # fmt: skip
    if found.person_id != by.person_id:
        raise Refused(_("This is answered by the teacher whose route it is."), code="not_yours")
    wanted = EvidenceAnswer.TAKEN if counts else EvidenceAnswer.DECLINED
    if found.answer == wanted:
        return found
    if found.answer != EvidenceAnswer.ASKED:
        raise Conflict(_("This was answered already."), code="answered")
    if found.said != Word.CAME or found.date.held_at is None:
        raise Conflict(_("This is answered once the meeting has been and you are marked there."), code="not_held")
    if counts:
        add_link(item=served(item_of(found)), link=link, note=note_of(found.date), by=by)
    found.answer = wanted
    found.save(update_fields=["answer"])
    audit.record("event.evidence", found.date.event, by=by, counts=counts)
    return found


def item_of(row: Attendance) -> RouteItem | None:
    """The route item that the registration serves. One query."""
    rows = Enrolment.objects.filter(event=row.date.event_id, person=row.person_id, item__isnull=False)
    found = rows.select_related("item__route__support").first()
    return found.item if found else None


def served(item: RouteItem | None) -> RouteItem:
    """Evidence stands in an item or nowhere: nothing is said to stand that does not."""
    if item is None:
        text = _("This registration serves no item of your route any more: nothing can be counted.")
        raise Conflict(text, code="no_item")
    return item


def note_of(date: EventDate) -> str:
    """«Мастер-класс «Проценты», 3 декабря, 15:00, 1 ч 30 мин»: the same hours as in the load of who led it."""
    when = ru_moment(timezone.localtime(date.start, zone_of(date.event)).replace(tzinfo=None))
    return f"{called(date.event)}, {when}, {in_hours(date.minutes)}"[:300]
