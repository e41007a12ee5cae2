"""Two methodists in one plan, and what is counted at the same moment: nothing is lost, nothing is there twice."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from tests.acceptance.races import together
from tests.consultations.hour_factories import given, recorded
from tests.planning.plan_factories import ACT, approved, draft, first_item, open_lessons, times
from tests.routes.need_factories import person
from tests.routes.route_factories import actor
from tests.world import World
from traektoria.consultations.hours.actions.giving import record_hour, withdraw_hour
from traektoria.core import school_year
from traektoria.core.errors import DomainError
from traektoria.planning.fulfilment.actions import doing
from traektoria.planning.fulfilment.actions.deed_files import show_deed
from traektoria.planning.fulfilment.actions.offering import places_for
from traektoria.planning.models import Deed, DeedFile, ItemOccurrence, PlanItem, Suggestion
from traektoria.planning.plans.actions.approving import approve_plan
from traektoria.planning.plans.actions.writing import ProposedItem, add_items, change_item, remove_item

pytestmark = pytest.mark.django_db(transaction=True)
YEARLY = ProposedItem("Консультации", "в течение года", "тьюторы")


def test_the_same_fact_is_counted_once(own_world: World) -> None:
    approved(own_world, YEARLY, year=school_year.this_year())
    recorded(own_world)
    offered, by = Suggestion.objects.get(), actor(own_world, "tutor")
    got = together(*[lambda: doing.count_fact(suggestion=offered, by=by)] * 4)
    assert not [one for one in got if isinstance(one, DomainError)]
    assert Deed.objects.count() == 1


def test_counted_while_it_is_withdrawn(own_world: World) -> None:
    """Either it was counted and is taken back, or it can't be counted any more."""
    item = first_item(approved(own_world, YEARLY, year=school_year.this_year()))
    hour = recorded(own_world)
    offered, by = Suggestion.objects.get(), actor(own_world, "tutor")
    together(
        lambda: doing.count_fact(suggestion=offered, by=by),
        lambda: withdraw_hour(hour=hour, reason="Не было", by=by),
    )
    assert not Deed.objects.filter(undone_at=None).exists()
    assert not item.occurrences.filter(state="done").exists()


def test_two_write_into_one_plan(own_world: World) -> None:
    plan, by = draft(own_world), actor(own_world, "coordinator")
    rows = [open_lessons(content=f"Дело {number}", heading="Новый раздел") for number in range(6)]
    got = together(*(lambda row=row: add_items(plan=plan, rows=[row], by=by) for row in rows))  # type: ignore[misc]
    assert not [one for one in got if isinstance(one, DomainError)]
    assert plan.items.count() == 7
    assert plan.headings.count() == 1
    numbers = list(plan.items.values_list("number", flat=True))
    assert len(set(numbers)) == len(numbers)


def test_approved_once_from_four_presses(own_world: World) -> None:
    plan, by = draft(own_world), actor(own_world, "coordinator")
    together(*[lambda: approve_plan(plan=plan, by=by, **ACT)] * 4)
    plan.refresh_from_db()
    assert plan.state == "approved"


def test_done_while_the_plan_is_amended(own_world: World) -> None:
    """What was done stays, with its time, whoever comes first; or the time is gone and that is said."""
    item = first_item(approved(own_world, year=2025))
    last, tutor, coordinator = times(item)[3], actor(own_world, "tutor"), actor(own_world, "coordinator")
    told = doing.DeedText("Урок", date(2025, 9, 10))
    amended = ProposedItem(item.content, "октябрь", item.who)
    got = together(
        lambda: doing.tell_deed(occurrence=last, told=told, by=tutor),
        lambda: change_item(item=item, given=amended, reason="Решение", by=coordinator),
        lambda: remove_item(item=item, reason="Решение", by=coordinator),
    )
    lost = [one for one in got if isinstance(one, DomainError)]
    assert len(lost) <= 2
    for deed in Deed.objects.all():
        assert ItemOccurrence.objects.filter(pk=deed.occurrence_id, state="done").exists()


def test_an_hour_is_written_down_while_the_plan_is_amended(own_world: World) -> None:
    """An hour never fails because of a plan."""
    item = first_item(approved(own_world, YEARLY, year=school_year.this_year()))
    by, coordinator = actor(own_world, "tutor"), actor(own_world, "coordinator")
    facts, whom = given(ago=120, now=timezone.now()), [person(own_world, "teacher").pk]
    got = together(
        lambda: record_hour(centre=own_world.own, given=facts, teachers=whom, by=by),
        lambda: change_item(
            item=item, given=ProposedItem("Консультации", "ежемесячно", "тьюторы"), reason="Чаще", by=coordinator
        ),
    )
    assert not [one for one in got if isinstance(one, DomainError)]
    rows = Suggestion.objects.filter(occurrence__former=False)
    living = rows.values_list("occurrence", flat=True)
    may_be = places_for(timezone.localdate(facts.start), times(PlanItem.objects.get(pk=item.pk)))
    assert set(living) <= {row.pk for row in may_be}, "early in a month it may count for the month before too"
    assert len(living) == len(set(living))


def test_the_same_file_is_attached_once(own_world: World, tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    item, by = first_item(approved(own_world, year=2025)), actor(own_world, "tutor")
    deed = doing.tell_deed(occurrence=times(item)[0], told=doing.DeedText("Урок", date(2025, 9, 10)), by=by)
    got = together(*[lambda: show_deed(deed=deed, file=ContentFile(b"%PDF-1.7\n", name="Лист.pdf"), by=by)] * 4)
    assert not [one for one in got if isinstance(one, DomainError)]
    assert DeedFile.objects.count() == 1
    assert len([one for one in tmp_path.rglob("*") if one.is_file()]) == 1
