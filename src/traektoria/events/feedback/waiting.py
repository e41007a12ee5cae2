"""Who came reads on «My day», until the term, that three taps are asked."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core.registries import DeskGroup, Wait, Waited, WaitingKind, WaitingSource, Watch, Words
from traektoria.core.waiting import waits
from traektoria.events.event.models import Event
from traektoria.events.event.time_and_place import zone_of
from traektoria.events.feedback.models import EventFeedback
from traektoria.events.feedback.policies import closes_at
from traektoria.people import addressees

FEEDBACK = "events.feedback"


def rows(asked: QuerySet[EventFeedback]) -> Iterator[Wait]:
    """Two queries."""
    related = asked.filter(answers={}).select_related("event__centre__municipality", "event__regulation")
    for row in related.prefetch_related("event__dates"):
        closes = closes_at(row.event)
        if closes is not None:
            last = timezone.localdate(closes - timedelta(minutes=1), zone_of(row.event))
            facts = {"title": row.event.title, "event": row.event_id}
            yield Wait(
                FEEDBACK, addressees.person(row.person_id), row, row.event.centre_id, facts=facts, shows_until=last
            )


def feedback(row: Waited) -> Words:
    what = _("How was it? “%(title)s”") % row.facts
    return Words(what, _("three taps, without your name"), reverse("events:feedback", args=[row.facts["event"]]),
                 _("Answer"))  # fmt: skip


def _of_event(event: Event) -> QuerySet[EventFeedback, int]:
    return EventFeedback.objects.filter(event=event.pk).values_list("pk", flat=True)


waits(
    WaitingSource(
        slug="events.feedback", order=21, model=EventFeedback, rows=rows,
        kinds=(WaitingKind(FEEDBACK, 21, DeskGroup.SOON, feedback),),
        watches=(Watch(Event, _of_event, frozenset({"state", "title"})),),
    )
)  # fmt: skip
