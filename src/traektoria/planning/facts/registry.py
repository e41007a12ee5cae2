"""What happens in other rooms and can count for items of a plan: each kind says which facts there are and of what day.

A room to the left registers its own kind here; those of rooms to the right are in ``kinds``. What is told of a
fact stands in plans that others read: no name of a teacher, no topic.
"""

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.db import models
from django.urls import reverse
from django.utils import timezone

from traektoria.core.registries import Registry

ONE_DAY: Final = timedelta(days=1)


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
    """``told(rows)`` gives those rows of ``model`` that stand: held, not withdrawn; in one query. ``when`` is the
    column of their moment or day, ``centre`` that of their centre. ``words`` are what items say for which they are
    offered by themselves. ``page`` names their address, where it is decided who may read it."""

    slug: str
    order: int
    label: Any  # lazy string
    model: type[models.Model]
    told: Callable[[Any], Iterable[Fact]]
    when: str
    words: re.Pattern[str]
    page: str
    centre: str = "centre"

    def stand(self, keys: Collection[int]) -> Iterable[Fact]:
        """Those of the keys that stand. One query."""
        return self.told(self.model._default_manager.filter(pk__in=keys))

    def between(self, centre: int, first: date, last: date) -> Iterable[Fact]:
        """Those of a centre in these days, by the clock that each goes by. One query."""
        days: dict[str, Any] = {f"{self.when}__range": (first, last)}
        if isinstance(self.model._meta.get_field(self.when), models.DateTimeField):
            days = _around(self.when, first, last)
        rows = self.model._default_manager.filter(**{self.centre: centre}, **days)
        return (fact for fact in self.told(rows) if first <= fact.day <= last)

    def url(self, pk: int) -> str:
        return reverse(self.page, args=[pk])


def _around(moment: str, first: date, last: date) -> dict[str, Any]:
    """A day wider on both sides, for whatever zone; the days themselves are asked of each fact."""
    start, end = datetime.combine(first - ONE_DAY, time()), datetime.combine(last + 2 * ONE_DAY, time())
    return {f"{moment}__gte": timezone.make_aware(start), f"{moment}__lt": timezone.make_aware(end)}


fact_kinds: Final[Registry[FactKind]] = Registry("facts for plans")


def kinds_meant(content: str) -> str:
    """For which kinds of facts an item waits, by its words; as ``PlanItem.counted`` keeps them."""
    return counted_as(kind.slug for kind in fact_kinds if kind.words.search(content.lower()))


def counted_as(slugs: Iterable[str]) -> str:
    """« hours campaigns », so that « hours » is found in it."""
    found = [slug for slug in slugs if slug]
    return f" {' '.join(found)} " if found else ""
