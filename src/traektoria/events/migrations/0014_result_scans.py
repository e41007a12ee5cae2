from typing import Any

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F

from traektoria.core.installation.first_tables import on_empty


@on_empty(False)
def scans_count_for_who_wrote(apps: Any, _editor: Any) -> None:
    """Until now who wrote a result down was who had brought its scan."""
    apps.get_model("events", "ContestResult").objects.exclude(file="").update(file_by=F("by"))


class Migration(migrations.Migration):
    dependencies = [("events", "0013_task_edition")]

    operations = [
        migrations.AddField(
            model_name="contestresult",
            name="file_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.person",
            ),
        ),
        migrations.RunPython(scans_count_for_who_wrote, migrations.RunPython.noop),
    ]
