"""What readers get of a new file: decided once, at its import, over all that was ever shown of the same work.

The decision is made before the transaction (it takes a second for a region) and written inside it with the number of
the state; of two imports at the same time the second finds its number taken and decides again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from traektoria.engines.disclosure import (
    EVERYBODY,
    Order,
    Roll,
    State,
    covers,
    release,
    release_tables,
    secret_order,
)
from traektoria.engines.results.tables import JOURNAL_TABLE, MARKS_TABLE, Decisions, roll_of
from traektoria.results.models import WORK, Dataset, DatasetKind, PublishedState
from traektoria.results.ready_forms import rows_of

MARKED_TABLES = (MARKS_TABLE, JOURNAL_TABLE)
FORM_TABLES: Mapping[str, str] = {DatasetKind.MARK_STATISTICS: "marks", DatasetKind.JOURNAL_COMPARISON: "journal"}


@dataclass(frozen=True)
class Plan:
    """``decisions`` is None while the file waits; ``replaces`` are the files whose place it takes once it is shown."""

    roll: Roll
    decisions: Decisions | None
    replaces: Sequence[Dataset]
    number: int


def order() -> Order:
    """The secret order of the installation."""
    return secret_order(settings.SECRET_KEY)


def plan_of(dataset: Dataset, path: Path) -> Plan:
    """Decide for a file that was just read into ``path``; its row need not be saved."""
    states = list(PublishedState.objects.filter(**{name: getattr(dataset, name) for name in WORK}))
    roll, hidden = _roll(dataset, path)
    earlier = [State(Roll.of_bytes(bytes(state.roll)), Decisions.of_json(state.decisions).tables) for state in states]
    found = release(roll, earlier, order=order(), hidden=hidden)
    number = 1 + max((state.number for state in states), default=0)
    return Plan(roll, None if found is None else Decisions(found), _replaced(dataset, roll), number)


def publish(dataset: Dataset, plan: Plan) -> None:
    """Write what the plan says of a saved dataset. Raises IntegrityError where another import came first."""
    if plan.decisions is not None:
        work = {name: getattr(dataset, name) for name in WORK}
        kept = {"decisions": plan.decisions.as_json(), "roll": plan.roll.as_bytes()}
        PublishedState.objects.create(**work, number=plan.number, dataset=dataset, **kept)
        dataset.published_at = timezone.now()
        dataset.participants = _participants(dataset, plan)
        dataset.save(update_fields=["published_at", "participants"])
    Dataset.objects.filter(pk__in=[old.pk for old in plan.replaces]).update(replaced_by=dataset)


def plan_of_marks(dataset: Dataset, path: Path) -> Plan | None:
    """Decide the tables of marks anew for figures that got other marks in ``path``; all other tables stay as shown.

    None where marks that readers see would have to be hidden: then they keep those.
    """
    states = list(PublishedState.objects.filter(**{name: getattr(dataset, name) for name in WORK}))
    roll = roll_of(path)
    number = 1 + max((state.number for state in states), default=0)
    if not any(state.dataset_id == dataset.pk for state in states):
        return Plan(roll, None, (), number)
    earlier = [State(Roll.of_bytes(bytes(state.roll)), Decisions.of_json(state.decisions).tables) for state in states]
    shown = decisions_of(dataset)
    found = release_tables(roll, MARKED_TABLES, shown.everybody, earlier, order=order())
    filled = {table for table in found if roll.taking_part(table).any()}
    if any(shown.of(table).shown and not found[table].shown for table in filled):
        return None
    return Plan(roll, Decisions({**shown.tables, **found}), (), number)


def publish_again(dataset: Dataset, plan: Plan) -> None:
    """A shown file gets a new state, its earlier one stays remembered; a waiting file has none. Raises IntegrityError
    where another import came first.
    """
    if plan.decisions is None:
        return
    PublishedState.objects.filter(dataset=dataset).update(dataset=None)
    work = {name: getattr(dataset, name) for name in WORK}
    kept = {"decisions": plan.decisions.as_json(), "roll": plan.roll.as_bytes()}
    PublishedState.objects.create(**work, number=plan.number, dataset=dataset, **kept)


def decisions_of(dataset: Dataset) -> Decisions:
    """What readers may see of the dataset: nothing while it waits. One query."""
    state = PublishedState.objects.filter(dataset=dataset).only("decisions").first()
    return Decisions.of_json(state.decisions) if state else Decisions({})


def _roll(dataset: Dataset, path: Path) -> tuple[Roll, Sequence[tuple[str | None, ...]]]:
    """The roll of a file, and the groups that it does not show anyway."""
    if dataset.kind in FORM_TABLES:
        rows = rows_of(dataset.aggregate)
        return rows.roll(FORM_TABLES[dataset.kind]), tuple(rows.rests)
    return roll_of(path), ()


def _replaced(dataset: Dataset, roll: Roll) -> list[Dataset]:
    """Files of the centre that nobody replaced yet and that the new one covers: those that wait, too."""
    others = Dataset.objects.of_work(dataset).filter(centre=dataset.centre, kind=dataset.kind).exclude(pk=dataset.pk)
    current = others.filter(replaced_by__published_at__isnull=True).select_related("state")
    return [old for old in current if (known := _known_roll(old)) and covers(roll, known)]


def _known_roll(dataset: Dataset) -> Roll | None:
    """The roll of a file imported before; None where its figures are lost."""
    state = getattr(dataset, "state", None)
    if state:
        return Roll.of_bytes(bytes(state.roll))
    try:
        return _roll(dataset, dataset.path)[0]
    except OSError:
        return None


def _participants(dataset: Dataset, plan: Plan) -> int | None:
    """The number of participants that readers may know: of the whole file, or of the first row of a form."""
    decisions = plan.decisions or Decisions({})
    if dataset.kind in FORM_TABLES:
        rows = rows_of(dataset.aggregate)
        shown = bool(rows.paths) and not decisions.of(FORM_TABLES[dataset.kind]).hides(rows.paths[0])
        return dataset.aggregate[0]["participants"] if shown else None
    return sum(plan.roll.sizes(EVERYBODY).values()) if not decisions.everybody.hides(()) else None
