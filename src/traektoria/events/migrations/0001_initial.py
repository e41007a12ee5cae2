import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("events", "0002_door"),
        ("events", "0003_certificates"),
        ("events", "0004_put_off"),
        ("events", "0005_badge_keys"),
        ("events", "0006_sheet_photos"),
        ("events", "0007_held_by_marks"),
        ("events", "0008_materials_as_files"),
        ("events", "0009_answered_requests"),
        ("events", "0010_after_the_event"),
        ("events", "0011_contest_results"),
        ("events", "0012_tutorials"),
        ("events", "0013_task_edition"),
        ("events", "0014_result_scans"),
        ("events", "0015_files_of_self_work"),
    ]

    initial = True

    dependencies = [
        ("consultations", "0001_initial"),
        ("diagnostics", "0001_initial"),
        ("organisations", "0001_initial"),
        ("people", "0001_initial"),
        ("routes", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="BadgeKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kid", models.CharField(max_length=60, unique=True)),
                ("x", models.CharField(max_length=60)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Announcement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=40)),
                ("kind_name", models.CharField(max_length=300, verbose_name="kind")),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("source", models.CharField(max_length=200, verbose_name="who holds it")),
                ("link", models.URLField(blank=True, max_length=500, verbose_name="address")),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("school", "school"),
                            ("municipal", "municipal"),
                            ("intermunicipal", "between municipalities"),
                            ("regional", "regional"),
                            ("national", "national"),
                            ("international", "international"),
                        ],
                        default="regional",
                        max_length=16,
                        verbose_name="level",
                    ),
                ),
                ("subjects", models.CharField(blank=True, max_length=300, verbose_name="subjects")),
                ("for_whom", models.CharField(blank=True, max_length=300, verbose_name="for whom")),
                ("held", models.CharField(blank=True, max_length=200, verbose_name="when it is held")),
                ("about", models.TextField(blank=True, verbose_name="what it is about")),
                ("deadline", models.DateField(verbose_name="apply until")),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="withdrawn")),
                ("why", models.CharField(blank=True, max_length=300, verbose_name="why withdrawn")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "centre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="announcements",
                        to="organisations.tutorcentre",
                    ),
                ),
            ],
            options={
                "verbose_name": "announcement of an outer event",
                "ordering": ["deadline", "pk"],
                "indexes": [models.Index(fields=["centre", "deadline"], name="announcement_by_centre")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("why", ""), ("withdrawn_at__isnull", True)),
                            models.Q(("withdrawn_at__isnull", False), models.Q(("why", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="withdrawn_announcement_says_why",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CertificateBackground",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(verbose_name="number of the background")),
                ("name", models.CharField(max_length=120, verbose_name="name of the background")),
                ("file", models.FileField(upload_to="certificates/%Y/%m", verbose_name="file")),
                ("sha256", models.CharField(editable=False, max_length=64)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("retired_at", models.DateTimeField(blank=True, null=True, verbose_name="put aside")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "centre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="certificate_backgrounds",
                        to="organisations.tutorcentre",
                    ),
                ),
            ],
            options={
                "verbose_name": "background of certificates",
                "ordering": ["-number"],
                "constraints": [
                    models.UniqueConstraint(fields=("centre", "number"), name="background_number_once"),
                    models.UniqueConstraint(fields=("centre", "sha256"), name="background_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="PutOff",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("offer", models.CharField(max_length=40)),
                ("title", models.CharField(max_length=200, verbose_name="title of the offer")),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "item",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="routes.routeitem",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.person"
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="diagnostics.hypothesis",
                    ),
                ),
            ],
            options={
                "verbose_name": "offer that was put off",
                "ordering": ["-at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("item__isnull", False), ("topic__isnull", True)),
                            models.Q(("item__isnull", True), ("topic__isnull", False)),
                            _connector="OR",
                        ),
                        name="put_off_for_one_wish",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("item__isnull", False)),
                        fields=("person", "item", "offer"),
                        name="put_off_once_for_an_item",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("topic__isnull", False)),
                        fields=("person", "topic", "offer"),
                        name="put_off_once_for_a_topic",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TutorialProgramme",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("about", models.TextField(blank=True, verbose_name="what it is about")),
                ("subjects", models.CharField(blank=True, max_length=300, verbose_name="subjects")),
                ("classes", models.CharField(blank=True, max_length=60, verbose_name="classes")),
                ("materials", models.TextField(blank=True, verbose_name="materials")),
                ("modules", models.JSONField(default=list, verbose_name="meetings")),
                ("edition", models.PositiveIntegerField(default=1, editable=False)),
                ("archived_at", models.DateTimeField(blank=True, null=True, verbose_name="put aside")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "centre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tutorial_programmes",
                        to="organisations.tutorcentre",
                    ),
                ),
            ],
            options={
                "verbose_name": "programme of a tutorial",
                "ordering": ["title", "pk"],
                "indexes": [models.Index(fields=["centre", "archived_at"], name="tutorial_by_centre")],
            },
        ),
        migrations.CreateModel(
            name="TutorialVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(verbose_name="version")),
                ("content", models.JSONField(verbose_name="content")),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="events.tutorialprogramme",
                    ),
                ),
            ],
            options={
                "verbose_name": "version of a programme of a tutorial",
                "ordering": ["-number"],
                "constraints": [
                    models.UniqueConstraint(fields=("programme", "number"), name="version_of_a_tutorial_programme_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=40)),
                ("kind_name", models.CharField(max_length=300, verbose_name="kind")),
                ("approval", models.BooleanField(default=False, verbose_name="announced after approval")),
                (
                    "observation",
                    models.BooleanField(default=False, verbose_name="those who came fill in an observation form"),
                ),
                (
                    "pupils_only",
                    models.BooleanField(default=False, verbose_name="for pupils, only their number is kept"),
                ),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("about", models.TextField(blank=True, verbose_name="what it is about")),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("school", "school"),
                            ("municipal", "municipal"),
                            ("intermunicipal", "between municipalities"),
                            ("regional", "regional"),
                            ("national", "national"),
                            ("international", "international"),
                        ],
                        default="municipal",
                        max_length=16,
                        verbose_name="level",
                    ),
                ),
                ("subjects", models.CharField(blank=True, max_length=300, verbose_name="subjects")),
                ("classes", models.CharField(blank=True, max_length=60, verbose_name="classes")),
                ("categories", models.CharField(blank=True, max_length=600, verbose_name="categories of teachers")),
                (
                    "way",
                    models.CharField(
                        choices=[("in_person", "in person"), ("video", "by video")],
                        default="in_person",
                        max_length=10,
                        verbose_name="how",
                    ),
                ),
                ("place", models.CharField(blank=True, max_length=200, verbose_name="place in words")),
                ("places", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="places")),
                (
                    "per_school",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="places for one school"),
                ),
                ("opens_on", models.DateField(blank=True, null=True, verbose_name="registration from")),
                ("closes_on", models.DateField(blank=True, null=True, verbose_name="registration until")),
                ("programme", models.TextField(blank=True, verbose_name="programme")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("proposed", "waits for approval"),
                            ("announced", "announced"),
                            ("held", "held"),
                            ("closed", "closed"),
                            ("cancelled", "cancelled"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("why", models.CharField(blank=True, max_length=300, verbose_name="why")),
                ("number", models.PositiveSmallIntegerField(default=1, editable=False, verbose_name="edition")),
                ("announced_at", models.DateTimeField(blank=True, null=True, verbose_name="announced")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="closed")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "centre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="organisations.tutorcentre",
                    ),
                ),
                (
                    "point",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="consultations.consultationpoint",
                    ),
                ),
                (
                    "regulation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.regulation"
                    ),
                ),
                (
                    "room",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="consultations.pointroom",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.school",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="copies",
                        to="events.event",
                    ),
                ),
            ],
            options={
                "verbose_name": "event",
                "ordering": ["-pk"],
                "indexes": [models.Index(fields=["centre", "state"], name="event_by_centre")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("places__isnull", True), ("places__gte", 1), _connector="OR"),
                        name="event_has_places",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("per_school__isnull", True), ("per_school__gte", 1), _connector="OR"),
                        name="event_takes_somebody_of_a_school",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("opens_on__isnull", True),
                            ("closes_on__isnull", True),
                            ("closes_on__gte", models.F("opens_on")),
                            _connector="OR",
                        ),
                        name="event_registration_has_days",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "cancelled"), _negated=True),
                            models.Q(("why", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="cancelled_event_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["draft", "proposed", "cancelled"]),
                            ("announced_at__isnull", False),
                            _connector="OR",
                        ),
                        name="announced_event_is_dated",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Enrolment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("in", "registered"),
                            ("waits", "in the waiting list"),
                            ("left", "gave the place back"),
                            ("removed", "taken off by the organiser"),
                        ],
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("whole", models.BooleanField(default=True, verbose_name="on all dates")),
                ("since", models.DateTimeField(verbose_name="since")),
                ("why", models.CharField(blank=True, max_length=300, verbose_name="why")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided")),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="enrolments",
                        to="routes.routeitem",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="enrolments", to="people.person"
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.school",
                    ),
                ),
                (
                    "work",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.school",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="enrolments", to="events.event"
                    ),
                ),
            ],
            options={
                "verbose_name": "registration",
                "ordering": ["since", "pk"],
                "indexes": [
                    models.Index(fields=["event", "state", "since"], name="enrolment_by_event"),
                    models.Index(fields=["person", "state"], name="enrolment_by_person"),
                ],
                "constraints": [models.UniqueConstraint(fields=("event", "person"), name="person_once_at_an_event")],
            },
        ),
        migrations.CreateModel(
            name="ContestResult",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=200, verbose_name="contest")),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("school", "school"),
                            ("municipal", "municipal"),
                            ("intermunicipal", "between municipalities"),
                            ("regional", "regional"),
                            ("national", "national"),
                            ("international", "international"),
                        ],
                        max_length=16,
                        verbose_name="level",
                    ),
                ),
                (
                    "place",
                    models.CharField(
                        choices=[
                            ("winner", "winner"),
                            ("prize", "prize-winner"),
                            ("finalist", "finalist"),
                            ("diploma", "diploma"),
                            ("participant", "participant"),
                        ],
                        max_length=12,
                        verbose_name="result",
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=200, verbose_name="nomination or work")),
                ("day", models.DateField(verbose_name="day of the result")),
                ("file", models.FileField(blank=True, upload_to="events/%Y/%m", verbose_name="scan of the diploma")),
                ("file_name", models.CharField(blank=True, max_length=200)),
                ("at", models.DateTimeField(auto_now=True)),
                (
                    "announcement",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="events.announcement",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "centre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.tutorcentre"
                    ),
                ),
                (
                    "file_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="contest_results", to="people.person"
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="events.event",
                    ),
                ),
            ],
            options={
                "verbose_name": "result of a contest",
                "ordering": ["-day", "-pk"],
                "indexes": [models.Index(fields=["person", "day"], name="results_of_a_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("announcement__isnull", False), ("event__isnull", True)),
                            models.Q(("announcement__isnull", True), ("event__isnull", False)),
                            _connector="OR",
                        ),
                        name="result_is_of_an_own_or_an_outer_event",
                    ),
                    models.UniqueConstraint(fields=("event", "person"), name="result_once_an_event"),
                    models.UniqueConstraint(fields=("announcement", "person"), name="result_once_an_announcement"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Certificate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("participant", "for taking part"),
                            ("leader", "for leading"),
                            ("speaker", "for a talk"),
                            ("organiser", "for organising"),
                        ],
                        max_length=12,
                        verbose_name="for what",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                ("number", models.PositiveIntegerField(verbose_name="number")),
                ("revision", models.PositiveSmallIntegerField(default=1, verbose_name="revision")),
                ("issuer", models.CharField(max_length=600, verbose_name="who issued it")),
                ("town", models.CharField(blank=True, max_length=300, verbose_name="municipality")),
                ("name", models.CharField(max_length=320, verbose_name="whole name")),
                ("short_name", models.CharField(max_length=120)),
                ("event_kind", models.CharField(max_length=300, verbose_name="kind of the event")),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("days", models.CharField(max_length=600, verbose_name="days")),
                ("place", models.CharField(blank=True, max_length=800, verbose_name="place")),
                ("minutes", models.PositiveIntegerField(verbose_name="length in minutes")),
                ("signed_post", models.CharField(max_length=200, verbose_name="post of who signs")),
                ("signed_name", models.CharField(max_length=120, verbose_name="name of who signs")),
                ("issued_on", models.DateField(verbose_name="issued")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="why anew")),
                ("code", models.CharField(editable=False, max_length=12, unique=True)),
                ("word", models.CharField(editable=False, max_length=12, verbose_name="control word")),
                ("site", models.CharField(max_length=200)),
                ("design", models.PositiveSmallIntegerField(verbose_name="version of the design")),
                ("content_sha256", models.CharField(editable=False, max_length=64)),
                ("file_sha256", models.CharField(blank=True, editable=False, max_length=64)),
                (
                    "state",
                    models.CharField(
                        choices=[("valid", "in force"), ("replaced", "replaced"), ("revoked", "revoked")],
                        default="valid",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="revoked")),
                ("revoked_why", models.CharField(blank=True, max_length=300, verbose_name="why revoked")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "centre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="certificates",
                        to="organisations.tutorcentre",
                    ),
                ),
                (
                    "issued_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="certificates", to="people.person"
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="events.certificate",
                    ),
                ),
                (
                    "background",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="certificates",
                        to="events.certificatebackground",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="certificates", to="events.event"
                    ),
                ),
            ],
            options={
                "verbose_name": "certificate",
                "ordering": ["year", "number"],
                "indexes": [models.Index(fields=["event", "person"], name="certificates_of_event")],
                "constraints": [
                    models.UniqueConstraint(fields=("person", "event", "kind", "revision"), name="certificate_once"),
                    models.UniqueConstraint(fields=("centre", "year", "number"), name="certificate_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reason", ""), ("replaces", None), ("revision", 1)),
                            models.Q(
                                ("replaces__isnull", False),
                                ("revision__gt", 1),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="later_certificate_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("revoked_at__isnull", False),
                                ("state", "revoked"),
                                models.Q(("revoked_why", ""), _negated=True),
                            ),
                            models.Q(("state", "revoked"), _negated=True),
                            _connector="OR",
                        ),
                        name="revoked_certificate_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AnsweredRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="events",
                        to="consultations.consultationrequest",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="answered", to="events.event"
                    ),
                ),
            ],
            options={
                "verbose_name": "request that an event answers",
                "ordering": ["pk"],
                "constraints": [models.UniqueConstraint(fields=("event", "request"), name="request_once_in_an_event")],
            },
        ),
        migrations.CreateModel(
            name="EventDate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("start", models.DateTimeField(verbose_name="beginning")),
                ("end", models.DateTimeField(verbose_name="end")),
                ("original", models.DateTimeField(verbose_name="beginning as planned")),
                (
                    "state",
                    models.CharField(
                        choices=[("standing", "takes place"), ("dropped", "does not take place")],
                        default="standing",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("why", models.CharField(blank=True, max_length=300, verbose_name="why not")),
                ("held_at", models.DateTimeField(blank=True, null=True, verbose_name="said to have taken place")),
                ("held_by_marks", models.BooleanField(default=False, editable=False)),
                ("pupils", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="pupils who came")),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="dates", to="events.event"
                    ),
                ),
            ],
            options={
                "verbose_name": "date of an event",
                "ordering": ["start", "pk"],
                "indexes": [models.Index(fields=["event", "state", "start"], name="event_dates")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("end__gt", models.F("start"))), name="event_date_ends_after_it_begins"
                    ),
                    models.UniqueConstraint(fields=("event", "original"), name="date_of_an_event_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "standing"), ("why", "")),
                            models.Q(("state", "dropped"), models.Q(("why", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="dropped_event_date_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("held_at__isnull", True), ("state", "standing"), _connector="OR"),
                        name="held_event_date_stands",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DoorGuest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, verbose_name="name of the guest")),
                ("work", models.CharField(blank=True, max_length=120, verbose_name="school")),
                ("same", models.CharField(editable=False, max_length=260)),
                (
                    "said",
                    models.CharField(
                        choices=[
                            ("came", "came"),
                            ("missed", "did not come"),
                            ("off_by_us", "cancelled by us"),
                            ("off_by_person", "cancelled by the person"),
                            ("undone", "the mark is taken back"),
                        ],
                        max_length=16,
                        verbose_name="who came",
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="marked")),
                (
                    "date",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="guests", to="events.eventdate"
                    ),
                ),
            ],
            options={
                "verbose_name": "guest of an event",
                "ordering": ["name", "pk"],
                "constraints": [models.UniqueConstraint(fields=("date", "same"), name="guest_once_a_date")],
            },
        ),
        migrations.CreateModel(
            name="AttendanceMark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.UUIDField(unique=True)),
                (
                    "said",
                    models.CharField(
                        choices=[
                            ("came", "came"),
                            ("missed", "did not come"),
                            ("off_by_us", "cancelled by us"),
                            ("off_by_person", "cancelled by the person"),
                            ("undone", "the mark is taken back"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("leader", "by who leads the event"),
                            ("code", "by themselves, with the code at the door"),
                            ("video", "by entering the video meeting"),
                            ("paper", "from the signed sheet"),
                        ],
                        default="leader",
                        max_length=10,
                        verbose_name="how",
                    ),
                ),
                ("device", models.CharField(blank=True, max_length=40)),
                (
                    "aside",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("closed", "the event was closed meanwhile"),
                            ("cancelled", "the event was cancelled meanwhile"),
                            ("dropped", "the date does not take place any more"),
                            ("early", "the date was moved and has not come yet"),
                        ],
                        max_length=10,
                        verbose_name="why it does not count",
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="pressed")),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "guest",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="marks",
                        to="events.doorguest",
                    ),
                ),
                (
                    "date",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="marks", to="events.eventdate"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "indexes": [models.Index(fields=["date", "person"], name="marks_of_an_event_date")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("guest__isnull", True), ("person__isnull", False)),
                            models.Q(("guest__isnull", False), ("person__isnull", True)),
                            _connector="OR",
                        ),
                        name="mark_is_of_a_person_or_a_guest",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Attendance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "said",
                    models.CharField(
                        choices=[
                            ("came", "came"),
                            ("missed", "did not come"),
                            ("off_by_us", "cancelled by us"),
                            ("off_by_person", "cancelled by the person"),
                            ("undone", "the mark is taken back"),
                        ],
                        max_length=16,
                        verbose_name="who came",
                    ),
                ),
                ("walk_in", models.BooleanField(default=False, verbose_name="came without a registration")),
                ("at", models.DateTimeField(verbose_name="marked")),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[("asked", "offered"), ("taken", "counted for the route"), ("declined", "not counted")],
                        max_length=10,
                        verbose_name="for the route",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="attendance", to="people.person"
                    ),
                ),
                (
                    "date",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="attendance", to="events.eventdate"
                    ),
                ),
            ],
            options={
                "verbose_name": "attendance of an event",
                "ordering": ["pk"],
                "constraints": [models.UniqueConstraint(fields=("date", "person"), name="attendance_once_a_date")],
            },
        ),
        migrations.CreateModel(
            name="EventDateChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=[("moved", "moved"), ("dropped", "dropped")], max_length=10)),
                ("start", models.DateTimeField()),
                ("end", models.DateTimeField()),
                ("reason", models.CharField(max_length=300, verbose_name="reason")),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "date",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="changes", to="events.eventdate"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Seat",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="place")),
                (
                    "date",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="seats", to="events.eventdate"
                    ),
                ),
                (
                    "enrolment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="seats", to="events.enrolment"
                    ),
                ),
            ],
            options={
                "verbose_name": "place at an event",
                "ordering": ["date", "number", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("enrolment", "date"), name="seat_once_a_date"),
                    models.UniqueConstraint(
                        condition=models.Q(("number__isnull", False)),
                        fields=("date", "number"),
                        name="place_of_an_event_date_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__isnull", True), ("number__gte", 1), _connector="OR"),
                        name="seats_count_from_one",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SheetPhoto",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sha256", models.CharField(editable=False, max_length=64)),
                ("file", models.FileField(upload_to="events/%Y/%m", verbose_name="photo")),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "date",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="sheet_photos", to="events.eventdate"
                    ),
                ),
            ],
            options={
                "verbose_name": "photo of a signed sheet",
                "ordering": ["pk"],
                "constraints": [models.UniqueConstraint(fields=("date", "sha256"), name="sheet_photo_once")],
            },
        ),
        migrations.CreateModel(
            name="EventFeedback",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("answers", models.JSONField(default=dict, verbose_name="answers")),
                ("words", models.TextField(blank=True, verbose_name="in one's own words")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="events.event"),
                ),
            ],
            options={
                "verbose_name": "feedback of an event",
                "ordering": ["pk"],
                "constraints": [models.UniqueConstraint(fields=("event", "person"), name="feedback_once_an_event")],
            },
        ),
        migrations.CreateModel(
            name="EventLeader",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="leads", to="events.event"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [models.UniqueConstraint(fields=("event", "person"), name="leader_once_in_an_event")],
            },
        ),
        migrations.CreateModel(
            name="EventLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "said",
                    models.CharField(
                        choices=[
                            ("too_near", "not offered to anybody: it begins too soon"),
                            ("closed", "not offered to anybody: registration is closed"),
                            ("nobody", "nobody else waits who can come"),
                            ("promoted", "has the place"),
                            ("gave_back", "gave the place back"),
                            ("full", "not offered: no place on their dates"),
                            ("school", "not offered: their school has as many places as it can"),
                            ("busy", "not offered: has something else then"),
                            ("gone", "not offered: is of the centre no longer"),
                        ],
                        max_length=12,
                        verbose_name="what was decided",
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="lines", to="events.event"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="EventMaterial",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "time",
                    models.CharField(
                        choices=[("before", "before the event"), ("after", "after the event")],
                        max_length=10,
                        verbose_name="when",
                    ),
                ),
                (
                    "readers",
                    models.CharField(
                        choices=[("participants", "who takes part"), ("centre", "everybody of the centre")],
                        default="participants",
                        max_length=12,
                        verbose_name="who reads it",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("link", models.URLField(blank=True, max_length=500, verbose_name="address")),
                ("file", models.FileField(blank=True, upload_to="events/%Y/%m", verbose_name="file")),
                ("file_name", models.CharField(blank=True, max_length=200, verbose_name="name of the file")),
                ("sha256", models.CharField(blank=True, editable=False, max_length=64)),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="materials", to="events.event"
                    ),
                ),
            ],
            options={
                "verbose_name": "material of an event",
                "ordering": ["time", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("link", ""), _negated=True),
                        fields=("event", "link"),
                        name="material_once_in_an_event",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("sha256", ""), _negated=True),
                        fields=("event", "sha256"),
                        name="material_file_once_in_an_event",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(models.Q(("link", ""), _negated=True), ("file", ""), ("sha256", "")),
                            models.Q(
                                ("link", ""),
                                models.Q(("sha256", ""), _negated=True),
                                models.Q(("file", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="material_is_an_address_or_a_file",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EventSchool",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="answers", to="events.event"
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.school"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [models.UniqueConstraint(fields=("event", "school"), name="school_once_in_an_event")],
            },
        ),
        migrations.CreateModel(
            name="LessonObservation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("marks", models.JSONField(default=dict, verbose_name="marks")),
                ("takes", models.TextField(blank=True, verbose_name="what I take for my lessons")),
                ("asks", models.TextField(blank=True, verbose_name="a question or a piece of advice")),
                ("at", models.DateTimeField(auto_now=True)),
                (
                    "event",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="events.event"),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "verbose_name": "observation of a lesson",
                "ordering": ["pk"],
                "constraints": [models.UniqueConstraint(fields=("event", "person"), name="observation_once_an_event")],
            },
        ),
        migrations.CreateModel(
            name="SelfTask",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("meeting", models.PositiveSmallIntegerField(verbose_name="after the meeting number")),
                ("days", models.PositiveSmallIntegerField(verbose_name="days for it")),
                ("minutes", models.PositiveSmallIntegerField(verbose_name="counts as, minutes")),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("text", models.TextField(blank=True, verbose_name="what to do")),
                ("link", models.URLField(blank=True, max_length=500, verbose_name="address")),
                ("early", models.BooleanField(default=False, verbose_name="can be handed in before the meeting")),
                ("edition", models.PositiveSmallIntegerField(default=1, editable=False)),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="self_tasks", to="events.event"
                    ),
                ),
            ],
            options={
                "verbose_name": "task of a tutorial",
                "ordering": ["meeting", "pk"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("meeting__gte", 1)), name="task_follows_a_meeting")
                ],
            },
        ),
        migrations.CreateModel(
            name="SelfWork",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("handed", "handed in, is being read"),
                            ("returned", "returned to be finished"),
                            ("accepted", "accepted"),
                        ],
                        default="handed",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("edition", models.PositiveSmallIntegerField(default=1, editable=False)),
                ("minutes", models.PositiveSmallIntegerField(default=0, verbose_name="counts as, minutes")),
                ("accepted_at", models.DateTimeField(blank=True, null=True, verbose_name="accepted on")),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[("asked", "offered"), ("taken", "counted for the route"), ("declined", "not counted")],
                        max_length=10,
                        verbose_name="for the route",
                    ),
                ),
                (
                    "evidence",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="routes.itemevidence",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="self_works", to="people.person"
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="works", to="events.selftask"
                    ),
                ),
            ],
            options={
                "verbose_name": "self-work",
                "ordering": ["task", "pk"],
                "indexes": [models.Index(fields=["person", "state"], name="self_work_by_person")],
                "constraints": [
                    models.UniqueConstraint(fields=("task", "person"), name="self_work_once_a_task"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("accepted_at__isnull", False), ("state", "accepted")),
                            models.Q(
                                models.Q(("state", "accepted"), _negated=True),
                                ("accepted_at__isnull", True),
                                ("minutes", 0),
                            ),
                            _connector="OR",
                        ),
                        name="accepted_self_work_is_dated",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Tutorial",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "entry",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="diagnostics.campaign",
                    ),
                ),
                (
                    "event",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="tutorial", to="events.event"
                    ),
                ),
                (
                    "exit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="diagnostics.campaign",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="held",
                        to="events.tutorialversion",
                    ),
                ),
            ],
            options={
                "verbose_name": "tutorial",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("exit__isnull", True),
                            models.Q(("exit", models.F("entry")), _negated=True),
                            _connector="OR",
                        ),
                        name="exit_is_another_campaign",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="WorkTurn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "said",
                    models.CharField(
                        choices=[
                            ("handed", "handed in, is being read"),
                            ("returned", "returned to be finished"),
                            ("accepted", "accepted"),
                        ],
                        max_length=10,
                        verbose_name="what happened",
                    ),
                ),
                ("text", models.TextField(blank=True, verbose_name="text")),
                ("link", models.URLField(blank=True, max_length=500, verbose_name="address")),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "work",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="turns", to="events.selfwork"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="WorkFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("file", models.FileField(upload_to="events/%Y/%m", verbose_name="file")),
                ("file_name", models.CharField(max_length=200, verbose_name="name of the file")),
                ("sent", models.CharField(editable=False, max_length=64)),
                (
                    "turn",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="files", to="events.workturn"
                    ),
                ),
            ],
            options={
                "verbose_name": "file of a self-work",
                "ordering": ["pk"],
                "constraints": [models.UniqueConstraint(fields=("turn", "sent"), name="file_of_a_self_work_once")],
            },
        ),
        migrations.AddField(
            model_name="event",
            name="leaders",
            field=models.ManyToManyField(related_name="events_led", through="events.EventLeader", to="people.person"),
        ),
        migrations.AddField(
            model_name="event",
            name="schools",
            field=models.ManyToManyField(
                related_name="events_prepared", through="events.EventSchool", to="organisations.school"
            ),
        ),
    ]
