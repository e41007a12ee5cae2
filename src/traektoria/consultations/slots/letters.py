"""Who receives on a date is told by the bell and by letter that it was dropped, moved or takes place after all, unless
they did it themselves. One message of a date, news again at each change; of an Hour that ended, one for all of them."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Final

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traektoria.consultations.slots.models import HelpDate, HelpHour
from traektoria.core.typography import ru_moment, short_day
from traektoria.messaging.enums import UnsentReason
from traektoria.messaging.kinds import Invitation, MessageKind, Reader, Told, Withheld, kinds
from traektoria.messaging.models import Message
from traektoria.messaging.outbox import post_change
from traektoria.organisations import zones
from traektoria.people.actor import Actor
from traektoria.people.enums import Role

DATE: Final = "consultations.date"
DROPPED, REST, MOVED, RESTORED, FEWER, PLACED = (
    "dropped", "rest", "moved", "restored", "fewer", "placed",
)  # fmt: skip
WORDS: Mapping[str, tuple[Any, Any]] = MappingProxyType(
    {
        DROPPED: (
            gettext_lazy("Your hour does not take place"),
            gettext_lazy("Your hour of reception %(when)s was dropped. Who had booked is told."),
        ),
        REST: (
            gettext_lazy("The rest of your hour is dropped"),
            gettext_lazy(
                "Your hour of reception %(when)s has begun; the rest of it was dropped. Who had booked is told."
            ),
        ),
        MOVED: (
            gettext_lazy("Your hour is moved"),
            gettext_lazy("You receive at another time now: %(when)s. Bookings moved along, who has booked is told."),
        ),
        PLACED: (
            gettext_lazy("Your hour is at another place"),
            gettext_lazy("You receive at another place now, the time stays: %(when)s. Who has booked is told."),
        ),
        FEWER: (
            gettext_lazy("You receive without a colleague"),
            gettext_lazy(
                "One of the tutors of your hour %(when)s does not come: it goes on with you. See who is booked."
            ),
        ),
        RESTORED: (
            gettext_lazy("Your hour takes place after all"),
            gettext_lazy("Your hour of reception %(when)s takes place after all: one can book again."),
        ),
    }
)
"""Title and sentence of each."""


def tell_receivers(date: HelpDate, tutors: Collection[int], what: str, by: Actor | None) -> None:
    for person in sorted(set(tutors) - {by.person_id if by else None}):
        post_change(DATE, to=person, fact=str(date.pk), date=date.pk, what=what)


def tell_ended(hour: HelpHour, tutors: Collection[int], by: Actor) -> None:
    for person in sorted(set(tutors) - {by.person_id}):
        post_change(DATE, to=person, fact=f"hour {hour.pk}", hour=hour.pk)


def changed(messages: Sequence[Message], reader: Reader) -> Iterator[Told | Withheld]:
    """To who receives, as long as it is so. Three queries."""
    facts = [message.facts for message in messages]
    rows = HelpDate.objects.filter(pk__in={one["date"] for one in facts if "date" in one})
    dates = {one.pk: one for one in rows.select_related("centre__municipality").prefetch_related("receives")}
    hours = HelpHour.objects.in_bulk({one["hour"] for one in facts if "hour" in one})
    for one in facts:
        if "hour" in one:
            yield _of_hour(hours.get(one["hour"]), reader)
        else:
            yield _of_date(dates.get(one["date"]), one["what"], reader)


def _of_date(date: HelpDate | None, what: str, reader: Reader) -> Told | Withheld:
    mine = date is not None and any(one.tutor_id == reader.person_id for one in date.receives.all())
    if date is None or not mine or date.end <= timezone.now() or date.is_standing == (what == DROPPED):
        return Withheld(UnsentReason.DONE)
    if not _receives(reader.actor, date.centre_id):
        return Withheld(UnsentReason.NO_RIGHT)
    when = ru_moment(
        timezone.localtime(date.start, zones.zone(date.centre.municipality.time_zone)).replace(tzinfo=None)
    )
    said = date_letter(what, when, reverse("consultations:date_detail", args=[date.pk]))
    return replace(said, invitation=Invitation(date._meta.label_lower, str(date.pk)))


def _of_hour(hour: HelpHour | None, reader: Reader) -> Told | Withheld:
    if hour is None or hour.ended_on is None:
        return Withheld(UnsentReason.DONE)
    if not _receives(reader.actor, hour.centre_id):
        return Withheld(UnsentReason.NO_RIGHT)
    said = _("After %(day)s you receive in this Hour no more: its later dates are dropped, who had booked is told.")
    path = reverse("consultations:help_detail", args=[hour.pk])
    return Told(_("Your Hour has ended"), (said % {"day": short_day(hour.ended_on)},), path, _("Look"))


def _receives(actor: Actor | None, centre_id: int) -> bool:
    return actor is not None and actor.has(centre_id, Role.TUTOR)


def date_letter(what: str, when: str, path: str) -> Told:
    title, sentence = WORDS[what]
    return Told(str(title), (sentence % {"when": when},), path, _("Look"))


kinds.add(
    MessageKind(
        slug=DATE,
        order=56,
        label=gettext_lazy("My hours dropped or moved by others"),
        why=gettext_lazy("you receive on this date."),
        tell=changed,
        sample=lambda: date_letter(MOVED, ru_moment(timezone.localtime()), "/"),
    )
)
