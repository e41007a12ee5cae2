"""Which points a person sees, as lists show them, and one of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from traektoria.consultations.points.enums import PointKind
from traektoria.consultations.points.models import ConsultationPoint, PointRoom, PointTutor
from traektoria.core.labels import text_of
from traektoria.core.paging import Page, replaced
from traektoria.core.prepared_statements import Numbers, prepared
from traektoria.people.actor import Actor
from traektoria.people.anybody import anybody, given_of
from traektoria.people.enums import Role, Subject
from traektoria.people.models import short_name

COLUMNS = (
    "pk", "name", "kind", "school__name", "address", "contacts", "subjects", "published", "closed_on", "closed_why",
)  # fmt: skip


@dataclass(frozen=True)
class PointRow:
    """``tutors``: short names of who receives there; ``rooms``: those in use."""

    pk: int
    name: str
    kind: str
    school: str | None
    address: str
    contacts: str
    subjects: Sequence[str]
    published: bool
    closed_on: Any
    closed_why: str
    tutors: Sequence[str]
    rooms: Sequence[str]

    @property
    def kind_label(self) -> str:
        return text_of(PointKind, self.kind)

    @property
    def where(self) -> str:
        """«МБОУ СОШ № 5, кабинет 12»; what is not known is not named."""
        return ", ".join(filter(None, [self.school, self.address, *self.rooms]))

    @property
    def subject_labels(self) -> str:
        return ", ".join(text_of(Subject, one) for one in self.subjects)


def visible_to(actor: Actor) -> QuerySet[ConsultationPoint]:
    """What is published in the person's centres; the coordinator's own ones all."""
    seen = Q(centre__in=actor.centre_ids, published=True)
    if actor.is_coordinator:
        seen |= Q(centre__in=actor.centres(Role.COORDINATOR))
    return ConsultationPoint.objects.filter(seen)


def find_point(actor: Actor, pk: int) -> ConsultationPoint | None:
    """With its centre, school, rooms and who receives there. Three queries."""
    there = Prefetch("receives", PointTutor.objects.select_related("person").order_by("person__sort_name"))
    rooms = Prefetch("rooms", PointRoom.objects.filter(in_use=True))
    rows = visible_to(actor).select_related("centre__municipality", "school").prefetch_related(there, rooms)
    return rows.filter(pk=pk).first()


def point_page(actor: Actor, asked: object) -> Page[PointRow]:
    """Those that are open first, by name. Three queries."""
    found = _seen(actor.roles).page(asked, **given_of(actor))
    keys = [columns[0] for columns in found]
    tutors, rooms = _by_point(_tutors(), keys, short_name), _by_point(_rooms(), keys, lambda name: str(name))
    rows = [
        PointRow(*(*columns[:-1], tutors.get(pk, ()), rooms.get(pk, ())))
        for pk, columns in zip(keys, found, strict=True)
    ]
    return replaced(found, rows)


def _by_point(statement: Any, keys: list[int], word: Any) -> dict[int, list[str]]:
    words: dict[int, list[str]] = {}
    for pk, *parts in statement.all(points=keys) if keys else ():
        words.setdefault(pk, []).append(word(*parts))
    return words


@prepared
def _seen(roles: frozenset[Role]) -> QuerySet[ConsultationPoint, Any]:
    closed_last = Q(closed_on__isnull=False)
    rows = visible_to(anybody(roles)).annotate(is_closed=closed_last)
    return rows.order_by("is_closed", "name", "pk").values_list(*COLUMNS, "is_closed")


@prepared
def _tutors() -> QuerySet[PointTutor, Any]:
    rows = PointTutor.objects.filter(point__in=Numbers("points")).order_by("person__sort_name")
    return rows.values_list("point", "person__surname", "person__given", "person__patronymic")


@prepared
def _rooms() -> QuerySet[PointRoom, Any]:
    return PointRoom.objects.filter(point__in=Numbers("points"), in_use=True).values_list("point", "name")
