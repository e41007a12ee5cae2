"""The two sides of a support: a row for the tutor names the teacher or the group, a row for a teacher the tutor."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Any

from django.utils import timezone

from traektoria.core.registries import Wait, Waited
from traektoria.organisations import zones
from traektoria.people import addressees
from traektoria.people.enums import Role
from traektoria.routes.tutees.models import TutorSupport

NEEDED = ("centre__municipality", "members")
"""What ``Sides`` reads of a support; the first is joined, the second prefetched."""


@dataclass(frozen=True)
class Sides:
    """Of one support, whose ``members`` and municipality are loaded."""

    support: TutorSupport

    @property
    def consented(self) -> list[int]:
        return [one.person_id for one in self.support.members.all() if one.consented_at]

    def for_tutor(self, kind: str, obj: Any, facts: dict[str, Any] | None = None, **days: Any) -> Wait:
        """For the tutor, as long as they are a tutor of the centre."""
        support = self.support
        to = addressees.holder(Role.TUTOR, support.centre_id, support.tutor_id)
        return self.for_others(kind, obj, to, facts, **days)

    def for_others(self, kind: str, obj: Any, to: str, facts: dict[str, Any] | None = None, **days: Any) -> Wait:
        """For whoever is told of the teacher or the group."""
        support = self.support
        group = {"group": support.name} if support.is_group else {}
        members = [] if support.is_group else support.members.all()
        about = next((one.person_id for one in members), None)
        return Wait(kind, to, obj, support.centre_id, about, facts={**(facts or {}), **group}, **days)

    def for_teacher(
        self, person_id: int, kind: str, obj: Any, facts: dict[str, Any] | None = None, **days: Any
    ) -> Wait:
        support, to = self.support, addressees.person(person_id)
        return Wait(kind, to, obj, support.centre_id, support.tutor_id, facts=facts or {}, **days)

    def for_both(
        self, kind: str, obj: Any, facts: dict[str, Any] | None = None, but: Collection[int] = (), **days: Any
    ) -> Iterator[Wait]:
        """For the tutor and every teacher who consented, ``but`` for some."""
        if self.support.tutor_id not in but:
            yield self.for_tutor(kind, obj, facts, **days)
        for person_id in self.consented:
            if person_id not in but:
                yield self.for_teacher(person_id, kind, obj, facts, **days)

    def day(self, moment: datetime) -> date:
        """The day of the centre."""
        return timezone.localdate(moment, self._zone)

    @property
    def _zone(self) -> tzinfo:
        return zones.zone(self.support.centre.municipality.time_zone)


def other_side(row: Waited) -> str:
    """Whom a row made by ``Sides`` names."""
    return str(row.facts.get("group") or row.name)
