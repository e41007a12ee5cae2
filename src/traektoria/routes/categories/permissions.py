"""Who answers a proposed category, and who reads it."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from traektoria.core.errors import Refused
from traektoria.people.actor import Actor
from traektoria.people.enums import Role
from traektoria.routes.categories.models import TeacherCategory


def check_answer(actor: Actor, category: TeacherCategory) -> None:
    if actor.person_id != category.person_id or not actor.has(category.centre_id, Role.TEACHER):
        raise Refused(_("A category is agreed to by the teacher to whom it is proposed."), code="not_the_teacher")


def own(actor: Actor) -> QuerySet[TeacherCategory]:
    """Proposed to the person. Nobody else has a list of them."""
    return TeacherCategory.objects.filter(person=actor.person_id or 0, centre__in=actor.centres(Role.TEACHER))


def agreed_of(centre_id: int, people: set[int]) -> dict[int, list[str]]:
    """Titles of what these teachers have agreed to, for the paper of their own route. One query."""
    found: dict[int, list[str]] = {}
    rows = TeacherCategory.objects.filter(centre=centre_id, person__in=people, agreed_at__isnull=False)
    for person, title in rows.values_list("person", "title"):
        found.setdefault(person, []).append(title)
    return found
