import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0002_task_worker"),
    ]

    operations = [
        migrations.CreateModel(
            name="Waiting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("addressee", models.CharField(max_length=60)),
                ("kind", models.CharField(max_length=60)),
                ("object_kind", models.CharField(max_length=80)),
                ("object_id", models.CharField(max_length=40)),
                ("centre_id", models.BigIntegerField(null=True)),
                ("about_id", models.BigIntegerField(null=True)),
                ("not_for", models.BigIntegerField(null=True)),
                ("facts", models.JSONField(default=dict)),
                ("due", models.DateField(null=True)),
                ("since", models.DateTimeField(default=django.utils.timezone.now)),
                ("shows_from", models.DateField(null=True)),
                ("shows_until", models.DateField(null=True)),
            ],
            options={
                "ordering": ["pk"],
                "indexes": [models.Index(fields=["object_kind", "object_id"], name="waiting_by_object")],
                "constraints": [
                    models.UniqueConstraint(fields=("addressee", "kind", "object_kind", "object_id"), name="waits_once")
                ],
            },
        ),
    ]
