"""What happened about the days of a time and may be counted by hand, though nobody offered it."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from traektoria.planning.facts.registry import Fact, fact_kinds
from traektoria.planning.fulfilment.models import Deed
from traektoria.planning.fulfilment.policies import days_around
from traektoria.planning.plans.actions.dating import today_in
from traektoria.planning.plans.models import ItemOccurrence

MOST: Final = 60


@dataclass(frozen=True)
class Happened:
    """``key`` comes back with the press."""

    key: str
    label: str
    fact: Fact


def what_happened(time: ItemOccurrence) -> tuple[list[Happened], bool]:
    """Facts of all kinds about the days of the time, the nearest to its last day first, and whether there are more
    than are shown. What counts for it already is left out. A query a kind, and two."""
    plan = time.item.plan
    last = time.due or time.start or today_in(plan)
    first, end = days_around(time)
    counted = set(Deed.objects.filter(occurrence=time, undone_at=None).values_list("fact_kind", "fact_id"))
    found = [
        Happened(f"{kind.slug}:{fact.pk}", str(kind.label), fact)
        for kind in fact_kinds
        for fact in (kind.between(plan.centre_id, first, end) if first <= end else ())
        if plan.owner_id in (None, fact.by) and (kind.slug, fact.pk) not in counted
    ]
    found.sort(key=lambda one: (_away(one.fact.day, time.start or last, last), one.fact.day, one.key))
    return found[:MOST], len(found) > MOST


def _away(day: date, first: date, last: date) -> int:
    """Days between a fact and the time; none within it."""
    return max((first - day).days, (day - last).days, 0)
