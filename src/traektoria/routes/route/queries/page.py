"""The page of a route, built in a bounded number of queries: what the template only has to print."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from traektoria.core.errors import reason_of
from traektoria.core.joined_rows import Joined, by, hold
from traektoria.core.text import squash
from traektoria.people.actor import Actor
from traektoria.routes.route import fields, policies
from traektoria.routes.route.draft_rules import SEVERAL
from traektoria.routes.route.enums import ActivityKind, ItemState, RouteState, ShowingForm
from traektoria.routes.route.models import (
    Agreement,
    DeficitOutcome,
    ItemEvidence,
    LearningRoute,
    RouteItem,
    RouteVersion,
)
from traektoria.routes.route.permissions import Sight, can_give_goal, can_lead, sight_of
from traektoria.routes.route.queries.parties import Party, awaited, parties_of, speaks_now
from traektoria.routes.route.queries.route import REMOVED, header_of, plan_of
from traektoria.routes.route.queries.versions import FieldChange, PlanDifference, difference
from traektoria.routes.route.registries import item_links
from traektoria.routes.tutees.models import LearningRequest
from traektoria.routes.tutees.permissions import is_member_of, is_tutor_of
from traektoria.routes.tutees.readers import seen_by

STATE_KINDS = {
    RouteState.DRAFT: "neutral",
    RouteState.PROPOSED: "warning",
    RouteState.RUNNING: "info",
    RouteState.PAUSED: "warning",
    RouteState.CLOSED: "success",
    RouteState.STOPPED: "neutral",
}
ITEM_KINDS = {
    ItemState.PLANNED: "neutral",
    ItemState.DOING: "info",
    ItemState.DONE: "success",
    ItemState.CANCELLED: "neutral",
}

ITEMS = Joined(RouteItem, "hypothesis")
DISCUSSED = Joined(
    RouteItem, "hypothesis", talk="SELECT COUNT(*) FROM routes_itemcomment said WHERE said.item_id = t.id"
)
EVIDENCE, WORDS = Joined(ItemEvidence, "person"), Joined(Agreement, "person")
IN_ORDER = "t.position, t.id"
NEAR = 21
ACTS = {
    "edit": _("Edit the item"),
    "up": _("Move up"),
    "down": _("Move down"),
    "remove": _("Take the item out"),
    "ask_remove": _("Take this item out? Nobody agreed to it yet, so it will not be kept."),
    "restore": _("Take back the change"),
    "start": _("Begin"),
    "finish": _("Mark as done"),
    "cancel": _("Cancel the item"),
    "undo": _("Back to work"),
    "undo_done": _("Undo"),
}


@dataclass
class RouteLine:
    """One item as this person sees it. ``change`` is added, changed or removed in the open correction."""

    item: RouteItem
    number: int
    plan: dict[str, Any]
    activity: str
    showing: str
    overdue: bool
    can_do: bool
    can_edit: bool
    evidence_url: bool
    change: str = ""
    changes: tuple[FieldChange, ...] = ()
    more: Sequence[tuple[str, str]] = ()

    @property
    def done(self) -> bool:
        return self.item.state == ItemState.DONE

    @property
    def open(self) -> bool:
        return self.item.state in policies.OPEN_ITEM

    @property
    def near(self) -> bool:
        """Late or due soon: then the distance is said, else the day is enough."""
        running = self.item.route.state == RouteState.RUNNING
        return running and self.open and (self.plan["deadline"] - timezone.localdate()).days <= NEAR

    @property
    def kind(self) -> str:
        return ITEM_KINDS[ItemState(self.item.state)]


@dataclass
class DeficitGroup:
    """Neighbouring items of one deficit. ``hypothesis_id`` is set where this person may look at the evidence."""

    deficit: str
    hypothesis_id: int | None
    lines: list[RouteLine] = field(default_factory=list)

    @property
    def several(self) -> bool:
        """Drafted for several deficits at once: one visit or lesson serves them all."""
        return SEVERAL in self.deficit and all(line.item.hypothesis_id is None for line in self.lines)


@dataclass
class RoutePage:
    route: LearningRoute
    sight: Sight
    header: dict[str, Any]
    groups: list[DeficitGroup]
    left: list[RouteItem]
    today: date
    parties: list[Party]
    waiting: list[Party]
    shown_version: RouteVersion | None
    pending: RouteVersion | None
    returned: Agreement | None
    my_word: bool
    editing: bool
    difference: PlanDifference | None
    outcomes: list[DeficitOutcome]
    is_tutor: bool
    is_teacher: bool
    can_lead: bool
    own_request: str
    row_links: list[tuple[str, str, str]]

    @cached_property
    def words(self) -> dict[str, str]:
        """Labels of the small buttons, translated once for the page instead of once for each row."""
        return {name: str(label) for name, label in ACTS.items()}

    @property
    def goal_readers(self) -> str:
        return seen_by("route.goals")

    @property
    def works(self) -> bool:
        return self.sight is Sight.WORKS

    @property
    def outline(self) -> bool:
        return self.sight is Sight.OUTLINE

    @property
    def state_kind(self) -> str:
        return STATE_KINDS[RouteState(self.route.state)]

    @cached_property
    def goals(self) -> list[str]:
        return [goal.strip() for goal in self.header["goals"].splitlines() if goal.strip()]

    @cached_property
    def lines(self) -> list[RouteLine]:
        return [line for group in self.groups for line in group.lines]

    @cached_property
    def counted(self) -> list[RouteLine]:
        """Items that count in «3 of 7»: agreed and not cancelled."""
        return [line for line in self.lines if not line.item.pending and line.item.state != ItemState.CANCELLED]

    @cached_property
    def done(self) -> int:
        return sum(line.done for line in self.counted)

    @cached_property
    def total(self) -> int:
        return len(self.counted)

    @cached_property
    def overdue(self) -> int:
        return sum(line.overdue for line in self.lines)

    @cached_property
    def next_line(self) -> RouteLine | None:
        """The open item with the nearest deadline."""
        return min((line for line in self.counted if line.open), key=lambda line: line.item.deadline, default=None)

    @property
    def running(self) -> bool:
        return self.route.state == RouteState.RUNNING

    @property
    def finished(self) -> bool:
        return self.route.state not in policies.LIVING

    @cached_property
    def why_not_close(self) -> str:
        return reason_of(policies.check_closable, self.route, sum(line.open for line in self.counted))

    @property
    def why_not_extend(self) -> str:
        return reason_of(policies.check_extendable, self.route)

    @property
    def why_not_correct(self) -> str:
        return reason_of(policies.check_correctable, self.route)


def page_of(route: LearningRoute, actor: Actor, today: date | None = None) -> RoutePage:
    """Four queries (items, evidence, versions, agreements) whatever the size, and one more where a change waits."""
    today = today or timezone.localdate()
    sight = sight_of(actor, route)
    works = sight is Sight.WORKS
    editing = works and policies.can_edit(route)
    corrected = works and route.correction is not None
    items = [] if sight is Sight.OUTLINE and route.in_force_since is None else _items(route, works)
    lines = [_line(item, route, actor, today, corrected, editing) for item in items if not item.removed_in]
    lines = sorted((one for one in lines if corrected or not one.item.pending), key=_order)
    _number(lines)
    versions = _versions(route)
    pending = next((version for version in versions if version.number == route.pending_version), None)
    parties = parties_of(route, pending or _in_force(route, versions))
    return RoutePage(
        route=route,
        sight=sight,
        header=header_of(route, corrected=corrected),
        groups=_groups(lines, actor, sight),
        left=[item for item in items if item.removed_in and works],
        today=today,
        parties=parties,
        waiting=awaited(parties) if pending else [],
        shown_version=pending or _in_force(route, versions),
        pending=pending,
        returned=_returned(route, versions),
        my_word=speaks_now(actor, route, parties),
        editing=editing,
        difference=_waiting_difference(route, pending) if _reads_pending(route, sight) else None,
        outcomes=_outcomes(route, actor) if works and route.state == RouteState.CLOSED else [],
        is_tutor=is_tutor_of(actor, route.support),
        is_teacher=is_member_of(actor, route.support),
        can_lead=can_lead(actor, route),
        row_links=_row_links(route, actor) if works and route.state == RouteState.RUNNING else [],
        own_request=_own_request(route, actor) if editing and can_give_goal(actor, route) else "",
    )


def _row_links(route: LearningRoute, actor: Actor) -> list[tuple[str, str, str]]:
    return [link for one in item_links if one.row and (link := one.row(actor, route))]


def _own_request(route: LearningRoute, actor: Actor) -> str:
    """The teacher's latest request, until it stands among the goals; a query while the route is being drafted."""
    if route.state != RouteState.DRAFT:
        return ""
    last = LearningRequest.objects.filter(support=route.support_id, person=actor.person_id).first()
    text = squash(last.text) if last else ""
    return "" if text in route.goals.splitlines() else text


