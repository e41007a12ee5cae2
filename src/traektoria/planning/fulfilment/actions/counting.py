"""How many deeds an occurrence has, and what follows from it."""

from django.utils import timezone

from traektoria.planning.fulfilment.models import Deed
from traektoria.planning.plans.enums import OccurrenceState
from traektoria.planning.plans.models import ItemOccurrence


def take_back(deed: Deed, why: str) -> None:
    """It counts no more and stays to be read."""
    deed.undone_at, deed.undone_why = timezone.now(), why
    deed.save(update_fields=["undone_at", "undone_why"])
    if deed.occurrence is not None:
        count_deeds(deed.occurrence)


def count_deeds(row: ItemOccurrence) -> None:
    """Done on the day of the last deed that was needed; open again where there are too few. What is cancelled stays
    so."""
    days = sorted(row.deeds.filter(undone_at=None).values_list("day", flat=True))
    enough = len(days) >= row.item.needs and row.state != OccurrenceState.CANCELLED
    row.deeds_done = len(days)
    if row.state != OccurrenceState.CANCELLED:
        row.state = OccurrenceState.DONE if enough else OccurrenceState.OPEN
    row.done_on = days[row.item.needs - 1] if enough else None
    row.save(update_fields=["deeds_done", "state", "done_on"])
