import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
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
            name="Letter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=60)),
                ("to", models.EmailField(max_length=254)),
                ("site", models.CharField(blank=True, max_length=200)),
                ("facts", models.JSONField(default=dict)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                ("due_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("done_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["pk"],
                "indexes": [
                    models.Index(condition=models.Q(("done_at", None)), fields=["due_at"], name="letters_waiting")
                ],
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
