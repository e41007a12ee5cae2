from typing import Any

from django.db import migrations, models

from traektoria.core.installation.first_tables import on_empty


@on_empty(False)
def as_their_hours(apps: Any, _editor: Any) -> None:
    """Dates that were made before have the topic and the places of their Hour."""
    for hour in apps.get_model("consultations", "HelpHour").objects.all():
        hour.dates.update(topic=hour.topic, places=hour.places)


class Migration(migrations.Migration):
    dependencies = [("consultations", "0006_request_files_and_absences")]

    operations = [
        migrations.AddField(
            model_name="helpdate",
            name="original",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="by the rule as it was"),
        ),
        migrations.AddField(
            model_name="helpdate",
            name="places",
            field=models.PositiveSmallIntegerField(default=1, verbose_name="places in a meeting"),
        ),
        migrations.AddField(
            model_name="helpdate",
            name="topic",
            field=models.CharField(blank=True, max_length=200, verbose_name="topic"),
        ),
        migrations.AlterField(
            model_name="helpdatechange",
            name="kind",
            field=models.CharField(
                choices=[
                    ("dropped", "dropped"),
                    ("rest", "the rest dropped"),
                    ("moved", "moved"),
                    ("restored", "takes place after all"),
                    ("edited", "changed"),
                    ("tutors", "another tutor"),
                ],
                max_length=10,
                verbose_name="what was done",
            ),
        ),
        migrations.RunPython(as_their_hours, migrations.RunPython.noop),
    ]
