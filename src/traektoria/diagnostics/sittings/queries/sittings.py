"""Sittings of a person, and the forms that they sit: contents of a published version, read once a process."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from traektoria.core.joined_rows import Joined
from traektoria.core.prepared_statements import Given, prepared
from traektoria.diagnostics.campaigns.models import Campaign
from traektoria.diagnostics.campaigns.policies.order import grace_of
from traektoria.diagnostics.instruments.queries.instruments import standing
from traektoria.diagnostics.sittings.enums import SittingState
from traektoria.diagnostics.sittings.models import Answer, Sitting
from traektoria.organisations.zones import turn_to
from traektoria.people.actor import Actor

PATH = ("participant", "part__campaign", "part__version__instrument")
WHOLE = Joined(Sitting, *PATH)
ROW, ANSWERS = Joined(Sitting), Joined(Answer)


def own_sitting(actor: Actor, token: UUID) -> Sitting:
    """The actor's own sitting, with everything that a page of it needs, or 404. Nobody else's: not even a tutor's
    look. One query, the one that comes most often of all (``core.joined_rows``)."""
    value = Sitting._meta.get_field("token").get_db_prep_value(token, connection)
    found = WHOLE.find("t.token = %s AND participant.person_id = %s", value, actor.person_id)
    if not found:
        raise Http404
    turn_to(found[0])
    return found[0]


def locked(sitting: Sitting) -> Sitting:
    """The sitting as it is now, its row locked: saves, presses and the clock meet here. What never changes is kept."""
    row = ROW.get(sitting.pk, lock=True)
    row.participant, row.part = sitting.participant, sitting.part
    return row


def late_may_come(campaign: Campaign, now: datetime) -> bool:
    """Tell whether a device without a line may still send answers of a work that is over."""
    over = Sitting.objects.filter(part__campaign=campaign, part__adaptive=False, state=SittingState.EXPIRED)
    return over.filter(finished_at__gt=now - grace_of(campaign)).exists()


class AnswerRow(NamedTuple):
    """An answer as pages show it (``Answer``)."""

    form_item_id: int
    value: dict[str, Any]
    sequence: int
    score: Decimal | None


def answers_of(sitting: Sitting) -> dict[int, AnswerRow]:
    """What is saved, by form item. One query."""
    return {row[0]: AnswerRow(*row) for row in _answers().all(sitting=sitting.pk)}


@prepared
def _answers() -> QuerySet[Answer, Any]:
    return Answer.objects.filter(sitting=Given("sitting")).order_by("pk").values_list(*AnswerRow._fields)


def pictures_of_works(actor: Actor) -> Iterator[Q]:
    """Whoever sits a work sees the pictures of its items: of their form, or of all where the next item is chosen."""
    if actor.person_id:
        sat = Sitting.objects.filter(participant__person=actor.person_id, part__version=OuterRef("version_id"))
        yield Q(Exists(standing().filter(Exists(sat.filter(Q(form=OuterRef("form")) | Q(part__adaptive=True))))))
