"""Who sees which supports, and what stands beside each in a list. All lists are bounded."""

from datetime import date
from typing import Any

from django.db.models import Case, Count, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery, When
from django.utils import timezone

from traektoria.core.paging import Page, cut, number_of, with_next
from traektoria.core.text import search_key
from traektoria.people.actor import Actor, in_force
from traektoria.people.enums import HEADS, Role
from traektoria.people.models import Employment, Person, RoleAssignment
from traektoria.routes.enums import ItemState, RouteState, SupportState
from traektoria.routes.models import LearningRequest, LearningRoute, RouteItem, SupportMember, TutorSupport

OPEN = (SupportState.PROPOSED, SupportState.ACTIVE)
DESK = 50
PER_PAGE = 25
CONSENTED = (SupportState.ACTIVE, SupportState.ENDED)


def visible_to(actor: Actor) -> QuerySet[TutorSupport]:
    """Supports of the person as tutor or teacher, all of the coordinator's centre, and to a head those of the school's
    teachers that both sides consented to: that somebody declined is nobody's business at school."""
    if actor.person_id is None:
        return TutorSupport.objects.none()
    seen = Q(pk__in=SupportMember.objects.filter(person=actor.person_id).values("support"))
    seen |= Q(tutor=actor.person_id, centre__in=actor.centres(Role.TUTOR))
    seen |= Q(centre__in=actor.centres(Role.COORDINATOR))
    if actor.is_head:
        seen |= Q(pk__in=_of_schools(actor).values("support"), state__in=CONSENTED)
    return TutorSupport.objects.filter(seen)


def members_seen_by(actor: Actor) -> QuerySet[SupportMember]:
    """The members whom the actor may read by name: a head of one school not those of other schools in the group."""
    seen = Q(support__in=SupportMember.objects.filter(person=actor.person_id).values("support"))
    seen |= Q(support__tutor=actor.person_id)
    seen |= Q(support__centre__in=actor.centres(Role.COORDINATOR))
    if actor.is_head:
        seen |= Q(pk__in=_of_schools(actor).values("pk"))
    return SupportMember.objects.filter(seen).select_related("person").order_by("person__sort_name", "pk")


def tutee_ids(actor: Actor) -> QuerySet[Any]:
    """Ids of persons whom the actor supports now, with the consent of both sides (registered as ``Tutees``)."""
    return SupportMember.objects.filter(
        support__tutor=actor.person_id or 0,
        support__centre__in=actor.centres(Role.TUTOR),
        support__state=SupportState.ACTIVE,
        support__tutor_consented_at__isnull=False,
        consented_at__isnull=False,
    ).values("person")


def listed(actor: Actor) -> QuerySet[TutorSupport]:
    """Supports as the list shows them: tutor, members, the living route's state, the next deadline, whether asked."""
    return _with_next_step(visible_to(actor)).prefetch_related(Prefetch("members", members_seen_by(actor)))


def _with_next_step(rows: QuerySet[TutorSupport]) -> QuerySet[TutorSupport]:
    living = LearningRoute.objects.filter(support=OuterRef("pk")).order_by("-pk")
    items = RouteItem.objects.filter(
        route__support=OuterRef("pk"),
        route__state=RouteState.RUNNING,
        state__in=[ItemState.PLANNED, ItemState.DOING],
        pending=False,
        removed_in__isnull=True,
    ).order_by("deadline", "pk")
    return rows.select_related("tutor").annotate(
        route_id=Subquery(living.values("pk")[:1]),
        route_state=Subquery(living.values("state")[:1]),
        next_task=Subquery(items.values("task")[:1]),
        next_deadline=Subquery(items.values("deadline")[:1]),
        # an id instead of Exists, for which PostgreSQL would read the requests of all supports
        asked=Subquery(LearningRequest.objects.filter(support=OuterRef("pk")).values("pk")[:1]),
    )


def support_page(actor: Actor, chosen: dict[str, Any], asked: object) -> Page[TutorSupport]:
    """A page of the list. For a coordinator only supports of as many tutors are sorted as the page can need."""
    number = str(number_of(asked))
    filters = tuple((name, str(value)) for name, value in chosen.items() if value)
    tutors: tuple[int, ...] | None = None
    if actor.is_coordinator:
        tutors = tuple(_first_tutors(actor, filters, number))
    rows = _rows_of_page(actor, filters, number, tutors)
    return cut(rows.prefetch_related(Prefetch("members", members_seen_by(actor))), PER_PAGE, asked)


def _first_tutors(actor: Actor, filters: tuple[tuple[str, str], ...], number: str) -> QuerySet[Any]:
    """Ids of the first tutors by name: each has a row, so as many tutors hold as many rows. An index of names finds
    them; sorting all supports of a large centre would cost more than the page."""
    own = filtered(visible_to(actor), dict(filters)).order_by().filter(tutor=OuterRef("pk"))
    tutors = Person.objects.filter(Exists(own)).order_by("sort_name", "pk")
    return tutors.values_list("pk", flat=True)[: int(number) * PER_PAGE + 1]


def _rows_of_page(
    actor: Actor, filters: tuple[tuple[str, str], ...], number: str, tutors: tuple[int, ...] | None
) -> QuerySet[TutorSupport]:
    rows = filtered(_with_next_step(visible_to(actor)), dict(filters))
    if tutors is not None:
        rows = rows.filter(tutor__in=tutors)
    shown = ("kind", "name", "subject", "start", "end", "state", "tutor")
    rows = rows.only(*shown, *(f"tutor__{part}" for part in ("surname", "given", "patronymic")))
    return with_next(rows, PER_PAGE, int(number))


