"""Who sees which plans, and which lines of them; the list of plans and the page of one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from traektoria.core.joined_rows import hold
from traektoria.core.labels import text_of
from traektoria.core.paging import Page, replaced
from traektoria.core.prepared_statements import Given, prepared
from traektoria.people.actor import Actor
from traektoria.people.anybody import anybody, given_of
from traektoria.people.enums import HEADS, Role
from traektoria.people.models import short_name
from traektoria.planning.associations.models import Association
from traektoria.planning.plans.enums import PlanState
from traektoria.planning.plans.models import ItemResponsible, PlanItem, WorkPlan, year_label
from traektoria.planning.plans.permissions import reads_whole

COLUMNS = ("pk", "title", "span", "year", "state", "act", "act_number", "act_day", "centre__name", "association__name")
NAME = ("owner__surname", "owner__given", "owner__patronymic")


@dataclass(frozen=True)
class PlanRow:
    """``owner`` is a short name, empty of a plan of the centre; ``items`` and how many of them are asked about."""

    pk: int
    title: str
    span: str
    year: int
    state: str
    act: str
    act_number: str
    act_day: date | None
    centre: str
    association: str | None
    owner: str
    items: int
    asked: int

    @property
    def year_label(self) -> str:
        return year_label(self.span, self.year)

    @property
    def state_label(self) -> str:
        return text_of(PlanState, self.state)


def visible_to(actor: Actor) -> QuerySet[WorkPlan]:
    """The coordinator's centres, but for drafts of tutors' own plans; a tutor's own, and approved ones of the centre;
    heads: approved ones of the centre, in a school's own centre all but drafts; and where one answers for an item."""
    if actor.person_id is None:
        return WorkPlan.objects.none()
    approved = Q(state=PlanState.APPROVED)
    duties = ItemResponsible.objects.filter(person=actor.person_id, item__removed_in=None).order_by()
    seen = Q(pk__in=duties.values("item__plan"), centre__in=actor.centre_ids) & approved
    chaired = Association.objects.filter(chair=actor.person_id, centre__in=actor.centre_ids).order_by()
    members = Association.members.through.objects.filter(person=actor.person_id).order_by()
    seen |= Q(association__in=chaired.values("pk"))
    seen |= Q(association__in=members.values("association"), centre__in=actor.centre_ids) & approved
    if actor.is_coordinator:
        not_private = Q(owner=None) | ~Q(state=PlanState.DRAFT)
        seen |= Q(centre__in=actor.centres(Role.COORDINATOR)) & not_private
    if actor.is_tutor:
        seen |= Q(owner=actor.person_id, centre__in=actor.centres(Role.TUTOR))
        seen |= Q(owner=None, centre__in=actor.centres(Role.TUTOR)) & approved
    if actor.is_head:
        seen |= Q(owner=None, centre__in=actor.centres(*HEADS)) & approved
        seen |= Q(centre__school__in=actor.schools(Role.HEAD)) & ~Q(state=PlanState.DRAFT)
    return WorkPlan.objects.filter(seen)


def find_plan(actor: Actor, pk: int) -> WorkPlan | None:
    """With centre and owner. One query."""
    if actor.person_id is None:
        return None
    found: WorkPlan | None = _one(actor.roles).first(pk=pk, **given_of(actor))
    return found


@prepared
def _one(roles: frozenset[Role]) -> QuerySet[WorkPlan]:
    rows = visible_to(anybody(roles)).filter(pk=Given("pk"))
    related = ("centre__municipality", "centre__school", "owner", "association", "programme")
    return rows.select_related(*related)


def items_visible_to(actor: Actor, plan: WorkPlan) -> QuerySet[PlanItem]:
    """All of them, or those that concern a person who does not read the whole plan."""
    rows = PlanItem.objects.filter(plan=plan.pk)
    return rows if sees_whole(actor, plan) else rows.filter(pk__in=concerning(actor))


def sees_whole(actor: Actor, plan: WorkPlan) -> bool:
    """All lines, not those alone that concern the person."""
    return reads_whole(actor, plan) or is_member(actor, plan)


def is_member(actor: Actor, plan: WorkPlan) -> bool:
    """Members read the plan-schedule of their association. One query, none for another plan."""
    return plan.association is not None and plan.association.members.filter(pk=actor.person_id or 0).exists()


def concerning(actor: Actor) -> QuerySet[Any, Any]:
    """Keys of items for which the person answers: by name, by a role in the centre, as a head of a named school."""
    mine = Q(person=actor.person_id, item__plan__centre__in=actor.centre_ids)
    for role in sorted(actor.roles - {Role.ADMINISTRATOR, Role.COMMISSION_MEMBER}):
        mine |= Q(role=role.value, item__plan__centre__in=actor.centres(role))
    if actor.is_head:
        mine |= Q(school__in=actor.schools(*HEADS), item__plan__centre__in=actor.centres(*HEADS))
    return ItemResponsible.objects.filter(mine).order_by().values("item")


def find_item(actor: Actor, pk: int) -> PlanItem | None:
    """With its plan and who answers for it. Three queries at most."""
    if actor.person_id is None:
        return None
    item: PlanItem | None = _item(actor.roles).first(pk=pk, **given_of(actor))
    if item is None:
        return None
    hold([item], "responsible", {item.pk: _duties().all(item=pk)})
    if reads_whole(actor, item.plan) or is_member(actor, item.plan):
        return item
    return item if concerning(actor).filter(item=pk).exists() else None


@prepared
def _item(roles: frozenset[Role]) -> QuerySet[PlanItem]:
    seen = visible_to(anybody(roles)).order_by().values("pk")
    related = (
        "plan__centre__municipality", "plan__centre__school", "plan__owner", "plan__association", "heading",
        "removed_in",
    )  # fmt: skip
    return PlanItem.objects.filter(pk=Given("pk"), plan__in=seen).select_related(*related)


@prepared
def _duties() -> QuerySet[ItemResponsible]:
    rows = ItemResponsible.objects.filter(item=Given("item")).select_related("person", "school")
    return rows.order_by("pk")


def plan_page(actor: Actor, asked: object) -> Page[PlanRow]:
    """The newest year first. One query."""
    found = _seen(actor.roles).page(asked, **given_of(actor))
    return replaced(found, [_row(columns) for columns in found])


def _row(columns: Sequence[Any]) -> PlanRow:
    own, name, (items, asked) = columns[: len(COLUMNS)], columns[len(COLUMNS) : -2], columns[-2:]
    return PlanRow(*(*own, short_name(*name) if name[0] else "", items, asked))


@prepared
def _seen(roles: frozenset[Role]) -> QuerySet[WorkPlan, Any]:
    living = Q(items__removed_in=None)
    rows = visible_to(anybody(roles)).annotate(
        number=Count("items", filter=living), open=Count("items", filter=living & Q(items__term="asked"))
    )
    return rows.order_by("-year", "owner__sort_name", "-pk").values_list(*COLUMNS, *NAME, "number", "open")
