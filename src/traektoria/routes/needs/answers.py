"""How far requests are answered: whom they name, who is asked already, who said no."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from traektoria.core.prepared_statements import Numbers, prepared
from traektoria.core.typography import local_day
from traektoria.people.models import short_name
from traektoria.routes.needs.models import SupportNeed
from traektoria.routes.needs.need_rows import NeedRow
from traektoria.routes.needs.queries import Offer, asked_by, offer_of
from traektoria.routes.tutees.models import TutorSupport

NAME = ("surname", "given", "patronymic")


@dataclass(frozen=True)
class Waiting:
    """How far a request is answered. ``named``: whom it names; ``names``: of these, for whom nobody is asked yet."""

    named: frozenset[int]
    names: tuple[str, ...]
    wanted: int
    days: int
    refusals: int

    @property
    def unnamed(self) -> int:
        return max(self.wanted - len(self.names), 0)


Person = tuple[int, str]


def waiting(need: SupportNeed, today: date | None = None) -> Waiting:
    """Reads what ``listed`` prefetched."""
    teachers = [(one.pk, one.short_name) for one in need.teachers.all()]
    offers = [offer_of(support) for support in need.supports.all()]
    return _waiting(need.number, need.created_at, teachers, offers, today or timezone.localdate())


def waiting_of(needs: Sequence[NeedRow]) -> dict[int, Waiting]:
    """By request. Two queries whatever their number."""
    pks, today = [need.pk for need in needs], timezone.localdate()
    teachers, offers = (_named(pks), _offered(pks)) if pks else ({}, {})
    return {
        need.pk: _waiting(need.number, need.created_at, teachers.get(need.pk, ()), offers.get(need.pk, ()), today)
        for need in needs
    }


def _waiting(
    number: int, since: datetime, teachers: Collection[Person], offers: Collection[Offer], today: date
) -> Waiting:
    asked = asked_by(offers)
    return Waiting(
        named=frozenset(pk for pk, _name in teachers),
        names=tuple(name for pk, name in teachers if pk not in asked),
        wanted=max(number - len(asked), 0),
        days=(today - local_day(since)).days,
        refusals=sum(not _still_counts(state, members, asked) for state, _consented, members in offers),
    )


def _still_counts(state: str, members: Iterable[Any], asked: set[int]) -> bool:
    return state not in ("declined", "ended") and any(person in asked for person, *_answer in members)


def _named(needs: list[int]) -> dict[int, list[Person]]:
    found: dict[int, list[Person]] = {}
    for need, person, *name in _teachers().all(needs=needs):
        found.setdefault(need, []).append((person, short_name(*name)))
    return found


def _offered(needs: list[int]) -> dict[int, list[Offer]]:
    found: dict[int, dict[int, Offer]] = {}
    for need, support, state, consented, *member in _offers_of().all(needs=needs):
        offer = found.setdefault(need, {}).setdefault(support, (state, consented, []))
        if member[0] is not None:
            offer[2].append((member[0], member[1], member[2]))
    return {need: list(offers.values()) for need, offers in found.items()}


@prepared
def _teachers() -> QuerySet[Any, Any]:
    rows = SupportNeed.teachers.through.objects.filter(supportneed__in=Numbers("needs"))
    columns = ("supportneed", "person", *(f"person__{part}" for part in NAME))
    return rows.order_by("person__sort_name", "person").values_list(*columns)


@prepared
def _offers_of() -> QuerySet[TutorSupport, Any]:
    rows = TutorSupport.objects.filter(need__in=Numbers("needs")).order_by("pk")
    member = ("members__person", "members__declined_at", "members__consented_at")
    return rows.values_list("need", "pk", "state", "tutor_consented_at", *member)
