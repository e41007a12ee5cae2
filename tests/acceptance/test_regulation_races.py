"""Two presses at the same moment on the regulation and on a founding: one is made, the other is harmless."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.acceptance.races import together
from tests.factories import make_member
from tests.world import World
from traektoria.core.models import AuditEvent
from traektoria.organisations.enums import RegulationState
from traektoria.organisations.models import Municipality, Regulation, TutorCentre
from traektoria.organisations.regulations.actions import approve_draft, begin_draft, discard_draft
from traektoria.organisations.regulations.draft_content import save_part
from traektoria.people.actor import actor_of
from traektoria.people.enums import Role
from traektoria.people.founding import Founding, found_centre
from traektoria.people.models import Account, Person

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_drafts_then_two_approvals_of_different_days(own_world: World) -> None:
    one = actor_of(own_world.accounts["coordinator"])
    other = actor_of(make_member(own_world.own, Role.COORDINATOR))
    drafts = together(*[lambda by=by: begin_draft(centre=own_world.own, by=by) for by in (one, other)])  # type: ignore[misc]
    assert drafts[0] == drafts[1]
    draft, today = Regulation.objects.get(number=2), timezone.localdate()
    together(
        lambda: approve_draft(regulation=draft, start=today, basis="Приказ № 1", by=one),
        lambda: approve_draft(regulation=draft, start=today + timedelta(1), basis="Приказ № 2", by=other),
    )
    version = Regulation.objects.get(number=2)
    assert version.state == RegulationState.APPROVED
    assert (version.start, version.basis) in {(today, "Приказ № 1"), (today + timedelta(1), "Приказ № 2")}
    assert AuditEvent.objects.filter(event="regulation.approve", object_id=version.pk).count() == 1


def test_approval_while_another_edits_and_a_third_discards(own_world: World) -> None:
    by = actor_of(own_world.accounts["coordinator"])
    draft = begin_draft(centre=own_world.own, by=by)
    together(
        lambda: approve_draft(regulation=draft, start=timezone.localdate(), basis="Приказ № 1", by=by),
        lambda: save_part(regulation=draft, path=["about"], values={"title": "Другое"}, by=by),
        lambda: discard_draft(regulation=draft, by=by),
    )
    left = Regulation.objects.filter(number=2, centre=own_world.own)
    assert [version.state for version in left] in ([], [RegulationState.APPROVED])


def test_one_founding_twice_and_two_of_one_name(own_world: World) -> None:
    by = actor_of(own_world.accounts["administrator"])
    founding = Founding(
        region_code="89", region="Примерский округ", municipality="Новый район", name="Новый центр", preset="balta",
        start=date(2026, 9, 1), surname="Выдумкина", given="Ольга",
    )  # fmt: skip
    people = Person.objects.count()
    tokens = ("a1", "a1", "b2")
    together(*[lambda token=token: found_centre(founding=founding, token=token, by=by) for token in tokens])  # type: ignore[misc]
    assert TutorCentre.objects.filter(name="Новый центр").count() == 1
    assert Municipality.objects.filter(name="Новый район").count() == 1
    assert Person.objects.count() == people + 1
    assert Account.objects.filter(person__surname="Выдумкина").count() == 1
