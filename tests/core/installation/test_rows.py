"""Rows as lines: whatever a column holds comes back as it was, though a page would show less of it."""

import json
from typing import Any

import pytest
from django.db import connection

from traektoria.core.installation import rows
from traektoria.core.models import AuditEvent
from traektoria.messaging.models import Message

pytestmark = pytest.mark.django_db
FACTS: list[Any] = [{}, {"a": [1, None, "ё\u2028\n"]}, ["not", "a dict"], "text", None, 1.5]


@pytest.mark.parametrize("facts", FACTS)
def test_json_of_any_shape_comes_back(facts: Any) -> None:
    made = AuditEvent.objects.create(event="e", object_kind="k", object_id=1)
    with connection.cursor() as cursor:
        to = "%s::jsonb" if connection.vendor == "postgresql" else "%s"
        cursor.execute(f"UPDATE core_auditevent SET facts = {to}", [json.dumps(facts)])  # noqa: S608 - our own words
    names = [column.attname for column in rows.columns_of(AuditEvent)]
    told = list(rows.lines_of(AuditEvent, "default"))
    AuditEvent.objects.all().delete()
    assert sum(rows.load(AuditEvent, names, told, connection)) == 1
    assert list(rows.lines_of(AuditEvent, "default")) == told
    assert AuditEvent.objects.get().at == made.at
    with connection.cursor() as cursor:
        cursor.execute("SELECT CAST(facts AS text) FROM core_auditevent")
        assert json.loads(cursor.fetchone()[0]) == facts


def test_nothing_is_computed_anew() -> None:
    """Not even moments that fields set by themselves."""
    Message.objects.create(kind="k", fact="1", address="a@example.org")
    Message.objects.update(made_at="2020-01-02T03:04:05.123456Z")
    names = [column.attname for column in rows.columns_of(Message)]
    told = list(rows.lines_of(Message, "default"))
    Message.objects.all().delete()
    list(rows.load(Message, names, told, connection))
    assert "2020-01-02T03:04:05.123456" in Message.objects.get().made_at.isoformat()
