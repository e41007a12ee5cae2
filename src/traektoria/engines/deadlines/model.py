"""A deadline as it is said: dates, what returns, what leans on something else, and several of them."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from traektoria.engines.deadlines.date_relations import At, Between, Continuous, Limited, Since, Until
from traektoria.engines.deadlines.kinds import Kind
from traektoria.engines.deadlines.places import Edge, Place, Unit
from traektoria.engines.deadlines.rhythm_model import Recurring, Span


@dataclass(frozen=True, slots=True)
class Open:
    """«Постоянно», «систематически»: no dates, no end."""

    word: str
    kind: ClassVar[Kind] = Kind.OPEN


class Relation(StrEnum):
    WITHIN_AFTER = "within_after"
    """In the course of so many days from the event on."""
    AT_AFTER = "at_after"
    """So many days after it."""
    AFTER = "after"
    BEFORE = "before"
    ON = "on"
    """«В день …»."""
    AT_BEFORE = "at_before"
    """So many days before it."""
    AT_LEAST_BEFORE = "at_least_before"
    """So many days before it or earlier."""
    NOT_EARLIER_BEFORE = "not_earlier_before"
    """At most so many days before it."""
    ON_RESULTS = "on_results"
    """«По итогам»: after it, with what it brought."""


@dataclass(frozen=True, slots=True)
class NamedEvent:
    """Something that has no date in any calendar we know; as written. ``before``: «перед», «к» if it is not «до»."""

    name: str
    before: str = ""


@dataclass(frozen=True, slots=True)
class EachUnit:
    """Every quarter, every month …: something comes before or after each of them, or its beginning or end."""

    unit: Unit
    edge: Edge | None = None


Event = Place | NamedEvent | EachUnit


@dataclass(frozen=True, slots=True)
class Relative:
    """``span`` is None for «после …» without a number, ``event`` for «в течение 10 дней» since nobody knows when."""

    relation: Relation
    span: Span | None
    event: Event | None
    kind: ClassVar[Kind] = Kind.RELATIVE


@dataclass(frozen=True, slots=True)
class OnRequest:
    """When somebody asks or need arises: ``basis`` as written («по запросу ОО», «при необходимости»)."""

    basis: str
    kind: ClassVar[Kind] = Kind.ON_REQUEST


@dataclass(frozen=True, slots=True)
class ByPlan:
    """The dates stand in another paper: «по отдельному графику»."""

    paper: str
    kind: ClassVar[Kind] = Kind.BY_PLAN


Simple = At | Until | Since | Between | Continuous | Limited | Open | Recurring | Relative | OnRequest | ByPlan


@dataclass(frozen=True, slots=True)
class Compound:
    """Several at once (``either``: a choice); ``then`` is what follows the last of them («далее ежеквартально»)."""

    parts: tuple[Simple, ...]
    either: bool = False
    then: Simple | None = None
    kind: ClassVar[Kind] = Kind.COMPOUND


Deadline = Simple | Compound
