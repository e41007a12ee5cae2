"""How it was is said; who came is asked once."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core import waiting
from traektoria.core.errors import Invalid
from traektoria.events.event.locks import locked_event
from traektoria.events.event.models import Event
from traektoria.events.feedback import letters
from traektoria.events.feedback.models import EventFeedback
from traektoria.events.feedback.policies import check_came, check_time, is_time
from traektoria.events.feedback.queries import to_ask
from traektoria.events.feedback.questions import questions_of
from traektoria.people.actor import Actor, acting


@transaction.atomic
def say_how_it_was(
    *, event: Event, answers: Mapping[str, str], words: str = "", by: Actor, now: datetime | None = None
) -> EventFeedback:
    """Once a person; said again until the term, it is what was said last. No audit: the history of an event, which its
    leaders read, would tell who answered and when. Raises ``Refused``, ``Conflict``, ``Invalid``."""
    row = locked_event(event.pk)
    check_came(by, row)
    check_time(row, now or timezone.now())
    questions = questions_of(row)
    known = {one.slug: answers.get(one.slug, "") for one in questions}
    if any(known[one.slug] not in dict(one.options) for one in questions):
        raise Invalid(_("Answer each of the questions."), code="not_answered")
    made, _new = EventFeedback.objects.update_or_create(
        event=row, person_id=acting(by), defaults={"answers": known, "words": words.strip()}
    )
    return made


@transaction.atomic
def ask_who_came(*, event: Event, now: datetime) -> int:
    """How many are asked now. Run again it asks nobody anew. Side effects: a line on their day and a letter."""
    row = locked_event(event.pk)
    if not is_time(row, now):
        return 0
    made = EventFeedback.objects.bulk_create([EventFeedback(event=row, person_id=person) for person in to_ask(row)])
    waiting.renew(*made)
    letters.ask(made)
    return len(made)
