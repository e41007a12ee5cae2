"""Who came gets one letter that asks how it was: once an event, and never a second one."""

from collections.abc import Collection, Iterator, Sequence
from datetime import timedelta
from typing import Final

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traektoria.core.typography import ru_moment
from traektoria.events.attendance.enums import Word
from traektoria.events.attendance.models import Attendance
from traektoria.events.event.letters import sample as of_event
from traektoria.events.event.models import Event
from traektoria.events.event.permissions import can_lead
from traektoria.events.event.time_and_place import called, zone_of
from traektoria.events.feedback.models import EventFeedback
from traektoria.events.feedback.policies import closes_at, is_time
from traektoria.messaging.enums import UnsentReason
from traektoria.messaging.kinds import MessageKind, Reader, Told, Withheld, kinds
from traektoria.messaging.models import Message
from traektoria.messaging.outbox import Post, post_many

FEEDBACK: Final = "events.feedback"
SETTLES: Final = timedelta(hours=1)
"""So long a mark of the door may be mended before somebody is asked of what they did not see."""


def ask(rows: Sequence[EventFeedback]) -> None:
    """Those who are asked now. Who was asked already is asked no more."""
    post_many(FEEDBACK, [Post(row.person_id, str(row.pk), {"feedback": row.pk}) for row in rows])


def to_person(messages: Sequence[Message], reader: Reader) -> Iterator[Told | Withheld]:
    """Four queries."""
    related = ("event__centre__municipality", "event__regulation")
    found = EventFeedback.objects.filter(person=reader.person_id).select_related(*related)
    keys = {message.facts.get("feedback", 0) for message in messages}
    rows = found.prefetch_related("event__dates", "event__leads").in_bulk(keys)
    marks = Attendance.objects.filter(person=reader.person_id, said=Word.CAME)
    seen = marks.filter(date__event__in={row.event_id for row in rows.values()}).order_by()
    came = set(seen.values_list("date__event", flat=True)) if rows else set()
    for message in messages:
        yield _of(rows.get(message.facts.get("feedback", 0)), came, reader)


def _of(row: EventFeedback | None, came: Collection[int], reader: Reader) -> Told | Withheld:
    """As long as it can be said, and was not."""
    if row is None or row.answers or row.event_id not in came or not is_time(row.event, timezone.now()):
        return Withheld(UnsentReason.DONE)
    if reader.actor is None or row.event.centre_id not in reader.actor.centre_ids or can_lead(reader.actor, row.event):
        return Withheld(UnsentReason.NO_RIGHT)
    return letter(called(row.event), row.event_id, _closes(row.event))


def _closes(event: Event) -> str:
    closes = closes_at(event)
    return ru_moment(timezone.localtime(closes, zone_of(event)).replace(tzinfo=None)) if closes else ""


def letter(what: str, event: int, until: str) -> Told:
    sentences = (
        _("%(what)s is over. Three taps say how it was; words are up to you.") % {"what": what},
        _("You need not answer. Until %(until)s you can change it; then it is told without names.") % {"until": until},
    )
    return Told(_("How was it?"), sentences, reverse("events:feedback", args=[event]), _("Answer"))


kinds.add(
    MessageKind(
        slug=FEEDBACK, order=63, label=gettext_lazy("How an event was: three questions"),
        why=gettext_lazy("you were at this event."), tell=to_person,
        sample=lambda: letter(of_event()["what"], 0, _("17 December, 16:30")), settle=SETTLES,
    )
)  # fmt: skip
