"""Lays what a scene has just done back to the days when it would have been done."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import F
from django.utils import timezone

from traektoria.core.models import AuditEvent

JUST_NOW = timedelta(hours=12)


def days_since(moment: datetime) -> float:
    """So many days and parts of a day ago it was."""
    return (timezone.now() - moment) / timedelta(days=1)


def lay_back(row: models.Model, days: float) -> None:
    """Move the moments of ``row`` and of its audit trail that are of today ``days`` back, and read it again.

    What was moved before stays, so that a row lives through several days: act, lay back, act, lay back less.
    """
    kind = type(row)
    lay_rows_back(kind._default_manager.filter(pk=row.pk), days)
    row.refresh_from_db(fields=_moments(kind))


def lay_rows_back(rows: models.QuerySet[Any], days: float) -> None:
    """The same for many rows of one kind."""
    trail = AuditEvent.objects.filter(
        object_kind=rows.model._meta.label_lower, object_id__in=list(rows.values_list("pk", flat=True))
    )
    for name in _moments(rows.model):
        _move(rows, name, days)
    _move(trail, "at", days)


def _moments(kind: type[models.Model]) -> list[str]:
    return [one.name for one in kind._meta.get_fields() if isinstance(one, models.DateTimeField)]


def _move(rows: models.QuerySet[Any], name: str, days: float) -> None:
    fresh = rows.filter(**{f"{name}__gte": timezone.now() - JUST_NOW})
    fresh.update(**{name: F(name) - timedelta(days=days)})


def last_day(today: date, month: int, day: int, *, before: int) -> date:
    """The last such day of a year that lies at least ``before`` days before ``today``."""
    edge = today - timedelta(days=before)
    this_year = date(edge.year, month, day)
    return this_year if this_year <= edge else date(edge.year - 1, month, day)
