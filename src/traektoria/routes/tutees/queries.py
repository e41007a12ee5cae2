"""Who sees which supports, whom they open to a tutor, who is a tutor and a teacher. All lists are bounded."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import (
    CharField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
)
from django.utils import timezone

from traektoria.core.prepared_statements import Given, Numbers, prepared
from traektoria.people.actor import Actor, in_force
from traektoria.people.enums import HEADS, Role, Subject
from traektoria.people.models import Employment, Person, RoleAssignment, short_name
from traektoria.routes.tutees.enums import SupportState
from traektoria.routes.tutees.models import LearningRequest, SupportMember, TutorSupport
from traektoria.routes.tutees.permissions import is_tutor_of

OPEN = (SupportState.PROPOSED, SupportState.ACTIVE)

NO_TUTOR = "no_tutor"

"""Beside the states in the filter of the list: ``without_tutor``."""

CONSENTED = (SupportState.ACTIVE, SupportState.ENDED)


def visible_to(actor: Actor) -> QuerySet[TutorSupport]:
    """Supports of the person as tutor or teacher, all of the coordinator's centre, and to a head those of the school's
    teachers that both sides consented to: that somebody declined is nobody's business at school."""
    if actor.person_id is None:
        return TutorSupport.objects.none()
    seen = Q(pk__in=SupportMember.objects.filter(person=actor.person_id).order_by().values("support"))
    if actor.is_tutor:
        seen |= Q(tutor=actor.person_id, centre__in=actor.centres(Role.TUTOR))
    if actor.is_coordinator:
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


def _led_now(actor: Actor) -> QuerySet[SupportMember]:
    """Whom the actor supports now, with the consent of both sides: what a support opens, it opens by these rows."""
    return SupportMember.objects.filter(
        support__tutor=actor.person_id or 0,
        support__centre__in=actor.centres(Role.TUTOR),
        support__state=SupportState.ACTIVE,
        support__tutor_consented_at__isnull=False,
        consented_at__isnull=False,
    )


def tutee_ids(actor: Actor) -> QuerySet[Any]:
    """Ids of persons whom the actor supports now (registered as ``Tutees``, as the next two)."""
    return _led_now(actor).values("person")


def covers(actor: Actor, person: str, centre: str, subject: str) -> Exists:
    """A support of the person in the centre and the subject of the row. A row without a subject is covered by every
    support in its centre; a support of primary school covers all that a primary teacher teaches."""
    asked = ExpressionWrapper(OuterRef(subject), output_field=CharField())
    rows = _led_now(actor).filter(person=OuterRef(person), support__centre=OuterRef(centre)).annotate(asked=asked)
    same = Q(asked="") | Q(support__subject=F("asked")) | Q(support__subject=Subject.PRIMARY)
    return Exists(rows.filter(same))


def held_with(actor: Actor, person_id: int) -> list[tuple[int, str]]:
    """Centres and subjects in which the actor supports the person now."""
    rows = _led_now(actor).filter(person=person_id).order_by("support__start", "support")
    return list(rows.values_list("support__centre", "support__subject"))


def with_persons() -> Prefetch[Any]:
    """Members with their persons, in one query for all supports."""
    return Prefetch("members", SupportMember.objects.select_related("person"))


def without_tutor(today: date | Given) -> Q:
    """Supports that go on while who led them is no tutor of the centre any more: they wait for another tutor."""
    held = RoleAssignment.objects.filter(
        in_force(today), role=Role.TUTOR, centre=OuterRef("centre"), person=OuterRef("tutor")
    )
    return Q(~Exists(held), state=SupportState.ACTIVE, end__gt=today)


def requests_read_by(actor: Actor, support: TutorSupport) -> list[LearningRequest]:
    """Learning requests, the latest first: a teacher's own; for the tutor those of the teachers who have not left."""
    return _requests(is_tutor_of(actor, support)).all(support=support.pk, me=actor.person_id)


@prepared
def _requests(tutor: bool) -> QuerySet[LearningRequest]:
    rows = LearningRequest.objects.filter(support=Given("support")).select_related("person")
    if not tutor:
        return rows.filter(person=Given("me"))
    left = SupportMember.objects.filter(support=Given("support"), declined_at__isnull=False)
    return rows.exclude(person__in=left.values("person"))


def tutors_of(centre_ids: Iterable[int] | Given, today: date | Given | None = None) -> QuerySet[Person]:
    """Tutors in force in these centres, alphabetically."""
    return _holders(Role.TUTOR, centre_ids, today)


def tutor_names(centre_ids: Iterable[int], limit: int | None = None) -> dict[int, str]:
    """The first of them: number and short name. One query."""
    rows = _tutor_names().all(centres=centre_ids, today=timezone.localdate(), limit=limit)
    return {pk: short_name(*name) for pk, *name in rows}


@prepared
def _tutor_names() -> QuerySet[Any, Any]:
    return tutors_of(Numbers("centres"), Given("today")).values_list("pk", "surname", "given", "patronymic")


def teachers_of(centre_ids: frozenset[int], today: date | None = None) -> QuerySet[Person]:
    """Teachers in force in these centres, alphabetically."""
    return _holders(Role.TEACHER, centre_ids, today)


def _holders(role: Role, centre_ids: Iterable[int] | Given, today: date | Given | None) -> QuerySet[Person]:
    now = in_force(today or timezone.localdate())
    roles = RoleAssignment.objects.filter(now, role=role, centre__in=centre_ids)
    return Person.objects.filter(pk__in=roles.values("person")).order_by("sort_name", "pk")


def _of_schools(actor: Actor) -> QuerySet[SupportMember]:
    """Consented members who work at the schools that the actor heads, in the same centre."""
    staff = Employment.objects.filter(in_force(actor.today), school__in=actor.schools(*HEADS)).values("person")
    return SupportMember.objects.filter(
        person__in=staff, support__centre__in=actor.centres(*HEADS), consented_at__isnull=False
    )


def led_by(actor: Actor) -> QuerySet[TutorSupport]:
    """Running supports of which the actor is the tutor, with their members, by subject and begin."""
    rows = TutorSupport.objects.filter(tutor=actor.person_id, state=SupportState.ACTIVE)
    rows = rows.filter(centre__in=actor.centres(Role.TUTOR)).select_related("centre", "regulation")
    return rows.prefetch_related(with_persons()).order_by("subject", "start", "pk")


def has_tutor(support: TutorSupport) -> bool:
    """The tutor of the support is still a tutor of its centre."""
    today = in_force(timezone.localdate())
    roles = RoleAssignment.objects.filter(today, role=Role.TUTOR, centre=support.centre_id, person=support.tutor_id)
    return roles.exists()


def has_teachers(support: TutorSupport) -> bool:
    """Somebody of the support who has not declined is a teacher of its centre."""
    today = in_force(timezone.localdate())
    asked = support.members.filter(declined_at__isnull=True).values("person")
    roles = RoleAssignment.objects.filter(today, role=Role.TEACHER, centre=support.centre_id, person__in=asked)
    return roles.exists()
