import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("consultations", "0007_series")]

    operations = [
        migrations.AddField(
            model_name="waitingwish",
            name="served_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="served",
                to="consultations.booking",
            ),
        ),
        migrations.AlterField(
            model_name="queueline",
            name="said",
            field=models.CharField(
                choices=[
                    ("too_near", "not offered to anybody: it begins too soon"),
                    ("closed", "not offered to anybody: it does not take place"),
                    ("nobody", "nobody else waits for such an hour"),
                    ("offered", "offered"),
                    ("taken", "taken"),
                    ("passed", "given back, goes to the end of the list"),
                    ("lapsed", "no answer in time, goes to the end of the list"),
                    ("has_place", "not offered: has a place there"),
                    ("had_it", "not offered: let this hour pass or gave it back"),
                    ("busy", "not offered: has something else then"),
                    ("decides", "not offered: decides on another offer"),
                    ("limit", "not offered: has as many bookings as a month allows"),
                    ("own", "not offered: receives there"),
                    ("gone", "not offered: is no teacher of the centre now"),
                ],
                max_length=12,
                verbose_name="what was decided",
            ),
        ),
    ]
