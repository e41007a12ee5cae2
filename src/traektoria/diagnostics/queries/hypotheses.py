"""What may be read: the teacher's own hypotheses and those of the teachers whom a tutor supports. Nobody else's."""

from collections.abc import Collection

from django.db.models import Q, QuerySet
from django.utils import timezone

from traektoria.core.models import AuditEvent
from traektoria.core.registries import tutees
from traektoria.diagnostics.enums import HypothesisState
from traektoria.diagnostics.models import Hypothesis
from traektoria.organisations.models import TutorCentre
from traektoria.people.actor import Actor, in_force
from traektoria.people.models import Employment, Person, RoleAssignment
from traektoria.results.models import Dataset, DatasetKind
from traektoria.results.queries import kept_by


def visible_to(actor: Actor) -> QuerySet[Hypothesis]:
    """Hypotheses of the actor and of the actor's tutees. Heads, coordinators and administrators see none."""
    return Hypothesis.objects.filter(open_to(actor, "person")).select_related(
        "person", "dataset", "decided_by", "sitting__participant__campaign", "sitting__part__version__instrument"
    )


def persons_open_to(actor: Actor) -> QuerySet[Person]:
    """Teachers whom the actor supports now with the consent of both sides."""
    supported = Q(pk__in=[])
    for source in tutees:
        supported |= Q(pk__in=source.ids(actor))
    return Person.objects.filter(supported)


def field_of(actor: Actor, person_id: int | None) -> QuerySet[Hypothesis]:
    """The problem field of one person, as far as the actor may see it."""
    return visible_to(actor).filter(person=person_id).order_by("pk")


def confirmed_of(person_ids: list[int], *, subject: str | None = None) -> QuerySet[Hypothesis]:
    """Confirmed hypotheses, the problem field that a route is drafted from. The caller has checked the access."""
    found = Hypothesis.objects.filter(person_id__in=person_ids, state=HypothesisState.CONFIRMED)
    found = found.select_related("person").order_by("person__sort_name", "pk")
    return found.filter(subject=subject) if subject else found


def centres_of(person: Person, actor: Actor) -> QuerySet[TutorCentre]:
    """The centre in which the actor and the teacher meet: at most one, the first."""
    roles = RoleAssignment.objects.filter(in_force(timezone.localdate()), person=person, centre__in=actor.centre_ids)
    return TutorCentre.objects.filter(pk__in=roles.order_by("pk").values("centre")[:1])


def subjects_of(person: Person) -> list[str]:
    """Subjects that the person teaches now, by the employment that lasts."""
    rows = Employment.objects.filter(in_force(timezone.localdate()), person=person).values_list("subjects", flat=True)
    return list(dict.fromkeys(subject for subjects in rows for subject in subjects))


def subjects_by_person(person_ids: Collection[int]) -> dict[int, list[str]]:
    """Subjects that each of the people teaches now, each once, in the order of the places. One query."""
    rows = Employment.objects.filter(in_force(timezone.localdate()), person__in=person_ids).order_by("pk")
    found: dict[int, dict[str, None]] = {}
    for person, subjects in rows.values_list("person", "subjects"):
        found.setdefault(person, {}).update(dict.fromkeys(subjects))
    return {person: list(subjects) for person, subjects in found.items()}


def open_to(actor: Actor, field: str) -> Q:
    """Rows whose ``field`` is the actor or a person whom the actor supports now."""
    condition = Q(**{f"{field}_id": actor.person_id}) if actor.person_id else Q(pk__in=[])
    for source in tutees:
        condition |= Q(**{f"{field}__in": source.ids(actor)})
    return condition


def datasets_to_propose(actor: Actor) -> QuerySet[Dataset]:
    """Datasets of the coordinator's centres from which nobody has proposed anything yet."""
    done = AuditEvent.objects.filter(event="hypothesis.propose", object_kind="results.dataset").values("object_id")
    return kept_by(actor).filter(kind=DatasetKind.ANSWERS).exclude(pk__in=done)
