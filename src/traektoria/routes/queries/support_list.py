"""The list of supports: a page of columns, and what stands beside each of its rows. The same queries at any size."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from traektoria.core.finding import asked as typed
from traektoria.core.finding import asks
from traektoria.core.paging import ROWS, Page, cut, number_of, with_next
from traektoria.people.actor import Actor
from traektoria.people.enums import Subject
from traektoria.people.models import Person, short_name
from traektoria.routes.enums import RouteState, SupportKind, SupportState
from traektoria.routes.models import LearningRequest, LearningRoute, RouteItem, SupportMember, TutorSupport
from traektoria.routes.policies import OPEN_ITEM
from traektoria.routes.queries.supports import NO_TUTOR, members_seen_by, visible_to, without_tutor

NAME = ("surname", "given", "patronymic")
COLUMNS = ("pk", "kind", "name", "subject", "start", "end", "state", "tutor", *(f"tutor__{part}" for part in NAME))


@dataclass(frozen=True)
class SupportRow:
    """A line of the list. ``route``: the state of the latest route in words; ``asked``: there is a learning request;
    ``next_task`` and ``next_deadline``: of the item of the running route that comes next."""

    pk: int
    title: str
    subject: Any
    start: date
    end: date
    state: str
    state_label: Any
    tutor_id: int
    tutor: str
    route: Any = None
    asked: bool = False
    next_task: str = ""
    next_deadline: date | None = None


def support_page(actor: Actor, chosen: dict[str, Any], asked: object) -> Page[SupportRow]:
    """A page of the list. For a coordinator only supports of as many tutors are sorted as the page can need."""
    number = number_of(asked)
    rows = filtered(visible_to(actor), chosen).order_by()
    if actor.is_coordinator:
        rows = rows.filter(tutor__among=_first_tutors(rows, number))
    rows = rows.order_by("tutor__sort_name", "tutor", "-start", "pk")
    page = cut(with_next(rows.values_list(*COLUMNS), number), asked)
    return replace(page, object_list=_with_next_step(actor, page.object_list))


def _first_tutors(rows: QuerySet[TutorSupport], number: int) -> list[int]:
    """Ids of the first tutors by name: each has a row, so as many tutors hold as many rows. An index of names finds
    them; sorting all supports of a large centre would cost more than the page."""
    tutors = Person.objects.filter(Exists(rows.filter(tutor=OuterRef("pk")))).order_by("sort_name", "pk")
    return list(tutors.values_list("pk", flat=True)[: number * ROWS + 1])


def filtered(rows: QuerySet[TutorSupport], chosen: dict[str, Any]) -> QuerySet[TutorSupport]:
    """Rows of the chosen state (or ``NO_TUTOR``), subject and tutor (a number, or a part of the name)."""
    tutor = chosen.get("tutor") or ""
    if chosen.get("state") == NO_TUTOR:
        rows, chosen = rows.filter(without_tutor(timezone.localdate())), {**chosen, "state": ""}
    names = {"state": "state", "subject": "subject", "tutor": "tutor_id"}
    if tutor and not tutor.isdecimal():
        rows, chosen = rows.filter(asks(typed(tutor), "tutor__search_name")), {**chosen, "tutor": ""}
    conditions = {names[key]: value for key, value in chosen.items() if value and key in names}
    return rows.filter(**conditions) if conditions else rows


def _with_next_step(actor: Actor, found: Sequence[tuple[Any, ...]]) -> list[SupportRow]:
    """The rows of the page with members, routes and what comes next. Four queries whatever their number."""
    pks = [row[0] for row in found]
    titles = _first_members(actor, pks)
    routes = LearningRoute.objects.filter(support__among=pks).order_by("pk").values_list("support", "pk", "state")
    latest = {support: RouteState(state) for support, _pk, state in routes}
    running = {pk: support for support, pk, state in routes if state == RouteState.RUNNING}
    steps = _next_steps(running)
    waiting = LearningRequest.objects.filter(support__among=set(pks) - set(latest)).order_by()
    asked = set(waiting.values_list("support", flat=True))
    return [
        SupportRow(
            pk=pk,
            title=name if kind == SupportKind.GROUP else titles.get(pk, ""),
            subject=Subject(subject).label,
            start=start,
            end=end,
            state=state,
            state_label=SupportState(state).label,
            tutor_id=tutor,
            tutor=short_name(*names),
            route=latest[pk].label if pk in latest else None,
            asked=pk in asked,
            next_task=steps[pk][0] if pk in steps else "",
            next_deadline=steps[pk][1] if pk in steps else None,
        )
        for pk, kind, name, subject, start, end, state, tutor, *names in found
    ]


def _first_members(actor: Actor, supports: Collection[int]) -> dict[int, str]:
    """The first member by name of each. A head of one school reads no name of another; who else sees a support, sees
    all its members."""
    rows = members_seen_by(actor) if actor.is_head else SupportMember.objects.order_by("person__sort_name", "pk")
    found: dict[int, str] = {}
    columns = ("support", *(f"person__{part}" for part in NAME))
    for support, *names in rows.filter(support__among=supports).values_list(*columns):
        found.setdefault(support, short_name(*names))
    return found


def _next_steps(running: dict[int, int]) -> dict[int, tuple[str, date]]:
    """Task and deadline by support; ``running``: support by route."""
    rows = RouteItem.objects.filter(route__among=running, state__in=OPEN_ITEM, pending=False, removed_in=None)
    found: dict[int, tuple[str, date]] = {}
    for route, task, deadline in rows.order_by("deadline", "pk").values_list("route", "task", "deadline"):
        found.setdefault(running[route], (task, deadline))
    return found
