"""What routes lay on a person's desk: four queries whatever the number of routes."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from traektoria.core.registries import DeskGroup, DeskLine
from traektoria.people.actor import Actor
from traektoria.routes.enums import ItemState, RouteState
from traektoria.routes.models import Agreement, LearningRoute, RouteItem
from traektoria.routes.permissions import is_tutor_of, works_on
from traektoria.routes.policies import LIVING, OPEN_ITEM
from traektoria.routes.queries.parties import awaited, parties_with, speaks_now
from traektoria.routes.queries.route import for_page, visible_to, works_on_q

SOON = timedelta(days=14)
RECENT = timedelta(days=7)
MOST = 60


def route_lines(actor: Actor, today: date) -> Iterator[DeskLine]:
    """Agreements that wait for me or for others, what came back, my draft; items late, due soon, or just done."""
    if actor.person_id is None or not (actor.is_teacher or actor.is_tutor or actor.is_head):
        return
    living = {route.pk: route for route in _living(actor)}
    words = _words([route.pk for route in living.values() if _is_written(route)])
    for route in living.values():
        line = _route_line(route, actor, words[route.pk]) if _is_written(route) else None
        if line is not None:
            yield line
    running = tuple(r.pk for r in living.values() if r.state == RouteState.RUNNING and works_on(actor, r))
    for item in _items(running, today) if running else ():
        yield _item_line(item, living[item.route_id], actor, today)


def _living(actor: Actor) -> QuerySet[LearningRoute]:
    """Living routes that the person works on, and those that wait for the word of the person as head."""
    head = Q(of_own_school=True, head_agrees=True, pending_version__isnull=False)
    routes = visible_to(actor).filter(works_on_q(actor) | head, state__in=LIVING)
    return for_page(routes)[:MOST]


def _is_written(route: LearningRoute) -> bool:
    """Being drafted, corrected or agreed now."""
    return route.state == RouteState.DRAFT or route.pending_version is not None or route.correction is not None


def _words(route_ids: list[int]) -> dict[int, list[Agreement]]:
    """The words on the newest version of each route."""
    words: dict[int, list[Agreement]] = defaultdict(list)
    if not route_ids:
        return words
    found = Agreement.objects.filter(version__route_id__in=route_ids).select_related("person", "version")
    for word in found.defer("version__snapshot").order_by("-version__number"):
        newest = words[word.version.route_id]
        if not newest or newest[0].version.number == word.version.number:
            newest.append(word)
    return words


def _route_line(route: LearningRoute, actor: Actor, words: list[Agreement]) -> DeskLine | None:
    if route.pending_version is not None:
        return _agreement_line(route, actor, words)
    if any(not word.agreed and not word.version.dropped for word in words):
        return _made(route, actor, DeskGroup.TODAY, _("The route came back with a remark"), _("Change"))
    if is_tutor_of(actor, route.support):
        written = _("The route is drafted but not proposed yet") if route.state == RouteState.DRAFT else ""
        return _made(
            route, actor, DeskGroup.SOON, written or _("A change of the route is not proposed yet"), _("Go on")
        )
    return None


def _agreement_line(route: LearningRoute, actor: Actor, words: list[Agreement]) -> DeskLine:
    parties = parties_with(route, words)
    if speaks_now(actor, route, parties):
        return _made(route, actor, DeskGroup.TODAY, _("Agree to the route"), _("Read and agree"))
    names = ", ".join(party.name for party in awaited(parties))
    what = _("The route waits for agreement")
    if names != _other(route, actor):
        what = _("The route waits for agreement: %(names)s") % {"names": names}
    return _made(route, actor, DeskGroup.WAITING, what, _("Look"))


def _made(route: LearningRoute, actor: Actor, group: DeskGroup, what: str, action: str) -> DeskLine:
    url = reverse("routes:route_detail", kwargs={"pk": route.pk})
    return DeskLine(group, what, _other(route, actor), url, action)


def _other(route: LearningRoute, actor: Actor) -> str:
    """The other side: a teacher sees the tutor, everybody else the teacher."""
    own = works_on(actor, route) and not is_tutor_of(actor, route.support)
    return route.support.tutor.short_name if own else route.support.title


def _items(route_ids: tuple[int, ...], today: date) -> QuerySet[RouteItem]:
    due = Q(state__in=OPEN_ITEM, deadline__lte=today + SOON)
    done = Q(state=ItemState.DONE, done_at__date__gte=today - RECENT)
    items = RouteItem.objects.filter(due | done, route_id__in=route_ids, pending=False, removed_in__isnull=True)
    return items.order_by("deadline", "pk")[:MOST]


def _item_line(item: RouteItem, route: LearningRoute, actor: Actor, today: date) -> DeskLine:
    url = reverse("routes:route_detail", kwargs={"pk": route.pk}) + f"#item-{item.pk}"
    if item.state == ItemState.DONE:
        return DeskLine(DeskGroup.DONE, item.task, _other(route, actor), url, _("Open"), item.deadline)
    group = DeskGroup.TODAY if item.deadline <= today else DeskGroup.SOON
    return DeskLine(
        group, item.task, _other(route, actor), url, _("Open"), item.deadline, overdue=item.deadline < today
    )
