"""A copy that the worker makes is made once of each asking."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("planning", "0010_lesson_calendars")]

    operations = [
        migrations.AddField(
            model_name="workplan",
            name="asked_by",
            field=models.UUIDField(editable=False, null=True, unique=True),
        ),
    ]
