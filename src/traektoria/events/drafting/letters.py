"""Heads of schools are told which event answers what their school asked for: one letter an event and head."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traektoria.consultations.requests.enums import OPEN
from traektoria.events.drafting.models import AnsweredRequest
from traektoria.events.enrolment.policies import can_open, coming_dates
from traektoria.events.event.enums import STANDS, EventState
from traektoria.events.event.letters import SETTLES, events_of, facts_of, page, sample
from traektoria.events.event.models import Event
from traektoria.events.event.time_and_place import zone_of
from traektoria.messaging.enums import UnsentReason
from traektoria.messaging.kinds import MessageKind, Reader, Told, Withheld, kinds
from traektoria.messaging.models import Message
from traektoria.messaging.outbox import Post, post_change, post_many
from traektoria.people.actor import in_force
from traektoria.people.enums import HEADS
from traektoria.people.models import RoleAssignment

ANSWERED: Final = "events.answers_school"


def tell_schools(event: Event) -> None:
    """Announced: the heads of today of each school whose request it answers. Announced twice is told once."""
    post_many(ANSWERED, [Post(person, str(event.pk), {"event": event.pk}) for person in _heads(event)])


def tell_off(event: Event) -> None:
    """Cancelled: news of the same letter, for who has it."""
    for message in Message.objects.filter(kind=ANSWERED, fact=str(event.pk)).order_by("pk"):
        if message.person_id:
            post_change(ANSWERED, to=message.person_id, fact=str(event.pk), event=event.pk, off=True)


def _heads(event: Event) -> list[int]:
    """Two queries."""
    asked = AnsweredRequest.objects.filter(event=event.pk, request__state__in=OPEN)
    schools = set(asked.values_list("request__school", flat=True))
    today = in_force(timezone.localdate(timezone=zone_of(event)))
    rows = RoleAssignment.objects.filter(today, role__in=HEADS, centre=event.centre_id, school__in=schools)
    return sorted(set(rows.values_list("person", flat=True)))


def to_school(messages: Sequence[Message], reader: Reader) -> Iterator[Told | Withheld]:
    """Four queries. Nothing where no request of the school is open any more, or the event has begun meanwhile."""
    rows = events_of(messages)
    schools = {row.school_id for row in reader.actor.grants if row.role in HEADS} if reader.actor else set()
    mine = AnsweredRequest.objects.filter(event__in=rows, request__school__in=schools - {None}, request__state__in=OPEN)
    known = set(mine.values_list("event", flat=True))
    for message in messages:
        yield _of(rows.get(message.facts["event"]), message.facts.get("off", False), known, reader)


def _of(event: Event | None, off: bool, known: set[int], reader: Reader) -> Told | Withheld:
    if event is None or reader.actor is None or event.centre_id not in reader.actor.centre_ids:
        return Withheld(UnsentReason.NO_RIGHT)
    if event.pk not in known or off != (event.state == EventState.CANCELLED):
        return Withheld(UnsentReason.DONE)
    now = timezone.now()
    if not off and (event.state not in STANDS or not coming_dates(event, now)):
        return Withheld(UnsentReason.DONE)
    return letter(off, facts_of(event), page(event.pk), registers=takes_teachers(event, now))


def takes_teachers(event: Event, now: datetime) -> bool:
    """A school can register its teachers now. Reads ``dates`` and ``centre.municipality``."""
    return not event.pupils_only and can_open(event, now)


def letter(off: bool, facts: dict[str, str], path: str, *, registers: bool = True) -> Told:
    if off:
        said = (
            _("%(what)s does not take place. Why: %(why)s") % facts,
            _("It was to answer the request of your school: the request is open still."),
        )
        return Told(_("The event that your school asked for is cancelled"), said, path, _("Open the event"))
    what = _("Several schools asked for the same. An event answers your request too: %(what)s, %(when)s.") % facts
    more = (_("You can register your teachers on its page."),) if registers else ()
    return Told(_("An event answers the request of your school"), (what, *more), path, _("Open the event"))


kinds.add(
    MessageKind(
        slug=ANSWERED, order=60, label=gettext_lazy("Events that answer requests of my school"),
        why=gettext_lazy("your school asked for it."), tell=to_school, sample=lambda: letter(False, sample(), "/"),
        settle=SETTLES,
    )
)  # fmt: skip
