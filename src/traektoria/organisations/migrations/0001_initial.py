import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("organisations", "0002_preview"), ("organisations", "0003_official_lists")]

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Region",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=3, unique=True, verbose_name="code")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
            ],
            options={
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="SchoolYear",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("start_year", models.PositiveSmallIntegerField(unique=True, verbose_name="starts in")),
            ],
            options={
                "ordering": ["-start_year"],
            },
        ),
        migrations.CreateModel(
            name="Municipality",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(blank=True, max_length=20, verbose_name="FIS OKO code")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("time_zone", models.CharField(blank=True, max_length=40, verbose_name="time zone")),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="municipalities",
                        to="organisations.region",
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
                "constraints": [
                    models.UniqueConstraint(fields=("region", "name"), name="municipality_name_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("code", ""), _negated=True), fields=("code",), name="municipality_code_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="School",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digits", models.CharField(max_length=12, unique=True, verbose_name="FIS OKO digits")),
                ("name", models.CharField(max_length=200, verbose_name="short name")),
                ("full_name", models.CharField(blank=True, max_length=500, verbose_name="full name")),
                ("sort_name", models.CharField(db_index=True, editable=False, max_length=220)),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="schools",
                        to="organisations.municipality",
                    ),
                ),
            ],
            options={
                "ordering": ["sort_name"],
                "constraints": [models.UniqueConstraint(fields=("municipality", "name"), name="school_name_once")],
            },
        ),
        migrations.CreateModel(
            name="TutorCentre",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("full_name", models.CharField(blank=True, max_length=500, verbose_name="full name")),
                ("founder", models.CharField(blank=True, max_length=300, verbose_name="founder")),
                (
                    "base_school",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="based_centres",
                        to="organisations.school",
                        verbose_name="school that the centre was created at",
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="centres",
                        to="organisations.municipality",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="own_centres",
                        to="organisations.school",
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
                "constraints": [models.UniqueConstraint(fields=("municipality", "name"), name="centre_name_once")],
            },
        ),
        migrations.CreateModel(
            name="Regulation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(verbose_name="version")),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "draft"), ("approved", "approved")],
                        default="draft",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("preset", models.CharField(max_length=40, verbose_name="made from the preset")),
                ("content", models.JSONField(verbose_name="content")),
                ("start", models.DateField(blank=True, null=True, verbose_name="in force from")),
                ("basis", models.CharField(blank=True, max_length=300, verbose_name="approved by")),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="what changed and why")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="approved")),
                ("approved_by_id", models.BigIntegerField(null=True)),
                ("printed", models.JSONField(blank=True, default=dict, editable=False)),
                (
                    "centre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="regulations",
                        to="organisations.tutorcentre",
                    ),
                ),
            ],
            options={
                "verbose_name": "regulation",
                "ordering": ["-number"],
                "constraints": [
                    models.UniqueConstraint(fields=("centre", "number"), name="regulation_version_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "draft")), fields=("centre",), name="one_draft_of_a_regulation"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("approved_at__isnull", False), ("start__isnull", False), ("state", "approved")),
                            models.Q(("approved_at__isnull", True), ("start__isnull", True), ("state", "draft")),
                            _connector="OR",
                        ),
                        name="approved_regulation_is_dated",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ImportDraft",
            fields=[
                ("token", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("account_id", models.BigIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[("schools", "schools"), ("staff", "staff"), ("lists", "official lists of schools")],
                        max_length=10,
                    ),
                ),
                ("file_name", models.CharField(max_length=200, verbose_name="file")),
                ("sheet", models.CharField(max_length=100, verbose_name="sheet")),
                ("columns", models.JSONField(default=dict)),
                ("ignored", models.JSONField(default=list)),
                ("rows", models.JSONField(default=list)),
                ("preview", models.JSONField(default=dict)),
                ("outcome", models.JSONField(default=dict)),
                ("about", models.JSONField(default=dict)),
                ("position", models.PositiveIntegerField(default=0)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("written_at", models.DateTimeField(null=True)),
                (
                    "centre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="organisations.tutorcentre"
                    ),
                ),
            ],
            options={
                "ordering": ["-created_at"],
            },
        ),
        migrations.CreateModel(
            name="ColumnMeaning",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("table", models.CharField(max_length=10)),
                ("heading", models.CharField(max_length=200, verbose_name="heading")),
                ("meaning", models.CharField(blank=True, max_length=40, verbose_name="meaning")),
                (
                    "centre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="organisations.tutorcentre"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("centre", "table", "heading"), name="one_meaning_of_a_heading")
                ],
            },
        ),
        migrations.CreateModel(
            name="CalendarPeriod",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("year", "school year"),
                            ("quarter", "quarter"),
                            ("trimester", "trimester"),
                            ("holidays", "holidays"),
                            ("exams", "exams"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                ("start", models.DateField(verbose_name="from")),
                ("end", models.DateField(verbose_name="to")),
                ("source", models.CharField(blank=True, max_length=300, verbose_name="source")),
                ("confirmed", models.BooleanField(default=False, verbose_name="confirmed")),
                (
                    "school",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="periods",
                        to="organisations.school",
                    ),
                ),
                (
                    "year",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="periods",
                        to="organisations.schoolyear",
                    ),
                ),
                (
                    "centre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="periods",
                        to="organisations.tutorcentre",
                    ),
                ),
            ],
            options={
                "ordering": ["start", "end"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("end__gte", models.F("start"))), name="period_ends_after_start"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("school__isnull", True)),
                        fields=("centre", "year", "name"),
                        name="period_name_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("school__isnull", False)),
                        fields=("centre", "school", "year", "name"),
                        name="school_period_name_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SchoolList",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("low_results", "schools with low results"),
                            ("hard_conditions", "schools in hard social conditions"),
                        ],
                        max_length=20,
                        verbose_name="list",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="school year")),
                ("source", models.CharField(max_length=300, verbose_name="source")),
                ("edition", models.PositiveIntegerField(default=1)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                (
                    "centre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="school_lists",
                        to="organisations.tutorcentre",
                    ),
                ),
            ],
            options={
                "verbose_name": "official list of schools",
                "ordering": ["-year", "reason"],
                "constraints": [
                    models.UniqueConstraint(fields=("centre", "reason", "year"), name="one_list_a_reason_and_year"),
                    models.CheckConstraint(
                        condition=models.Q(("source", ""), _negated=True), name="list_of_schools_has_a_source"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ListedSchool",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="listed", to="organisations.school"
                    ),
                ),
                (
                    "list",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="rows", to="organisations.schoollist"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("list", "school"), name="school_once_in_a_list")],
            },
        ),
        migrations.AddField(
            model_name="schoollist",
            name="schools",
            field=models.ManyToManyField(
                related_name="lists", through="organisations.ListedSchool", to="organisations.school"
            ),
        ),
    ]
