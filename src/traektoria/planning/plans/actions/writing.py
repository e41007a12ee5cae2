"""A plan is begun, its items are added, changed and taken out; in an approved plan each change is an amendment."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from traektoria.core import audit, waiting
from traektoria.core.errors import Conflict, Invalid
from traektoria.core.text import squash
from traektoria.organisations.models import TutorCentre
from traektoria.organisations.queries import regulation_in_force
from traektoria.organisations.regulations.contents import rules_of
from traektoria.people.actor import Actor, acting
from traektoria.people.enums import Role
from traektoria.planning.associations.models import Association
from traektoria.planning.facts.registry import counted_as, kinds_meant
from traektoria.planning.plans.actions.dating import date_items, today_in
from traektoria.planning.plans.enums import PlanSpan, PlanState, TermState
from traektoria.planning.plans.models import (
    ItemOccurrence,
    ItemResponsible,
    PlanHeading,
    PlanItem,
    PlanRevision,
    WorkPlan,
)
from traektoria.planning.plans.permissions import check_begin, check_write
from traektoria.planning.plans.policies import (
    check_editable,
    check_first_day,
    check_reason,
    check_room,
    check_standing,
)
from traektoria.planning.plans.responsible_roles import roles_meant
from traektoria.planning.programmes.models import Programme
from traektoria.planning.terms.calendars import first_days

_WORDS: Final = ("number", "content", "phrase", "who", "direction", "product", "needs")
"""Fields of an item that people write, in the order in which an amendment tells them."""


@dataclass(frozen=True)
class ProposedItem:
    """A line as somebody wrote it: typed, taken from the regulation, read from a table. ``roles`` None: guessed from
    ``who``; ``counted`` None: from ``content``. ``origin`` says where it stood («таблица 2, строка 14»)."""

    content: str
    phrase: str = ""
    who: str = ""
    number: str = ""
    heading: str = ""
    direction: str = ""
    product: str = ""
    needs: int = 1
    reading: str = ""
    later: bool = False
    origin: str = ""
    roles: tuple[str, ...] | None = None
    counted: tuple[str, ...] | None = None
    people: tuple[int, ...] = ()
    schools: tuple[int, ...] = ()


@transaction.atomic
def begin_plan(
    *,
    centre: TutorCentre,
    title: str,
    span: str,
    year: int,
    by: Actor,
    own: bool = False,
    from_regulation: bool = False,
    association: Association | None = None,
    programme: Programme | None = None,
    begins: date | None = None,
) -> WorkPlan:
    """A draft: empty, or with the default plan of the centre's regulation. Side effect: audit. Raises ``Invalid``."""
    check_begin(by, centre.pk, own=own, association=association)
    check_first_day(begins, first_days(year, school=span == PlanSpan.SCHOOL))
    owner = acting(by) if own else None
    plan = WorkPlan.objects.create(
        centre=centre, owner_id=owner, title=squash(title), span=span, year=year, association=association,
        programme=programme, begins=begins,
    )  # fmt: skip
    audit.record("plan.begin", plan, by=by, own=own, from_regulation=from_regulation)
    if from_regulation:
        _add(plan, _default_items(centre))
    return plan


@transaction.atomic
def add_items(*, plan: WorkPlan, rows: Sequence[ProposedItem], by: Actor, reason: str = "") -> list[PlanItem]:
    """Put lines at the end of their sections (sections are made where there are none so called): the door for one line
    that is typed, and for a table that was read. All or none. Of an approved plan it is an amendment with its reason.

    Returns the items with their terms; nothing of a deadline is made up, what is asked stands in ``term``.
    """
    row = locked_plan(plan)
    check_write(by, row)
    check_editable(row)
    items = _add(row, rows)
    amend(row, [(None, item) for item in items], reason, by)
    audit.record("plan.items", row, by=by, number=len(items))
    return items


