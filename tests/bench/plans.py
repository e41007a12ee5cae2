"""``python -m tests.bench.plans [--plans 60]``: the night of a country's plans, and one plan of 300 weekly items.

The night makes the times of every plan anew. Its floor reads the rows of the same plans as tuples and the phrases,
without dates. Everything lies in an empty database of its own (SQLite, or ``python -m tests.postgres`` before it).
"""

import argparse
import json
import os
import time
from typing import Any

import django

COUNTRY = 2_500
MINUTES = 10
TIMES_THE_FLOOR = 12
PHRASES = (
    "1 раз в четверть", "не реже одного раза в два месяца", "в течение года", "сентябрь", "декабрь, май",
    "до 15 числа каждого месяца", "по запросу ОО", "по отдельному графику", "1 раз в полугодие", "октябрь – апрель",
)  # fmt: skip
CONTENTS = ("Консультации для учителей", "Аудит сайтов", "Мастер-классы", "Семинар", "Анкетирование", "Круглый стол")
ITEMS = 30
BIG = 300


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--plans", type=int, default=60)
    given = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    from django.test.utils import get_runner, setup_test_environment

    setup_test_environment()
    runner = get_runner(django.conf.settings)(verbosity=0, interactive=False)
    old = runner.setup_databases()
    try:
        print(json.dumps(_measured(given.plans)))
    finally:
        runner.teardown_databases(old)


def _measured(number: int) -> dict[str, Any]:
    from tests.factories import make_member
    from tests.planning.plan_factories import ACT
    from traektoria.core import school_year
    from traektoria.engines.deadlines.reader import parse
    from traektoria.organisations.actions import load_calendar
    from traektoria.people.actor import actor_of
    from traektoria.people.enums import Role
    from traektoria.planning.models import ItemOccurrence, PlanItem, WorkPlan
    from traektoria.planning.plans.actions.approving import approve_plan
    from traektoria.planning.plans.actions.keeping import date_everywhere
    from traektoria.planning.plans.actions.writing import ProposedItem, add_items, begin_plan
    from traektoria.planning.plans.enums import TermState

    centre, year = _centre(), school_year.this_year()
    load_calendar(centre=centre, start_year=year, by=None)
    by = actor_of(make_member(centre, Role.COORDINATOR))
    rows = [
        ProposedItem(f"{CONTENTS[at % len(CONTENTS)]} {at}", PHRASES[at % len(PHRASES)], "тьюторы")
        for at in range(ITEMS)
    ]
    for _ in range(number):
        plan = begin_plan(centre=centre, title="План", span="school", year=year, by=by)
        add_items(plan=plan, rows=rows, by=by)
        PlanItem.objects.filter(plan=plan, term=TermState.ASKED).update(term=TermState.LATER)
        approve_plan(plan=plan, by=by, **ACT)
    floor = _seconds(lambda: _read(WorkPlan, ItemOccurrence, parse))
    night = _seconds(date_everywhere)
    big, writing = _big(centre, year, by)
    return {
        "plans": number,
        "occurrences": ItemOccurrence.objects.exclude(item__plan=big).count(),
        "floor": floor,
        "night": night,
        "ratio": night / floor,
        "a_plan": night / number,
        "country_minutes": night / number * COUNTRY / 60,
        "big_occurrences": ItemOccurrence.objects.filter(item__plan=big).count(),
        **writing,
        "goal": {"country_minutes": MINUTES, "ratio": TIMES_THE_FLOOR},
    }


def _centre() -> Any:
    from tests.factories import make_centre

    return make_centre()


def _read(plans: Any, occurrences: Any, parse: Any) -> None:
    for plan in plans.objects.order_by("pk"):
        for phrase in plan.items.values_list("phrase", flat=True):
            parse(phrase)
        list(occurrences.objects.filter(item__plan=plan).values_list())


def _big(centre: Any, year: int, by: Any) -> tuple[Any, dict[str, float]]:
    """A plan of 300 weekly items: how long it takes to write it, to approve it, and to date it anew."""
    from tests.planning.plan_factories import ACT
    from traektoria.planning.plans.actions.approving import approve_plan
    from traektoria.planning.plans.actions.keeping import date_plan
    from traektoria.planning.plans.actions.writing import ProposedItem, add_items, begin_plan

    plan = begin_plan(centre=centre, title="Большой план", span="school", year=year, by=by)
    rows = [ProposedItem(f"Дело {at}", "еженедельно", "тьюторы") for at in range(BIG)]
    written = _seconds(lambda: add_items(plan=plan, rows=rows, by=by))
    approved = _seconds(lambda: approve_plan(plan=plan, by=by, **ACT))
    return plan, {"big_written": written, "big_approved": approved, "big_dated": _seconds(lambda: date_plan(plan))}


def _seconds(work: Any) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


if __name__ == "__main__":
    main()
