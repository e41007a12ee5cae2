"""Before an Hour that has bookings (``messaging.lead_time``) who receives in it is reminded, once for each time that it
has: how many come, and where. It is told from what stands when it is read: what was dropped, moved or given to another
is told no more."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traektoria.consultations.bookings.enums import BookingState
from traektoria.consultations.bookings.models import Booking
from traektoria.consultations.slots.models import HelpDate, HelpDateTutor
from traektoria.consultations.slots.queries.receivers import away_until
from traektoria.core.typography import counted, ru_moment
from traektoria.messaging import lead_time
from traektoria.messaging.enums import UnsentReason
from traektoria.messaging.kinds import Invitation, MessageKind, Reader, Told, Withheld, kinds
from traektoria.messaging.models import Message
from traektoria.messaging.outbox import Post, post_many
from traektoria.organisations import zones
from traektoria.people.enums import Role

HOUR_SOON: Final = "consultations.hour_soon"
COMES: Final = (BookingState.BOOKED, BookingState.ASKED)


def remind_receivers(window: lead_time.Window) -> int:
    """Of dates that begin then and have bookings; how many persons. Told again nobody is told twice."""
    coming = Booking.objects.filter(
        state__in=COMES, slot__date__start__gt=window.since, slot__date__start__lte=window.until
    )
    whose = set(coming.order_by().values_list("slot__date", "slot__tutor"))
    rows = HelpDateTutor.objects.filter(date__in={date for date, _tutor in whose}, live=True)
    posts = [
        _reminder(row, window.days)
        for row in rows.select_related("date__centre__municipality").order_by("pk")
        if whose & {(row.date_id, row.tutor_id), (row.date_id, None)}
    ]
    post_many(HOUR_SOON, posts)
    return len(posts)


def _reminder(row: HelpDateTutor, days: int) -> Post:
    start, here = row.date.start.isoformat(), zones.zone(row.date.centre.municipality.time_zone)
    due = timezone.localdate(row.date.start, here).isoformat()
    facts = {"date": row.date_id, "start": start, "days": days, "due": due}
    return Post(row.tutor_id, lead_time.fact_of(row.date_id, start, days), facts)


def soon(messages: Sequence[Message], reader: Reader) -> Iterator[Told | Withheld]:
    """To who receives, as long as it stands at the time that was told, has not begun, and somebody comes."""
    keys = {message.facts["date"] for message in messages}
    of_date = ("point", "room", "centre__municipality")
    dates = HelpDate.objects.select_related(*of_date).prefetch_related("receives").in_bulk(keys)
    taken = _taken(reader.person_id, keys)
    for message in messages:
        date = dates.get(message.facts["date"])
        if date is None or not _stands(date, message, reader) or not taken.get(date.pk):
            yield Withheld(UnsentReason.DONE)
        elif reader.actor is None or not reader.actor.has(date.centre_id, Role.TUTOR):
            yield Withheld(UnsentReason.NO_RIGHT)
        else:
            yield _told(date, taken[date.pk], lead_time.days_of(message.facts))


def _taken(tutor: int | None, dates: Collection[int]) -> dict[int, int]:
    """By date, how many come to the tutor, alone or with others. One query."""
    rows = Booking.objects.filter(Q(slot__tutor=tutor) | Q(slot__tutor=None), state__in=COMES, slot__date__in=dates)
    return dict(rows.order_by().values("slot__date").annotate(number=Count("pk")).values_list("slot__date", "number"))


def _stands(date: HelpDate, message: Message, reader: Reader) -> bool:
    mine = any(one.tutor_id == reader.person_id for one in date.receives.all())
    same = date.start == datetime.fromisoformat(message.facts["start"])
    return mine and date.is_standing and same and date.start > timezone.now() and not _is_away(date, reader.person_id)


def _is_away(date: HelpDate, person: int | None) -> bool:
    day = timezone.localdate(date.start, zones.zone(date.centre.municipality.time_zone))
    return bool(person and away_until([person], day))


def _told(date: HelpDate, number: int, days: int) -> Told:
    zone = zones.zone(date.centre.municipality.time_zone)
    when = ru_moment(timezone.localtime(date.start, zone).replace(tzinfo=None))
    where = ", ".join(part.name for part in (date.point, date.room) if part) or _("by video")
    said = letter(when, where, number, reverse("consultations:date_detail", args=[date.pk]), days)
    return replace(said, invitation=Invitation(date._meta.label_lower, str(date.pk)))


def letter(when: str, where: str, number: int, path: str, days: int) -> Told:
    who = counted(number, "%(n)s teacher is booked.", "%(n)s teachers are booked.")
    facts = {"soon": lead_time.soon(days), "when": when, "where": where}
    sentence = _("%(soon)s you receive: %(when)s, %(where)s.") % facts
    return Told(_("Your hour is soon"), (f"{sentence} {who}",), path, _("See who comes"))


kinds.add(
    MessageKind(
        slug=HOUR_SOON, order=57,
        label=format_lazy(
            gettext_lazy("Reminders {before} my hours that are booked"),
            before=lead_time.days_before_lazy(lead_time.BOOKINGS),
        ),
        why=gettext_lazy("you receive in this hour."), tell=soon,
        sample=lambda: letter(_("3 December, 15:00"), _("room 12"), 2, "/", lead_time.DAY_BEFORE),
    )
)  # fmt: skip