def _reads_pending(route: LearningRoute, sight: Sight) -> bool:
    """What nobody agreed to yet is read by those who are asked."""
    return sight is Sight.WORKS or (sight is Sight.AGREED and route.head_agrees)


def _outcomes(route: LearningRoute, actor: Actor) -> list[DeficitOutcome]:
    """What became of the deficits: a teacher reads their own, the tutor all."""
    found = route.outcomes.select_related("hypothesis")
    return list(found if is_tutor_of(actor, route.support) else found.filter(hypothesis__person=actor.person_id))


def _items(route: LearningRoute, works: bool) -> list[RouteItem]:
    """With ``talk``, the number of comments, and evidence for those who work on the route. Two queries."""
    if not works:
        return ITEMS.find("t.route_id = %s", route.pk, order=IN_ORDER)
    items = DISCUSSED.find("t.route_id = %s", route.pk, order=IN_ORDER)
    evidence = EVIDENCE.among("t.item_id", [item.pk for item in items], order="t.created_at, t.id")
    hold(items, "evidence", by("item_id", evidence))
    return items


def _line(
    item: RouteItem, route: LearningRoute, actor: Actor, today: date, corrected: bool, editing: bool
) -> RouteLine:
    item.route = route
    plan = plan_of(item, corrected=corrected)
    change = _change(item) if corrected else ""
    is_open = item.state in policies.OPEN_ITEM
    running = route.state == RouteState.RUNNING
    works = editing or corrected or bool(getattr(item, "talk", None) is not None)
    return RouteLine(
        item=item,
        number=plan["position"],
        plan=plan,
        activity=str(ActivityKind(plan["activity_kind"]).label),
        showing=str(ShowingForm(plan["showing_form"]).label),
        overdue=running and is_open and not item.pending and item.deadline < today,
        can_do=works and running and not item.pending,
        can_edit=editing and is_open,
        evidence_url=works,
        change=change,
        changes=_changes(item, plan) if change == "changed" else (),
        more=fields.without_place(plan),
    )


