import uuid

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Errand",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("mark", models.CharField(max_length=64, unique=True)),
                ("kind", models.CharField(max_length=60)),
                ("account_id", models.BigIntegerField(db_index=True)),
                ("person_id", models.BigIntegerField(null=True)),
                ("centre_id", models.BigIntegerField(null=True)),
                ("facts", models.JSONField(default=dict)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "waits for its turn"),
                            ("running", "is being done"),
                            ("done", "done"),
                            ("failed", "did not work"),
                        ],
                        default="asked",
                        max_length=10,
                    ),
                ),
                ("attempt", models.PositiveIntegerField(default=0)),
                ("done", models.PositiveIntegerField(default=0)),
                ("total", models.PositiveIntegerField(default=0)),
                ("said", models.TextField(blank=True, default="")),
                ("url", models.CharField(blank=True, default="", max_length=500)),
                ("asks", models.BooleanField(default=False)),
                ("file", models.CharField(blank=True, default="", max_length=40)),
                ("file_name", models.CharField(blank=True, default="", max_length=200)),
                ("content_type", models.CharField(blank=True, default="", max_length=100)),
                ("rows", models.PositiveIntegerField(null=True)),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("began_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("seen_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["-asked_at"],
                "indexes": [models.Index(fields=["ended_at"], name="errands_ended")],
            },
        ),
    ]
