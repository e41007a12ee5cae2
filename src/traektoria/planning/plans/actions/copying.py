"""A plan is copied to another year: its words go, and its dates are found anew; what was done stays where it was."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from traektoria.core import audit
from traektoria.engines.deadlines.occurrence import Occurrence
from traektoria.people.actor import Actor, in_force
from traektoria.people.models import RoleAssignment
from traektoria.planning.plans.actions.writing import ProposedItem, add_items, begin_plan
from traektoria.planning.plans.enums import PlanSpan, TermState
from traektoria.planning.plans.models import PlanItem, WorkPlan
from traektoria.planning.plans.queries.items import Time, times_of
from traektoria.planning.terms.calendars import window
from traektoria.planning.terms.terms import Standing, Term, read
from traektoria.planning.terms.years import has_year, has_year_near, shifted


@dataclass(frozen=True)
class CopiedItem:
    """What an item will say in the other year. ``fixed``: a year is written in its deadline, so that somebody decides;
    ``renamed``: one of these years, or of those beside them, stands in its content."""

    item: PlanItem
    content: str
    phrase: str
    renamed: bool

    @property
    def fixed(self) -> bool:
        return has_year(self.item.phrase)


@dataclass(frozen=True)
class Decision:
    """What a person decided of a line that was shown: its words, or that it does not go."""

    content: str = ""
    phrase: str = ""
    goes: bool = True


def years_in(plan: WorkPlan) -> tuple[int, ...]:
    """Calendar years of which the plan speaks."""
    return (plan.year, plan.year + 1) if plan.span == PlanSpan.SCHOOL else (plan.year,)


def copied_title(plan: WorkPlan, year: int) -> str:
    return shifted(plan.title, years_in(plan), year - plan.year)


@dataclass(frozen=True)
class Foreseen:
    """How a line that goes will stand in the other year: its dates now and then, or what will be asked."""

    number: str
    content: str
    phrase: str
    now: list[Time]
    then: tuple[Occurrence, ...]
    asks: tuple[str, ...]


def foreseen(plan: WorkPlan, copied: Iterable[CopiedItem], year: int) -> list[Foreseen]:
    """By the calendar of that year, as it is known now; a phrase is read once. Two queries."""
    lines = list(copied)
    then = window(plan.centre, year, school=plan.is_school)
    meant = [one.phrase if one.fixed else one.item.meant for one in lines]
    terms = {phrase: read(phrase, then) for phrase in dict.fromkeys(meant)}
    now = times_of([one.item.pk for one in lines])
    return [_foreseen(one, now.get(one.item.pk, []), terms[phrase]) for one, phrase in zip(lines, meant, strict=True)]


def _foreseen(one: CopiedItem, times: list[Time], term: Term) -> Foreseen:
    asks = term.why if term.standing is Standing.ASKED else ()
    standing = [time for time in times if not time.former]
    return Foreseen(one.item.number, one.content, one.phrase, standing, term.occurrences, asks)


def copied_items(plan: WorkPlan, year: int) -> list[CopiedItem]:
    """Lines of the plan as they stand, with years moved on. Three queries."""
    rows = plan.items.filter(removed_in=None).select_related("heading").prefetch_related("responsible")
    by, years = year - plan.year, years_in(plan)
    return [
        CopiedItem(
            item,
            shifted(item.content, years, by),
            shifted(item.phrase, years, by),
            renamed=has_year_near(item.content, years),
        )
        for item in rows.order_by("position")
    ]


@transaction.atomic
def copy_plan(
    *, plan: WorkPlan, year: int, title: str, decisions: Mapping[int, Decision], by: Actor, asked_by: UUID | None = None
) -> WorkPlan:
    """A draft for ``year`` of the same kind. Dates follow from the phrases and the calendar of that year; it has no
    fulfilment, no order, nothing that was moved or cancelled. ``decisions`` by item, of those that were shown.

    People who have left the centre answer for nothing in it; the words of the responsible stay. ``asked_by``: of one
    asking of the worker it is made once."""
    made = WorkPlan.objects.filter(asked_by=asked_by).first() if asked_by else None
    if made is not None:
        return made
    staff = _staff(plan)
    rows = [_row(one, decisions.get(one.item.pk, Decision()), staff) for one in copied_items(plan, year)]
    made = begin_plan(
        centre=plan.centre, title=title, span=plan.span, year=year, own=plan.owner_id is not None,
        association=plan.association, programme=plan.programme, by=by,
    )  # fmt: skip
    made.copied_from, made.asked_by = plan, asked_by
    made.save(update_fields=["copied_from", "asked_by"])
    add_items(plan=made, rows=[row for row in rows if row is not None], by=by)
    audit.record("plan.copied", made, by=by, source=plan.pk)
    return made


def _staff(plan: WorkPlan) -> frozenset[int]:
    held = RoleAssignment.objects.filter(in_force(timezone.localdate()), centre=plan.centre_id)
    return frozenset(held.values_list("person", flat=True))


def _row(one: CopiedItem, decided: Decision, staff: frozenset[int]) -> ProposedItem | None:
    if not decided.goes:
        return None
    item, responsible = one.item, list(one.item.responsible.all())
    return ProposedItem(
        content=decided.content or one.content,
        phrase=decided.phrase or one.phrase,
        who=item.who,
        number=item.number,
        heading=item.heading.title if item.heading else "",
        direction=item.direction,
        product=item.product,
        needs=item.needs,
        reading="" if has_year(item.reading) or decided.phrase not in ("", item.phrase) else item.reading,
        later=item.term == TermState.LATER,
        roles=tuple(row.role for row in responsible if row.role),
        people=tuple(row.person_id for row in responsible if row.person_id in staff and row.person_id),
        schools=tuple(row.school_id for row in responsible if row.school_id),
        counted=tuple(item.counted.split()),
    )
