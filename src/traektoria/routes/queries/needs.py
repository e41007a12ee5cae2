"""Who sees which requests for a tutor, and how far each is answered. All lists are bounded."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import BigIntegerField, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from traektoria.organisations.models import School
from traektoria.people.actor import Actor, in_force
from traektoria.people.enums import HEADS, Role
from traektoria.people.models import Person, RoleAssignment
from traektoria.routes.enums import NeedState, SupportState
from traektoria.routes.models import SupportMember, SupportNeed, TutorSupport

OPEN_NEED = (NeedState.OPEN, NeedState.OFFERED)


def visible_to(actor: Actor) -> QuerySet[SupportNeed]:
    """One's own, those that name the person, those of the school for its heads, all of the coordinator's centre.

    What a teacher asks for themselves is no business of the head: such a request has no ``school``.
    """
    if actor.person_id is None:
        return SupportNeed.objects.none()
    named = SupportNeed.teachers.through.objects.filter(person=actor.person_id)
    seen = Q(asked_by=actor.person_id) | Q(pk__in=named.values("supportneed"))
    seen |= Q(centre__in=actor.centres(Role.COORDINATOR))
    if actor.is_head:
        seen |= Q(school__in=actor.schools(*HEADS), centre__in=actor.centres(*HEADS))
    return SupportNeed.objects.filter(seen)


def told_to(actor: Actor) -> QuerySet[SupportNeed]:
    """Requests that name the person, and those of their schools: one who said no is named no longer."""
    own = SupportNeed.objects.filter(school__in=actor.schools(Role.TEACHER), centre__in=actor.centres(Role.TEACHER))
    return visible_to(actor) | own


def listed(actor: Actor) -> QuerySet[SupportNeed]:
    """What the actor may see, ``as_listed``."""
    return as_listed(visible_to(actor))


def as_listed(needs: QuerySet[SupportNeed]) -> QuerySet[SupportNeed]:
    """Requests as lists show them: who asks, for whom, from which school (``school_name``, ``school_key``)."""
    role = RoleAssignment.objects.filter(
        in_force(timezone.localdate()), person=OuterRef("asked_by"), role=Role.TEACHER, centre=OuterRef("centre")
    ).order_by("pk")
    return (
        needs.annotate(
            school_key=Coalesce("school", Subquery(role.values("school")[:1]), output_field=BigIntegerField()),
            school_name=Coalesce("school__name", Subquery(role.values("school__name")[:1])),
        )
        .select_related("asked_by", "centre")
        .prefetch_related("teachers", Prefetch("supports", _answers()))
    )


def _answers() -> QuerySet[TutorSupport]:
    return TutorSupport.objects.select_related("tutor").prefetch_related("members").order_by("pk")


def still_wanted(need: SupportNeed) -> int:
    """For how many teachers a tutor is still looked for (reads the prefetched ``supports``)."""
    return max(need.number - len(asked_in(need)), 0)


def asked_in(need: SupportNeed) -> set[int]:
    """Persons to whom a tutor is offered, or whose support began (reads the prefetched ``supports``)."""
    return {
        member.person_id
        for support in need.supports.all()
        for member in support.members.all()
        if _counts(support.state, support.tutor_consented_at, member.declined_at, member.consented_at)
    }


def people_met(need: SupportNeed) -> tuple[int, int]:
    """How many teachers are asked or supported by the supports of this request, and for how many one began."""
    rows = SupportMember.objects.filter(support__need=need)
    answers = ("support__tutor_consented_at", "declined_at", "consented_at")
    columns = rows.values_list("person_id", "support__state", *answers)
    found = [(person, state) for person, state, *said in columns if _counts(state, *said)]
    begun = {person for person, state in found if state != SupportState.PROPOSED}
    return len({person for person, _state in found}), len(begun)


def _counts(state: str, tutor: datetime | None, declined: datetime | None, consented: datetime | None) -> bool:
    """A refusal, or a proposal that was taken back before both consented, answers nothing."""
    if declined is not None or state == SupportState.DECLINED:
        return False
    return state in (SupportState.PROPOSED, SupportState.ACTIVE) or None not in (tutor, consented)


def is_offered_to(need: SupportNeed, person_id: int) -> bool:
    """An open support that answers the request asks this person."""
    open_states = (SupportState.PROPOSED, SupportState.ACTIVE)
    return SupportMember.objects.filter(
        support__need=need, support__state__in=open_states, person=person_id, declined_at__isnull=True
    ).exists()


def teachers_of_school(centre_id: int, school: School) -> QuerySet[Person]:
    """Teachers of the school in force today, alphabetically."""
    now = in_force(timezone.localdate())
    roles = RoleAssignment.objects.filter(now, role=Role.TEACHER, centre=centre_id, school=school)
    return Person.objects.filter(pk__in=roles.values("person")).order_by("sort_name", "pk")


def schools_that_ask(needs: QuerySet[Any]) -> list[tuple[str, str]]:
    """Schools of these (``listed``) requests, for a filter: (key, name), alphabetically."""
    rows: Iterable[Any] = needs.prefetch_related(None).order_by().values_list("school_key", "school_name").distinct()
    return sorted({(str(key), name) for key, name in rows if key}, key=lambda pair: pair[1])
