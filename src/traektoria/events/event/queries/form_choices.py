"""What the form of an event offers: kinds of the regulation, places, leaders, schools, categories."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.consultations.slots.queries.new_hour import BY_VIDEO, places_offered
from traektoria.core.errors import Invalid
from traektoria.core.labels import choices_of
from traektoria.core.prepared_statements import Given, Numbers, prepared
from traektoria.core.text import search_key, squash
from traektoria.events.event.enums import WRITTEN
from traektoria.events.event.facts import kinds_of
from traektoria.events.event.models import Event
from traektoria.organisations.models import School, TutorCentre
from traektoria.organisations.regulations.schema import Rules
from traektoria.people.actor import in_force
from traektoria.people.enums import Role, Subject
from traektoria.people.models import Person, RoleAssignment, short_name

VIDEO, ELSEWHERE, NAMED = BY_VIDEO, "elsewhere", 5


@dataclass(frozen=True)
class Offers:
    """Choices of the form by field."""

    centre: TutorCentre
    choices: dict[str, list[tuple[Any, str]]]


def offers_of(centre: TutorCentre, rules: Rules, event: Event | None = None) -> Offers:
    """Four queries. What ``event`` has already is offered too."""
    kinds = kinds_of(rules, also=event.kind if event else "")
    schools = _schools(centre)
    rooms = places_offered(centre.pk)
    where = [*rooms[:-1], (VIDEO, _("By video")), *((f"s{pk}", name) for pk, name in schools)]
    where.append((ELSEWHERE, _("Elsewhere")))
    if event is not None and event.state not in WRITTEN:
        kinds = {slug: one for slug, one in kinds.items() if slug == event.kind}
    has = _place_of(event)
    if has and has not in where:
        where.insert(0, has)
    titles = [(slug, one.title) for slug, one in kinds.items()]
    if event is not None and not titles:
        titles = [(event.kind, event.kind_name)]
    return Offers(
        centre,
        {
            "kind": titles,
            "where": where,
            "leaders": _leaders(centre.pk, [one.person_id for one in event.leads.all()] if event else []),
            "subjects": choices_of(Subject),
            "categories": [(one.slug, one.title) for one in rules.support.categories if not one.archived],
        },
    )


def _place_of(event: Event | None) -> tuple[str, str] | None:
    """A point or room that is closed meanwhile stays offered to the event that is there."""
    if event is None:
        return None
    if event.room is not None and event.point is not None:
        return f"r{event.room_id}", f"{event.point.name}, {event.room.name}"
    if event.point is not None:
        return f"p{event.point_id}", event.point.name
    return (f"s{event.school_id}", event.school.name) if event.school is not None else None


def _schools(centre: TutorCentre) -> list[tuple[int, str]]:
    rows: QuerySet[School, Any] = centre.schools().values_list("pk", "name")
    return list(rows)


def _leaders(centre_id: int, also: list[int]) -> list[tuple[int, str]]:
    """Tutors and the coordinator of the centre, alphabetically, and who leads it already. One query."""
    rows = _people().all(centre=centre_id, today=timezone.localdate(), also=also)
    return [(pk, short_name(*name)) for pk, _sort, *name in rows]


@prepared
def _people() -> QuerySet[Person, Any]:
    roles = RoleAssignment.objects.filter(
        in_force(Given("today")), role__in=[Role.TUTOR, Role.COORDINATOR], centre=Given("centre")
    )
    rows = Person.objects.filter(pk__in=roles.order_by().values("person")) | Person.objects.filter(
        pk__in=Numbers("also")
    )
    return rows.order_by("sort_name", "pk").values_list("pk", "sort_name", "surname", "given", "patronymic")


def schools_named(text: str, centre: TutorCentre) -> tuple[int, ...]:
    """«СОШ № 4, лицей 2»: each part is exactly one school of the centre. One query, none for an empty text.

    Raises ``Invalid`` with those that may be meant.
    """
    parts = list(filter(None, (squash(one) for one in text.split(","))))
    known = [(pk, name, search_key(name)) for pk, name in _schools(centre)] if parts else []
    return tuple(dict.fromkeys(_school(part, known) for part in parts))


def _school(part: str, known: list[tuple[int, str, str]]) -> int:
    key = search_key(part)
    found = [row for row in known if row[2] == key] or [row for row in known if key in row[2]]
    if len(found) == 1:
        return found[0][0]
    words = {"part": part, "names": ", ".join(name for _pk, name, _key in found[:NAMED])}
    if not found:
        raise Invalid(_("No school of the centre is called “%(part)s”.") % words, code="no_such_school")
    raise Invalid(_("Say which school “%(part)s” is: %(names)s.") % words, code="several_such_schools")
