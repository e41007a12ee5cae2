"""Who sees which requests for a tutor, and how far each is answered. All lists are bounded."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from django.db.models import BigIntegerField, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from traektoria.core.audit import trail
from traektoria.core.prepared_statements import Given
from traektoria.organisations.models import School
from traektoria.people.actor import Actor, in_force
from traektoria.people.enums import HEADS, Role, Subject
from traektoria.people.history import HistoryLine, history_lines
from traektoria.people.models import Employment, Person, RoleAssignment
from traektoria.routes.needs.enums import NeedState
from traektoria.routes.needs.models import SupportNeed
from traektoria.routes.tutees.enums import SupportState
from traektoria.routes.tutees.models import SupportMember, TutorSupport


def own_subject(actor: Actor) -> dict[str, str]:
    """The first subject that the person teaches, as the likely one."""
    work = Employment.objects.filter(in_force(actor.today), person=actor.person_id or 0)
    rows = work.order_by("start", "pk").values_list("subjects", flat=True)
    own = next((subject for subjects in rows for subject in subjects if subject in Subject.values), None)
    return {"subject": own} if own else {}


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
    rows = with_schools(needs, timezone.localdate()).select_related("asked_by", "centre")
    return rows.prefetch_related("teachers", Prefetch("supports", _answers()))


def with_schools(needs: QuerySet[SupportNeed], today: date | Given) -> QuerySet[SupportNeed]:
    """The school of a request, or where its teacher works (``school_key``, ``school_name``)."""
    role = RoleAssignment.objects.filter(
        in_force(today), person=OuterRef("asked_by"), role=Role.TEACHER, centre=OuterRef("centre")
    ).order_by("pk")
    return needs.annotate(
        school_key=Coalesce("school", Subquery(role.values("school")[:1]), output_field=BigIntegerField()),
        school_name=Coalesce("school__name", Subquery(role.values("school__name")[:1])),
    )


def _answers() -> QuerySet[TutorSupport]:
    return TutorSupport.objects.select_related("tutor").prefetch_related("members").order_by("pk")


def still_wanted(need: SupportNeed) -> int:
    """For how many teachers a tutor is still looked for (reads the prefetched ``supports``)."""
    return max(need.number - len(asked_in(need)), 0)


def asked_in(need: SupportNeed) -> set[int]:
    """Persons to whom a tutor is offered, or whose support began (reads the prefetched ``supports``)."""
    return asked_by(offer_of(support) for support in need.supports.all())


Offer = tuple[str, datetime | None, list[tuple[int, datetime | None, datetime | None]]]

"""State, consent of the tutor, and of each member who, refusal and consent."""


def offer_of(support: TutorSupport) -> Offer:
    """Reads its members."""
    members = [(one.person_id, one.declined_at, one.consented_at) for one in support.members.all()]
    return support.state, support.tutor_consented_at, members


def asked_by(offers: Iterable[Offer]) -> set[int]:
    """Persons to whom these offers speak."""
    return {
        person
        for state, tutor, members in offers
        for person, declined, consented in members
        if _counts(state, tutor, declined, consented)
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


def history_of(need: SupportNeed, *, by_name: bool) -> list[HistoryLine]:
    """What happened to the request, oldest first. Two queries. Without names for those who asked: who declined an
    offer is nobody's business at school."""
    lines = history_lines(trail(need))
    return lines if by_name else [replace(line, who="") for line in lines]
