"""The list of supports: a page of columns, and what stands beside each of its rows. The same queries at any size."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import OuterRef, QuerySet

from traektoria.core.labels import text_of
from traektoria.core.lookups import ExistsRowByRow
from traektoria.core.paging import Page, needed, replaced
from traektoria.core.prepared_statements import Given, Numbers, Statement, prepared
from traektoria.core.text import whole_number
from traektoria.core.word_search import Asked, asks
from traektoria.core.word_search import asked as typed
from traektoria.people.actor import Actor
from traektoria.people.anybody import anybody, given_of
from traektoria.people.enums import Role, Subject
from traektoria.people.models import Person, short_name
from traektoria.routes.route.enums import RouteState
from traektoria.routes.route.models import LearningRoute, RouteItem
from traektoria.routes.route.policies import OPEN_ITEM
from traektoria.routes.route.queries.route import told_of
from traektoria.routes.tutees.enums import SupportKind, SupportState
from traektoria.routes.tutees.models import LearningRequest, SupportMember, TutorSupport
from traektoria.routes.tutees.queries import NO_TUTOR, members_seen_by, visible_to, without_tutor

NAME = ("surname", "given", "patronymic")
COLUMNS = ("pk", "kind", "name", "subject", "start", "end", "state", "tutor", *(f"tutor__{part}" for part in NAME))


@dataclass(frozen=True)
class SupportRow:
    """A line of the list. ``route``: the state of the latest route in words; ``asked``: there is a learning request;
    ``next_task`` and ``next_deadline``: of the item of the running route that comes next."""

    pk: int
    title: str
    subject: str
    start: date
    end: date
    state: str
    state_label: str
    tutor_id: int
    tutor: str
    route: str = ""
    asked: bool = False
    next_task: str = ""
    next_deadline: date | None = None


def support_page(actor: Actor, chosen: dict[str, Any], asked: object) -> Page[SupportRow]:
    """A page of the list. For a coordinator only supports of as many tutors are sorted as the page can need."""
    filters = Filters.of(chosen)
    given = {**given_of(actor), **filters.values}
    if actor.is_coordinator:
        given["tutors"] = [pk for (pk,) in filters.statement(_tutors, actor).all(limit=needed(asked), **given)]
    page = filters.statement(_page, actor).page(asked, **given)
    return replaced(page, _with_next_step(actor, page.object_list))


@dataclass(frozen=True)
class Filters:
    """``names``: those that are set; ``words``: what the tutor is looked for by."""

    names: frozenset[str]
    values: dict[str, Any]
    words: tuple[Asked, ...] = ()

    @classmethod
    def of(cls, chosen: dict[str, Any]) -> "Filters":
        """Of the chosen state (or ``NO_TUTOR``), subject and tutor (a number, or a part of the name)."""
        values = {name: value for name in ("state", "subject", "tutor") if (value := chosen.get(name))}
        tutor = str(values.pop("tutor", ""))
        if tutor.isdecimal():
            values["tutor"] = whole_number(tutor)
        without = values.get("state") == NO_TUTOR
        names = {NO_TUTOR if name == "state" and without else name for name in values}
        return cls(frozenset(names), values, () if tutor.isdecimal() else tuple(typed(tutor)))

    def statement(self, make: Callable[..., QuerySet[Any, Any]], actor: Actor) -> Statement:
        """A search is written anew: each looks for other words."""
        if self.words:
            return Statement(make(actor.roles, self.names, self.words))
        return _kept(make, actor.roles, self.names)


@prepared
def _kept(make: Callable[..., QuerySet[Any, Any]], roles: frozenset[Role], names: frozenset[str]) -> QuerySet[Any, Any]:
    return make(roles, names)


def _tutors(roles: frozenset[Role], names: frozenset[str], words: Sequence[Asked] = ()) -> QuerySet[Person, Any]:
    """The first tutors by name: each has a row, so as many tutors hold as many rows. An index of names finds them;
    sorting all supports of a large centre would cost more than the page."""
    rows = _filtered(roles, names, words).order_by()
    theirs = ExistsRowByRow(rows.filter(tutor=OuterRef("pk")))
    return Person.objects.filter(theirs).order_by("sort_name", "pk").values_list("pk")


def _page(roles: frozenset[Role], names: frozenset[str], words: Sequence[Asked] = ()) -> QuerySet[TutorSupport, Any]:
    rows = _filtered(roles, names, words)
    if Role.COORDINATOR in roles:
        rows = rows.filter(tutor__in=Numbers("tutors"))
    return rows.order_by("tutor__sort_name", "tutor", "-start", "pk").values_list(*COLUMNS)


def _filtered(roles: frozenset[Role], names: frozenset[str], words: Sequence[Asked]) -> QuerySet[TutorSupport]:
    rows = visible_to(anybody(roles))
    if NO_TUTOR in names:
        rows = rows.filter(without_tutor(Given("today")))
    if words:
        rows = rows.filter(asks(words, "tutor__search_name"))
    for name in names - {NO_TUTOR}:
        rows = rows.filter(**{name: Given(name)})
    return rows


def _with_next_step(actor: Actor, found: Sequence[tuple[Any, ...]]) -> list[SupportRow]:
    """The rows of the page with members, routes and what comes next. Four queries whatever their number."""
    pks = [row[0] for row in found]
    titles = _first_members(actor, pks)
    routes = _routes(actor.roles).all(supports=pks, **given_of(actor)) if pks else []
    latest = {support: state for support, _pk, state in routes}
    running = {pk: support for support, pk, state in routes if state == RouteState.RUNNING}
    steps = _next_steps(running)
    without = set(pks) - set(latest)
    asked = {support for (support,) in _requests().all(supports=without)} if without else set()
    return [
        SupportRow(
            pk=pk,
            title=name if kind == SupportKind.GROUP else titles.get(pk, ""),
            subject=text_of(Subject, subject),
            start=start,
            end=end,
            state=state,
            state_label=text_of(SupportState, state),
            tutor_id=tutor,
            tutor=short_name(*names),
            route=text_of(RouteState, latest[pk]) if pk in latest else "",
            asked=pk in asked,
            next_task=steps[pk][0] if pk in steps else "",
            next_deadline=steps[pk][1] if pk in steps else None,
        )
        for pk, kind, name, subject, start, end, state, tutor, *names in found
    ]


def _first_members(actor: Actor, supports: Collection[int]) -> dict[int, str]:
    """The first member by name of each. A head of one school reads no name of another; who else sees a support, sees
    all its members."""
    found: dict[int, str] = {}
    rows = (
        _members(actor.roles if actor.is_head else None).all(supports=supports, **given_of(actor)) if supports else ()
    )
    for support, *names in rows:
        found.setdefault(support, short_name(*names))
    return found


def _next_steps(running: dict[int, int]) -> dict[int, tuple[str, date]]:
    """Task and deadline by support; ``running``: support by route."""
    found: dict[int, tuple[str, date]] = {}
    for route, task, deadline in _items().all(routes=running) if running else ():
        found.setdefault(running[route], (task, deadline))
    return found


@prepared
def _members(roles: frozenset[Role] | None) -> QuerySet[SupportMember, Any]:
    rows = (
        SupportMember.objects.order_by("person__sort_name", "pk") if roles is None else members_seen_by(anybody(roles))
    )
    columns = ("support", *(f"person__{part}" for part in NAME))
    return rows.filter(support__in=Numbers("supports")).values_list(*columns)


@prepared
def _routes(roles: frozenset[Role]) -> QuerySet[LearningRoute, Any]:
    rows = LearningRoute.objects.filter(told_of(anybody(roles)), support__in=Numbers("supports")).order_by("pk")
    return rows.values_list("support", "pk", "state")


@prepared
def _requests() -> QuerySet[LearningRequest, Any]:
    return LearningRequest.objects.filter(support__in=Numbers("supports")).order_by().values_list("support")


@prepared
def _items() -> QuerySet[RouteItem, Any]:
    rows = RouteItem.objects.filter(
        route__in=Numbers("routes"), state__in=OPEN_ITEM, pending=False, removed_in__isnull=True
    )
    return rows.order_by("deadline", "pk").values_list("route", "task", "deadline")
