"""Lines of a plan as its page shows them: what each says, when it is next due, how it stands."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from traektoria.core.paging import Page, replaced
from traektoria.core.prepared_statements import Given, Numbers, prepared
from traektoria.core.typography import short_day
from traektoria.people.actor import Actor
from traektoria.people.anybody import anybody, given_of
from traektoria.people.enums import Role
from traektoria.planning.plans.enums import OccurrenceState, TermState
from traektoria.planning.plans.models import ItemOccurrence, PlanItem, WorkPlan
from traektoria.planning.plans.occurrence_state import LOOKS, Now, StandingChip, overdue, said, standing
from traektoria.planning.plans.queries.plans import concerning, sees_whole

COLUMNS = (
    "pk", "number", "content", "phrase", "reading", "term", "paraphrase", "who", "direction", "product", "needs",
    "removed_in__number", "heading__position", "heading__title",
)  # fmt: skip
TIMES = ("item", "pk", "start", "end", "label", "due", "state", "done_on", "moved_to", "deeds_done", "former", "number")


@dataclass(frozen=True)
class Time:
    """An occurrence, without its item."""

    item: int
    pk: int
    start: date | None
    end: date | None
    label: str
    due: date | None
    state: str
    done_on: date | None
    moved_to: date | None
    deeds_done: int
    former: bool
    number: int

    def now(self, today: date) -> Now:
        return standing(self.state, self.start, self.due, self.done_on, today)


@dataclass(frozen=True)
class ItemRow:
    """A line; ``times`` are its occurrences in order."""

    pk: int
    number: str
    content: str
    phrase: str
    reading: str
    term: str
    paraphrase: str
    who: str
    direction: str
    product: str
    needs: int
    removed: int | None
    heading_number: int | None
    heading: str | None
    times: list[Time]
    today: date

    @property
    def is_asked(self) -> bool:
        return self.term == TermState.ASKED

    @property
    def wanted(self) -> int:
        """How many of its times are to be done: not those that were cancelled."""
        return sum(one.state != OccurrenceState.CANCELLED for one in self.times)

    @property
    def done(self) -> int:
        return sum(one.state == OccurrenceState.DONE for one in self.times)

    @property
    def done_words(self) -> str:
        """How many of its times are done, or that none is waited for."""
        if not self.wanted:
            return _("none of its times is waited for")
        return _("%(done)s of %(all)s done") % {"done": self.done, "all": self.wanted}

    @cached_property
    def missed(self) -> list[Time]:
        return [one for one in self.times if one.now(self.today) is Now.MISSED]

    @cached_property
    def next(self) -> Time | None:
        """The occurrence that comes: under way, else the first ahead; of a missed one alone, that."""
        open_ones = [one for one in self.times if one.state == OccurrenceState.OPEN and not one.former]
        ahead = [one for one in open_ones if one.now(self.today) is not Now.MISSED]
        return next(iter(ahead or open_ones), None)

    @cached_property
    def said(self) -> StandingChip | None:
        """One chip for the whole line: what is missed is said as one, however often."""
        missed = [one.due for one in self.missed if one.due]
        if missed:
            return StandingChip(Now.MISSED, overdue(len(missed), missed[0], self.today))
        one = self.next
        if one is not None:
            return said(one.state, one.start, one.due, one.done_on, self.today)
        if self.times:
            return StandingChip(Now.DONE, _("all done")) if self.done else StandingChip(Now.CANCELLED, _("cancelled"))
        return None

    @property
    def first_words(self) -> str:
        """Of a draft, where nothing is late yet: until when, or from when, the first time is due."""
        one = self.times[0] if self.times else None
        if one is None:
            return ""
        if one.due:
            return _("the first until %(day)s") % {"day": short_day(one.due, self.today)}
        return _("the first from %(day)s") % {"day": short_day(one.start, self.today)}

    @property
    def look(self) -> tuple[str, str]:
        return LOOKS[self.said.now] if self.said else ("neutral", "")


def item_page(actor: Actor, plan: WorkPlan, asked: object, today: date) -> Page[ItemRow]:
    """Those that the person may see, in the plan's order. Two queries."""
    whole = sees_whole(actor, plan)
    found = _rows(frozenset() if whole else actor.roles, whole).page(asked, plan=plan.pk, **given_of(actor))
    return replaced(found, with_times(found, today))


@prepared
def _rows(roles: frozenset[Role], whole: bool) -> QuerySet[PlanItem, Any]:
    rows = PlanItem.objects.filter(plan=Given("plan"))
    if not whole:
        rows = rows.filter(pk__in=concerning(anybody(roles)))
    return rows.order_by(F("heading__position").asc(nulls_first=True), "position").values_list(*COLUMNS)


def with_times(rows: Iterable[tuple[Any, ...]], today: date) -> list[ItemRow]:
    """Rows of columns with their occurrences. One query."""
    found = list(rows)
    by_item = times_of([columns[0] for columns in found])
    return [ItemRow(*(*columns, by_item.get(columns[0], []), today)) for columns in found]


def times_of(items: Collection[int]) -> dict[int, list[Time]]:
    """Occurrences by item, in order. One query, none for no items."""
    found: dict[int, list[Time]] = {}
    for columns in _times().all(items=items) if items else ():
        found.setdefault(columns[0], []).append(Time(*columns))
    return found


@prepared
def _times() -> QuerySet[ItemOccurrence, Any]:
    rows = ItemOccurrence.objects.filter(item__in=Numbers("items"))
    return rows.order_by("due", "start", "number", "pk").values_list(*TIMES)