@transaction.atomic
def change_item(*, item: PlanItem, given: ProposedItem, by: Actor, reason: str = "") -> PlanItem:
    """What was done stays with its periods; of an approved plan it is an amendment, and what ran under the old words
    stays to be read. A repeated press changes nothing."""
    plan = locked_plan(item.plan)
    check_write(by, plan)
    check_editable(plan)
    row = PlanItem.objects.select_for_update(of=("self",), no_key=True).get(pk=item.pk)
    row.plan = plan
    check_standing(row)
    before = facts_of(row)
    _put(row, given)
    row.heading = _heading(plan, given.heading)
    row.save()
    _set_responsible(row, given)
    date_items(plan, [row])
    after = facts_of(row)
    if before != after:
        amend(plan, [(before, row)], reason, by)
        audit.record("plan.item_changed", plan, by=by, item=row.pk)
    return row


@transaction.atomic
def remove_item(*, item: PlanItem, by: Actor, reason: str = "") -> None:
    """Out of a draft it goes for good; in an approved plan it stays, crossed out, with what was done."""
    plan = locked_plan(item.plan)
    check_write(by, plan)
    check_editable(plan)
    row = PlanItem.objects.select_for_update(of=("self",), no_key=True).filter(pk=item.pk).first()
    if row is None or row.removed_in_id is not None:
        return
    row.plan = plan
    audit.record("plan.item_removed", plan, by=by, item=row.pk)
    if plan.state != PlanState.APPROVED:
        row.delete()
        return
    row.removed_in = amend(plan, [(facts_of(row), None)], reason, by)
    row.save(update_fields=["removed_in"])
    date_items(plan, [row])


@transaction.atomic
def settle_term(*, item: PlanItem, reading: str, by: Actor) -> PlanItem:
    """Answer what a deadline means: one of the choices, or «later» (empty ``reading``). The phrase stays as written,
    so that this is no amendment."""
    plan = locked_plan(item.plan)
    check_write(by, plan)
    row = PlanItem.objects.select_for_update(of=("self",), no_key=True).get(pk=item.pk)
    row.plan = plan
    check_standing(row)
    if reading and reading not in {*row.choices, row.reading}:
        raise Invalid(_("Choose one of the readings, or write the deadline in other words."), code="not_a_choice")
    if reading:
        row.reading = reading
    else:
        row.term = TermState.LATER
    row.save(update_fields=["reading", "term"])
    date_items(plan, [row])
    audit.record("plan.term_settled", plan, by=by, item=row.pk, later=not reading)
    return row


def locked_plan(plan: WorkPlan) -> WorkPlan:
    """With its centre. One query. Raises ``Conflict`` where the draft went meanwhile."""
    rows = WorkPlan.objects.select_for_update(of=("self",), no_key=True)
    row = rows.select_related("centre__municipality", "centre__school", "association").filter(pk=plan.pk).first()
    if row is None:
        raise Conflict(_("The plan was thrown away meanwhile."), code="plan_is_gone")
    return row


def amend(
    plan: WorkPlan, changed: Iterable[tuple[dict[str, Any] | None, PlanItem | None]], reason: str, by: Actor
) -> PlanRevision | None:
    """Write what changed into a revision, where the plan is approved: pairs of what an item said and what it is now.
    Of one person, day and reason it is one revision."""
    if plan.state != PlanState.APPROVED:
        return None
    why, today = check_reason(reason), today_in(plan)
    last = plan.revisions.order_by("-number").first()
    me = acting(by)
    if last is None or (last.reason, last.day, last.by_id) != (why, today, me):
        number = last.number + 1 if last else 1
        last = PlanRevision(plan=plan, number=number, reason=why, day=today, by_id=me, changes=[])
    last.changes = [*last.changes, *({"before": old or {}, "after": _facts(new)} for old, new in changed)]
    last.save()
    return last


def _facts(item: PlanItem | None) -> dict[str, Any]:
    return facts_of(item) if item else {}


