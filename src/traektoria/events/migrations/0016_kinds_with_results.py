"""Whether results are written down after an event is said by its kind; of what is there it follows from the slug."""

from typing import Any

from django.db import migrations, models

from traektoria.core.installation.first_tables import on_empty


@on_empty(False)
def contests(apps: Any, editor: Any) -> None:
    apps.get_model("events", "Event").objects.filter(kind="contest").update(has_results=True)


class Migration(migrations.Migration):
    dependencies = [("events", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="event",
            name="has_results",
            field=models.BooleanField(default=False, verbose_name="results are written down after it"),
        ),
        migrations.RunPython(contests, migrations.RunPython.noop, elidable=True),
    ]
