"""What happened for items that have no times: on request, constantly, by another paper."""

from collections.abc import Collection, Iterable
from typing import Any, Final

from traektoria.planning.facts.kinds import is_meant
from traektoria.planning.facts.registry import Fact, FactKind
from traektoria.planning.fulfilment.models import Deed
from traektoria.planning.fulfilment.queries.countable_facts import Happened
from traektoria.planning.plans.actions.dating import today_in, window_of
from traektoria.planning.plans.models import PlanItem

Found = list[tuple[FactKind, list[Fact]]]
MOST_SHOWN: Final = 5
"""So many are offered to count at first."""


def facts_of(item: PlanItem, kinds: Iterable[FactKind]) -> Found:
    """Facts that the item means, by kind, in the days of the plan until today; of a tutor's own plan, of this tutor. A
    query a kind, and one."""
    wanted = list(kinds)
    if not wanted:
        return []
    plan = item.plan
    days, today = window_of(plan), today_in(plan)
    last = min(days.latest, today)
    return [
        (kind, meant(item.content, plan.owner_id, kind.between(plan.centre_id, days.first, last))) for kind in wanted
    ]


def meant(content: str, owner: int | None, facts: Iterable[Fact]) -> list[Fact]:
    """Those that an item of these words means; of a tutor's own plan their own. Each form is asked once."""
    found = [fact for fact in facts if owner in (None, fact.by)]
    forms = {fact.form: fact for fact in found if fact.form}
    other = {form for form, fact in forms.items() if not is_meant(content, fact)}
    return [fact for fact in found if fact.form not in other] if other else found


def numbers_of(found: Found) -> list[tuple[Any, int]]:
    """Label and number of each kind."""
    return [(kind.label, len(facts)) for kind, facts in found]


def offered_of(found: Found, deeds: Collection[Deed]) -> list[Happened]:
    """What does not count yet, the newest first."""
    counted = {(one.fact_kind, one.fact_id) for one in deeds}
    rows = [
        Happened(f"{kind.slug}:{fact.pk}", str(kind.label), fact)
        for kind, facts in found
        for fact in facts
        if (kind.slug, fact.pk) not in counted
    ]
    return sorted(rows, key=lambda one: (one.fact.day, one.key), reverse=True)
