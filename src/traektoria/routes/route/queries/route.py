"""Which routes a person sees, and what a route says: in force, or with its open correction."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import BooleanField, Exists, OuterRef, Prefetch, Q, QuerySet, Value

from traektoria.core.joined_rows import Joined, hold
from traektoria.core.shared_forms import stamp
from traektoria.diagnostics.models import Hypothesis
from traektoria.diagnostics.problem_field.enums import HypothesisState
from traektoria.engines.deadlines.calendar import PeriodKind
from traektoria.organisations.models import CalendarPeriod
from traektoria.people.actor import Actor, acting
from traektoria.people.enums import HEADS, Role, Subject
from traektoria.people.models import Employment
from traektoria.routes.route import fields
from traektoria.routes.route.deadlines import Span
from traektoria.routes.route.enums import RouteState
from traektoria.routes.route.models import LearningRoute, RouteItem
from traektoria.routes.route.policies import LIVING
from traektoria.routes.tutees.enums import SupportState
from traektoria.routes.tutees.models import SupportMember, TutorSupport
from traektoria.routes.tutees.permissions import is_tutor_of, member_ids

REMOVED = "removed"

PUT_FORWARD = Q(in_force_since__isnull=False) | Q(pending_version__isnull=False)

"""``LearningRoute.put_forward``."""

WHOLE, MEMBERS = Joined(LearningRoute, "support__tutor", "centre"), Joined(SupportMember, "person")


def visible_to(actor: Actor) -> QuerySet[LearningRoute]:
    """Routes that the person may open: as tutor or consented teacher, as head of a teacher's school once the route is
    in force (or waits for the head's word), as coordinator of the centre once it is put forward: a draft tells that
    its teacher has confirmed something (ADR 0069). Annotated with ``of_own_school``."""
    if actor.person_id is None:
        return LearningRoute.objects.none()
    routes = LearningRoute.objects.annotate(of_own_school=_of_own_school(actor))
    seen = works_on_q(actor) | Q(centre_id__in=actor.centres(Role.COORDINATOR)) & PUT_FORWARD
    if actor.is_head:
        agreed = Q(in_force_since__isnull=False) | Q(state=RouteState.PROPOSED, head_agrees=True)
        seen |= Q(of_own_school=True) & agreed
    return routes.filter(seen)


def whole_route(actor: Actor, pk: int) -> LearningRoute:
    """One of ``visible_to`` with all that ``for_page`` loads; raises ``DoesNotExist``. Two queries. Who works on the
    route or coordinates its centre is known by its columns; what a head sees, the database decides."""
    if actor.is_head:
        return for_page(visible_to(actor)).get(pk=pk)
    route = WHOLE.get(pk)
    members = MEMBERS.find("t.support_id = %s", route.support_id, order="t.id")
    hold([route.support], "members", {route.support_id: members})
    works = is_tutor_of(actor, route.support) or actor.person_id in member_ids(route.support)
    coordinates = route.put_forward and actor.has(route.centre_id, Role.COORDINATOR)
    if actor.person_id is None or not (works or coordinates):
        raise LearningRoute.DoesNotExist
    route.__dict__["of_own_school"] = False
    return route


def works_on_q(actor: Actor) -> Q:
    """Routes where the person is the tutor or a consented teacher: by the support alone, which an index finds."""
    own = SupportMember.objects.filter(person_id=acting(actor), consented_at__isnull=False).values("support_id")
    centres = actor.centres(Role.TUTOR)
    if not centres:
        return Q(support_id__in=own)
    led = TutorSupport.objects.filter(tutor_id=actor.person_id, centre_id__in=centres).order_by()
    return Q(support_id__in=own.order_by().union(led.values("pk"), all=True))


def told_of(actor: Actor) -> Q:
    """Of which routes it is said beside their supports that they are there."""
    return works_on_q(actor) | PUT_FORWARD


def mine(actor: Actor) -> QuerySet[LearningRoute]:
    """Routes of the person as a teacher, the living first."""
    own = SupportMember.objects.filter(person_id=acting(actor), consented_at__isnull=False)
    return LearningRoute.objects.filter(support_id__in=own.values("support_id"))


def _of_own_school(actor: Actor) -> Exists | Value:
    if not actor.is_head:
        return Value(False, output_field=BooleanField())
    schools = actor.schools(*HEADS)
    staff = Employment.objects.filter(Q(end__isnull=True) | Q(end__gte=actor.today), school_id__in=schools)
    members = SupportMember.objects.filter(
        support_id=OuterRef("support_id"), consented_at__isnull=False, person_id__in=staff.values("person_id")
    )
    return Exists(members.filter(support__centre_id__in=actor.centres(*HEADS)))


def is_of_own_school(actor: Actor, route: LearningRoute) -> bool:
    """The person heads a school where a teacher of the route works (no query where ``visible_to`` annotated it)."""
    known = getattr(route, "of_own_school", None)
    if known is not None:
        return bool(known)
    return actor.is_head and LearningRoute.objects.filter(_of_own_school(actor), pk=route.pk).exists()


def items_in_force(route: LearningRoute) -> QuerySet[RouteItem]:
    return route.items.filter(pending=False, removed_in__isnull=True)


def living_route(support: TutorSupport) -> LearningRoute | None:
    return LearningRoute.objects.filter(support=support, state__in=LIVING).first()


def confirmed_field(support: TutorSupport) -> list[Hypothesis]:
    """The problem field of the consented teachers that the support opens: what is confirmed, of its subject."""
    return list(_opened(support).order_by("pk"))


def _opened(support: TutorSupport) -> QuerySet[Hypothesis]:
    """What ``tutees.queries.covers`` lets the tutor see, from the side of the support."""
    found = Hypothesis.objects.filter(
        centre_id=support.centre_id, person_id__in=member_ids(support), state=HypothesisState.CONFIRMED
    )
    return found if support.subject == Subject.PRIMARY else found.filter(subject__in=["", support.subject])


def deficits_offered(actor: Actor, route: LearningRoute) -> list[Hypothesis]:
    """The deficits that this person may choose for an item, while the support goes on. A tutor: the problem field;
    a teacher of a group: their own and what the route already names, not what the others told the tutor."""
    if route.support.state != SupportState.ACTIVE:
        return []
    found = confirmed_field(route.support)
    if is_tutor_of(actor, route.support):
        return found
    cited = set(route.items.values_list("hypothesis_id", flat=True))
    return [one for one in found if one.person_id == actor.person_id or one.pk in cited]


def holidays(route_or_support: LearningRoute | TutorSupport, start: date, end: date) -> list[Span]:
    """Holidays of the centre that touch the period."""
    found = CalendarPeriod.objects.filter(
        centre_id=route_or_support.centre_id,
        school__isnull=True,
        kind=PeriodKind.HOLIDAYS,
        start__lte=end,
        end__gte=start,
    )
    return [(first, last) for first, last in found.values_list("start", "end")]


def jsonable(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def from_json(field: str, value: Any) -> Any:
    return date.fromisoformat(value) if isinstance(value, str) and fields.is_day(field) else value


def header_of(route: LearningRoute, *, corrected: bool = False) -> dict[str, Any]:
    """Title, goals and period; with the open correction laid over where ``corrected``."""
    values = {one.name: getattr(route, one.name) for one in fields.HEADER}
    changes = (route.correction or {}) if corrected else {}
    return values | {name: from_json(name, value) for name, value in changes.items()}


def plan_of(item: RouteItem, *, corrected: bool = False) -> dict[str, Any]:
    """The plan fields of an item; with its open correction laid over where ``corrected``."""
    values = {one.name: getattr(item, one.name) for one in fields.ITEM}
    changes = item.correction if corrected else {}
    return values | {name: from_json(name, value) for name, value in changes.items() if name != REMOVED}


def seen_of(values: Mapping[str, Any]) -> str:
    """The ``stamp`` of plan fields: an item that only moved says the same."""
    return stamp({name: jsonable(value) for name, value in values.items() if name != "position"})


def items_as(items: Iterable[RouteItem], *, corrected: bool = False) -> list[tuple[RouteItem, dict[str, Any]]]:
    """The items of the route with their plan, in order: in force, or as the open correction would have them."""
    kept = [item for item in items if not item.removed_in]
    kept = [i for i in kept if (not i.correction.get(REMOVED) if corrected else not i.pending)]
    pairs = [(item, plan_of(item, corrected=corrected)) for item in kept]
    return sorted(pairs, key=lambda pair: (pair[1]["position"], pair[0].pk))


def snapshot(route: LearningRoute, *, corrected: bool = False) -> dict[str, Any]:
    """The content of the route as JSON: what a version keeps and the parties agree to.

    ``{"title", "goals", "start", "end", "items": [{"id", …fields.ITEM}]}``; days are ISO. Positions count from 1.
    """
    pairs = items_as(route.items.all(), corrected=corrected)
    lines = [{"id": item.pk, **plan, "position": place} for place, (item, plan) in enumerate(pairs, 1)]
    header = header_of(route, corrected=corrected)
    return {
        **{name: jsonable(value) for name, value in header.items()},
        "items": [{name: jsonable(value) for name, value in line.items()} for line in lines],
    }


def hypotheses_of(route: LearningRoute) -> list[Hypothesis]:
    """The deficits that the route works on, each once, in the order of its items; in a group also the same topic of
    the other teachers."""
    cited = [item.hypothesis for item in items_in_force(route).select_related("hypothesis__person") if item.hypothesis]
    found = {hypothesis.pk: hypothesis for hypothesis in cited}
    if cited and route.support.is_group:
        keys = {(hypothesis.block, hypothesis.topic) for hypothesis in cited}
        same = _opened(route.support).filter(topic__in=[topic for _block, topic in keys]).select_related("person")
        found |= {other.pk: other for other in same if (other.block, other.topic) in keys}
    return list(found.values())


def for_page(routes: QuerySet[LearningRoute]) -> QuerySet[LearningRoute]:
    """With everything that permissions and the header read: two queries whatever the size of the group."""
    members = SupportMember.objects.select_related("person")
    return routes.select_related("support__tutor", "centre").prefetch_related(
        Prefetch("support__members", queryset=members)
    )
