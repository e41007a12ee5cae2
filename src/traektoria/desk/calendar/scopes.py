"""Whose calendar one may look at: one's own, a tutor's, a point's, a school's, a centre's; each by the word of
``addressees``."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core.engagements import ECHO
from traektoria.core.joined_rows import marks, rows_of
from traektoria.people import addressees
from traektoria.people.actor import Actor
from traektoria.people.enums import HEADS, Role
from traektoria.people.models import short_name

EVERYBODY_OF = (Role.COORDINATOR, Role.TUTOR)
"""Who sees when the tutors of their centre are free."""


_TUTORS: Final = """
SELECT DISTINCT p.sort_name, p.id, r.centre_id, p.surname, p.given, p.patronymic
FROM people_roleassignment r JOIN people_person p ON p.id = r.person_id
WHERE r.role = %s AND r.centre_id IN ({centres}) AND r.start <= %s AND (r."end" IS NULL OR r."end" >= %s)
ORDER BY p.sort_name, p.id
"""
_POINTS: Final = """
SELECT t.id, t.name FROM consultations_consultationpoint t
WHERE t.closed_on IS NULL AND ((t.centre_id IN ({centres}) AND t.published = %s) OR t.centre_id IN ({kept}))
ORDER BY t.name, t.id
"""
_SCHOOLS: Final = """
SELECT s.id, s.name FROM organisations_school s
WHERE EXISTS (
  SELECT 1 FROM organisations_tutorcentre c WHERE c.id IN ({centres})
  AND (c.school_id = s.id OR (c.school_id IS NULL AND c.municipality_id = s.municipality_id))
) OR s.id IN ({schools})
ORDER BY s.sort_name, s.id
"""


@dataclass(frozen=True)
class Scope:
    """``word`` as in the address, "" for one's own. ``names``: the lines say whose they are."""

    word: str
    label: str
    person_id: int | None = None
    school_id: int | None = None
    centre_id: int | None = None
    tutor_in: frozenset[int] = frozenset()

    @property
    def is_own(self) -> bool:
        return not self.word

    @property
    def names(self) -> bool:
        return self.school_id is not None or self.centre_id is not None

    def condition(self) -> tuple[str, list[Any]]:
        """SQL over ``core_engagement e``."""
        if self.school_id is not None:
            works = 'SELECT person_id FROM people_employment WHERE school_id = %s AND ("end" IS NULL OR "end" >= %s)'
            values = [addressees.place("school", self.school_id), self.school_id, timezone.localdate()]
            return f"(e.addressee = %s OR e.person_id IN ({works}))", values
        if self.centre_id is not None:
            return "e.centre_id = %s AND e.main", [self.centre_id]
        if self.is_own:
            return "e.addressee = %s AND e.part <> %s", [addressees.person(self.person_id or 0), ECHO]
        return "e.addressee = %s", [addressees.person(self.person_id or 0) if self.person_id else self.word]


def own(actor: Actor) -> Scope:
    return Scope("", _("My calendar"), person_id=actor.person_id)


@dataclass(frozen=True)
class ScopeGroup:
    """Of the choice: a heading and what stands under it."""

    label: str
    scopes: list[Scope]


def offered(actor: Actor) -> list[ScopeGroup]:
    """What the person may look at beside their own. At most four queries."""
    groups = [
        ScopeGroup(_("Weeks of a centre"), list(_centres(actor))),
        ScopeGroup(_("Tutors"), list(_tutors(actor))),
        ScopeGroup(_("Consultation points"), list(_points(actor))),
        ScopeGroup(_("Schools"), list(_schools(actor))),
    ]
    return [group for group in groups if group.scopes]


def chosen(word: str, actor: Actor, groups: list[ScopeGroup]) -> Scope:
    """What the address names. Raises ``Http404`` for what this person may not look at."""
    if not word or word == addressees.person(actor.person_id or 0):
        return own(actor)
    for group in groups:
        for scope in group.scopes:
            if scope.word == word:
                return scope
    raise Http404


def _centres(actor: Actor) -> Iterator[Scope]:
    for centre in sorted(actor.centres(*EVERYBODY_OF)):
        name = next(one.centre_name for one in actor.grants if one.centre_id == centre)
        yield Scope(addressees.place("centre", centre), name, centre_id=centre)


def _tutors(actor: Actor) -> Iterator[Scope]:
    centres = actor.centres(*EVERYBODY_OF)
    if not centres:
        return
    today = connection.ops.adapt_datefield_value(timezone.localdate())
    rows = rows_of(_TUTORS.format(centres=marks(centres)), Role.TUTOR, *sorted(centres), today, today)
    found: dict[int, tuple[list[str], set[int]]] = {}
    for _sort, pk, centre, *name in rows:
        found.setdefault(pk, (name, set()))[1].add(centre)
    for pk, (name, of) in found.items():
        yield Scope(addressees.person(pk), short_name(*name), person_id=pk, tutor_in=frozenset(of))


def _points(actor: Actor) -> Iterator[Scope]:
    """What is published in the person's centres; the coordinator's own ones all."""
    centres, kept = actor.centre_ids, actor.centres(Role.COORDINATOR)
    if centres:
        sql = _POINTS.format(centres=marks(centres), kept=marks(kept) or "NULL")
        for pk, name in rows_of(sql, *sorted(centres), True, *sorted(kept)):
            yield Scope(addressees.place("point", pk), name)


def _schools(actor: Actor) -> Iterator[Scope]:
    """Of the coordinator's centres, and those that the person heads."""
    centres, mine = actor.centres(Role.COORDINATOR), actor.schools(*HEADS)
    if centres or mine:
        sql = _SCHOOLS.format(centres=marks(centres) or "NULL", schools=marks(mine) or "NULL")
        for pk, name in rows_of(sql, *sorted(centres), *sorted(mine)):
            yield Scope(addressees.place("school", pk), name, school_id=pk)


def centre_of(scope: Scope, actor: Actor) -> int | None:
    """By whose calendar of the school year the days are shown."""
    return scope.centre_id or (actor.home.centre_id if actor.home else None)


def school_of(scope: Scope, actor: Actor) -> int | None:
    """Whose own holidays count."""
    return scope.school_id or (actor.home.school_id if actor.home and scope.is_own else None)
