"""Sittings of a person, and the forms that they sit: contents of a published version, read once a process."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from traektoria.diagnostics.campaigns.models import Campaign
from traektoria.diagnostics.campaigns.policies.order import grace_of
from traektoria.diagnostics.instruments.queries.instruments import standing
from traektoria.diagnostics.sittings.enums import SittingState
from traektoria.diagnostics.sittings.models import Answer, Sitting
from traektoria.people.actor import Actor

PATH = ("participant", "part__campaign", "part__version__instrument")


def visible_to(actor: Actor) -> QuerySet[Sitting]:
    """The actor's own sittings, with everything that a page of one needs. Nobody else's: not even a tutor's look."""
    own = Sitting.objects.filter(participant__person=actor.person_id) if actor.person_id else Sitting.objects.none()
    return own.select_related(*PATH)


def locked(sitting: Sitting) -> Sitting:
    """The sitting as it is now, its row locked: saves, presses and the clock meet here. What never changes is kept."""
    row = Sitting.objects.select_for_update(no_key=True).get(pk=sitting.pk)
    row.participant, row.part = sitting.participant, sitting.part
    return row


def late_may_come(campaign: Campaign, now: datetime) -> bool:
    """Tell whether a device without a line may still send answers of a work that is over."""
    over = Sitting.objects.filter(part__campaign=campaign, part__adaptive=False, state=SittingState.EXPIRED)
    return over.filter(finished_at__gt=now - grace_of(campaign)).exists()


def answers_of(sitting: Sitting) -> dict[int, Answer]:
    """What is saved, by form item. One query."""
    return {row.form_item_id: row for row in Answer.objects.filter(sitting=sitting)}


MARKED_ON_PAPER = {"text": "—"}
"""An answer whose points were entered from paper (``diagnostics.paper``): nobody has its words."""


def pictures_of_works(actor: Actor) -> Iterator[Q]:
    """Whoever sits a work sees the pictures of its items: of their form, or of all where the next item is chosen."""
    if actor.person_id:
        sat = Sitting.objects.filter(participant__person=actor.person_id, part__version=OuterRef("version_id"))
        yield Q(Exists(standing().filter(Exists(sat.filter(Q(form=OuterRef("form")) | Q(part__adaptive=True))))))
