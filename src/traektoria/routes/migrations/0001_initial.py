import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("routes", "0002_deficit_plans")]

    initial = True

    dependencies = [
        ("diagnostics", "0001_initial"),
        ("organisations", "0001_initial"),
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="SupportNeed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(default=1, verbose_name="teachers")),
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
                (
                    "basis",
                    models.CharField(
                        choices=[
                            ("request", "the teacher's own request"),
                            ("newcomer", "first year of work"),
                            ("deepening", "widening and deepening of knowledge"),
                            ("new_class", "preparation for a certain class or topic"),
                            ("results", "results of assessment procedures"),
                        ],
                        max_length=12,
                        verbose_name="basis",
                    ),
                ),
                ("text", models.TextField(blank=True, verbose_name="what help is needed")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "looks for a tutor"),
                            ("offered", "a tutor is offered"),
                            ("met", "support has begun"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="open",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("withdrawn_why", models.CharField(blank=True, max_length=300, verbose_name="why withdrawn")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="support_needs", to="people.person"
                    ),
                ),
                (
                    "centre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="support_needs",
                        to="organisations.tutorcentre",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="support_needs",
                        to="organisations.school",
                    ),
                ),
                ("teachers", models.ManyToManyField(blank=True, related_name="needed_supports", to="people.person")),
            ],
            options={
                "verbose_name": "request for a tutor",
                "ordering": ["created_at", "pk"],
                "indexes": [models.Index(fields=["centre", "state", "created_at"], name="need_by_centre")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("number__gte", 1)), name="need_of_somebody")
                ],
            },
        ),
        migrations.CreateModel(
            name="GroupCall",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                ("topics", models.JSONField(default=list, verbose_name="topics")),
                ("key", models.CharField(editable=False, max_length=64, unique=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "centre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="group_calls",
                        to="organisations.tutorcentre",
                    ),
                ),
                (
                    "need",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="group_calls",
                        to="routes.supportneed",
                    ),
                ),
            ],
            options={
                "verbose_name": "invitation to a group route",
                "ordering": ["-created_at", "-pk"],
                "indexes": [models.Index(fields=["centre", "created_at"], name="group_call_by_centre")],
            },
        ),
        migrations.CreateModel(
            name="TeacherCategory",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.CharField(max_length=40)),
                ("title", models.CharField(max_length=300, verbose_name="category")),
                ("facts", models.JSONField(default=dict)),
                ("proposed_at", models.DateTimeField(auto_now_add=True, verbose_name="proposed")),
                ("agreed_at", models.DateTimeField(blank=True, null=True, verbose_name="agreed")),
                ("declined_at", models.DateTimeField(blank=True, null=True, verbose_name="declined")),
                (
                    "centre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="teacher_categories",
                        to="organisations.tutorcentre",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="categories", to="people.person"
                    ),
                ),
            ],
            options={
                "verbose_name": "category of a teacher",
                "ordering": ["proposed_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("centre", "person", "slug"), name="category_proposed_once"),
                    models.CheckConstraint(
                        condition=models.Q(("agreed_at__isnull", True), ("declined_at__isnull", True), _connector="OR"),
                        name="category_one_answer",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TutorSupport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("replace_reason", models.CharField(blank=True, max_length=300, verbose_name="why another tutor")),
                (
                    "kind",
                    models.CharField(
                        choices=[("individual", "individual"), ("group", "group")],
                        default="individual",
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=150, verbose_name="name of the group")),
                ("tutor_consented_at", models.DateTimeField(blank=True, null=True, verbose_name="tutor consented")),
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
                ("start", models.DateField(verbose_name="from")),
                ("end", models.DateField(verbose_name="to")),
                (
                    "basis",
                    models.CharField(
                        choices=[
                            ("request", "the teacher's own request"),
                            ("newcomer", "first year of work"),
                            ("deepening", "widening and deepening of knowledge"),
                            ("new_class", "preparation for a certain class or topic"),
                            ("results", "results of assessment procedures"),
                        ],
                        max_length=12,
                        verbose_name="basis",
                    ),
                ),
                ("basis_note", models.CharField(blank=True, max_length=300, verbose_name="note to the basis")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "waits for consent"),
                            ("active", "goes on"),
                            ("declined", "declined"),
                            ("ended", "ended"),
                        ],
                        default="proposed",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("end_reason", models.TextField(blank=True, verbose_name="why ended")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "centre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="supports",
                        to="organisations.tutorcentre",
                    ),
                ),
                (
                    "need",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="supports",
                        to="routes.supportneed",
                    ),
                ),
                (
                    "regulation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.regulation"
                    ),
                ),
                (
                    "replaces",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="successors",
                        to="routes.tutorsupport",
                    ),
                ),
                (
                    "tutor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="supports_given", to="people.person"
                    ),
                ),
            ],
            options={
                "verbose_name": "tutor support",
                "ordering": ["-start", "pk"],
                "indexes": [
                    models.Index(fields=["centre", "state"], name="support_by_centre"),
                    models.Index(fields=["tutor", "state"], name="support_by_tutor"),
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("end__gt", models.F("start"))), name="support_dates"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind", "individual"), models.Q(("name", ""), _negated=True), _connector="OR"
                        ),
                        name="group_support_has_a_name",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["proposed", "active"])),
                        fields=("replaces",),
                        name="one_open_successor",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LearningRoute",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("goals", models.TextField(blank=True, verbose_name="goals")),
                ("start", models.DateField(verbose_name="from")),
                ("end", models.DateField(verbose_name="to")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("proposed", "waits for agreement"),
                            ("running", "runs"),
                            ("paused", "paused"),
                            ("closed", "closed"),
                            ("stopped", "stopped"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("version", models.PositiveSmallIntegerField(default=1, verbose_name="version")),
                (
                    "pending_version",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="version that waits for agreement"
                    ),
                ),
                ("correction", models.JSONField(blank=True, null=True, verbose_name="open correction")),
                ("head_agrees", models.BooleanField(default=False, verbose_name="the head agrees too")),
                (
                    "deficit_plan",
                    models.BooleanField(default=False, verbose_name="a personified plan of closing deficits"),
                ),
                ("in_force_since", models.DateTimeField(blank=True, null=True, verbose_name="in force since")),
                ("pause_reason", models.TextField(blank=True, verbose_name="why paused or stopped")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="closed")),
                ("conclusion", models.TextField(blank=True, verbose_name="conclusion")),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "centre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="routes",
                        to="organisations.tutorcentre",
                    ),
                ),
                (
                    "support",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="routes", to="routes.tutorsupport"
                    ),
                ),
            ],
            options={
                "verbose_name": "learning route",
                "ordering": ["-start", "-pk"],
                "indexes": [
                    models.Index(fields=["centre", "state"], name="route_by_centre"),
                    models.Index(fields=["title", "id"], name="route_by_title"),
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("end__gt", models.F("start"))), name="route_dates"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("pending_version__isnull", False), ("state", "proposed")),
                            models.Q(("pending_version__isnull", True), ("state", "draft")),
                            models.Q(("state__in", ["proposed", "draft"]), _negated=True),
                            _connector="OR",
                        ),
                        name="proposed_route_has_its_version",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["draft", "proposed", "running", "paused"])),
                        fields=("support",),
                        name="one_living_route",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReflectionEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(verbose_name="entry")),
                ("shared_at", models.DateTimeField(blank=True, null=True, verbose_name="shared")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reflections", to="people.person"
                    ),
                ),
                (
                    "route",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reflections",
                        to="routes.learningroute",
                    ),
                ),
            ],
            options={
                "ordering": ["created_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="RouteItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(verbose_name="number")),
                ("deficit", models.TextField(blank=True, verbose_name="deficit")),
                ("task", models.TextField(blank=True, verbose_name="task")),
                (
                    "activity_kind",
                    models.CharField(
                        choices=[
                            ("consultation", "consultation"),
                            ("master_class", "master class"),
                            ("seminar", "seminar"),
                            ("workshop", "workshop"),
                            ("training", "training"),
                            ("round_table", "round table"),
                            ("open_lesson", "open lesson"),
                            ("lesson_visit", "peer lesson visit"),
                            ("tutorial", "tutorial"),
                            ("webinar", "webinar"),
                            ("internship", "internship"),
                            ("course", "professional development course"),
                            ("self_education", "self-education"),
                        ],
                        max_length=16,
                        verbose_name="activity",
                    ),
                ),
                ("resource", models.CharField(blank=True, max_length=300, verbose_name="resource")),
                ("deadline", models.DateField(verbose_name="deadline")),
                ("expected_result", models.TextField(blank=True, verbose_name="expected result")),
                (
                    "showing_form",
                    models.CharField(
                        choices=[
                            ("lesson", "open lesson or its fragment"),
                            ("lesson_card", "lesson plan card"),
                            ("talk", "talk to colleagues"),
                            ("materials", "set of materials"),
                            ("pupils_work", "analysis of pupils' works"),
                            ("certificate", "certificate"),
                            ("conversation", "conversation with the tutor"),
                        ],
                        max_length=16,
                        verbose_name="form of showing",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "planned"),
                            ("doing", "in work"),
                            ("done", "done"),
                            ("cancelled", "cancelled"),
                        ],
                        default="planned",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("done_at", models.DateTimeField(blank=True, null=True, verbose_name="done")),
                ("cancel_reason", models.CharField(blank=True, max_length=300, verbose_name="why cancelled")),
                ("pending", models.BooleanField(default=False, editable=False, verbose_name="not agreed yet")),
                (
                    "correction",
                    models.JSONField(
                        blank=True, default=dict, editable=False, verbose_name="change that is not agreed yet"
                    ),
                ),
                (
                    "removed_in",
                    models.PositiveSmallIntegerField(
                        blank=True, editable=False, null=True, verbose_name="left in version"
                    ),
                ),
                (
                    "hypothesis",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="diagnostics.hypothesis",
                    ),
                ),
                (
                    "route",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="items", to="routes.learningroute"
                    ),
                ),
            ],
            options={
                "verbose_name": "item of the route",
                "ordering": ["position", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_at__isnull", False), ("state", "done")),
                            models.Q(models.Q(("state", "done"), _negated=True), ("done_at__isnull", True)),
                            _connector="OR",
                        ),
                        name="item_done_is_dated",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ItemEvidence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("file", models.FileField(blank=True, upload_to="evidence/%Y/%m", verbose_name="file")),
                ("file_name", models.CharField(blank=True, max_length=200, verbose_name="name of the file")),
                ("sha256", models.CharField(blank=True, editable=False, max_length=64)),
                ("link", models.URLField(blank=True, max_length=500, verbose_name="link")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="evidence", to="routes.routeitem"
                    ),
                ),
            ],
            options={
                "ordering": ["created_at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("file", ""), models.Q(("link", ""), _negated=True)),
                            models.Q(models.Q(("file", ""), _negated=True), ("link", "")),
                            _connector="OR",
                        ),
                        name="evidence_file_or_link",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("sha256", ""), _negated=True),
                        fields=("item", "sha256"),
                        name="evidence_file_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("link", ""), _negated=True),
                        fields=("item", "link"),
                        name="evidence_link_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ItemComment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(verbose_name="comment")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="comments", to="routes.routeitem"
                    ),
                ),
            ],
            options={
                "ordering": ["created_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="RouteVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(verbose_name="version")),
                ("snapshot", models.JSONField(verbose_name="content")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="why changed")),
                ("dropped", models.BooleanField(default=False, editable=False, verbose_name="given up")),
                ("printed", models.JSONField(blank=True, default=dict, editable=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "route",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="versions", to="routes.learningroute"
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "constraints": [models.UniqueConstraint(fields=("route", "number"), name="version_once")],
            },
        ),
        migrations.CreateModel(
            name="Agreement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "party",
                    models.CharField(
                        choices=[("teacher", "teacher"), ("tutor", "tutor"), ("head", "head of the school")],
                        max_length=8,
                        verbose_name="party",
                    ),
                ),
                ("agreed", models.BooleanField(verbose_name="agreed")),
                ("reason", models.TextField(blank=True, verbose_name="what to change")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="agreements", to="people.person"
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="agreements", to="routes.routeversion"
                    ),
                ),
            ],
            options={
                "ordering": ["created_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("version", "party", "person"), name="one_word_per_version"),
                    models.CheckConstraint(
                        condition=models.Q(("agreed", True), models.Q(("reason", ""), _negated=True), _connector="OR"),
                        name="return_has_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SupportMember",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("consented_at", models.DateTimeField(blank=True, null=True, verbose_name="consented")),
                ("declined_at", models.DateTimeField(blank=True, null=True, verbose_name="declined")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="supports_received",
                        to="people.person",
                    ),
                ),
                (
                    "support",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="members", to="routes.tutorsupport"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("support", "person"), name="member_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("consented_at__isnull", True), ("declined_at__isnull", True), _connector="OR"
                        ),
                        name="member_one_answer",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LearningRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(verbose_name="what I want to learn or change")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="learning_requests",
                        to="people.person",
                    ),
                ),
                (
                    "support",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="requests", to="routes.tutorsupport"
                    ),
                ),
            ],
            options={
                "ordering": ["-created_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="GroupInvitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("accepted_at", models.DateTimeField(blank=True, null=True, verbose_name="accepted")),
                ("declined_at", models.DateTimeField(blank=True, null=True, verbose_name="declined")),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="invitations", to="routes.groupcall"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="group_invitations",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("call", "person"), name="invited_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("accepted_at__isnull", True), ("declined_at__isnull", True), _connector="OR"
                        ),
                        name="invitation_one_answer",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DeficitOutcome",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("overcome", "overcome"),
                            ("partly", "partly overcome"),
                            ("remains", "remains"),
                            ("not_assessed", "not assessed"),
                        ],
                        max_length=14,
                        verbose_name="outcome",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="how seen")),
                (
                    "hypothesis",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="outcomes",
                        to="diagnostics.hypothesis",
                    ),
                ),
                (
                    "route",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="outcomes", to="routes.learningroute"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [models.UniqueConstraint(fields=("route", "hypothesis"), name="outcome_once")],
            },
        ),
    ]
