"""Who receives instead, who is away, and who had booked are told once, by the bell and by letter: when, not why."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traektoria.consultations.absences.enums import Step
from traektoria.consultations.absences.models import AbsenceStep
from traektoria.consultations.bookings.enums import COMING
from traektoria.consultations.bookings.models import Booking
from traektoria.consultations.bookings.time_and_place import receivers, when_where
from traektoria.consultations.slots.models import HelpDate, HelpDateTutor, TutorAbsence
from traektoria.core.typography import counted, ru_moment, short_day
from traektoria.messaging.enums import UnsentReason
from traektoria.messaging.kinds import Invitation, MessageKind, Reader, Told, Withheld, kinds
from traektoria.messaging.models import Message
from traektoria.messaging.outbox import post_change
from traektoria.organisations import zones
from traektoria.people.enums import Role

INSTEAD: Final = "consultations.instead"
AWAY: Final = "consultations.away"
REPLACED: Final = "consultations.replaced"
ANOTHER: Final = "consultations.another_tutor"


def tell_substitute(absence: TutorAbsence, person: int) -> None:
    post_change(INSTEAD, to=person, fact=str(absence.pk), absence=absence.pk, steps=absence.steps.count())


def tell_absent(absence: TutorAbsence) -> None:
    """That it stands, until when; or that it was taken back."""
    end, steps, over = absence.end.isoformat(), absence.steps.count(), absence.cancelled_at is not None
    post_change(AWAY, to=absence.tutor_id, fact=str(absence.pk), absence=absence.pk, end=end, steps=steps, over=over)


def tell_replaced(date_id: int, tutor_id: int, other_id: int) -> None:
    """Of one date alone: who receives now, and who does no longer."""
    for person in (tutor_id, other_id):
        post_change(REPLACED, to=person, fact=str(date_id), date=date_id)


def tell_booked(date_id: int, tutor_id: int) -> None:
    """Whoever has a place with the tutor who came, or in the group of all tutors."""
    with_tutor = Q(slot__tutor=tutor_id) | Q(slot__tutor=None)
    rows = Booking.objects.filter(with_tutor, slot__date=date_id, state__in=COMING).order_by("person")
    for person in sorted(set(rows.values_list("person_id", flat=True))):
        post_change(ANOTHER, to=person, fact=str(date_id), date=date_id)


def instead(messages: Sequence[Message], reader: Reader) -> Iterator[Told | Withheld]:
    """To who still receives on these dates. Two queries."""
    keys = {message.facts["absence"] for message in messages}
    steps = AbsenceStep.objects.filter(absence__in=keys, step=Step.SUBSTITUTE, other=reader.person_id or 0)
    found = list(steps.select_related("date__centre__municipality").order_by("date__start"))
    mine = HelpDateTutor.objects.filter(
        tutor=reader.person_id or 0, live=True, end__gt=timezone.now(), date__in=[one.date_id for one in found]
    )
    stand = set(mine.values_list("date_id", flat=True))
    for message in messages:
        own = [one for one in found if one.absence_id == message.facts["absence"] and one.date_id in stand]
        if not own:
            yield Withheld(UnsentReason.DONE)
        elif reader.actor is None or not reader.actor.has(own[0].date.centre_id, Role.TUTOR):
            yield Withheld(UnsentReason.NO_RIGHT)
        else:
            yield instead_letter([_when(one.date) for one in own])


def instead_letter(days: list[str]) -> Told:
    said = counted(
        len(days),
        "You receive instead of a colleague on %(n)s day.",
        "You receive instead of a colleague on %(n)s days.",
    )
    when = _("When: %(days)s. Time, place and bookings stay as they were.") % {"days": ", ".join(days)}
    return Told(_("You receive instead of a colleague"), (said, when), reverse("consultations:absence_list"), _("Look"))


def away(messages: Sequence[Message], reader: Reader) -> Iterator[Told | Withheld]:
    """To the tutor: as the absence stands, or that it was taken back. One query."""
    rows = TutorAbsence.objects.in_bulk({message.facts["absence"] for message in messages})
    for message in messages:
        row = rows.get(message.facts["absence"])
        if row is None or (row.cancelled_at is not None) != message.facts.get("over", False):
            yield Withheld(UnsentReason.DONE)
        elif reader.actor is None or not reader.actor.has(row.centre_id, Role.TUTOR):
            yield Withheld(UnsentReason.NO_RIGHT)
        else:
            yield away_letter(short_day(row.start), short_day(row.end), row.pk, over=row.cancelled_at is not None)


def away_letter(first: str, last: str, pk: int, *, over: bool = False) -> Told:
    path = reverse("consultations:absence_detail", args=[pk])
    if over:
        said = _("You are not away from %(first)s to %(last)s after all: you are booked again. Dropped dates stay so.")
        return Told(_("Your absence is taken back"), (said % {"first": first, "last": last},), path, _("Look"))
    said = _("From %(first)s to %(last)s nobody is offered to you. What becomes of your hours stands on the page.")
    return Told(_("You are away"), (said % {"first": first, "last": last},), path, _("Look"))


def replaced(messages: Sequence[Message], reader: Reader) -> Iterator[Told | Withheld]:
    """To both tutors: who reads it receives now, or no longer. Two queries."""
    rows = HelpDate.objects.filter(pk__in={message.facts["date"] for message in messages})
    dates = {one.pk: one for one in rows.select_related("centre__municipality").prefetch_related("receives")}
    for message in messages:
        date = dates.get(message.facts["date"])
        if date is None or not date.is_standing or date.end <= timezone.now():
            yield Withheld(UnsentReason.DONE)
        elif reader.actor is None or not reader.actor.has(date.centre_id, Role.TUTOR):
            yield Withheld(UnsentReason.NO_RIGHT)
        else:
            mine = any(one.tutor_id == reader.person_id for one in date.receives.all())
            said = replaced_letter(_when(date), date.pk, mine=mine)
            yield replace(said, invitation=Invitation(date._meta.label_lower, str(date.pk)))


def replaced_letter(when: str, pk: int, *, mine: bool) -> Told:
    path = reverse("consultations:date_detail", args=[pk])
    if mine:
        said = _("You receive on %(when)s instead of a colleague: time, place and bookings stay as they were.")
        return Told(_("You receive instead of a colleague"), (said % {"when": when},), path, _("Look"))
    said = _("A colleague receives on %(when)s instead of you. Who has booked is told.")
    return Told(_("A colleague receives instead of you"), (said % {"when": when},), path, _("Look"))


def another(messages: Sequence[Message], reader: Reader) -> Iterator[Told | Withheld]:
    """To who still has a place. Two queries."""
    keys = {message.facts["date"] for message in messages}
    rows = Booking.objects.filter(
        slot__date__in=keys, person=reader.person_id or 0, state__in=COMING, slot__end__gt=timezone.now()
    )
    whole = ("slot__date__centre__municipality", "slot__tutor")
    held = {
        row.slot.date_id: row for row in rows.select_related(*whole).prefetch_related("slot__date__receives__tutor")
    }
    for message in messages:
        row = held.get(message.facts["date"])
        if row is None:
            yield Withheld(UnsentReason.DONE)
        else:
            when = when_where(row.slot, zones.zone(row.slot.date.centre.municipality.time_zone))
            yield another_letter(when, receivers(row.slot), reverse("consultations:booking_detail", args=[row.pk]))


def another_letter(when: str, tutor: str, path: str) -> Told:
    facts = {"when": when, "tutor": tutor}
    sentences = (
        _("The consultation on %(when)s is given by another tutor: %(tutor)s.") % facts,
        _("Time, place and your booking stay as they were; nothing is needed from you."),
    )
    return Told(_("Another tutor receives you"), sentences, path, _("Open"))


def _when(date: HelpDate) -> str:
    """By the clock of the place, wherever it is read."""
    zone = zones.zone(date.centre.municipality.time_zone)
    return ru_moment(timezone.localtime(date.start, zone).replace(tzinfo=None))


kinds.add(
    MessageKind(
        slug=INSTEAD,
        order=57,
        label=gettext_lazy("Hours that I give instead of a colleague"),
        why=gettext_lazy("you receive instead of a colleague."),
        tell=instead,
        sample=lambda: instead_letter([ru_moment(timezone.localtime())]),
    )
)
kinds.add(
    MessageKind(
        slug=AWAY,
        order=58,
        label=gettext_lazy("My absences"),
        why=gettext_lazy("an absence of yours was written down or decided."),
        tell=away,
        sample=lambda: away_letter(short_day(timezone.localdate()), short_day(timezone.localdate()), 1),
    )
)
kinds.add(
    MessageKind(
        slug=REPLACED,
        order=58,
        label=gettext_lazy("Substitutions on one date"),
        why=gettext_lazy("you receive on this date, or did."),
        tell=replaced,
        sample=lambda: replaced_letter(ru_moment(timezone.localtime()), 1, mine=True),
    )
)
kinds.add(
    MessageKind(
        slug=ANOTHER,
        order=59,
        label=gettext_lazy("Another tutor receives me"),
        why=gettext_lazy("you have booked a consultation."),
        tell=another,
        sample=lambda: another_letter(ru_moment(timezone.localtime()), _("Ivanova M. P."), "/"),
    )
)
