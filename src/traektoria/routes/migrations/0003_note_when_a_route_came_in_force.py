from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("routes", "0002_open_a_correction_beside_what_is_agreed")]

    operations = [
        migrations.AddField(
            model_name="learningroute",
            name="in_force_since",
            field=models.DateTimeField(blank=True, null=True, verbose_name="in force since"),
        ),
    ]
