"""An absence decided by two at once, a date given to two colleagues, a colleague given two dates of one hour: one
stands, nobody is told twice."""

from collections.abc import Callable

import pytest

from tests.acceptance.races import together
from tests.consultations.absence_factories import absence, decision
from tests.consultations.slot_factories import first_date, help_hour, monday
from tests.factories import make_member
from tests.routes.need_factories import person
from tests.routes.route_factories import actor
from tests.world import World
from traektoria.consultations.absences.actions.absences import decide
from traektoria.consultations.absences.enums import Step
from traektoria.consultations.models import AbsenceStep, HelpDate, HelpDateChange, TutorAbsence
from traektoria.consultations.slots.actions.changing import drop_date
from traektoria.consultations.slots.actions.substituting import substitute_tutor
from traektoria.core.errors import DomainError
from traektoria.messaging.models import Message
from traektoria.people.enums import Role

pytestmark = pytest.mark.django_db(transaction=True)


def _decides(world: World, row: TutorAbsence, *decisions: object) -> Callable[[], object]:
    by = actor(world, "coordinator")
    return lambda: decide(absence=row, decisions=decisions, by=by)  # type: ignore[arg-type]


def _comes(world: World, date: HelpDate, other: str) -> Callable[[], object]:
    by, ids = actor(world, "coordinator"), [person(world, who).pk for who in ("tutor", other)]
    return lambda: substitute_tutor(date=date, tutor_id=ids[0], other_id=ids[1], reason="Болен", by=by)


def _refused(got: list[object]) -> int:
    assert all(isinstance(one, DomainError) for one in got if isinstance(one, Exception)), got
    return sum(isinstance(one, DomainError) for one in got)


def test_the_same_decision_pressed_by_many(own_world: World) -> None:
    date = first_date(help_hour(own_world))
    row = absence(own_world)
    wish = decision(date, Step.SUBSTITUTE, other=person(own_world, "other_tutor").pk)
    got = together(*(_decides(own_world, row, wish) for _one in range(5)))
    assert _refused(got) == 0
    assert (AbsenceStep.objects.count(), HelpDateChange.objects.count()) == (1, 1)
    assert Message.objects.filter(kind="consultations.instead").count() == 1


def test_two_decisions_of_one_date(own_world: World) -> None:
    """Who comes second finds it decided: either nothing is left to do or the page is old."""
    date = first_date(help_hour(own_world))
    row = absence(own_world)
    other = person(own_world, "other_tutor").pk
    together(
        _decides(own_world, row, decision(date, Step.DROP)),
        _decides(own_world, row, decision(date, Step.SUBSTITUTE, other=other)),
    )
    assert (AbsenceStep.objects.count(), HelpDateChange.objects.count()) == (1, 1)


def test_one_colleague_for_two_dates_of_one_hour(own_world: World) -> None:
    """Of two tutors at the same time: the colleague can come to one of them."""
    dates = [first_date(help_hour(own_world, who)) for who in ("tutor", "other_tutor")]
    own_world.accounts["third"] = make_member(own_world.own, Role.TUTOR)
    third = person(own_world, "third").pk
    by = actor(own_world, "coordinator")
    presses = [
        lambda date=date, who=who: substitute_tutor(  # type: ignore[misc]
            date=date, tutor_id=person(own_world, who).pk, other_id=third, reason="Болен", by=by
        )
        for date, who in zip(dates, ("tutor", "other_tutor"), strict=True)
    ]
    assert _refused(together(*presses)) == 1


def test_dropped_while_a_colleague_is_sent(own_world: World) -> None:
    date = first_date(help_hour(own_world, first_day=monday(2), last_day=monday(2)))
    by = actor(own_world, "tutor")
    together(_comes(own_world, date, "other_tutor"), lambda: drop_date(date=date, reason="Педсовет", by=by))
    date.refresh_from_db()
    there = date.receives.get()
    assert (date.state == "dropped") != there.live
