from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0002_consents_and_commission_members")]

    operations = [
        migrations.AlterField(
            model_name="accessrecord",
            name="purpose",
            field=models.CharField(
                choices=[
                    ("analysis", "analysis of results"),
                    ("support", "tutor support"),
                    ("own", "own data"),
                    ("card", "card of the route"),
                    ("export", "export"),
                    ("staff", "keeping the staff list"),
                    ("status", "deciding on the status of a tutor"),
                ],
                max_length=12,
                verbose_name="purpose",
            ),
        ),
    ]
