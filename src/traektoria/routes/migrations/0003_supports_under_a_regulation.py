"""Supports of earlier installations run under the first regulation of their centre."""

from typing import Any

from django.db import migrations
from django.db.models import OuterRef, Subquery


def put_under(apps: Any, schema_editor: Any) -> None:
    first = apps.get_model("organisations", "Regulation").objects.filter(centre=OuterRef("centre")).order_by("number")
    supports = apps.get_model("routes", "TutorSupport").objects.filter(regulation=None)
    supports.update(regulation=Subquery(first.values("pk")[:1]))


class Migration(migrations.Migration):
    dependencies = [("routes", "0002_needs_and_regulation")]

    operations = [migrations.RunPython(put_under, migrations.RunPython.noop)]
