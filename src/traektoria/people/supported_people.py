"""Whom a tutor supports now, and which rows about them that opens: one door for every room.

The supports themselves are a higher room's; it fills ``core.support.tutees``.
"""

from collections.abc import Collection

from django.db.models import Q, QuerySet
from django.utils import timezone

from traektoria.core.support import tutees
from traektoria.people.actor import Actor, in_force
from traektoria.people.enums import Subject
from traektoria.people.models import Employment, Person


def persons_open_to(actor: Actor) -> QuerySet[Person]:
    """Teachers whom the actor supports now with the consent of both sides."""
    supported = Q(pk__in=[])
    for source in tutees:
        supported |= Q(pk__in=source.ids(actor))
    return Person.objects.filter(supported)


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


def open_to(actor: Actor, person: str = "person", centre: str = "centre", subject: str = "subject") -> Q:
    """Rows about the actor, and those that a support opens now: of its teacher, in its centre and subject.

    The one door through which a tutor sees what is kept about a teacher; the arguments name the fields of the row.
    """
    condition = Q(**{f"{person}_id": actor.person_id}) if actor.person_id else Q(pk__in=[])
    for source in tutees:  # the ids bound the rows by an index, the condition decides
        condition |= Q(**{f"{person}__in": source.ids(actor)}) & Q(source.covers(actor, person, centre, subject))
    return condition


def held_with(actor: Actor, person_id: int) -> list[tuple[int, str]]:
    """Centres and subjects in which the actor supports the person now."""
    return [pair for source in tutees for pair in source.held(actor, person_id)]


def subjects_held(actor: Actor, person: Person) -> list[tuple[int, str]]:
    """The same with the subjects that the person teaches in place of «primary school», which covers them all."""
    taught = [*subjects_of(person), Subject.PRIMARY.value]
    pairs = [
        (centre, one)
        for centre, subject in held_with(actor, person.pk)
        for one in (taught if subject == Subject.PRIMARY else [subject])
    ]
    return list(dict.fromkeys(pairs))
