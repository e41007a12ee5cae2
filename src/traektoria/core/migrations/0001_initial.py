import uuid

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("core", "0002_errand"), ("core", "0003_letters_moved"), ("core", "0004_engagement")]

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Submission",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("mark", models.CharField(max_length=64, unique=True)),
                ("body", models.CharField(max_length=64)),
                ("status", models.PositiveSmallIntegerField(default=0)),
                ("location", models.TextField(blank=True)),
                ("at", models.DateTimeField(auto_now_add=True, db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name="TaskWorker",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=64, unique=True)),
                ("began_at", models.DateTimeField(auto_now_add=True)),
                ("seen_at", models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name="AuditEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="when")),
                ("event", models.CharField(max_length=80, verbose_name="event")),
                ("actor_id", models.BigIntegerField(null=True, verbose_name="account")),
                ("centre_id", models.BigIntegerField(null=True, verbose_name="centre")),
                ("object_kind", models.CharField(max_length=80, verbose_name="kind of object")),
                ("object_id", models.BigIntegerField(verbose_name="object")),
                ("facts", models.JSONField(default=dict, verbose_name="facts")),
            ],
            options={
                "ordering": ["at", "pk"],
                "indexes": [
                    models.Index(fields=["object_kind", "object_id", "at"], name="audit_by_object"),
                    models.Index(fields=["centre_id", "at"], name="audit_by_centre"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Engagement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("addressee", models.CharField(max_length=60)),
                ("person_id", models.BigIntegerField(null=True)),
                ("main", models.BooleanField(default=True)),
                ("kind", models.CharField(max_length=60)),
                ("object_kind", models.CharField(max_length=80)),
                ("object_id", models.CharField(max_length=40)),
                ("part", models.CharField(blank=True, default="", max_length=40)),
                ("centre_id", models.BigIntegerField(null=True)),
                ("about_id", models.BigIntegerField(null=True)),
                ("start", models.DateTimeField()),
                ("end", models.DateTimeField()),
                ("zone", models.CharField(blank=True, default="", max_length=40)),
                ("all_day", models.BooleanField(default=False)),
                ("open_end", models.BooleanField(default=False)),
                ("busy", models.BooleanField(default=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("fixed", "fixed"), ("tentative", "not confirmed yet"), ("cancelled", "will not be")],
                        default="fixed",
                        max_length=10,
                    ),
                ),
                (
                    "seen",
                    models.CharField(
                        choices=[
                            ("parties", "nobody else"),
                            ("school", "the heads of the person's school"),
                            ("centre", "everybody in the centre"),
                        ],
                        default="parties",
                        max_length=10,
                    ),
                ),
                ("series", models.CharField(blank=True, default="", max_length=80)),
                ("original", models.DateTimeField(null=True)),
                ("sequence", models.PositiveIntegerField(default=0)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("facts", models.JSONField(default=dict)),
            ],
            options={
                "ordering": ["start", "pk"],
                "indexes": [
                    models.Index(fields=["addressee", "end"], name="engaged_by_addressee"),
                    models.Index(fields=["centre_id", "main", "end"], name="engaged_by_centre"),
                    models.Index(fields=["object_kind", "object_id"], name="engaged_by_object"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("addressee", "kind", "object_kind", "object_id", "part"), name="engaged_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("end__gt", models.F("start"))), name="engagement_takes_time"
                    ),
                ],
            },
        ),
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
        migrations.CreateModel(
            name="Installation",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("key", models.CharField(max_length=32)),
                ("settled", models.BooleanField(default=False)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("pk", 1)), name="one_installation")],
            },
        ),
        migrations.CreateModel(
            name="Leaving",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("root", models.CharField(max_length=20)),
                ("name", models.CharField(max_length=255)),
                ("due_at", models.DateTimeField()),
                ("aside", models.BooleanField(default=False)),
            ],
            options={
                "ordering": ["due_at", "pk"],
                "constraints": [models.UniqueConstraint(fields=("root", "name"), name="leaving_once")],
            },
        ),
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
                ("not_for", models.CharField(blank=True, default="", max_length=60)),
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
