"""What is overdue, under way and soon, over all approved plans: an item is one line, however often it is due."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any, Final

from django.db.models import Case, Count, F, Min, Q, QuerySet, Value, When
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traektoria.core.paging import Page, replaced
from traektoria.core.prepared_statements import Given, Numbers, prepared
from traektoria.core.typography import short_day
from traektoria.people.actor import Actor
from traektoria.people.anybody import anybody, given_of
from traektoria.people.enums import Role
from traektoria.planning.plans.enums import OccurrenceState, PlanState
from traektoria.planning.plans.models import PlanItem
from traektoria.planning.plans.occurrence_state import LOOKS, SOON, Now, overdue
from traektoria.planning.plans.queries.plans import concerning

GROUPS: Final = (
    (Now.MISSED, gettext_lazy("Overdue")),
    (Now.RUNNING, gettext_lazy("Under way")),
    (Now.SOON, gettext_lazy("Soon")),
)
COLUMNS = ("pk", "number", "content", "paraphrase", "who", "plan", "plan__title")


@dataclass(frozen=True)
class PlanBoardRow:
    """``missed`` times before, the oldest of them due on ``oldest``; ``due`` is the next last day, ``start`` when the
    next one begins."""

    pk: int
    number: str
    content: str
    paraphrase: str
    who: str
    plan: int
    plan_title: str
    group: int
    missed: int
    oldest: date | None
    due: date | None
    start: date | None
    today: date

    @property
    def look(self) -> tuple[str, str]:
        return LOOKS[GROUPS[self.group][0]]

    @property
    def words(self) -> str:
        """The chip: «просрочено на 3 дня», «до 30 декабря», «с 11 января»."""
        return overdue(self.missed, self.oldest, self.today) if self.oldest else self.next_words

    @property
    def next_words(self) -> str:
        if self.group == len(GROUPS) - 1 and self.start:
            return _("from %(day)s") % {"day": short_day(self.start, self.today)}
        return _("until %(day)s") % {"day": short_day(self.due, self.today)} if self.due else ""


def board_page(actor: Actor, asked: object, *, mine: bool) -> Page[PlanBoardRow]:
    """Overdue first, then by the day. ``mine``: items for which the person answers; else all of the coordinator's
    centres. One query."""
    today = timezone.localdate()
    given = given_of(actor) | {"today": today, "soon": today + SOON}
    found = _board(actor.roles, mine).page(asked, **given)
    return replaced(found, [PlanBoardRow(*(*columns, today)) for columns in found])


def grouped(rows: Sequence[PlanBoardRow]) -> list[tuple[Any, list[PlanBoardRow]]]:
    """Under their headings."""
    return [(GROUPS[place][1], list(group)) for place, group in groupby(rows, key=lambda row: row.group)]


@prepared
def _board(roles: frozenset[Role], mine: bool) -> QuerySet[PlanItem, Any]:
    rows = PlanItem.objects.filter(removed_in=None, plan__state=PlanState.APPROVED)
    if mine:
        rows = rows.filter(pk__in=concerning(anybody(roles)))
    else:
        rows = rows.filter(plan__centre__in=Numbers("centres", Role.COORDINATOR))
    is_open = Q(occurrences__state=OccurrenceState.OPEN, occurrences__former=False)
    late = is_open & Q(occurrences__due__lt=Given("today"))
    living = is_open & (Q(occurrences__due__gte=Given("today")) | Q(occurrences__due=None))
    begun = Q(occurrences__start__lte=Given("today"))
    near = Q(occurrences__start=None, occurrences__due__lte=Given("soon"))
    running = living & (begun | near)
    soon = living & Q(occurrences__start__gt=Given("today"), occurrences__start__lte=Given("soon"))
    counts = rows.annotate(
        missed=Count("occurrences", filter=late), running=Count("occurrences", filter=running),
        coming=Count("occurrences", filter=soon), oldest=Min("occurrences__due", filter=late),
        next_due=Min("occurrences__due", filter=running), next_start=Min("occurrences__start", filter=soon),
    )  # fmt: skip
    place = Case(When(missed__gt=0, then=Value(0)), When(running__gt=0, then=Value(1)), default=Value(2))
    some = counts.filter(Q(missed__gt=0) | Q(running__gt=0) | Q(coming__gt=0)).annotate(place=place)
    by_day = (
        F("oldest").asc(nulls_last=True),
        F("next_due").asc(nulls_last=True),
        F("next_start").asc(nulls_last=True),
    )
    columns = (*COLUMNS, "place", "missed", "oldest", "next_due", "next_start")
    return some.order_by("place", *by_day, "pk").values_list(*columns)
