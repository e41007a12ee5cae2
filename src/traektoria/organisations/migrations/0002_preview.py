from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="importdraft",
            name="preview",
            field=models.JSONField(default=dict),
        ),
    ]
