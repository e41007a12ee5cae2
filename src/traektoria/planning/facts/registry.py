"""What happens in other rooms and can count for items of a plan: each kind says which facts there are and of what day.

A room to the left registers its own kind here; those of rooms to the right are in ``kinds``. What is told of a
fact stands in plans that others read: no name of a teacher, no topic.
"""

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import models

from traektoria.core.registries import Registry


@dataclass(frozen=True)
class Fact:
    """``by`` is the person whose work it is, where it is one's: of a tutor's own plan only these count. ``form``: which
    kind of event it was; an item that names forms is offered only what is of one of them."""

    pk: int
    centre_id: int
    day: date
    what: str
    by: int | None = None
    form: str = ""


@dataclass(frozen=True)
class FactKind:
    """``stand(keys)`` gives those of the keys that stand: held, not withdrawn. ``between(centre, first, last)`` those
    of a centre in these days. ``words`` are what items say for which they are offered by themselves. ``url`` is their
    page, which decides itself who may read it. Each in one query."""

    slug: str
    order: int
    label: Any  # lazy string
    model: type[models.Model]
    stand: Callable[[Collection[int]], Iterable[Fact]]
    between: Callable[[int, date, date], Iterable[Fact]]
    words: re.Pattern[str]
    url: Callable[[int], str]


fact_kinds: Final[Registry[FactKind]] = Registry("facts for plans")


def kinds_meant(content: str) -> str:
    """For which kinds of facts an item waits, by its words; as ``PlanItem.counted`` keeps them."""
    return counted_as(kind.slug for kind in fact_kinds if kind.words.search(content.lower()))


def counted_as(slugs: Iterable[str]) -> str:
    """« hours campaigns », so that « hours » is found in it."""
    found = [slug for slug in slugs if slug]
    return f" {' '.join(found)} " if found else ""
