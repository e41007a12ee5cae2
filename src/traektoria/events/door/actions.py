"""Marks that come from the door: of the phones of who keeps it, and of who says by the code that they are there."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core.errors import Conflict
from traektoria.core.typography import counted
from traektoria.events.attendance.actions import Mark, receive_marks, take_marks
from traektoria.events.attendance.enums import Aside, Source, Word
from traektoria.events.attendance.models import AttendanceMark, DoorGuest
from traektoria.events.door.policies import check_hour, check_place
from traektoria.events.door.queries import door_of
from traektoria.events.door.typed_names import known_as
from traektoria.events.enrolment.enums import EnrolmentState
from traektoria.events.enrolment.models import Seat
from traektoria.events.event.locks import locked_date
from traektoria.events.event.models import EventDate
from traektoria.events.event.permissions import leads
from traektoria.events.event.policies import of_centre
from traektoria.people.actor import Actor, acting


@dataclass
class Received:
    """What is on the disk now, by key; what was not taken, with the reason; what is to be known of the rest."""

    kept: list[UUID] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    warned: list[str] = field(default_factory=list)


def receive(*, date: EventDate, marks: Sequence[Mark], by: Actor, source: str = Source.LEADER) -> Received:
    """Marks of a phone, once or ten times. Who was typed and is known here is marked as themselves. Nothing is lost:
    what can't count now is kept aside and said in words. Raises ``Refused``."""
    said = Received()
    known = [_known(one, date, said) for one in marks]
    marked = receive_marks(date=date, marks=known, by=by, source=source)
    for one in known:
        if one.person in marked.strangers:
            said.refused[str(one.key)] = _("This person is of the centre no longer, and is not registered.")
        else:
            said.kept.append(one.key)
    if marked.aside:
        text = _("Kept, but it does not count yet: %(why)s.")
        said.warned.append(text % {"why": Aside(marked.aside).label})
    if marked.older:
        said.warned.append(
            counted(
                marked.older,
                "%(n)s mark changes nothing: a later one says otherwise. Look at the list.",
                "%(n)s marks change nothing: later ones say otherwise. Look at the list.",
            )
        )
    return said


def _known(one: Mark, date: EventDate, said: Received) -> Mark:
    """The person who is called as it was typed. A guest who stands on the list already stays one."""
    if one.guest is None or DoorGuest.objects.filter(date=date, same=one.guest.same, said=Word.CAME).exists():
        return one
    known, words = known_as(one.guest, date.event.centre_id), {"name": one.guest.name}
    if known.person is not None:
        said.warned.append(_("%(name)s is known here: marked as themselves, without a registration.") % words)
        return replace(one, guest=None, person=known.person)
    if known.maybe and one.said == Word.CAME:
        text = _(
            "%(name)s is kept as a guest. If it is %(maybe)s, take the mark back and mark them in the list, or write "
            "surname, name and school as here."
        )
        said.warned.append(text % (words | {"maybe": "; ".join(known.maybe)}))
    return one


@transaction.atomic
def arrive(*, date: EventDate, by: Actor, now: datetime | None = None) -> bool:
    """Somebody says by the code that they are there; only of themselves. Twice is once; returns whether they are
    registered. Who leads the event has said otherwise later: then that holds. Raises ``Conflict``, ``Refused``."""
    moment, me = now or timezone.now(), acting(by)
    row = locked_date(date.pk)
    check_arrival(by, row, moment)
    is_in = Seat.objects.filter(date=row, enrolment__person=me, enrolment__state=EnrolmentState.IN).exists()
    last = AttendanceMark.objects.filter(date=row, person=me, aside="").order_by("-at", "-pk").first()
    if last is not None and last.said == Word.CAME:
        return is_in
    if last is not None and last.source != Source.CODE:
        raise Conflict(_("Who leads the event has marked otherwise: speak with them."), code="marked")
    if not is_in:
        door = door_of(row)
        check_place(row.event, door.expected + door.more)
    key = uuid5(UUID(int=row.pk), f"{me} {last.pk if last else 0}")
    take_marks(row, [Mark(key, me, Word.CAME, moment)], by, moment, source=Source.CODE)
    return is_in


def check_arrival(by: Actor, date: EventDate, now: datetime) -> None:
    """One can say that one is there: a person of the centre, not a leader, at the hour."""
    check_hour(date, now)
    if leads(by, date.event):
        raise Conflict(_("You lead this event: mark the others."), code="leads")
    if not of_centre([acting(by)], date.event.centre_id):
        raise Conflict(_("The event is for people of the centre: speak with who leads it."), code="not_of_the_centre")
