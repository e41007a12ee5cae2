"""The plan against what was done: a line for each item, with what it rests on."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from traektoria.core.paging import Page, page_of, replaced
from traektoria.core.prepared_statements import Given, prepared
from traektoria.core.typography import counted, short_day
from traektoria.people.actor import Actor
from traektoria.people.anybody import anybody, given_of
from traektoria.people.enums import Role
from traektoria.planning.facts.registry import fact_kinds
from traektoria.planning.fulfilment.models import Deed
from traektoria.planning.fulfilment.queries.counts import meant
from traektoria.planning.plans.actions.dating import today_in, window_of
from traektoria.planning.plans.enums import OccurrenceState
from traektoria.planning.plans.models import ItemOccurrence, PlanItem, WorkPlan
from traektoria.planning.plans.occurrence_state import Now
from traektoria.planning.plans.queries.items import Time, times_of
from traektoria.planning.plans.queries.plans import concerning, items_visible_to, sees_whole

FEW = 5
"""So many days that were missed are told by name."""
OF_ITEM = {
    "pk": "pk", "number": "number", "content": "content", "phrase": "phrase", "who": "who", "product": "product",
    "needs": "needs", "counted": "counted", "removed": "removed_in__number", "heading_number": "heading__position",
    "heading": "heading__title",
}  # fmt: skip
"""A field of ``ReportRow``: the column of the item that it is."""
SAID = (
    gettext_noop("late: %(n)s"),
    gettext_noop("not done in time: %(n)s"),
    gettext_noop("cancelled: %(n)s"),
    gettext_noop("moved: %(n)s"),
)


@dataclass(frozen=True)
class DoneLine:
    """A deed as the report tells it: of which time, when, by how many days late."""

    what: str
    day: date
    label: str
    late: int
    note: str
    link: str


@dataclass(frozen=True)
class ReportRow:
    """``happened``: labels and numbers of facts for an item that has no times."""

    pk: int
    number: str
    content: str
    phrase: str
    who: str
    product: str
    needs: int
    counted: str
    removed: int | None
    heading_number: int | None
    heading: str | None
    times: list[Time]
    deeds: list[DoneLine]
    happened: list[tuple[str, int]]
    today: date

    @cached_property
    def _states(self) -> list[Now]:
        return [time.now(self.today) for time in self.times]

    def number_of(self, *wanted: Now) -> int:
        return sum(self._states.count(one) for one in wanted)

    @property
    def due(self) -> int:
        """Times whose last day is over, and those that were done before it; of cancelled ones none."""
        over = [one for one in self.times if one.state == OccurrenceState.DONE or (one.due and one.due < self.today)]
        return sum(one.state != OccurrenceState.CANCELLED for one in over)

    @property
    def done(self) -> int:
        return self.number_of(Now.DONE, Now.LATE)

    @property
    def summary(self) -> str:
        """«Выполнено 3 из 4; с опозданием 1; не выполнено в срок 1»."""
        parts = []
        if self.times and self.due:
            parts.append(_("%(done)s of %(due)s done") % {"done": self.done, "due": self.due})
        elif self.times:
            parts.append(_("the time has not come yet"))
        numbers = [self.number_of(one) for one in (Now.LATE, Now.MISSED, Now.CANCELLED)]
        numbers.append(sum(one.moved_to is not None for one in self.times))
        parts += [_(words) % {"n": number} for words, number in zip(SAID, numbers, strict=True) if number]
        if not self.times and self.deeds:
            parts.append(counted(len(self.deeds), "done: %(n)s time", "done: %(n)s times"))
        parts += [f"{label}: {number}" for label, number in self.happened]
        return "; ".join(parts) or _("nothing was written down")

    @property
    def missed_days(self) -> str:
        """The first of them, and how many more."""
        days = [one.due for one, now in zip(self.times, self._states, strict=True) if now is Now.MISSED and one.due]
        told = ", ".join(short_day(day, self.today) for day in days[:FEW])
        more = len(days) - FEW
        return _("%(days)s and %(n)s more") % {"days": told, "n": more} if more > 0 else told


@dataclass(frozen=True)
class Totals:
    """Of all lines that the person may see."""

    due: int
    done: int
    late: int
    missed: int
    cancelled: int


def report_page(actor: Actor, plan: WorkPlan, asked: object) -> Page[ReportRow]:
    """A bounded number of queries."""
    found = page_of(_rows(items_visible_to(actor, plan)), asked)
    return replaced(found, _made(plan, found))


def whole_report(plan: WorkPlan) -> list[ReportRow]:
    """All lines, for paper."""
    return _made(plan, _rows(PlanItem.objects.filter(plan=plan.pk)))


def totals_of(actor: Actor, plan: WorkPlan) -> Totals:
    """Counted by the database: a large plan has thousands of times. One query."""
    whole = sees_whole(actor, plan)
    counts = _counts(frozenset() if whole else actor.roles, whole)
    found = counts.first(**(given_of(actor) | {"plan": plan.pk, "today": today_in(plan)}))
    _plan, done, late, missed, cancelled = found or (0, 0, 0, 0, 0)
    return Totals(done + missed, done, late, missed, cancelled)


@prepared
def _counts(roles: frozenset[Role], whole: bool) -> QuerySet[ItemOccurrence, Any]:
    rows = ItemOccurrence.objects.filter(item__plan=Given("plan"))
    if not whole:
        rows = rows.filter(item__in=concerning(anybody(roles)))
    done, is_open = Q(state=OccurrenceState.DONE), Q(state=OccurrenceState.OPEN)
    counted = rows.order_by().values_list("item__plan").annotate(
        done=Count("pk", filter=done),
        late=Count("pk", filter=done & Q(done_on__gt=F("due"))),
        missed=Count("pk", filter=is_open & Q(due__lt=Given("today"))),
        cancelled=Count("pk", filter=Q(state=OccurrenceState.CANCELLED)),
    )  # fmt: skip
    return counted.order_by("item__plan")


def sum_of(times: Collection[Time], today: date) -> Totals:
    states = [time.now(today) for time in times]
    done = sum(one in (Now.DONE, Now.LATE) for one in states)
    missed = states.count(Now.MISSED)
    return Totals(done + missed, done, states.count(Now.LATE), missed, states.count(Now.CANCELLED))


def _rows(items: QuerySet[PlanItem]) -> QuerySet[PlanItem, Any]:
    return items.order_by(F("heading__position").asc(nulls_first=True), "position").values_list(*OF_ITEM.values())


def _made(plan: WorkPlan, rows: Iterable[tuple[Any, ...]]) -> list[ReportRow]:
    found = [dict(zip(OF_ITEM, row, strict=True)) for row in rows]
    keys = [one["pk"] for one in found]
    times, today = times_of(keys), today_in(plan)
    deeds = _deeds(keys)
    happened = _happened(plan, [one for one in found if not times.get(one["pk"])], today)
    return [
        ReportRow(
            **one, times=times.get(one["pk"], []), deeds=deeds.get(one["pk"], []),
            happened=happened.get(one["pk"], []), today=today,
        )
        for one in found
    ]  # fmt: skip


def _deeds(keys: Collection[int]) -> dict[int, list[DoneLine]]:
    """By item. Two queries."""
    found: dict[int, list[DoneLine]] = {}
    of_times = Deed.objects.filter(occurrence__item__in=keys, undone_at=None).order_by("day", "pk")
    columns = ("occurrence__item", "what", "day", "occurrence__label", "occurrence__due", "note", "link")
    for item, what, day, label, due, note, link in of_times.values_list(*columns):
        late = max((day - due).days, 0) if due else 0
        found.setdefault(item, []).append(DoneLine(what, day, label, late, note, link))
    of_items = Deed.objects.filter(item__in=keys, undone_at=None).order_by("day", "pk")
    for item, what, day, note, link in of_items.values_list("item", "what", "day", "note", "link"):
        found.setdefault(item, []).append(DoneLine(what, day, "", 0, note, link))
    return found


def _happened(plan: WorkPlan, rows: Collection[Mapping[str, Any]], today: date) -> dict[int, list[tuple[str, int]]]:
    """Facts in the days of the plan that they mean, for lines without times. A query a kind that is wanted, and one."""
    waiting = {row["pk"]: row["counted"].split() for row in rows if row["counted"]}
    kinds = [kind for kind in fact_kinds if any(kind.slug in slugs for slugs in waiting.values())]
    if not kinds:
        return {}
    days = window_of(plan)
    last = min(days.latest, today)
    facts = {kind.slug: list(kind.between(plan.centre_id, days.first, last)) for kind in kinds}
    labels = {kind.slug: str(kind.label) for kind in kinds}
    content = {row["pk"]: row["content"] for row in rows}
    return {
        item: [
            (labels[slug], len(meant(content[item], plan.owner_id, facts[slug]))) for slug in slugs if slug in labels
        ]
        for item, slugs in waiting.items()
    }
