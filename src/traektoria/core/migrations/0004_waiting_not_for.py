from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0003_waiting"),
    ]

    operations = [
        migrations.RemoveField(model_name="waiting", name="not_for"),
        migrations.AddField(
            model_name="waiting",
            name="not_for",
            field=models.CharField(blank=True, default="", max_length=60),
        ),
    ]
