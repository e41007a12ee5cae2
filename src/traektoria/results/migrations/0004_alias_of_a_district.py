from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0004_regulation_printed"),
        ("results", "0003_scale_taken_back"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="schoolalias",
            name="alias_once",
        ),
        migrations.AddField(
            model_name="schoolalias",
            name="municipality",
            field=models.CharField(blank=True, default="", max_length=200, verbose_name="municipality in the file"),
        ),
        migrations.AddConstraint(
            model_name="schoolalias",
            constraint=models.UniqueConstraint(fields=("centre", "code", "municipality"), name="alias_once_a_district"),
        ),
    ]