def filtered(rows: QuerySet[TutorSupport], chosen: dict[str, Any]) -> QuerySet[TutorSupport]:
    """Rows of the chosen state, subject and tutor (a number, or a part of the name); alphabetical by tutor, the newest
    first."""
    tutor = chosen.get("tutor") or ""
    names = {"state": "state", "subject": "subject", "tutor": "tutor_id"}
    if not tutor.isdecimal():
        names["tutor"] = "tutor__search_name__contains"
        chosen = {**chosen, "tutor": search_key(tutor)}
    conditions = {names[key]: value for key, value in chosen.items() if value and key in names}
    return rows.filter(**conditions).order_by("tutor__sort_name", "tutor", "-start", "pk")


def detailed(actor: Actor) -> QuerySet[TutorSupport]:
    """Supports as their own page shows them."""
    return listed(actor).select_related("centre", "replaces__tutor")


def successor_of(support: TutorSupport) -> TutorSupport | None:
    """The support of another tutor that is asked to go on with this one, or went on. One query."""
    rows = support.successors.exclude(state=SupportState.DECLINED).filter(
        Q(state__in=OPEN) | Q(tutor_consented_at__isnull=False)
    )
    return rows.select_related("tutor").order_by("-pk").first()


def with_persons() -> Prefetch[Any]:
    """Members with their persons, in one query for all supports."""
    return Prefetch("members", SupportMember.objects.select_related("person"))


def counts_of_centres(actor: Actor, today: date) -> tuple[int, int]:
    """In the coordinator's centres: supports without an answer yet, and active ones whose period is over. One query."""
    found = TutorSupport.objects.filter(centre__in=actor.centres(Role.COORDINATOR)).aggregate(
        unanswered=Count("pk", filter=Q(state=SupportState.PROPOSED)),
        over=Count("pk", filter=Q(state=SupportState.ACTIVE, end__lt=today)),
    )
    return found["unanswered"], found["over"]


def of_the_desk(actor: Actor, since: date) -> QuerySet[TutorSupport]:
    """The person's own open supports with what is still missing in each; those that ask for the person's consent
    (``wants_consent``) first. ``began_lately``: after ``since``."""
    own = Q(pk__in=SupportMember.objects.filter(person=actor.person_id, declined_at__isnull=True).values("support"))
    unsaid = SupportMember.objects.filter(support=OuterRef("pk"), person=actor.person_id)
    unsaid = unsaid.filter(consented_at__isnull=True, declined_at__isnull=True)
    lead = Q(tutor=actor.person_id, tutor_consented_at__isnull=True, state=SupportState.PROPOSED)
    own |= Q(tutor=actor.person_id, centre__in=actor.centres(Role.TUTOR)) | lead
    mine = LearningRequest.objects.filter(support=OuterRef("pk")).values("pk")
    living = LearningRoute.objects.filter(support=OuterRef("pk")).values("pk")
    asked = Case(
        When(tutor=actor.person_id, then=Subquery(mine[:1])),
        default=Subquery(mine.filter(person=actor.person_id)[:1]),
    )
    return (
        TutorSupport.objects.filter(own, state__in=OPEN)
        .annotate(asked=asked, route_id=Subquery(living[:1]))
        .annotate(began_lately=Q(tutor_consented_at__date__gte=since), wants_consent=Exists(unsaid) | lead)
        .select_related("tutor")
        .prefetch_related(with_persons())
        .order_by("-wants_consent", "end", "pk")[:DESK]
    )


def requests_of(support: TutorSupport) -> QuerySet[LearningRequest]:
    """Learning requests of the support, the latest of each teacher first. For the tutor and the teachers only."""
    return support.requests.select_related("person")


def tutors_of(centre_ids: frozenset[int], today: date | None = None) -> QuerySet[Person]:
    """Tutors in force in these centres, alphabetically."""
    return _holders(Role.TUTOR, centre_ids, today)


def teachers_of(centre_ids: frozenset[int], today: date | None = None) -> QuerySet[Person]:
    """Teachers in force in these centres, alphabetically."""
    return _holders(Role.TEACHER, centre_ids, today)


def _holders(role: Role, centre_ids: frozenset[int], today: date | None) -> QuerySet[Person]:
    now = in_force(today or timezone.localdate())
    roles = RoleAssignment.objects.filter(now, role=role, centre__in=centre_ids)
    return Person.objects.filter(pk__in=roles.values("person")).order_by("sort_name", "pk")


def _of_schools(actor: Actor) -> QuerySet[SupportMember]:
    """Consented members who work at the schools that the actor heads, in the same centre."""
    today = timezone.localdate()
    staff = Employment.objects.filter(in_force(today), school__in=actor.schools(*HEADS)).values("person")
    return SupportMember.objects.filter(
        person__in=staff, support__centre__in=actor.centres(*HEADS), consented_at__isnull=False
    )


def led_by(actor: Actor) -> QuerySet[TutorSupport]:
    """Running supports of which the actor is the tutor, with their members, by subject and begin."""
    rows = TutorSupport.objects.filter(tutor=actor.person_id, state=SupportState.ACTIVE)
    rows = rows.filter(centre__in=actor.centres(Role.TUTOR)).select_related("centre", "regulation")
    return rows.prefetch_related(with_persons()).order_by("subject", "start", "pk")
