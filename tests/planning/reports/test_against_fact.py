"""The plan against fact: each line says what is due, done, late, missed; the page, the paper and the workbook agree."""

from datetime import date

import pytest
from django.urls import reverse

from tests.consultations.hour_factories import recorded
from tests.planning.plan_factories import approved, first_item, open_lessons, times
from tests.routes.route_factories import actor
from tests.world import World
from traektoria.core import school_year
from traektoria.planning.fulfilment.actions import doing
from traektoria.planning.models import WorkPlan
from traektoria.planning.plans.actions.writing import ProposedItem
from traektoria.planning.plans.queries.board import board_page
from traektoria.planning.reports.against_fact import report_page, totals_of, whole_report

pytestmark = pytest.mark.django_db


def lived(world: World) -> WorkPlan:
    """Of last year: one quarter in time, one late by six days, one cancelled, one missed."""
    plan = approved(world, open_lessons(heading="Обучение"), ProposedItem("Консультации", "по запросу ОО", "тьюторы"))
    first, second, third, _fourth = times(first_item(plan))
    by = actor(world, "coordinator")
    assert second.due
    for time, day in ((first, date(2025, 9, 10)), (second, date.fromordinal(second.due.toordinal() + 6))):
        doing.tell_deed(occurrence=time, told=doing.DeedText("Урок", day), by=by)
    doing.cancel_occurrence(occurrence=third, reason="Решение", by=by)
    return plan


def test_a_line_says_what_became_of_it(world: World) -> None:
    plan = lived(world)
    on_request, lessons = whole_report(plan)
    assert (lessons.due, lessons.done) == (3, 2)
    assert lessons.summary == "выполнено 2 из 3; с опозданием: 1; не выполнено в срок: 1; отменено: 1"
    assert [one.late for one in lessons.deeds] == [0, 6]
    assert on_request.summary.startswith("проведённые консультации: 0")
    totals = totals_of(actor(world, "coordinator"), plan)
    assert (totals.due, totals.done, totals.late, totals.missed, totals.cancelled) == (3, 2, 1, 1, 1)


def test_items_without_times_count_facts_of_the_year(world: World) -> None:
    year = school_year.this_year()
    plan = approved(world, ProposedItem("Консультации", "по запросу ОО", "тьюторы"), year=year)
    recorded(world)
    (line,) = whole_report(plan)
    assert line.happened == [("проведённые консультации", 1)] or school_year.begun() > date.today()


@pytest.mark.parametrize("kind", ["work_plan", "plan_report"])
@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_papers_are_made(world: World, as_, kind: str, form: str) -> None:  # type: ignore[no-untyped-def]
    plan = lived(world)
    address = reverse("documents:paper", kwargs={"kind": kind, "pk": plan.pk, "form": form})
    answer = as_("coordinator").get(address)
    assert answer.status_code == 200
    assert len(answer.content) > 2000
    assert as_("head").get(address).status_code == 404, "nobody takes a plan with lines left out"


def test_the_workbook_is_of_texts(world: World, as_) -> None:  # type: ignore[no-untyped-def]
    plan = approved(world, open_lessons(content="=1+1"))
    answer = as_("coordinator").get(reverse("planning:plan_report_file", args=[plan.pk]))
    assert answer.status_code == 200
    assert b"".join(answer)[:2] == b"PK"


def test_a_report_costs_as_much_at_three_lines_as_at_one(world: World, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    by = actor(world, "coordinator")
    few, many = approved(world), approved(world, *[open_lessons(content=f"Дело {n}") for n in range(3)])
    for plan in (few, many):
        with django_assert_max_num_queries(6):
            report_page(by, plan, None)


def test_a_missed_item_is_one_line_of_the_board(world: World) -> None:
    """3.3: ten overdue times are one line, and the next time still comes."""
    approved(world, open_lessons(phrase="ежемесячно"))
    (row,) = board_page(actor(world, "coordinator"), None, mine=False)
    assert row.missed == 9
    assert "9" in row.words
    assert not list(board_page(actor(world, "foreign_coordinator"), None, mine=False))
    assert [one.pk for one in board_page(actor(world, "tutor"), None, mine=True)] == [row.pk]
    assert not list(board_page(actor(world, "head"), None, mine=True))
