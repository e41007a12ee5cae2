"""Recording and reading the audit trail. No personal data in ``facts``: identifiers, states, numbers."""

from typing import Any

from django.db import models

from traektoria.core.joined_rows import Joined, RowWriter
from traektoria.core.models import AuditEvent

_EVENTS = RowWriter(AuditEvent)
_TRAIL = Joined(AuditEvent)


def record(event: str, obj: models.Model, *, by: Any, centre_id: int | None = None, **facts: Any) -> AuditEvent:
    """Write one event about ``obj`` inside the caller's transaction.

    ``by`` is the acting ``people.Actor`` (anything with ``account_id``) or None for the system itself.
    """
    return _EVENTS.insert(unwritten(event, obj, by=by, centre_id=centre_id, **facts))


def unwritten(event: str, obj: models.Model, *, by: Any, centre_id: int | None = None, **facts: Any) -> AuditEvent:
    """The same event for ``core.journal``: where something is only read."""
    return AuditEvent(
        event=event,
        actor_id=getattr(by, "account_id", None),
        centre_id=centre_id if centre_id is not None else getattr(obj, "centre_id", None),
        object_kind=obj._meta.label_lower,
        object_id=obj.pk,
        facts=facts,
    )


def trail(obj: models.Model) -> models.QuerySet[AuditEvent]:
    """Everything that happened to ``obj``, oldest first."""
    return AuditEvent.objects.filter(object_kind=obj._meta.label_lower, object_id=obj.pk)


def events_of(obj: models.Model) -> list[AuditEvent]:
    """The same, read. One query."""
    return _TRAIL.find("t.object_kind = %s AND t.object_id = %s", obj._meta.label_lower, obj.pk, order="t.at, t.id")
