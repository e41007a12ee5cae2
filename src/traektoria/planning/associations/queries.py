"""Who sees which associations."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from traektoria.core.labels import text_of
from traektoria.core.paging import Page, replaced
from traektoria.core.prepared_statements import prepared
from traektoria.people.actor import Actor
from traektoria.people.anybody import anybody, given_of
from traektoria.people.enums import HEADS, Role, Subject
from traektoria.people.models import short_name
from traektoria.planning.associations.models import Association

COLUMNS = ("pk", "name", "subject", "closed_on")
NAME = ("chair__surname", "chair__given", "chair__patronymic")


@dataclass(frozen=True)
class AssociationRow:
    """``chair`` is a short name."""

    pk: int
    name: str
    subject: str
    closed_on: Any
    chair: str
    members: int

    @property
    def subject_label(self) -> str:
        return text_of(Subject, self.subject) if self.subject else ""


def visible_to(actor: Actor) -> QuerySet[Association]:
    """Coordinators, tutors and heads see those of their centres, members their own."""
    if actor.person_id is None:
        return Association.objects.none()
    of_members = Association.members.through.objects.filter(person=actor.person_id).order_by()
    seen = Q(pk__in=of_members.values("association"), centre__in=actor.centre_ids)
    for roles in ((Role.COORDINATOR,), (Role.TUTOR,), tuple(HEADS)):
        if not actor.roles.isdisjoint(roles):
            seen |= Q(centre__in=actor.centres(*roles))
    return Association.objects.filter(seen)


def find_association(actor: Actor, pk: int) -> Association | None:
    """With centre, chair and members. Two queries."""
    rows = visible_to(actor).select_related("centre__municipality", "centre__school", "chair")
    return rows.prefetch_related("members").filter(pk=pk).first()


def association_page(actor: Actor, asked: object) -> Page[AssociationRow]:
    """Those that work first. One query."""
    found = _seen(actor.roles).page(asked, **given_of(actor))
    return replaced(found, [_row(*columns) for columns in found])


def _row(*columns: Any) -> AssociationRow:
    own, name, members = columns[:4], columns[4:7], columns[7]
    return AssociationRow(*(*own, short_name(*name) if name[0] else "", members))


@prepared
def _seen(roles: frozenset[Role]) -> QuerySet[Association, Any]:
    rows = visible_to(anybody(roles)).annotate(number=Count("members"))
    return rows.order_by("closed_on", "name", "pk").values_list(*COLUMNS, *NAME, "number")
