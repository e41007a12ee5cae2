from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("events", "0012_tutorials")]

    operations = [
        migrations.AddField(
            model_name="selftask",
            name="edition",
            field=models.PositiveSmallIntegerField(default=1, editable=False),
        ),
    ]
