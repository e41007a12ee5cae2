"""What a plan lays on people's desks: what is due, once for each item, and plans that wait for approval."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import accumulate, zip_longest
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traektoria.core.registries import DeskGroup, Wait, Waited, WaitingKind, WaitingSource, Watch, Words
from traektoria.core.typography import counted, short_day
from traektoria.core.waiting import waits
from traektoria.people import addressees
from traektoria.people.approvers import approver_in
from traektoria.people.enums import Role
from traektoria.planning.associations.models import Association
from traektoria.planning.plans.enums import OccurrenceState, PlanState
from traektoria.planning.plans.models import ItemOccurrence, ItemResponsible, PlanItem, WorkPlan

MINE, ROLES, APPROVAL, RETURNED = "planning.mine", "planning.roles", "planning.approval", "planning.returned"
BEGIN, WRITE = "planning.schedule_new", "planning.schedule_draft"
AHEAD = timedelta(days=14)
"""So long before its last day an item begins to stand on the desk; of what is shorter, from its first day."""
ONE_DAY = timedelta(days=1)
AUGUST = (8, 15)
"""From this day on the plan-schedule of the coming year is waited for."""


class OpenTime(NamedTuple):
    """Columns of an occurrence: a large plan has thousands of them."""

    pk: int
    item: int
    start: date | None
    due: date | None
    item__content: str
    item__plan__centre: int


def rows(occurrences: QuerySet[ItemOccurrence]) -> Iterator[Wait]:
    """Of an item one line at a time: that of an occurrence shows until the next one begins to show, and says how many
    before it were missed. Four queries."""
    wanted = dict(occurrences.order_by().values_list("pk", "item"))
    open_ones = ItemOccurrence.objects.filter(
        item__in=set(wanted.values()), state=OccurrenceState.OPEN, former=False, due__isnull=False,
        item__removed_in=None, item__plan__state=PlanState.APPROVED,
    )  # fmt: skip
    by_item: dict[int, list[OpenTime]] = {}
    for columns in open_ones.order_by("due", "number", "pk").values_list(*OpenTime._fields):
        by_item.setdefault(columns[1], []).append(OpenTime(*columns))
    duties: dict[int, list[ItemResponsible]] = {}
    for duty in ItemResponsible.objects.filter(item__in=by_item).order_by("pk"):
        duties.setdefault(duty.item_id, []).append(duty)
    for item, times in by_item.items():
        for time, shows, until, missed in _lines(times):
            if time.pk in wanted:
                yield from _of_time(time, shows, until, missed, duties.get(item, ()))


def _lines(times: list[OpenTime]) -> Iterator[tuple[OpenTime, date, date | None, int]]:
    """Times of an item by their last day: from when each shows, when the next one shows, how many were missed before.
    Several of the same days are one line, that of the last of them."""
    shown = list(map(_shows_from, times))
    following = list(accumulate(reversed(shown), min))[::-1][1:]
    ends = [one.due or date.min for one in times]
    for place, (time, shows, until) in enumerate(zip_longest(times, shown, following)):
        if until is None or until > shows:
            yield time, shows, until, bisect_left(ends, shows, 0, place)


def _of_time(
    time: OpenTime, shows: date, until: date | None, missed: int, duties: Iterable[ItemResponsible]
) -> Iterator[Wait]:
    facts = {"content": time.item__content[:200], "before": missed}
    kept: dict[str, Any] = {
        "facts": facts, "due": time.due, "shows_from": shows, "shows_until": until - ONE_DAY if until else None,
    }  # fmt: skip
    centre = time.item__plan__centre
    for duty in duties:
        for kind, to in _addressed(duty, centre):
            yield Wait(kind, to, time.pk, centre, **kept)


def _shows_from(time: OpenTime) -> date:
    return max(time.start or date.min, (time.due or date.max) - AHEAD)


def _addressed(duty: ItemResponsible, centre: int) -> Iterator[tuple[str, str]]:
    if duty.person_id:
        yield MINE, addressees.person(duty.person_id)
    elif duty.school_id:
        yield MINE, addressees.heads_of(centre, duty.school_id)
    else:
        yield ROLES, addressees.of_centre(Role(duty.role), centre)


def mine(row: Waited) -> Words:
    return Words(row.facts["content"], _missed(row), reverse("planning:time_detail", args=[row.object_id]), _("Open"))


def roles(row: Waited) -> Words:
    if row.number == 1:
        return mine(row)
    what = counted(row.number, "%(n)s item of the plan is due", "%(n)s items of the plan are due")
    first = {"what": row.facts["content"], "day": short_day(row.due, row.today)}
    return Words(what, _("the first by %(day)s: %(what)s") % first, reverse("planning:board"), _("Look"))


def _missed(row: Waited) -> str:
    before = row.facts["before"]
    words = counted(before, "and %(n)s time before it is missed", "and %(n)s times before it are missed")
    return words if before else _("by the plan")


def of_plans(plans: QuerySet[WorkPlan]) -> Iterator[Wait]:
    """Two queries."""
    for plan in plans.filter(state__in=[PlanState.PROPOSED, PlanState.DRAFT]).select_related("centre"):
        facts = {"title": plan.title}
        if plan.state == PlanState.PROPOSED:
            yield Wait(APPROVAL, approver_in(plan.centre), plan, plan.centre_id, plan.owner_id, facts=facts)
        elif plan.returned_why:
            yield Wait(RETURNED, _writer(plan), plan, plan.centre_id, facts=facts)


def _writer(plan: WorkPlan) -> str:
    if plan.owner_id:
        return addressees.holder(Role.TUTOR, plan.centre_id, plan.owner_id)
    return addressees.of_centre(Role.COORDINATOR, plan.centre_id)


def of_associations(associations: QuerySet[Association]) -> Iterator[Wait]:
    """Whoever leads one is to begin its plan-schedule, each August the next one, or to finish the draft. Two
    queries."""
    open_ones = list(associations.filter(closed_on=None, chair__isnull=False))
    plans = WorkPlan.objects.filter(association__in=open_ones).order_by("year", "pk")
    last = {plan.association_id: plan for plan in plans}
    for one in open_ones:
        plan, to = last.get(one.pk), addressees.person(one.chair_id or 0)
        if plan is not None and plan.state == PlanState.DRAFT:
            yield Wait(WRITE, to, one, one.centre_id, facts={"name": one.name, "plan": plan.pk})
        elif plan is None or plan.state == PlanState.APPROVED:
            again = date(plan.year + 1, *AUGUST) if plan else None
            yield Wait(BEGIN, to, one, one.centre_id, facts={"name": one.name}, shows_from=again)


def begin(row: Waited) -> Words:
    to = reverse("planning:association_detail", args=[row.object_id])
    return Words(_("Begin the plan-schedule: %(name)s") % row.facts, _("you lead it"), to, _("Open"))


def write(row: Waited) -> Words:
    said = _("Finish the plan-schedule: %(name)s") % row.facts
    return Words(said, _("it is a draft"), reverse("planning:plan_detail", args=[row.facts["plan"]]), _("Open"))


def approval(row: Waited) -> Words:
    return Words(_("Approve the plan: %(title)s") % row.facts, row.name, _plan(row), _("Read"))


def returned(row: Waited) -> Words:
    return Words(
        _("The plan is returned: %(title)s") % row.facts, _("the reason is on its page"), _plan(row), _("Open")
    )


def _plan(row: Waited) -> str:
    return reverse("planning:plan_detail", args=[row.object_id])


def _times_of(item: PlanItem) -> Iterable[int]:
    return item.occurrences.values_list("pk", flat=True)


def _siblings(row: ItemOccurrence | ItemResponsible) -> Iterable[int]:
    return ItemOccurrence.objects.filter(item=row.item_id).values_list("pk", flat=True)


waits(
    WaitingSource(
        slug="planning.items",
        order=16,
        model=ItemOccurrence,
        rows=rows,
        kinds=(
            WaitingKind(MINE, 16, DeskGroup.SOON, mine, letter=gettext_lazy("An item of the plan is due")),
            WaitingKind(ROLES, 16, DeskGroup.SOON, roles, sums=True, letter=gettext_lazy("Items of the plan are due")),
        ),
        watches=(
            Watch(ItemOccurrence, _siblings),
            Watch(ItemResponsible, _siblings),
            Watch(PlanItem, _times_of, frozenset({"content", "removed_in"})),
            Watch(
                WorkPlan,
                lambda plan: ItemOccurrence.objects.filter(item__plan=plan.pk).values_list("pk", flat=True),
                frozenset({"state"}),
            ),
        ),
    )
)
waits(
    WaitingSource(
        slug="planning.plans",
        order=17,
        model=WorkPlan,
        rows=of_plans,
        kinds=(
            WaitingKind(APPROVAL, 17, DeskGroup.SOON, approval),
            WaitingKind(RETURNED, 17, DeskGroup.SOON, returned),
        ),
    )
)
waits(
    WaitingSource(
        slug="planning.associations",
        order=20,
        model=Association,
        rows=of_associations,
        kinds=(
            WaitingKind(BEGIN, 20, DeskGroup.SOON, begin),
            WaitingKind(WRITE, 20, DeskGroup.SOON, write),
        ),
        watches=(Watch(WorkPlan, lambda plan: [plan.association_id] if plan.association_id else []),),
    )
)
