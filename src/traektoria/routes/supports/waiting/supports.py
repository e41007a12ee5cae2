"""Consent to a support, what is missing while it goes on, and what a coordinator looks after."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from traektoria.core.registries import DeskGroup, Wait, Waited, WaitingKind, WaitingSource, Watch, Words
from traektoria.core.waiting import waits
from traektoria.people import addressees
from traektoria.people.enums import Role
from traektoria.people.models import RoleAssignment
from traektoria.routes.route.models import LearningRoute
from traektoria.routes.tutees.enums import SupportState
from traektoria.routes.tutees.models import LearningRequest, SupportMember, TutorSupport
from traektoria.routes.tutees.queries import NO_TUTOR, OPEN
from traektoria.routes.tutees.sides import NEEDED, Sides, other_side

CONSENT, OTHERS_CONSENT = "routes.consent", "routes.others_consent"
REQUEST, OTHERS_REQUEST = "routes.request", "routes.others_request"
ROUTE_TO_DRAFT, OVER, BEGUN = "routes.no_route", "routes.support_over", "routes.support_begun"
UNANSWERED, ALL_OVER, LEFT = "routes.unanswered", "routes.supports_over", "routes.no_tutor"
DAY, RECENT = timedelta(days=1), timedelta(days=14)


@dataclass(frozen=True)
class _Known:
    """What stands beside the supports: by support who has written a request, which have a route; by centre and person
    the days on which the roles of a tutor end (None: no such day)."""

    asked: frozenset[tuple[int, int]]
    routed: frozenset[int]
    ends: dict[tuple[int | None, int], list[date | None]]


def rows(supports: QuerySet[TutorSupport]) -> Iterator[Wait]:
    """Five queries."""
    joined, prefetched = NEEDED
    found = list(supports.filter(state__in=OPEN).select_related(joined).prefetch_related(prefetched))
    known = _known([one for one in found if one.state == SupportState.ACTIVE])
    for support in found:
        sides = Sides(support)
        yield from _consents(sides)
        yield from _proposed(sides) if support.state == SupportState.PROPOSED else _active(sides, known)


def _known(active: list[TutorSupport]) -> _Known:
    if not active:
        return _Known(frozenset(), frozenset(), {})
    requests = LearningRequest.objects.filter(support__in=active).order_by()
    routes = LearningRoute.objects.filter(support__in=active).order_by()
    roles = RoleAssignment.objects.filter(role=Role.TUTOR, person__in={one.tutor_id for one in active})
    ends: dict[tuple[int | None, int], list[date | None]] = {}
    for centre, person, end in roles.values_list("centre", "person", "end"):
        ends.setdefault((centre, person), []).append(end)
    asked = frozenset(requests.values_list("support", "person"))
    return _Known(asked, frozenset(routes.values_list("support", flat=True)), ends)


def _consents(sides: Sides) -> Iterator[Wait]:
    support = sides.support
    if support.state == SupportState.PROPOSED and not support.tutor_consented_at:
        yield sides.for_tutor(CONSENT, support)
    for member in support.members.all():
        if not member.consented_at and not member.declined_at:
            yield sides.for_teacher(member.person_id, CONSENT, support)


def _proposed(sides: Sides) -> Iterator[Wait]:
    support = sides.support
    if support.tutor_consented_at:
        yield sides.for_tutor(OTHERS_CONSENT, support)
    for person_id in sides.consented:
        yield sides.for_teacher(person_id, OTHERS_CONSENT, support)
    yield _of_coordinators(UNANSWERED, support)


def _active(sides: Sides, known: _Known) -> Iterator[Wait]:
    support = sides.support
    over, begun = support.end + DAY, sides.day(support.tutor_consented_at or support.created_at) + RECENT
    yield sides.for_tutor(OVER, support, due=support.end, shows_from=over)
    yield _of_coordinators(ALL_OVER, support, shows_from=over)
    ends = known.ends.get((support.centre_id, support.tutor_id), [])
    if None not in ends:
        last = max((end for end in ends if end), default=None)
        yield _of_coordinators(LEFT, support, shows_from=last and last + DAY, shows_until=support.end - DAY)
    has_route = support.pk in known.routed
    if has_route:
        yield sides.for_tutor(BEGUN, support, shows_until=min(begun, support.end))
    else:
        is_asked = any(asked == support.pk for asked, _person in known.asked)
        yield sides.for_tutor(ROUTE_TO_DRAFT if is_asked else OTHERS_REQUEST, support, shows_until=support.end)
    for person_id in sides.consented:
        if has_route or (support.pk, person_id) in known.asked:
            yield sides.for_teacher(person_id, BEGUN, support, shows_until=begun)
        else:
            yield sides.for_teacher(person_id, REQUEST, support)


def _of_coordinators(
    kind: str, support: TutorSupport, shows_from: date | None = None, shows_until: date | None = None
) -> Wait:
    to = addressees.of_centre(Role.COORDINATOR, support.centre_id)
    return Wait(kind, to, support, support.centre_id, shows_from=shows_from, shows_until=shows_until)


def _page(row: Waited) -> str:
    return reverse("routes:support_detail", args=[row.object_id])


def consent(row: Waited) -> Words:
    return Words(_("Your consent to tutor support is asked"), other_side(row), _page(row), _("Read and answer"))


def others_consent(row: Waited) -> Words:
    return Words(_("The other side's consent to tutor support"), other_side(row), _page(row), _("Open"))


def request(row: Waited) -> Words:
    url = reverse("routes:request_edit", args=[row.object_id])
    return Words(_("Say what you want to learn or change"), other_side(row), url, _("Write"))


def others_request(row: Waited) -> Words:
    return Words(_("The teacher's learning request"), other_side(row), _page(row), _("Open"))


def route_to_draft(row: Waited) -> Words:
    return Words(_("Draft the learning route"), other_side(row), _page(row), _("Open"))


def over(row: Waited) -> Words:
    what = _("The period of the support is over: end it or agree on a new one")
    return Words(what, other_side(row), _page(row), _("Open"))


def begun(row: Waited) -> Words:
    return Words(_("Tutor support has begun"), other_side(row), _page(row), _("Open"))


def unanswered(row: Waited) -> Words:
    what = ngettext("%(n)s support waits for consent", "%(n)s supports wait for consent", row.number)
    return _summed(what, row, _("tutors and teachers"), SupportState.PROPOSED)


def all_over(row: Waited) -> Words:
    what = ngettext("%(n)s support is past its period", "%(n)s supports are past their period", row.number)
    return _summed(what, row, _("tutors and teachers"), SupportState.ACTIVE)


def left(row: Waited) -> Words:
    what = ngettext("%(n)s support has no tutor any more", "%(n)s supports have no tutor any more", row.number)
    return _summed(what, row, _("hand it over to another tutor"), NO_TUTOR)


def _summed(what: str, row: Waited, who: str, state: str) -> Words:
    return Words(what % {"n": row.number}, who, reverse("routes:support_list") + f"?state={state}", _("Open"))


def _of_tutors(roles: list[RoleAssignment]) -> QuerySet[TutorSupport, int]:
    """Supports that a role of a tutor, given or ended, may leave without one."""
    people = {role.person_id for role in roles if role.role == Role.TUTOR}
    found = TutorSupport.objects.filter(tutor__in=people, state=SupportState.ACTIVE)
    return (found if people else found.none()).values_list("pk", flat=True)


_KINDS = (
    WaitingKind(CONSENT, 10, DeskGroup.TODAY, consent),
    WaitingKind(REQUEST, 10, DeskGroup.TODAY, request),
    WaitingKind(OVER, 10, DeskGroup.TODAY, over, no_letter="it begins to wait when its day is over"),
    WaitingKind(LEFT, 10, DeskGroup.TODAY, left, sums=True),
    WaitingKind(ROUTE_TO_DRAFT, 10, DeskGroup.SOON, route_to_draft),
    WaitingKind(ALL_OVER, 10, DeskGroup.SOON, all_over, sums=True),
    WaitingKind(OTHERS_CONSENT, 10, DeskGroup.WAITING, others_consent),
    WaitingKind(OTHERS_REQUEST, 10, DeskGroup.WAITING, others_request),
    WaitingKind(UNANSWERED, 10, DeskGroup.WAITING, unanswered, sums=True),
    WaitingKind(BEGUN, 10, DeskGroup.DONE, begun),
)
waits(
    WaitingSource(
        slug="routes.supports",
        order=10,
        model=TutorSupport,
        rows=rows,
        kinds=_KINDS,
        watches=(
            Watch(SupportMember, lambda member: [member.support_id]),
            Watch(LearningRequest, lambda request: [request.support_id]),
            Watch(LearningRoute, lambda route: [route.support_id], frozenset({"support"})),
            Watch(RoleAssignment, _of_tutors, many=True),
        ),
    )
)
