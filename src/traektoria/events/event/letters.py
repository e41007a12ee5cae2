"""Who leads an event is told when others announce, change or cancel it: one message of an event, news at each change,
and what changes within ten minutes is one letter."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traektoria.events.event.enums import STANDS, EventState
from traektoria.events.event.models import Event
from traektoria.events.event.time_and_place import called, when_where, zone_of
from traektoria.messaging.enums import UnsentReason
from traektoria.messaging.kinds import MessageKind, Reader, Told, Withheld, kinds
from traektoria.messaging.models import Message
from traektoria.messaging.outbox import post_change
from traektoria.people.actor import Actor

LEADER: Final = "events.leader"
SETTLES: Final = timedelta(minutes=10)


def tell_leaders(event: Event, *, besides: Actor | None) -> None:
    """Everybody who leads it, but for who did it themselves."""
    people = set(event.leads.values_list("person_id", flat=True)) - {besides.person_id if besides else None}
    for person in sorted(people):
        post_change(LEADER, to=person, fact=str(event.pk), event=event.pk, number=event.number)


def events_of(messages: Sequence[Message]) -> dict[int, Event]:
    """Two queries."""
    rows = Event.objects.select_related("centre__municipality", "point", "room", "school")
    return rows.prefetch_related("dates", "leads").in_bulk({message.facts["event"] for message in messages})


def to_leader(messages: Sequence[Message], reader: Reader) -> Iterator[Told | Withheld]:
    rows = events_of(messages)
    for message in messages:
        yield _of(rows.get(message.facts["event"]), reader)


def _of(event: Event | None, reader: Reader) -> Told | Withheld:
    if event is None or event.state not in (*STANDS, EventState.CANCELLED):
        return Withheld(UnsentReason.DONE)
    if not any(one.person_id == reader.person_id for one in event.leads.all()):
        return Withheld(UnsentReason.DONE)
    if reader.actor is None or event.centre_id not in reader.actor.centre_ids:
        return Withheld(UnsentReason.NO_RIGHT)
    return leader_letter(event.state == EventState.CANCELLED, facts_of(event), page(event.pk))


def facts_of(event: Event) -> dict[str, str]:
    zone = zone_of(event)
    return {"what": called(event), "when": when_where(event, event.dates.all(), zone), "why": event.why}


def page(pk: int) -> str:
    return reverse("events:event_detail", args=[pk])


def leader_letter(cancelled: bool, facts: dict[str, str], path: str) -> Told:
    if cancelled:
        sentence = _("%(what)s does not take place. Why: %(why)s") % facts
        return Told(_("An event that you lead is cancelled"), (sentence,), path, _("Open the event"))
    sentence = _("%(what)s: %(when)s.") % facts
    return Told(_("You lead an event"), (sentence, _("Look at time and place.")), path, _("Open the event"))


def sample() -> dict[str, str]:
    return {"what": _("Master class “Percentages”"), "when": _("3 December, 15:00, room 12"), "why": ""}


kinds.add(
    MessageKind(
        slug=LEADER, order=57, label=gettext_lazy("Events that I lead"), why=gettext_lazy("you lead this event."),
        tell=to_leader, sample=lambda: leader_letter(False, sample(), "/"), settle=SETTLES,
    )
)  # fmt: skip
