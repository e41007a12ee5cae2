"""Gives the demo a past: what the scenes did within seconds is laid over the weeks of each support, in order."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import models
from django.utils import timezone

from traektoria.core.models import AuditEvent
from traektoria.diagnostics.models import Hypothesis
from traektoria.results.models import Dataset
from traektoria.routes.models import (
    Agreement,
    ItemComment,
    ItemEvidence,
    LearningRequest,
    LearningRoute,
    ReflectionEntry,
    RouteItem,
    RouteVersion,
    SupportMember,
    TutorSupport,
)

IMPORTED_DAYS_AGO = 170
WORKING_MINUTES = 8 * 60
MORNING = time(9)
Dated = tuple[models.Model, str]


def lay_history(today: date) -> None:
    """Move the moments of every support into its period, those of the results to spring. A few statements a support."""
    imported = _moment(today - timedelta(days=IMPORTED_DAYS_AGO), 0)
    Dataset.objects.update(imported_at=imported)
    Hypothesis.objects.update(created_at=imported + timedelta(hours=1))
    AuditEvent.objects.filter(object_kind=Dataset._meta.label_lower).update(at=imported)
    for support in TutorSupport.objects.all():
        _lay(list(_dated(support)), min(support.start, today - timedelta(days=4)), min(support.end, today))


def _dated(support: TutorSupport) -> Iterator[Dated]:
    """Every moment of a support: (row, field)."""
    routes, items = LearningRoute.objects.filter(support=support), RouteItem.objects.filter(route__support=support)
    versions = RouteVersion.objects.filter(route__support=support)
    hypotheses = Hypothesis.objects.filter(person__supports_received__support=support, decided_at__isnull=False)
    sources: list[tuple[models.QuerySet[Any], tuple[str, ...]]] = [
        (TutorSupport.objects.filter(pk=support.pk), ("created_at", "tutor_consented_at")),
        (SupportMember.objects.filter(support=support), ("consented_at", "declined_at")),
        (LearningRequest.objects.filter(support=support), ("created_at",)),
        (hypotheses, ("decided_at",)),
        (routes, ("in_force_since", "closed_at")),
        (items, ("done_at",)),
        (ItemEvidence.objects.filter(item__in=items), ("created_at",)),
        (ItemComment.objects.filter(item__in=items), ("created_at",)),
        (versions, ("created_at",)),
        (Agreement.objects.filter(version__in=versions), ("created_at",)),
        (ReflectionEntry.objects.filter(route__in=routes), ("created_at", "shared_at")),
    ]
    for rows, fields in sources:
        for row in rows:
            yield from ((row, field) for field in fields if getattr(row, field) is not None)
    for kind, ids in (
        (TutorSupport, [support.pk]),
        (LearningRoute, routes),
        (RouteItem, items),
        (Hypothesis, hypotheses),
    ):
        trail = AuditEvent.objects.filter(object_kind=kind._meta.label_lower)
        pks = ids if isinstance(ids, list) else list(ids.values_list("pk", flat=True))
        yield from ((event, "at") for event in trail.filter(object_id__in=pks))


def _lay(dated: list[Dated], start: date, end: date) -> None:
    """Spread the acts evenly over the working hours from ``start`` up to (not with) ``end``, keeping their order."""
    dated.sort(key=lambda one: getattr(one[0], one[1]))
    minutes = max((end - start).days, 1) * WORKING_MINUTES
    changed: dict[tuple[type[models.Model], str], list[models.Model]] = defaultdict(list)
    acts = _acts(dated)
    for (row, field), act in zip(dated, acts, strict=True):
        days, minute = divmod(minutes * act // (acts[-1] + 1), WORKING_MINUTES)
        setattr(row, field, _moment(start + timedelta(days=days), minute))
        changed[type(row), field].append(row)
    for (kind, field), rows in changed.items():
        kind._default_manager.bulk_update(rows, [field], batch_size=200)


def _acts(dated: list[Dated]) -> list[int]:
    """The number of the act that each moment belongs to: an act writes its rows, then its audit events."""
    acts: list[int] = []
    seen: set[tuple[type[models.Model], str]] = set()
    recorded = False
    for row, field in dated:
        is_event, kind = isinstance(row, AuditEvent), (type(row), field)
        begins = bool(acts) and ((recorded and not is_event) or kind in seen)
        if begins:
            seen.clear()
        acts.append(acts[-1] + begins if acts else 0)
        seen.add(kind)
        recorded = is_event
    return acts


def _moment(day: date, minute: int) -> datetime:
    return timezone.make_aware(datetime.combine(day, MORNING) + timedelta(minutes=minute))
