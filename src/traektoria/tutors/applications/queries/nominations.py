"""Whom a person may nominate."""

from collections.abc import Collection

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from traektoria.organisations.models import TutorCentre
from traektoria.people.actor import Actor, in_force
from traektoria.people.enums import HEADS, Role
from traektoria.people.models import Employment, Person
from traektoria.tutors.statuses.models import LIVING, TutorStatus

NOMINATORS = (Role.COORDINATOR, Role.TUTOR, *HEADS)


def schools_of(person_id: int, centre: TutorCentre) -> set[int]:
    """Schools of the centre where the person works today. One query."""
    work = Employment.objects.filter(in_force(timezone.localdate()), person=person_id, school__in=centre.schools())
    return set(work.values_list("school", flat=True))


def is_tutor_now(person_id: int, centre_id: int) -> bool:
    """Has a status that is in force or suspended."""
    return TutorStatus.objects.filter(person=person_id, centre=centre_id, state__in=LIVING).exists()


def centres_of_nominator(actor: Actor) -> QuerySet[TutorCentre]:
    """Where the person may nominate colleagues."""
    return TutorCentre.objects.filter(pk__in=actor.centres(*NOMINATORS)).order_by("pk")


def nominees(actor: Actor, centre: TutorCentre) -> QuerySet[Person]:
    """Colleagues who may be nominated: of the centre's schools, for a head of the own school; no tutors, not oneself.

    Each has ``school_name``.
    """
    work = Employment.objects.filter(in_force(timezone.localdate()), school__in=_schools(actor, centre))
    tutors = TutorStatus.objects.filter(centre=centre, state__in=LIVING).values("person")
    school = work.filter(person=OuterRef("pk")).order_by("pk").values("school__name")[:1]
    found = Person.objects.filter(pk__in=work.values("person")).exclude(pk__in=tutors)
    return found.exclude(pk=actor.person_id or 0).annotate(school_name=Subquery(school))


def _schools(actor: Actor, centre: TutorCentre) -> Collection[int]:
    schools = set(centre.schools().values_list("pk", flat=True))
    return schools if actor.has(centre.pk, Role.COORDINATOR, Role.TUTOR) else schools & actor.schools(*HEADS)
