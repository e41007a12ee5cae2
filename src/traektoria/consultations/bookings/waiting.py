"""Who asked for an hour waits for its tutor; who asks to be let go, too; an offer waits for the person; and after the
hour somebody has to say who came."""

from collections.abc import Collection, Iterator
from typing import Final

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.consultations.bookings.booking_rows import Standing, standing
from traektoria.consultations.bookings.enums import COMING, BookingState
from traektoria.consultations.bookings.models import Booking
from traektoria.consultations.bookings.time_and_place import when
from traektoria.consultations.requests.turns import until
from traektoria.consultations.slots.models import HelpDateTutor, Slot
from traektoria.core.joined_rows import Joined, by
from traektoria.core.registries import DeskGroup, Wait, Waited, WaitingKind, WaitingSource, Watch, Words
from traektoria.core.typography import counted
from traektoria.core.waiting import waits
from traektoria.people import addressees
from traektoria.people.enums import Role

ASKED, ASKS_OFF, OFFERED, WHO_CAME, MINE = (
    f"consultations.booking_{name}" for name in ("asked", "asks_off", "offered", "came", "mine")
)


def rows(bookings: Collection[int]) -> Iterator[Wait]:
    """By keys. One query, two where tutors receive together."""
    found = standing(bookings)
    together = {row.date for row in found if row.tutor is None}
    receive = by("date_id", _RECEIVE.among("t.date_id", together, order="t.id"))
    for booking in found:
        if booking.state not in COMING:
            continue
        yield _of_person(booking)
        tutors = [booking.tutor] if booking.tutor else [one.tutor_id for one in receive.get(booking.date, ())]
        if booking.state == BookingState.ASKED:
            yield from _of_tutors(ASKED, booking, tutors)
        if booking.leave_asked_at is not None:
            yield from _of_tutors(ASKS_OFF, booking, tutors)
        if booking.state == BookingState.BOOKED:
            yield from _of_tutors(WHO_CAME, booking, tutors, after=True)


_RECEIVE: Final = Joined(HelpDateTutor)


def _facts(booking: Standing) -> dict[str, str]:
    return {"when": when(booking, booking.zone)}


def _of_person(booking: Standing) -> Wait:
    to = addressees.person(booking.person)
    if booking.state == BookingState.OFFERED and booking.offer_until:
        facts = _facts(booking) | {"until": until(booking.offer_until, booking.zone)}
        return Wait(OFFERED, to, booking, booking.centre, facts=facts)
    last = timezone.localdate(booking.start, booking.zone)
    return Wait(MINE, to, booking, booking.centre, booking.tutor, facts=_facts(booking), shows_until=last)


def _of_tutors(kind: str, booking: Standing, tutors: Collection[int], *, after: bool = False) -> Iterator[Wait]:
    """``after``: from the day of the hour on."""
    since = timezone.localdate(booking.start, booking.zone) if after else None
    for tutor in tutors:
        to = addressees.holder(Role.TUTOR, booking.centre, tutor)
        yield Wait(kind, to, booking, booking.centre, booking.person, facts=_facts(booking), shows_from=since)


def asked(row: Waited) -> Words:
    return Words(_("You are asked for an hour: %(when)s") % row.facts, row.name, _page(row), _("Answer"))


def asks_off(row: Waited) -> Words:
    return Words(_("You are asked to let go: %(when)s") % row.facts, row.name, _page(row), _("Answer"))


def offered(row: Waited) -> Words:
    what = _("A place is free for you: %(when)s") % row.facts
    return Words(what, _("kept until %(until)s") % row.facts, _page(row), _("Take"))


def who_came(row: Waited) -> Words:
    what = counted(row.number, "Say who came: %(n)s booking", "Say who came: %(n)s bookings")
    return Words(what, "", f"{reverse('consultations:booking_list')}?who=received", _("Say"))


def mine(row: Waited) -> Words:
    return Words(_("Your consultation: %(when)s") % row.facts, row.name, _page(row), _("Open"))


def _page(row: Waited) -> str:
    return reverse("consultations:booking_detail", args=[row.object_id])


def _coming() -> QuerySet[Booking, int]:
    return Booking.objects.filter(state__in=COMING).values_list("pk", flat=True)


waits(
    WaitingSource(
        slug="consultations.bookings",
        order=14,
        model=Booking,
        rows=rows,
        by_keys=True,
        kinds=(
            WaitingKind(OFFERED, 12, DeskGroup.TODAY, offered),
            WaitingKind(ASKED, 14, DeskGroup.SOON, asked),
            WaitingKind(ASKS_OFF, 14, DeskGroup.SOON, asks_off),
            WaitingKind(WHO_CAME, 14, DeskGroup.SOON, who_came, sums=True),
            WaitingKind(MINE, 14, DeskGroup.WAITING, mine),
        ),
        watches=(
            Watch(Slot, lambda slot: _coming().filter(slot=slot.pk), frozenset({"start", "tutor"})),
            Watch(HelpDateTutor, lambda row: _coming().filter(slot__date=row.date_id, slot__tutor=None)),
        ),
    )
)
