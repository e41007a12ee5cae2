from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tutors", "0002_orders")]

    operations = [
        migrations.AddField(
            model_name="application",
            name="admission_note",
            field=models.TextField(blank=True, default="", verbose_name="why admitted although criteria are not met"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="application",
            name="appealed_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="appealed"),
        ),
    ]
