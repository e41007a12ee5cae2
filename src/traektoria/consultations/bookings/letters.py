"""What bookings tell by the bell and by letter: to who is booked, and to who receives. One message of a booking for
each of them, news again at each change; the reminder is a message of its own. None says the topic."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

from django.urls import reverse
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traektoria.consultations.bookings.enums import COMING, BookingState
from traektoria.consultations.bookings.models import Booking
from traektoria.consultations.bookings.permissions import receives
from traektoria.consultations.bookings.time_and_place import receivers, when_where, zone_of
from traektoria.consultations.requests.turns import until
from traektoria.consultations.slots.models import Slot
from traektoria.consultations.slots.queries.receivers import tutors_of
from traektoria.messaging import lead_time
from traektoria.messaging.enums import UnsentReason
from traektoria.messaging.kinds import Invitation, MessageKind, Reader, Told, Withheld, kinds
from traektoria.messaging.models import Message
from traektoria.messaging.outbox import Post, post_change, post_kinds, post_many
from traektoria.people.actor import Actor
from traektoria.people.enums import Role

PERSON: Final = "consultations.booking"
TUTOR: Final = "consultations.booking_tutor"
SOON: Final = "consultations.booking_soon"
MOVED, KEPT, ASKS_OFF, BACK, CHANGED, PLACED = "moved", "kept", "asks_off", "back", "changed", "placed"
AWAY: Final = "moved_away"
S = BookingState
TO_PERSON: Mapping[str, tuple[Any, Any]] = MappingProxyType(
    {
        S.BOOKED: (
            gettext_lazy("You are booked for a consultation"),
            gettext_lazy("You are booked: %(when)s, %(tutor)s. You will be reminded %(before)s."),
        ),
        S.ASKED: (
            gettext_lazy("The place is kept until the tutor says yes"),
            gettext_lazy("You asked for %(when)s, %(tutor)s. The place is kept for you; the tutor says yes first."),
        ),
        S.OFFERED: (
            gettext_lazy("A place has become free for you"),
            gettext_lazy("You waited for it: %(when)s, %(tutor)s. The place is kept for you until %(until)s."),
        ),
        S.OFF_BY_US: (
            gettext_lazy("Your consultation is cancelled by the centre"),
            gettext_lazy("The consultation %(when)s, %(tutor)s, does not take place for you. Why: %(why)s"),
        ),
        BACK: (
            gettext_lazy("Your consultation is cancelled by the centre"),
            gettext_lazy(
                "The consultation %(when)s, %(tutor)s, does not take place for you. You are in the waiting list again, "
                "where you were: the next free place is offered to you. Why: %(why)s"
            ),
        ),
        S.UNANSWERED: (
            gettext_lazy("The tutor has not answered"),
            gettext_lazy(
                "You asked for %(when)s, %(tutor)s, and there was no answer until the hour was over. It counts towards "
                "no limit: choose another hour."
            ),
        ),
        S.OFF_BY_ASKER: (
            gettext_lazy("Your booking is cancelled"),
            gettext_lazy("The booking %(when)s, %(tutor)s, is cancelled; the place is free for others."),
        ),
        MOVED: (
            gettext_lazy("Your consultation is moved"),
            gettext_lazy("Your consultation is at another time now: %(when)s, %(tutor)s."),
        ),
        CHANGED: (
            gettext_lazy("Your consultation has another topic"),
            gettext_lazy("The hour %(when)s, %(tutor)s, is about something else now. Your place stays yours."),
        ),
        PLACED: (
            gettext_lazy("Your consultation is at another place"),
            gettext_lazy("The time stays, the place is another one now: %(when)s, %(tutor)s."),
        ),
        KEPT: (
            gettext_lazy("The tutor expects you after all"),
            gettext_lazy("You asked to be let go, but the tutor expects you: %(when)s, %(tutor)s."),
        ),
    }
)
TO_TUTOR: Mapping[str, tuple[Any, Any]] = MappingProxyType(
    {
        S.BOOKED: (gettext_lazy("You have a booking"), gettext_lazy("%(person)s is booked with you: %(when)s.")),
        S.ASKED: (
            gettext_lazy("You are asked for an hour"),
            gettext_lazy("%(person)s asks for %(when)s. The place is kept; say yes or no."),
        ),
        S.UNANSWERED: (
            gettext_lazy("An hour was asked for and not answered"),
            gettext_lazy("%(person)s asked for %(when)s. The hour is over, the booking has ended without an answer."),
        ),
        S.OFF_BY_ASKER: (
            gettext_lazy("A booking is cancelled"), gettext_lazy("%(person)s does not come: %(when)s.")
        ),
        S.OFF_BY_US: (
            gettext_lazy("A booking is cancelled by the centre"),
            gettext_lazy("%(person)s does not come, the centre cancelled it: %(when)s."),
        ),
        MOVED: (gettext_lazy("A booking is moved"), gettext_lazy("%(person)s comes at another time: %(when)s.")),
        AWAY: (
            gettext_lazy("A booking is moved to a colleague"),
            gettext_lazy("%(person)s does not come to you: %(when)s. The booking is moved to a colleague."),
        ),
        ASKS_OFF: (
            gettext_lazy("You are asked to cancel a booking"),
            gettext_lazy("%(person)s asks to be let go, the term is over: %(when)s."),
        ),
    }
)  # fmt: skip
"""Title and sentence of each."""


def tell_made(bookings: Sequence[Booking], by: Actor) -> None:
    """Of new bookings of one slot: who has the place, and who receives."""
    told = sorted(tutors_of(bookings[0].slot) - {by.person_id})
    to_tutors = [_news(row, person, row.state) for row in bookings for person in told]
    post_kinds({PERSON: [_news(row, row.person_id, row.state) for row in bookings], TUTOR: to_tutors})


def tell_person(booking: Booking, what: str, *, first: bool = False) -> None:
    """``first``: nothing was told of it yet, which costs less to write."""
    if first:
        post_many(PERSON, [_news(booking, booking.person_id, what)])
    elif what in TO_PERSON:
        post_change(
            PERSON,
            to=booking.person_id,
            fact=str(booking.pk),
            booking=booking.pk,
            what=str(what),
            **_of_use(booking.slot),
        )


def _news(booking: Booking, to: int, what: str) -> Post:
    of_use = {"due": booking.offer_until.date().isoformat()} if booking.offer_until else _of_use(booking.slot)
    return Post(to, str(booking.pk), {"booking": booking.pk, "what": str(what), **of_use})


def _of_use(slot: Slot) -> dict[str, str]:
    """After the day of the hour its news are of no use: who has letters once a week gets these sooner. In the far east
    the day before: that is early, never late."""
    return {"due": slot.start.date().isoformat()}


def tell_tutors(booking: Booking, what: str, *, besides: Actor | None, before: Slot | None = None) -> None:
    """Who receives, but for who did it themselves. ``before``: the slot that it was moved from; who received there and
    does not here is told that nobody comes."""
    if what not in TO_TUTOR:
        return
    doer = besides.person_id if besides else None
    people, own = tutors_of(booking.slot) - {doer}, _of_use(booking.slot)
    for person in sorted(people):
        post_change(TUTOR, to=person, fact=str(booking.pk), booking=booking.pk, what=str(what), **own)
    if before is not None:
        facts: dict[str, Any] = {"booking": booking.pk, "what": AWAY, "slot": before.pk, **_of_use(before)}
        for person in sorted(tutors_of(before) - people - {doer}):
            post_change(TUTOR, to=person, fact=str(booking.pk), **facts)


def remind(bookings: Sequence[Booking], days: int) -> None:
    """So many days before: once for each time that a booking has, so that a moved one is reminded of anew."""
    post_many(SOON, [_reminder(row, days) for row in bookings])


def _reminder(row: Booking, days: int) -> Post:
    start = row.slot.start.isoformat()
    facts = {"booking": row.pk, "start": start, "days": days, **_of_use(row.slot)}
    return Post(row.person_id, lead_time.fact_of(row.pk, start, days), facts)


def _bookings(messages: Sequence[Message]) -> dict[int, Booking]:
    """Two queries."""
    keys = {message.facts["booking"] for message in messages}
    slot = ("slot__date__hour", "slot__date__point", "slot__date__room", "slot__tutor", "slot__centre__municipality")
    rows = Booking.objects.select_related("person", *slot).prefetch_related("slot__date__receives__tutor")
    return rows.in_bulk(keys)


def to_person(messages: Sequence[Message], reader: Reader) -> Iterator[Told | Withheld]:
    rows = _bookings(messages)
    for message in messages:
        yield _of_person(rows.get(message.facts["booking"]), message.facts["what"], reader)


def _of_person(row: Booking | None, what: str, reader: Reader) -> Told | Withheld:
    if row is None or row.person_id != reader.person_id or not _stands(row, what):
        return Withheld(UnsentReason.DONE)
    if reader.actor is None or not reader.actor.has(row.slot.centre_id, Role.TEACHER):
        return Withheld(UnsentReason.NO_RIGHT)
    return _timed(letter(TO_PERSON, what, _facts(row), _page(row)), row)


def to_tutor(messages: Sequence[Message], reader: Reader) -> Iterator[Told | Withheld]:
    rows, left = _bookings(messages), _slots(messages)
    for message in messages:
        row, slot = rows.get(message.facts["booking"]), left.get(message.facts.get("slot", 0))
        if slot is not None:
            yield _of_the_one_before(row, slot, reader)
        else:
            yield _of_tutor(row, message.facts["what"], reader)


def _slots(messages: Sequence[Message]) -> dict[int, Slot]:
    """From which bookings were moved away. One query where there are any."""
    keys = {message.facts["slot"] for message in messages if "slot" in message.facts}
    slot = ("date__hour", "date__point", "date__room", "tutor", "centre__municipality")
    rows = Slot.objects.select_related(*slot).prefetch_related("date__receives__tutor")
    return rows.in_bulk(keys) if keys else {}


def _of_the_one_before(row: Booking | None, slot: Slot, reader: Reader) -> Told | Withheld:
    """Who received there reads when nobody comes; when and with whom instead is no business of theirs."""
    if row is None or slot.start <= timezone.now() or (reader.actor and receives(reader.actor, row.slot)):
        return Withheld(UnsentReason.DONE)
    if reader.actor is None or not receives(reader.actor, slot):
        return Withheld(UnsentReason.NO_RIGHT)
    facts = {"person": row.person.short_name, "when": when_where(slot, zone_of(slot))}
    said = letter(TO_TUTOR, AWAY, facts, reverse("consultations:slot_bookings", args=[slot.pk]))
    return replace(said, action=_("Open the hour"))


def _of_tutor(row: Booking | None, what: str, reader: Reader) -> Told | Withheld:
    if row is None or not _stands(row, what):
        return Withheld(UnsentReason.DONE)
    if reader.actor is None or not receives(reader.actor, row.slot):
        return Withheld(UnsentReason.NO_RIGHT)
    return letter(TO_TUTOR, what, _facts(row), _page(row))


def soon(messages: Sequence[Message], reader: Reader) -> Iterator[Told | Withheld]:
    """As long as it stands at the time that was told, and has not begun."""
    rows, now = _bookings(messages), timezone.now()
    for message in messages:
        row = rows.get(message.facts["booking"])
        same = row is not None and row.slot.start == datetime.fromisoformat(message.facts["start"])
        if row is None or not same or row.state != S.BOOKED or row.slot.start <= now:
            yield Withheld(UnsentReason.DONE)
        elif reader.actor is None or not reader.actor.has(row.slot.centre_id, Role.TEACHER):
            yield Withheld(UnsentReason.NO_RIGHT)
        else:
            yield _timed(soon_letter(_facts(row), _page(row), lead_time.days_of(message.facts)), row)


def _stands(row: Booking, what: str) -> bool:
    """Still as it was told; that one is awaited, as long as the hour has not passed."""
    if what in (MOVED, CHANGED, PLACED, KEPT, S.BOOKED, S.ASKED) and row.slot.end <= timezone.now():
        return False
    if what in (MOVED, CHANGED, PLACED):
        return row.state in COMING
    if what == BACK:
        return row.state == S.OFF_BY_US
    if what == KEPT:
        return row.state == S.BOOKED and row.leave_asked_at is None
    if what == ASKS_OFF:
        return row.leave_asked_at is not None
    if what == S.OFFERED:
        return row.state == S.OFFERED and row.offer_until is not None and row.offer_until > timezone.now()
    return row.state == what


def _timed(told: Told, row: Booking) -> Told:
    """With the time itself, for the calendar of who is booked."""
    return replace(told, invitation=Invitation(row._meta.label_lower, str(row.pk)))


def _facts(row: Booking) -> dict[str, str]:
    zone = zone_of(row.slot)
    last = until(row.offer_until, zone) if row.offer_until else ""
    return {
        "when": when_where(row.slot, zone), "tutor": receivers(row.slot), "person": row.person.short_name,
        "why": row.why, "until": last,
    }  # fmt: skip


def _page(row: Booking) -> str:
    return reverse("consultations:booking_detail", args=[row.pk])


def letter(words: Mapping[str, tuple[Any, Any]], what: str, facts: dict[str, str], path: str) -> Told:
    title, sentence = words[what]
    said = str(sentence) % {**facts, "before": lead_time.days_before(lead_time.BOOKINGS)}
    return Told(str(title), (said,), path, _("Open the booking"))


def soon_letter(facts: dict[str, str], path: str, days: int) -> Told:
    sentence = _("%(soon)s: %(when)s, %(tutor)s. If you can't come, say it: others wait.")
    said = sentence % {**facts, "soon": lead_time.soon(days)}
    return Told(_("Your consultation is soon"), (said,), path, _("Open the booking"))


def _sample() -> dict[str, str]:
    return {
        "when": _("3 December, 15:00, room 12"), "tutor": _("Ivanova M. P."), "person": _("Petrova A. I."), "why": "",
        "until": "",
    }  # fmt: skip


kinds.add(
    MessageKind(
        slug=PERSON, order=53, label=gettext_lazy("My bookings of consultations"),
        why=gettext_lazy("you are booked for a consultation, or wait for one."), tell=to_person,
        sample=lambda: letter(TO_PERSON, S.BOOKED, _sample(), "/"),
    )
)  # fmt: skip
kinds.add(
    MessageKind(
        slug=SOON, order=54,
        label=format_lazy(
            gettext_lazy("Reminders {before} a consultation"), before=lead_time.days_before_lazy(lead_time.BOOKINGS)
        ),
        why=gettext_lazy("you are booked for a consultation."), tell=soon,
        sample=lambda: soon_letter(_sample(), "/", lead_time.DAY_BEFORE),
    )
)  # fmt: skip
kinds.add(
    MessageKind(
        slug=TUTOR, order=55, label=gettext_lazy("Who books an hour with me"),
        why=gettext_lazy("you receive in this hour."), tell=to_tutor,
        sample=lambda: letter(TO_TUTOR, S.BOOKED, _sample(), "/"),
    )
)  # fmt: skip
