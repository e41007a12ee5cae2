"""Who has how much to do by all approved plans: each person by name, by their roles, as a head of a school."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from traektoria.core.labels import text_of
from traektoria.core.paging import Page, cut, window
from traektoria.people.actor import Actor, in_force
from traektoria.people.enums import HEADS, Role
from traektoria.people.models import RoleAssignment
from traektoria.planning.plans.enums import OccurrenceState, PlanState
from traektoria.planning.plans.models import ItemResponsible, PlanItem

AHEAD: Final = timedelta(days=30)
SHARED: Final = frozenset({Role.COORDINATOR, Role.TUTOR, *HEADS})
"""Roles that plans name: «тьюторы» are all of them."""


@dataclass(frozen=True)
class LoadRow:
    """``alone``: of the items those that nobody else answers for by name or as a school. ``who`` is empty, ``person``
    is 0 for items that nobody answers for."""

    person: int
    who: str
    roles: str
    items: int
    alone: int
    missed: int
    ahead: int


@dataclass(frozen=True)
class LoadItem:
    """An item that somebody answers for: what the figures of ``LoadRow`` are made of."""

    pk: int
    number: str
    content: str
    phrase: str
    plan_title: str
    missed: int
    ahead: int


@dataclass(frozen=True)
class LoadItems:
    """``who`` is empty where nobody answers for them."""

    who: str
    page: Page[LoadItem]


@dataclass(frozen=True)
class _Counts:
    missed: int
    ahead: int


def load_page(actor: Actor, asked: object) -> Page[LoadRow]:
    """The most overdue first, then who has the most ahead. Three queries."""
    centres, today = actor.centres(Role.COORDINATOR), timezone.localdate()
    counts = _counts(centres, today)
    duties = _Duties(counts)
    people, mine = _shares(duties, _staff(centres, today))
    rows = [
        (name, _row(pk, short, sorted(roles), mine[pk], duties.named[pk], counts))
        for pk, (name, short, roles) in people.items()
        if mine[pk]
    ]
    rows.sort(key=lambda pair: (-pair[1].missed, -pair[1].ahead, -pair[1].items, pair[0]))
    nobody = duties.nobody()
    found_rows = [row for _, row in rows]
    if nobody:
        found_rows.insert(0, _row(0, "", [], nobody, set(), counts))
    start, limit = window(asked)
    return cut(found_rows[start : start + limit], asked)


def load_items(actor: Actor, person: int, asked: object) -> LoadItems | None:
    """The items behind a line of the load: of a person of the centre, of nobody (0); the most overdue first. None where
    there are none. Four queries."""
    centres, today = actor.centres(Role.COORDINATOR), timezone.localdate()
    counts = _counts(centres, today)
    duties = _Duties(counts)
    people, mine = _shares(duties, _staff(centres, today).filter(person=person)) if person else ({}, {})
    found = mine.get(person, set()) if person else duties.nobody()
    if not found:
        return None
    order = sorted(found, key=lambda item: (-counts[item].missed, -counts[item].ahead, item))
    start, limit = window(asked)
    shown = order[start : start + limit]
    columns = ("pk", "number", "content", "phrase", "plan__title")
    said = {row[0]: row for row in PlanItem.objects.filter(pk__in=shown).order_by().values_list(*columns)}
    rows = [LoadItem(*(*said[item], counts[item].missed, counts[item].ahead)) for item in shown]
    return LoadItems(people[person][1] if person else "", cut(rows, asked))


def _shares(
    duties: "_Duties", staff: Iterable[RoleAssignment]
) -> tuple[dict[int, tuple[str, str, set[Role]]], dict[int, set[int]]]:
    """Of each person the names and the roles by which they answer, and for which items."""
    people: dict[int, tuple[str, str, set[Role]]] = {}
    mine: dict[int, set[int]] = defaultdict(set)
    for one in staff:
        role = Role(one.role)
        name = people.setdefault(one.person_id, (one.person.sort_name, one.person.short_name, set()))
        found = duties.of(one.person_id, one.centre_id or 0, role, one.school_id)
        if found:
            name[2].add(role)
            mine[one.person_id] |= found
    return people, mine


class _Duties:
    """Who answers for which of these items. One query."""

    def __init__(self, items: Iterable[int]) -> None:
        self.items = set(items)
        self.named: dict[int, set[int]] = defaultdict(set)
        self._roles: dict[tuple[int, str], set[int]] = defaultdict(set)
        self._schools: dict[tuple[int, int], set[int]] = defaultdict(set)
        rows = ItemResponsible.objects.filter(item__in=self.items).order_by()
        columns = ("item", "item__plan__centre", "role", "person", "school")
        self._taken = set()
        for item, centre, role, person, school in rows.values_list(*columns):
            self._taken.add(item)
            if person:
                self.named[person].add(item)
            elif school:
                self._schools[centre, school].add(item)
            else:
                self._roles[centre, role].add(item)

    def of(self, person: int, centre: int, role: Role, school: int | None) -> set[int]:
        found = self.named[person] | (self._roles[centre, role.value] if role in SHARED else set())
        return found | (self._schools[centre, school] if school and role in HEADS else set())

    def nobody(self) -> set[int]:
        return self.items - self._taken


def _counts(centres: Iterable[int], today: date) -> dict[int, _Counts]:
    """Of each item that stands, how many times are overdue and how many are due soon. One query."""
    is_open = Q(occurrences__state=OccurrenceState.OPEN, occurrences__former=False)
    late = is_open & Q(occurrences__due__lt=today)
    ahead = is_open & Q(occurrences__due__gte=today, occurrences__due__lte=today + AHEAD)
    rows = PlanItem.objects.filter(removed_in=None, plan__state=PlanState.APPROVED, plan__centre__in=centres)
    counted = rows.order_by().annotate(
        missed=Count("occurrences", filter=late), coming=Count("occurrences", filter=ahead)
    )
    return {pk: _Counts(missed, coming) for pk, missed, coming in counted.values_list("pk", "missed", "coming")}


def _staff(centres: Iterable[int], today: date) -> QuerySet[RoleAssignment]:
    """One query."""
    rows = RoleAssignment.objects.filter(in_force(today), centre__in=centres).select_related("person")
    return rows.order_by("person__sort_name", "person", "pk")


def _row(
    person: int, who: str, roles: list[Role], items: set[int], named: set[int], counts: dict[int, _Counts]
) -> LoadRow:
    return LoadRow(
        person, who, ", ".join(text_of(Role, role.value) for role in roles), len(items), len(named & items),
        sum(counts[item].missed for item in items), sum(counts[item].ahead for item in items),
    )  # fmt: skip