def _change(item: RouteItem) -> str:
    if item.pending:
        return "added"
    if item.correction.get(REMOVED):
        return "removed"
    return "changed" if item.correction.keys() - {"position"} else ""


def _changes(item: RouteItem, plan: dict[str, Any]) -> tuple[FieldChange, ...]:
    return tuple(
        FieldChange(one.label, fields.in_words(one, getattr(item, one.name)), fields.in_words(one, plan[one.name]))
        for one in fields.ITEM
        if one.label and getattr(item, one.name) != plan[one.name]
    )


def _order(line: RouteLine) -> tuple[int, int]:
    return line.plan["position"], line.item.pk


def _number(lines: Iterable[RouteLine]) -> None:
    number = 0
    for line in lines:
        number += line.change != "removed"
        line.number = number


def _groups(lines: list[RouteLine], actor: Actor, sight: Sight) -> list[DeficitGroup]:
    groups: list[DeficitGroup] = []
    for line in lines:
        deficit = "" if sight is Sight.OUTLINE else line.plan["deficit"]
        if not groups or groups[-1].deficit != deficit:
            groups.append(DeficitGroup(deficit, _evidence_for(line.item, actor, sight)))
        groups[-1].lines.append(line)
    return groups


def _evidence_for(item: RouteItem, actor: Actor, sight: Sight) -> int | None:
    """The hypothesis behind the item, where this person may look at it: its own teacher or the tutor."""
    if sight is not Sight.WORKS or item.hypothesis is None:
        return None
    own = item.hypothesis.person_id == actor.person_id
    return item.hypothesis.pk if own or is_tutor_of(actor, item.route.support) else None


def _versions(route: LearningRoute) -> list[RouteVersion]:
    """The newest first, without their content."""
    found = list(route.versions.defer("snapshot").order_by("-number"))
    words = WORDS.among("t.version_id", [version.pk for version in found], order="t.created_at, t.id")
    hold(found, "agreements", by("version_id", words))
    return found


def _in_force(route: LearningRoute, versions: list[RouteVersion]) -> RouteVersion | None:
    if route.in_force_since is None:
        return None
    return next((version for version in versions if version.number == route.version), None)


def _returned(route: LearningRoute, versions: list[RouteVersion]) -> Agreement | None:
    """Why the last version came back, while it is being rewritten."""
    rewriting = route.state == RouteState.DRAFT or route.correction is not None
    if not versions or versions[0].dropped or route.pending_version is not None or not rewriting:
        return None
    return next((word for word in versions[0].agreements.all() if not word.agreed), None)


def _waiting_difference(route: LearningRoute, pending: RouteVersion | None) -> PlanDifference | None:
    """What the waiting correction changes in the version in force."""
    if pending is None or route.in_force_since is None:
        return None
    contents = dict(route.versions.filter(number__in=(route.version, pending.number)).values_list("number", "snapshot"))
    return difference(contents[route.version], contents[pending.number])
