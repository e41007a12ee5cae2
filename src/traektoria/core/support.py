"""What the room that keeps supports tells the rooms below: whose tutor somebody is, how many teachers a tutor has, what
comes after the problem field, what is settled at a farewell."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from traektoria.core.registries import Registry


@dataclass(frozen=True)
class Tutees:
    """Who supports whom, where and in what: told by the room that keeps supports to those that keep what a tutor sees.

    All is of supports that go on now with the consent of both sides. ``ids(actor)`` gives the ids of persons whom the
    actor supports; ``covers(actor, person, centre, subject)`` is the condition that a row with these fields is of such
    a person in the centre and the subject of the support. Both stand inside another
    query and cost none of their own.
    ``held(actor, person_id)`` gives the centres and subjects in which the actor supports one person; one query.
    """

    slug: str
    order: int
    ids: Callable[[Any], Any]
    covers: Callable[[Any, str, str, str], Any]
    held: Callable[[Any, int], Iterable[tuple[int, str]]]


@dataclass(frozen=True)
class Step:
    """One sentence and one button."""

    sentence: str
    action: str
    url: str


@dataclass(frozen=True)
class AfterField:
    """What a teacher does next when the problem field is answered: ``of(person_id)``; two queries at most."""

    slug: str
    order: int
    of: Callable[[int], Step | None]


@dataclass(frozen=True)
class Farewell:
    """What a room settles when a person lost a role, was suspended as a tutor or left a place of work: whatever waited
    for them waits no longer.

    ``settle(person_id, by)`` runs in the transaction of the act that took the right away, ``by`` None for the system.
    """

    slug: str
    order: int
    settle: Callable[[int, Any], None]


@dataclass(frozen=True)
class TutorLoads:
    """How many teachers each tutor has: told by the room that keeps supports to the room that keeps profiles.

    ``of(centre_id, person_ids)`` gives the number of teachers, provisional and supported now, by the tutor's id; those
    without any may be left out. A bounded number of queries.
    """

    slug: str
    order: int
    of: Callable[[int, Iterable[int]], dict[int, int]]


tutees: Registry[Tutees] = Registry("tutees")
after_field: Registry[AfterField] = Registry("after the problem field")
farewells: Registry[Farewell] = Registry("farewells")
tutor_loads: Registry[TutorLoads] = Registry("tutor loads")
