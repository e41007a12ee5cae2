"""What pages of audits cost with two hundred audits and forty criteria: Python calls and queries of a warm request."""

from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.costs import cost_of
from tests.factories import make_school
from tests.planning.audits.audit_factories import KIND, filled, planned, signed
from tests.routes.route_factories import actor
from tests.world import World
from traektoria.planning.audits.actions.checklists import add_criterion, begin_edition, publish_edition
from traektoria.planning.audits.enums import AuditState, FindingState
from traektoria.planning.models import Audit, AuditAuditor, Finding

pytestmark = [pytest.mark.django_db]
MANY, CRITERIA = 200, 40
LIST_CALLS, CARD_CALLS = 10_000, 15_000


def long_checklist(world: World) -> None:
    by = actor(world, "coordinator")
    draft = begin_edition(centre_id=world.own.pk, kind=KIND, by=by)
    for number in range(CRITERIA - 5):
        given = {
            "title": f"Критерий {number} о том, есть ли карта", "hint": "Смотрите журнал", "points": 2, "partly": 1,
            "yes_looks": "есть у всех", "partly_looks": "есть у части", "no_looks": "нет", "asks_address": False,
        }  # fmt: skip
        add_criterion(version=draft, section=f"Раздел {number // 10}", given=given, by=by)
    publish_edition(version=draft, by=by)


@pytest.fixture
def crowd(world: World) -> World:
    """Two hundred audits of sixty schools; one that is signed with all criteria, one half filled."""
    planned(world)
    long_checklist(world)
    world.things["act"] = signed(world, "no yes partly yes yes yes")
    world.things["again"] = signed(world, "no yes partly yes yes yes")
    world.things["going"] = filled(world, "no yes")
    first = world.things["act"]
    schools = [world.school, *(make_school(world.own, f"СОШ № {number}") for number in range(100, 160))]
    day = timezone.localdate()
    rows = [
        Audit(
            centre=world.own, school=schools[number % len(schools)], kind=KIND, title=first.title, day=day,
            version=first.version, planned_by=first.planned_by, state=AuditState.SIGNED, signed_at=timezone.now(),
            signed_by=first.signed_by, checked=40, asked=40, act_year=2000, act_number=number + 1,
            printed=first.printed, read_at=timezone.now(), read_by=first.signed_by,
        )
        for number in range(MANY)
    ]  # fmt: skip
    made = Audit.objects.bulk_create(rows)
    person = first.signed_by_id
    AuditAuditor.objects.bulk_create(AuditAuditor(audit=one, person_id=person) for one in made)
    Finding.objects.bulk_create(
        Finding(audit=one, criterion=number, title="Карты", verdict="no", recommendation="Завести", owner="завуч",
                due=day, times=2, state=FindingState.OPEN)
        for one in made for number in (1, 2)
    )  # fmt: skip
    return world


PAGES = {
    "list": ("coordinator", "audit_list", "", 12, LIST_CALLS),
    "own list": ("tutor", "audit_list", "", 12, LIST_CALLS),
    "board": ("coordinator", "audit_board", "", 12, LIST_CALLS),
    "findings": ("coordinator", "finding_list", "", 12, LIST_CALLS),
    "checklists": ("coordinator", "checklist_list", "", 12, LIST_CALLS),
    "begin": ("tutor", "audit_begin", "", 12, 11_200),
    "signed": ("head", "audit_detail", "act", 20, CARD_CALLS),
    "going": ("tutor", "audit_detail", "going", 20, CARD_CALLS),
    "fill": ("tutor", "audit_fill", "going", 20, CARD_CALLS),
    "sign": ("tutor", "audit_sign", "going", 20, CARD_CALLS),
    "past": ("tutor", "audit_past", "again", 16, CARD_CALLS),
    "auditors": ("coordinator", "audit_auditors", "going", 16, CARD_CALLS),
}


def test_costs(as_: Any, crowd: World) -> None:
    over = []
    for name, (who, view, thing, queries, calls) in PAGES.items():
        kwargs = {"pk": crowd.things[thing].pk} if thing else {}
        cost = cost_of(as_(who), reverse(f"planning:{view}", kwargs=kwargs))
        print(name, cost.calls, cost.queries, cost.files.most_common(6))
        if cost.status != 200 or cost.calls > calls or cost.queries > queries:
            over.append(f"{name}: {cost}")
    assert not over, "\n".join(over)
