"""How many teachers a tutor can take at once, how many there are, and when a place becomes free."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet
from django.utils import timezone

from traektoria.core.prepared_statements import Given, Numbers, prepared
from traektoria.organisations.queries import regulation_in_force
from traektoria.organisations.regulations.contents import rules_of
from traektoria.routes.tutees.enums import SupportState
from traektoria.routes.tutees.models import SupportMember
from traektoria.tutors.models import TutorProfile
from traektoria.tutors.profiles.policies import places

OPEN = (SupportState.PROPOSED, SupportState.ACTIVE)


@dataclass(frozen=True)
class Places:
    """Places of one tutor in one centre; ``taken`` counts teachers who are asked and those who are supported."""

    total: int
    taken: int

    @property
    def free(self) -> int:
        return self.total - self.taken if self.total > self.taken else 0

    @property
    def too_many(self) -> int:
        """By how many teachers the load is over the capacity: it was lowered after they came."""
        return max(self.taken - self.total, 0)


def places_of(centre_id: int, tutor_ids: Iterable[int]) -> dict[int, Places]:
    """Places of each of these tutors in the centre. Three queries whatever their number."""
    ids = list(tutor_ids)
    rules = rules_of(regulation_in_force(centre_id)).support
    columns = _offered().all(centre=centre_id, people=ids) if ids else []
    totals = {person: places(at_once, hours, rules) for person, at_once, hours in columns}
    taken = loads(centre_id, ids)
    return {pk: Places(totals.get(pk, rules.teachers_at_once), taken.get(pk, 0)) for pk in ids}


def loads(centre_id: int, tutor_ids: Iterable[int]) -> dict[int, int]:
    """Teachers of each tutor who has any, each counted once (registered as ``TutorLoads``). One query."""
    ids = list(tutor_ids)
    return dict(_taken().all(centre=centre_id, people=ids)) if ids else {}


def teachers_now(centre_id: int, tutor_id: int) -> set[int]:
    """Ids of the teachers who hold a place of the tutor: asked or supported, and not declined."""
    return set(_seats(centre_id).filter(support__tutor=tutor_id).values_list("person_id", flat=True))


def next_free_day(centre_id: int, tutor_id: int) -> date | None:
    """The nearest end, still to come, of the period of a support that holds places; None where none is known."""
    held = _seats(centre_id).filter(support__tutor=tutor_id, support__end__gte=timezone.localdate())
    held = held.order_by("support__end")
    return held.values_list("support__end", flat=True).first()


@prepared
def _offered() -> QuerySet[TutorProfile, Any]:
    profiles = TutorProfile.objects.filter(centre=Given("centre"), person__in=Numbers("people")).order_by()
    return profiles.values_list("person_id", "teachers_at_once", "hours_a_month")


@prepared
def _taken() -> QuerySet[SupportMember, Any]:
    rows = _seats(Given("centre")).filter(support__tutor__in=Numbers("people")).order_by()
    counted = rows.values("support__tutor").annotate(teachers=Count("person", distinct=True))
    return counted.values_list("support__tutor", "teachers")


def _seats(centre_id: int | Given) -> QuerySet[SupportMember]:
    return SupportMember.objects.filter(support__centre=centre_id, support__state__in=OPEN, declined_at__isnull=True)
