import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("planning", "0001_plans"),
        ("planning", "0002_facts"),
        ("planning", "0003_imports"),
        ("planning", "0004_programmes"),
        ("planning", "0005_audits"),
        ("planning", "0006_begins_and_files"),
        ("planning", "0007_self_cards"),
        ("planning", "0008_acts"),
        ("planning", "0009_fact_of_an_item"),
        ("planning", "0010_lesson_calendars"),
        ("planning", "0011_copied_once"),
        ("planning", "0012_calendars_keep_no_names"),
    ]

    initial = True

    dependencies = [
        ("organisations", "0001_initial"),
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Association",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                (
                    "subject",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("primary", "primary school"),
                            ("math", "mathematics"),
                            ("russian", "Russian language"),
                            ("literature", "literature"),
                            ("english", "English language"),
                            ("history", "history"),
                            ("social", "social studies"),
                            ("geography", "geography"),
                            ("biology", "biology"),
                            ("physics", "physics"),
                            ("chemistry", "chemistry"),
                            ("informatics", "informatics"),
                            ("world", "the world around"),
                        ],
                        max_length=20,
                        verbose_name="subject",
                    ),
                ),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="works no more since")),
                (
                    "centre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="associations",
                        to="organisations.tutorcentre",
                    ),
                ),
                (
                    "chair",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="chaired",
                        to="people.person",
                    ),
                ),
                ("members", models.ManyToManyField(blank=True, related_name="associations", to="people.person")),
            ],
            options={
                "verbose_name": "methodical association",
                "ordering": ["name", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("closed_on", None)), fields=("centre", "name"), name="association_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Checklist",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=80)),
                ("last_number", models.PositiveIntegerField(default=0)),
                (
                    "centre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="audit_checklists",
                        to="organisations.tutorcentre",
                    ),
                ),
            ],
            options={
                "verbose_name": "checklist of audits",
                "constraints": [models.UniqueConstraint(fields=("centre", "kind"), name="one_checklist_a_kind")],
            },
        ),
        migrations.CreateModel(
            name="ChecklistVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(verbose_name="edition")),
                ("sections", models.JSONField(default=list)),
                ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="published")),
                (
                    "checklist",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="planning.checklist"
                    ),
                ),
                (
                    "published_by",
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
                "verbose_name": "edition of a checklist",
                "ordering": ["-number"],
                "constraints": [
                    models.UniqueConstraint(fields=("checklist", "number"), name="checklist_edition_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("published_at", None)),
                        fields=("checklist",),
                        name="one_draft_of_a_checklist",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Audit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("kind", models.CharField(max_length=80)),
                ("title", models.CharField(max_length=300, verbose_name="what is looked at")),
                ("day", models.DateField(verbose_name="day")),
                ("start", models.TimeField(blank=True, null=True, verbose_name="beginning")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "planned"),
                            ("going", "goes on"),
                            ("signed", "signed"),
                            ("cancelled", "cancelled"),
                        ],
                        default="planned",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("begun_at", models.DateTimeField(blank=True, null=True)),
                ("conclusion", models.TextField(blank=True, verbose_name="conclusion")),
                ("checked", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("asked", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("signed_at", models.DateTimeField(blank=True, null=True, verbose_name="signed")),
                ("act_year", models.PositiveSmallIntegerField(blank=True, editable=False, null=True)),
                (
                    "act_number",
                    models.PositiveIntegerField(
                        blank=True, editable=False, null=True, verbose_name="number of the act"
                    ),
                ),
                ("printed", models.JSONField(blank=True, default=dict, editable=False)),
                ("reply_due", models.DateField(blank=True, null=True, verbose_name="answer of the school by")),
                ("read_at", models.DateTimeField(blank=True, null=True, verbose_name="acquainted")),
                ("cancelled_why", models.CharField(blank=True, max_length=300, verbose_name="why cancelled")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "centre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="audits",
                        to="organisations.tutorcentre",
                    ),
                ),
                (
                    "follows",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="followed_by",
                        to="planning.audit",
                    ),
                ),
                (
                    "planned_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "read_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="audits", to="organisations.school"
                    ),
                ),
                (
                    "signed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="audits",
                        to="planning.checklistversion",
                    ),
                ),
            ],
            options={
                "verbose_name": "audit",
                "ordering": ["-day", "-pk"],
                "indexes": [models.Index(fields=["centre", "school", "kind", "day"], name="audit_by_school")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("act_number__isnull", False),
                                ("checked__isnull", False),
                                ("signed_at__isnull", False),
                                ("state", "signed"),
                            ),
                            models.Q(
                                models.Q(("state", "signed"), _negated=True), ("act_number", None), ("signed_at", None)
                            ),
                            _connector="OR",
                        ),
                        name="signed_audit_is_dated",
                    ),
                    models.UniqueConstraint(fields=("centre", "act_year", "act_number"), name="act_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("read_at", None), ("read_by", None)),
                            models.Q(("read_at__isnull", False), ("read_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="audit_is_read_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AuditAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("criterion", models.PositiveIntegerField()),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("yes", "there is"),
                            ("partly", "in part"),
                            ("no", "there is none"),
                            ("unseen", "was not looked at"),
                            ("na", "does not apply"),
                        ],
                        max_length=10,
                        verbose_name="answer",
                    ),
                ),
                ("why", models.CharField(blank=True, max_length=300, verbose_name="why it does not apply")),
                ("note", models.TextField(blank=True, verbose_name="what was seen")),
                ("concerns", models.CharField(blank=True, max_length=300, verbose_name="page, lesson or document")),
                ("address", models.URLField(blank=True, max_length=500, verbose_name="address of the page")),
                ("seen_at", models.DateTimeField(blank=True, null=True, verbose_name="when it was looked at")),
                ("device", models.CharField(blank=True, max_length=40)),
                ("sequence", models.BigIntegerField(default=0)),
                ("said_at", models.DateTimeField()),
                ("saved_at", models.DateTimeField(auto_now=True)),
                (
                    "audit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="answers", to="planning.audit"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "ordering": ["criterion"],
                "constraints": [
                    models.UniqueConstraint(fields=("audit", "criterion"), name="one_audit_answer_a_criterion"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("verdict", "na"), _negated=True),
                            models.Q(("why", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="what_does_not_apply_has_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AuditAuditor",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "audit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="auditors", to="planning.audit"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="audits", to="people.person"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [models.UniqueConstraint(fields=("audit", "person"), name="auditor_once")],
            },
        ),
        migrations.CreateModel(
            name="AuditFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("criterion", models.PositiveIntegerField()),
                ("sha256", models.CharField(editable=False, max_length=64)),
                ("file", models.FileField(upload_to="audits/%Y/%m", verbose_name="file")),
                ("name", models.CharField(max_length=200, verbose_name="name of the file")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "audit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="files", to="planning.audit"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("audit", "criterion", "sha256"), name="audit_file_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Finding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("criterion", models.PositiveIntegerField()),
                ("title", models.CharField(max_length=500, verbose_name="criterion")),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("yes", "there is"),
                            ("partly", "in part"),
                            ("no", "there is none"),
                            ("unseen", "was not looked at"),
                            ("na", "does not apply"),
                        ],
                        max_length=10,
                        verbose_name="answer",
                    ),
                ),
                ("note", models.TextField(blank=True, verbose_name="what was seen")),
                ("concerns", models.CharField(blank=True, max_length=800, verbose_name="page, lesson or document")),
                ("recommendation", models.TextField(verbose_name="recommendation")),
                ("owner", models.CharField(blank=True, max_length=200, verbose_name="who mends it")),
                ("due", models.DateField(blank=True, null=True, verbose_name="by which day")),
                ("times", models.PositiveSmallIntegerField(default=1, verbose_name="times in a row")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "open"),
                            ("mended", "mended, checked"),
                            ("withdrawn", "withdrawn after the objection"),
                        ],
                        default="open",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("closed_note", models.CharField(blank=True, max_length=300, verbose_name="what was checked")),
                (
                    "audit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="findings", to="planning.audit"
                    ),
                ),
                (
                    "closed_by",
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
                "verbose_name": "finding of an audit",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("audit", "criterion"), name="one_finding_a_criterion"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at", None), ("state", "open")),
                            models.Q(models.Q(("state", "open"), _negated=True), ("closed_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="closed_finding_is_dated",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FindingReply",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reply",
                    models.CharField(
                        choices=[("agreed", "we agree"), ("objected", "we object"), ("mended", "mended already")],
                        max_length=10,
                        verbose_name="answer of the school",
                    ),
                ),
                ("words", models.TextField(blank=True, verbose_name="in words")),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "finding",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="replies", to="planning.finding"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reply", "agreed"), models.Q(("words", ""), _negated=True), _connector="OR"
                        ),
                        name="reply_has_its_reason",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LessonCalendar",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "subject",
                    models.CharField(
                        choices=[
                            ("primary", "primary school"),
                            ("math", "mathematics"),
                            ("russian", "Russian language"),
                            ("literature", "literature"),
                            ("english", "English language"),
                            ("history", "history"),
                            ("social", "social studies"),
                            ("geography", "geography"),
                            ("biology", "biology"),
                            ("physics", "physics"),
                            ("chemistry", "chemistry"),
                            ("informatics", "informatics"),
                            ("world", "the world around"),
                        ],
                        max_length=20,
                        verbose_name="subject",
                    ),
                ),
                ("grade", models.PositiveSmallIntegerField(verbose_name="grade")),
                ("letter", models.CharField(blank=True, max_length=4, verbose_name="letter of the class")),
                ("rows", models.PositiveSmallIntegerField(verbose_name="rows")),
                ("hours", models.DecimalField(decimal_places=2, max_digits=7, verbose_name="hours")),
                ("odd_count", models.PositiveSmallIntegerField(default=0)),
                ("calendar", models.JSONField(default=dict)),
                ("odd", models.JSONField(default=list)),
                ("topics", models.JSONField(default=list)),
                ("said", models.JSONField(default=dict)),
                ("by_school", models.BooleanField(default=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "audit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lesson_calendars",
                        to="planning.audit",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "verbose_name": "lesson calendar of an audit",
                "ordering": ["grade", "letter", "subject", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Programme",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=300, verbose_name="title")),
                ("first", models.PositiveSmallIntegerField(verbose_name="from the year")),
                ("last", models.PositiveSmallIntegerField(verbose_name="to the year")),
                ("note", models.TextField(blank=True, verbose_name="explanatory note")),
                ("aim", models.TextField(blank=True, verbose_name="aim")),
                ("tasks", models.TextField(blank=True, verbose_name="tasks")),
                ("principles", models.TextField(blank=True, verbose_name="principles")),
                ("sections", models.TextField(blank=True, verbose_name="sections of the work")),
                ("results", models.TextField(blank=True, verbose_name="expected results")),
                ("act", models.CharField(blank=True, max_length=200, verbose_name="approved by")),
                ("act_number", models.CharField(blank=True, max_length=40, verbose_name="number")),
                ("act_day", models.DateField(blank=True, null=True, verbose_name="of the day")),
                ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="approved")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "centre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="programmes",
                        to="organisations.tutorcentre",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="programmes",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "verbose_name": "programme",
                "ordering": ["-first", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("last__gte", models.F("first"))), name="programme_years"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("act_day__isnull", True), ("approved_at__isnull", True)),
                            models.Q(("act_day__isnull", False), ("approved_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="approved_programme_is_dated",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProgrammeRevision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("reason", models.CharField(max_length=300, verbose_name="reason")),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("before", models.JSONField(default=dict)),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="revisions", to="planning.programme"
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("programme", "number"), name="programme_revision_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="SelfCard",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=80)),
                ("number", models.PositiveSmallIntegerField(verbose_name="edition")),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "only the school sees it"), ("shared", "shared with the centre")],
                        default="draft",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("answers", models.JSONField(default=dict)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                ("shared_at", models.DateTimeField(blank=True, null=True, verbose_name="shared with the centre on")),
                ("read_at", models.DateTimeField(blank=True, null=True)),
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
                        related_name="self_cards",
                        to="organisations.tutorcentre",
                    ),
                ),
                (
                    "read_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="self_cards",
                        to="organisations.school",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="self_cards",
                        to="planning.checklistversion",
                    ),
                ),
            ],
            options={
                "verbose_name": "self-analysis card",
                "ordering": ["-number"],
                "constraints": [
                    models.UniqueConstraint(fields=("centre", "school", "kind", "number"), name="card_edition_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "draft")),
                        fields=("centre", "school", "kind"),
                        name="one_draft_of_a_card",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("shared_at__isnull", False), ("state", "shared")),
                            models.Q(("state", "draft"), ("shared_at", None)),
                            _connector="OR",
                        ),
                        name="shared_card_is_dated",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("read_at", None), ("read_by", None)),
                            models.Q(("read_at__isnull", False), ("read_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="card_is_read_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CardRemark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("criterion", models.PositiveIntegerField(blank=True, null=True)),
                ("words", models.TextField(verbose_name="remark")),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "card",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="remarks", to="planning.selfcard"
                    ),
                ),
            ],
            options={
                "verbose_name": "remark to a self-analysis card",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True), name="card_remark_says_something"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="WorkPlan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=300, verbose_name="title")),
                (
                    "span",
                    models.CharField(
                        choices=[("school", "school year"), ("calendar", "calendar year")],
                        default="school",
                        max_length=10,
                        verbose_name="plan for",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                ("begins", models.DateField(blank=True, null=True, verbose_name="begins on")),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "draft"), ("proposed", "waits for approval"), ("approved", "approved")],
                        default="draft",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("act", models.CharField(blank=True, max_length=200, verbose_name="approved by")),
                ("act_number", models.CharField(blank=True, max_length=40, verbose_name="number")),
                ("act_day", models.DateField(blank=True, null=True, verbose_name="of the day")),
                ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="approved")),
                ("returned_why", models.CharField(blank=True, max_length=300, verbose_name="why returned")),
                ("asked_by", models.UUIDField(editable=False, null=True, unique=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "association",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plans",
                        to="planning.association",
                    ),
                ),
                (
                    "centre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="work_plans",
                        to="organisations.tutorcentre",
                    ),
                ),
                (
                    "copied_from",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="copies",
                        to="planning.workplan",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="work_plans",
                        to="people.person",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="plans",
                        to="planning.programme",
                    ),
                ),
            ],
            options={
                "verbose_name": "work plan",
                "ordering": ["-year", "-pk"],
                "indexes": [models.Index(fields=["centre", "year"], name="plan_by_centre")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("approved_at__isnull", False), ("state", "approved")),
                            models.Q(models.Q(("state", "approved"), _negated=True), ("approved_at__isnull", True)),
                            _connector="OR",
                        ),
                        name="approved_plan_is_dated",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanHeading",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("title", models.CharField(max_length=300, verbose_name="section")),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="headings", to="planning.workplan"
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
                "constraints": [models.UniqueConstraint(fields=("plan", "position"), name="heading_place_once")],
            },
        ),
        migrations.CreateModel(
            name="PlanRevision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("reason", models.CharField(max_length=300, verbose_name="reason")),
                ("day", models.DateField(verbose_name="of the day")),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("changes", models.JSONField(default=list)),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="revisions", to="planning.workplan"
                    ),
                ),
            ],
            options={
                "verbose_name": "amendment of a plan",
                "ordering": ["number"],
                "constraints": [models.UniqueConstraint(fields=("plan", "number"), name="plan_revision_once")],
            },
        ),
        migrations.CreateModel(
            name="PlanItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("number", models.CharField(blank=True, max_length=20, verbose_name="number")),
                ("content", models.TextField(verbose_name="content")),
                ("phrase", models.CharField(blank=True, max_length=400, verbose_name="deadline as written")),
                ("reading", models.CharField(blank=True, max_length=400, verbose_name="which reading is meant")),
                (
                    "term",
                    models.CharField(
                        choices=[
                            ("dated", "has dates"),
                            ("dateless", "no dates by its nature"),
                            ("asked", "the deadline is not understood"),
                            ("later", "the deadline is to be said later"),
                        ],
                        default="asked",
                        max_length=10,
                    ),
                ),
                ("kind", models.CharField(blank=True, max_length=20)),
                ("paraphrase", models.CharField(blank=True, max_length=600)),
                ("why", models.JSONField(blank=True, default=list)),
                ("assumptions", models.JSONField(blank=True, default=list)),
                ("choices", models.JSONField(blank=True, default=list)),
                ("who", models.CharField(blank=True, max_length=400, verbose_name="responsible, as written")),
                ("direction", models.CharField(blank=True, max_length=200, verbose_name="direction of work")),
                ("product", models.CharField(blank=True, max_length=300, verbose_name="expected product")),
                ("counted", models.CharField(blank=True, max_length=200)),
                ("needs", models.PositiveSmallIntegerField(default=1, verbose_name="deeds each time")),
                ("origin", models.CharField(blank=True, max_length=200, verbose_name="where it stood")),
                (
                    "heading",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="planning.planheading",
                    ),
                ),
                (
                    "removed_in",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="removed",
                        to="planning.planrevision",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="items", to="planning.workplan"
                    ),
                ),
            ],
            options={
                "verbose_name": "item of a plan",
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "position"), name="plan_item_place_once"),
                    models.CheckConstraint(condition=models.Q(("needs__gte", 1)), name="item_needs_a_deed"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ItemOccurrence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=40)),
                ("start", models.DateField(blank=True, null=True)),
                ("end", models.DateField(blank=True, null=True)),
                ("label", models.CharField(max_length=200)),
                ("number", models.PositiveSmallIntegerField(default=1)),
                ("of", models.PositiveSmallIntegerField(default=1)),
                ("approximate", models.BooleanField(default=False)),
                ("due", models.DateField(blank=True, null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "to be done"), ("done", "done"), ("cancelled", "cancelled")],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("deeds_done", models.PositiveSmallIntegerField(default=0)),
                ("done_on", models.DateField(blank=True, null=True)),
                ("moved_to", models.DateField(blank=True, null=True, verbose_name="moved to")),
                ("why", models.CharField(blank=True, max_length=300, verbose_name="why")),
                ("former", models.BooleanField(default=False)),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="occurrences", to="planning.planitem"
                    ),
                ),
            ],
            options={
                "verbose_name": "time that an item is due",
                "ordering": ["due", "start", "number", "pk"],
                "indexes": [models.Index(fields=["item", "state", "due"], name="occurrence_by_item")],
                "constraints": [
                    models.UniqueConstraint(fields=("item", "key"), name="occurrence_once"),
                    models.CheckConstraint(
                        condition=models.Q(("start__isnull", False), ("end__isnull", False), _connector="OR"),
                        name="occurrence_has_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_on__isnull", False), ("state", "done")),
                            models.Q(models.Q(("state", "done"), _negated=True), ("done_on__isnull", True)),
                            _connector="OR",
                        ),
                        name="done_occurrence_is_dated",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "cancelled"), _negated=True),
                            models.Q(("why", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="cancelled_occurrence_has_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Deed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("fact_kind", models.CharField(blank=True, max_length=40)),
                ("fact_id", models.BigIntegerField(blank=True, null=True)),
                ("what", models.CharField(max_length=300, verbose_name="what was done")),
                ("day", models.DateField(verbose_name="day")),
                ("note", models.TextField(blank=True, verbose_name="result")),
                ("link", models.URLField(blank=True, max_length=500, verbose_name="link")),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                ("undone_why", models.CharField(blank=True, max_length=300, verbose_name="why taken back")),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plan_deeds",
                        to="people.person",
                    ),
                ),
                (
                    "occurrence",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deeds",
                        to="planning.itemoccurrence",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deeds",
                        to="planning.planitem",
                    ),
                ),
            ],
            options={
                "verbose_name": "deed",
                "ordering": ["day", "pk"],
                "indexes": [models.Index(fields=["fact_kind", "fact_id"], name="deed_by_fact")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("fact_id__isnull", False), ("undone_at__isnull", True)),
                        fields=("occurrence", "fact_kind", "fact_id"),
                        name="fact_once_an_occurrence",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("fact_id__isnull", False), ("undone_at__isnull", True)),
                        fields=("item", "fact_kind", "fact_id"),
                        name="fact_once_an_item",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("item", None), ("occurrence__isnull", False)),
                            models.Q(("item__isnull", False), ("occurrence", None)),
                            _connector="OR",
                        ),
                        name="deed_is_of_an_occurrence_or_an_item",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("fact_id__isnull", True), ("fact_kind", "")),
                            models.Q(models.Q(("fact_kind", ""), _negated=True), ("fact_id__isnull", False)),
                            _connector="OR",
                        ),
                        name="deed_is_of_a_fact_or_not",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("undone_at__isnull", True), ("undone_why", "")),
                            models.Q(("undone_at__isnull", False), models.Q(("undone_why", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="undone_deed_has_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DeedFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("file", models.FileField(upload_to="deeds/%Y/%m", verbose_name="file")),
                ("name", models.CharField(max_length=200, verbose_name="name of the file")),
                ("sha256", models.CharField(editable=False, max_length=64)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "deed",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="files", to="planning.deed"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [models.UniqueConstraint(fields=("deed", "sha256"), name="deed_file_once")],
            },
        ),
        migrations.CreateModel(
            name="ItemResponsible",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("administrator", "administrator"),
                            ("coordinator", "coordinator of the centre"),
                            ("tutor", "tutor"),
                            ("head", "head of the school"),
                            ("deputy_head", "deputy head"),
                            ("teacher", "teacher"),
                            ("commission_member", "member of the commission"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plan_duties",
                        to="people.person",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plan_duties",
                        to="organisations.school",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="responsible", to="planning.planitem"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(models.Q(("role", ""), _negated=True), ("person", None), ("school", None)),
                            models.Q(("person__isnull", False), ("role", ""), ("school", None)),
                            models.Q(("person", None), ("role", ""), ("school__isnull", False)),
                            _connector="OR",
                        ),
                        name="responsible_is_one",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("role", ""), _negated=True),
                        fields=("item", "role"),
                        name="responsible_role_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("person__isnull", False)),
                        fields=("item", "person"),
                        name="responsible_person_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("school__isnull", False)),
                        fields=("item", "school"),
                        name="responsible_school_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Suggestion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("fact_kind", models.CharField(max_length=40)),
                ("fact_id", models.BigIntegerField()),
                ("what", models.CharField(max_length=300)),
                ("day", models.DateField()),
                ("dismissed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "occurrence",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="suggestions",
                        to="planning.itemoccurrence",
                    ),
                ),
            ],
            options={
                "verbose_name": "what may count for a plan",
                "ordering": ["day", "pk"],
                "indexes": [models.Index(fields=["fact_kind", "fact_id"], name="suggestion_by_fact")],
                "constraints": [
                    models.UniqueConstraint(fields=("occurrence", "fact_kind", "fact_id"), name="suggested_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanImport",
            fields=[
                ("token", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("name", models.CharField(blank=True, max_length=200, verbose_name="file")),
                ("kind", models.CharField(max_length=10)),
                ("title", models.CharField(blank=True, max_length=300, verbose_name="title")),
                ("rows", models.JSONField(default=list)),
                ("tables", models.JSONField(default=list)),
                ("left", models.JSONField(default=list)),
                ("taken", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("taken_at", models.DateTimeField(blank=True, null=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="imports", to="planning.workplan"
                    ),
                ),
            ],
            options={
                "verbose_name": "table for a plan",
                "ordering": ["-created_at"],
                "indexes": [models.Index(fields=["plan", "taken_at"], name="import_by_plan")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("taken", None), ("taken_at", None)),
                            models.Q(("taken__isnull", False), ("taken_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="taken_table_is_dated",
                    )
                ],
            },
        ),
    ]