def facts_of(item: PlanItem) -> dict[str, Any]:
    """What people wrote of it."""
    said = {name: getattr(item, name) for name in _WORDS}
    return {**said, "heading": item.heading.title if item.heading else ""}


def _default_items(centre: TutorCentre) -> list[ProposedItem]:
    """As the regulation in force has them."""
    sections = rules_of(regulation_in_force(centre.pk)).plan
    return [
        ProposedItem(content=one.title, phrase=one.when, who=one.who, heading=section.title)
        for section in sections
        if not section.archived
        for one in section.measures
    ]


def _add(plan: WorkPlan, rows: Sequence[ProposedItem]) -> list[PlanItem]:
    have = plan.items.filter(removed_in=None).count()
    check_room(have + len(rows))
    place = (plan.items.aggregate(last=Max("position"))["last"] or 0) + 1
    items = []
    for at, given in enumerate(rows):
        item = PlanItem(plan=plan, position=place + at, origin=given.origin[:200])
        _put(item, given)
        item.heading = _heading(plan, given.heading)
        items.append(item)
    PlanItem.objects.bulk_create(items)
    for item, given in zip(items, rows, strict=True):
        _set_responsible(item, given)
    number_items(plan)
    date_items(plan, items)
    made = {item.pk for item in items}
    return list(plan.items.filter(pk__in=made).select_related("heading").order_by("position"))


def _put(item: PlanItem, given: ProposedItem) -> None:
    phrase = squash(given.phrase)
    if phrase != item.phrase:
        item.reading = ""
        item.term = TermState.ASKED
    item.number, item.content, item.phrase = squash(given.number), given.content.strip(), phrase
    item.who, item.direction, item.product = squash(given.who), squash(given.direction), squash(given.product)
    item.needs = given.needs
    item.counted = kinds_meant(given.content) if given.counted is None else counted_as(given.counted)
    if given.reading:
        item.reading = given.reading
    if given.later:
        item.term = TermState.LATER


def _heading(plan: WorkPlan, title: str) -> PlanHeading | None:
    words = squash(title)
    if not words:
        return None
    known = plan.headings.filter(title=words).first()
    last = plan.headings.aggregate(last=Max("position"))["last"] or 0
    return known or PlanHeading.objects.create(plan=plan, position=last + 1, title=words)


def _set_responsible(item: PlanItem, given: ProposedItem) -> None:
    roles = roles_meant(given.who) if given.roles is None else [Role(one) for one in given.roles]
    wanted = {
        *(("role", role.value) for role in roles),
        *(("person_id", pk) for pk in given.people),
        *(("school_id", pk) for pk in given.schools),
    }
    have = {_mark(row): row for row in item.responsible.all()}
    for mark in have.keys() - wanted:
        have[mark].delete()
    for name, value in sorted(wanted - have.keys(), key=str):
        ItemResponsible.objects.create(item=item, **{name: value})
    if have.keys() != wanted:
        waiting.renew(*item.occurrences.all())


def _mark(row: ItemResponsible) -> tuple[str, Any]:
    if row.role:
        return "role", row.role
    return ("person_id", row.person_id) if row.person_id else ("school_id", row.school_id)


def number_items(plan: WorkPlan) -> None:
    """Give a number to each item that was written without one: «2.3» in the second section, «3» where there is none.
    Numbers that were written stay, and no two get the same."""
    items = list(plan.items.filter(removed_in=None).select_related("heading").order_by("position"))
    taken = {item.number for item in items if item.number}
    counts: dict[int, int] = {}
    changed = []
    for item in items:
        place = item.heading.position if item.heading else 0
        counts[place] = counts.get(place, 0) + 1
        if item.number:
            continue
        while (said := f"{place}.{counts[place]}" if place else str(counts[place])) in taken:
            counts[place] += 1
        item.number = said
        taken.add(said)
        changed.append(item)
    PlanItem.objects.bulk_update(changed, ["number"])
    waiting.renew(*ItemOccurrence.objects.filter(item__in=changed))
