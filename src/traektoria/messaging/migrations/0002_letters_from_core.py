"""Letters that waited in the room core go on waiting here."""

from typing import Any
from uuid import uuid4

from django.db import migrations

from traektoria.core.installation.first_tables import on_empty


@on_empty(False)
def move(apps: Any, _schema: Any) -> None:
    letters = apps.get_model("core", "Letter").objects.filter(done_at=None)
    message = apps.get_model("messaging", "Message")
    message.objects.bulk_create(
        message(
            address=row.to, kind=row.kind, fact=uuid4().hex, facts=row.facts, site=row.site,
            made_at=row.made_at, due_at=row.due_at, tries=row.tries,
        )
        for row in letters
    )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("messaging", "0001_initial"), ("core", "0001_initial")]
    operations = [migrations.RunPython(move, migrations.RunPython.noop)]
