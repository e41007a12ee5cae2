"""Centres of earlier installations get the preset as their first regulation, with who agreed routes until now."""

from typing import Any

from django.db import migrations
from django.utils import timezone


def adopt(apps: Any, schema_editor: Any) -> None:
    from traektoria.organisations.regulations.reading import content_of, preset

    regulation = apps.get_model("organisations", "Regulation")
    for centre in apps.get_model("organisations", "TutorCentre").objects.filter(regulations=None):
        name = "balta" if centre.school_id else "yamal"
        content = content_of(preset(name))
        content["support"]["agreed_by"] = ["teacher", "tutor", *(["head"] if centre.head_agrees_routes else [])]
        regulation.objects.create(
            centre=centre,
            number=1,
            state="approved",
            preset=name,
            content=content,
            start=timezone.localdate(),
            approved_at=timezone.now(),
        )


class Migration(migrations.Migration):
    dependencies = [("organisations", "0002_regulation")]

    operations = [migrations.RunPython(adopt, migrations.RunPython.noop)]
