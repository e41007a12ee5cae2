import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("diagnostics", "0002_no_letter_at")]

    initial = True

    dependencies = [
        ("organisations", "0001_initial"),
        ("people", "0001_initial"),
        ("results", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Campaign",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("basis", models.CharField(max_length=300, verbose_name="basis")),
                ("purpose", models.TextField(verbose_name="what for")),
                ("start", models.DateTimeField(verbose_name="from")),
                ("end", models.DateTimeField(verbose_name="to")),
                (
                    "grace_minutes",
                    models.PositiveSmallIntegerField(default=30, verbose_name="late answers are taken for, minutes"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "being prepared"), ("open", "is going on"), ("closed", "is closed")],
                        default="draft",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("opened_at", models.DateTimeField(blank=True, null=True, verbose_name="opened")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="closed")),
                (
                    "centre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="campaigns",
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
                        to="diagnostics.campaign",
                    ),
                ),
            ],
            options={
                "verbose_name": "campaign",
                "ordering": ["-start", "-pk"],
                "indexes": [models.Index(fields=["centre", "state"], name="campaign_by_centre")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("end__gt", models.F("start"))), name="campaign_dates")
                ],
            },
        ),
        migrations.CreateModel(
            name="Instrument",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("control_work", "control work"),
                            ("questionnaire", "questionnaire"),
                            ("interview", "protocol of an interview"),
                            ("observation", "form of lesson observation"),
                        ],
                        max_length=14,
                        verbose_name="kind",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="title")),
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
                ("archived", models.BooleanField(default=False, verbose_name="archived")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "centre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="instruments",
                        to="organisations.tutorcentre",
                    ),
                ),
            ],
            options={
                "verbose_name": "instrument",
                "ordering": ["-created_at", "-pk"],
                "indexes": [models.Index(fields=["centre", "kind"], name="instrument_by_kind")],
            },
        ),
        migrations.CreateModel(
            name="InstrumentVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(verbose_name="version of it")),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "being written"), ("published", "published")],
                        default="draft",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("settings", models.JSONField(default=dict, verbose_name="settings")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="published")),
                (
                    "instrument",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="diagnostics.instrument",
                    ),
                ),
            ],
            options={
                "verbose_name": "version of an instrument",
                "ordering": ["-number"],
                "constraints": [
                    models.UniqueConstraint(fields=("instrument", "number"), name="instrument_version_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "draft")),
                        fields=("instrument",),
                        name="one_draft_of_an_instrument",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("published_at__isnull", False), ("state", "published")),
                            models.Q(("published_at__isnull", True), ("state", "draft")),
                            _connector="OR",
                        ),
                        name="published_instrument_is_dated",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CampaignPart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(default=1, verbose_name="number")),
                ("adaptive", models.BooleanField(default=False, verbose_name="next item by the answers")),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="parts", to="diagnostics.campaign"
                    ),
                ),
                (
                    "markers",
                    models.ManyToManyField(blank=True, related_name="+", to="people.person", verbose_name="markers"),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="diagnostics.instrumentversion",
                    ),
                ),
            ],
            options={
                "ordering": ["position", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("campaign", "version"), name="part_once_in_a_campaign")
                ],
            },
        ),
        migrations.CreateModel(
            name="PartAnalysis",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("content", models.JSONField(verbose_name="figures")),
                ("made_at", models.DateTimeField(auto_now=True)),
                ("published", models.JSONField(blank=True, null=True, verbose_name="published figures")),
                ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="published")),
                (
                    "part",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="analysis",
                        to="diagnostics.campaignpart",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("published__isnull", True), ("published_at__isnull", True)),
                            models.Q(("published__isnull", False), ("published_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="published_figures_have_their_moment",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Participant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.CharField(blank=True, max_length=2, verbose_name="order of forms")),
                ("declined_at", models.DateTimeField(blank=True, null=True, verbose_name="declined")),
                ("invited_at", models.DateTimeField(auto_now_add=True)),
                ("reminded_at", models.DateTimeField(blank=True, null=True, verbose_name="reminded")),
                (
                    "reached",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "is invited"),
                            ("agreed", "has agreed"),
                            ("begun", "has begun"),
                            ("finished", "has finished"),
                        ],
                        max_length=8,
                        verbose_name="was as far as",
                    ),
                ),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="participants",
                        to="diagnostics.campaign",
                    ),
                ),
                (
                    "consent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.consent",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="campaigns", to="people.person"
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
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("campaign", "person"), name="participant_once"),
                    models.CheckConstraint(
                        condition=models.Q(("consent__isnull", True), ("declined_at__isnull", True), _connector="OR"),
                        name="participant_one_answer",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NamedDifficulty",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("topic", models.CharField(max_length=300, verbose_name="topic")),
                (
                    "participant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="named", to="diagnostics.participant"
                    ),
                ),
            ],
            options={
                "ordering": ["topic"],
                "constraints": [models.UniqueConstraint(fields=("participant", "topic"), name="named_once")],
            },
        ),
        migrations.CreateModel(
            name="Protocol",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("held_on", models.DateField(verbose_name="held on")),
                ("about", models.CharField(blank=True, max_length=300, verbose_name="lesson or occasion")),
                ("answers", models.JSONField(default=dict, verbose_name="answers")),
                ("conclusion", models.TextField(blank=True, verbose_name="conclusion")),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "being written"), ("shared", "shared with the teacher")],
                        default="draft",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                ("shared_at", models.DateTimeField(blank=True, null=True, verbose_name="shown to the teacher")),
                ("read_at", models.DateTimeField(blank=True, null=True, verbose_name="read")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="protocols_kept", to="people.person"
                    ),
                ),
                (
                    "centre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="protocols",
                        to="organisations.tutorcentre",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="protocols", to="people.person"
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="protocols",
                        to="diagnostics.instrumentversion",
                    ),
                ),
            ],
            options={
                "verbose_name": "protocol",
                "ordering": ["-held_on", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("shared_at__isnull", True), ("state", "draft")),
                            models.Q(("shared_at__isnull", False), ("state", "shared")),
                            _connector="OR",
                        ),
                        name="shared_protocol_is_dated",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Publication",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("people", models.JSONField(verbose_name="counted people")),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                (
                    "part",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="publications",
                        to="diagnostics.campaignpart",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Sitting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("form", models.CharField(blank=True, max_length=1, verbose_name="form")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("new", "not begun"),
                            ("running", "goes on"),
                            ("paused", "paused"),
                            ("submitted", "handed in"),
                            ("expired", "time is over"),
                        ],
                        default="new",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("token", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("seed", models.PositiveIntegerField(default=0)),
                ("tab", models.CharField(blank=True, max_length=40)),
                ("seconds", models.PositiveIntegerField(default=0, verbose_name="seconds")),
                ("running_since", models.DateTimeField(blank=True, null=True)),
                ("pauses", models.PositiveSmallIntegerField(default=0, verbose_name="pauses")),
                ("started_at", models.DateTimeField(blank=True, null=True, verbose_name="begun")),
                ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="finished")),
                ("on_paper", models.BooleanField(default=False, verbose_name="on paper")),
                (
                    "part",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sittings",
                        to="diagnostics.campaignpart",
                    ),
                ),
                (
                    "participant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sittings",
                        to="diagnostics.participant",
                    ),
                ),
            ],
            options={
                "verbose_name": "sitting",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("participant", "part"), name="sitting_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("running_since__isnull", False), ("state", "running")),
                            models.Q(models.Q(("state", "running"), _negated=True), ("running_since__isnull", True)),
                            _connector="OR",
                        ),
                        name="running_sitting_has_its_clock",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Hypothesis",
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
                (
                    "block",
                    models.CharField(
                        choices=[
                            ("subject", "subject competences"),
                            ("methodical", "methodical competences"),
                            ("psych_ped", "psychological and pedagogical competences"),
                            ("communication", "communicative competences"),
                        ],
                        max_length=16,
                        verbose_name="competence block",
                    ),
                ),
                ("topic", models.TextField(verbose_name="topic or skill")),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("results", "from results of pupils"),
                            ("work", "from the control work"),
                            ("questionnaire", "named in the questionnaire"),
                            ("by_hand", "added by hand"),
                        ],
                        max_length=14,
                        verbose_name="origin",
                    ),
                ),
                ("evidence", models.JSONField(blank=True, default=dict, verbose_name="evidence")),
                ("evidence_key", models.CharField(blank=True, editable=False, max_length=64)),
                (
                    "strength",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "added by hand"),
                            ("question", "a question to think over"),
                            ("weak", "weak"),
                            ("moderate", "moderate"),
                            ("strong", "strong"),
                        ],
                        max_length=8,
                        verbose_name="strength",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "proposed"),
                            ("discussed", "to talk over with the tutor"),
                            ("confirmed", "confirmed"),
                            ("dropped", "dropped"),
                        ],
                        default="proposed",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided")),
                (
                    "reason_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "I would rather not say"),
                            ("not_mine", "I did not teach this class then"),
                            ("not_taught", "the topic had not been taught yet"),
                            ("chance", "the figures have another cause"),
                            ("solved", "already worked out"),
                            ("other", "another reason"),
                            ("recounted", "withdrawn: the figures do not carry it"),
                        ],
                        max_length=12,
                        verbose_name="reason",
                    ),
                ),
                ("reason", models.TextField(blank=True, verbose_name="why")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="proposed at")),
                (
                    "centre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hypotheses",
                        to="organisations.tutorcentre",
                    ),
                ),
                (
                    "dataset",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hypotheses",
                        to="results.dataset",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="hypotheses", to="people.person"
                    ),
                ),
                (
                    "sitting",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="hypotheses",
                        to="diagnostics.sitting",
                    ),
                ),
            ],
            options={
                "verbose_name": "hypothesis of a deficit",
                "ordering": ["pk"],
                "indexes": [models.Index(fields=["person", "state"], name="hypothesis_by_person")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("evidence_key", ""), _negated=True),
                        fields=("person", "dataset", "evidence_key"),
                        name="hypothesis_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("sitting__isnull", False)),
                        fields=("sitting", "topic"),
                        name="hypothesis_once_a_sitting",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("dataset__isnull", True), ("origin", "by_hand"), ("sitting__isnull", True)),
                            models.Q(("dataset__isnull", False), ("origin", "results"), ("sitting__isnull", True)),
                            models.Q(
                                ("dataset__isnull", True),
                                ("origin__in", ["work", "questionnaire"]),
                                ("sitting__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="hypothesis_has_its_source",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", True), ("state", "proposed")),
                            models.Q(models.Q(("state", "proposed"), _negated=True), ("decided_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="hypothesis_decision_is_dated",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TopicFinding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("topic", models.CharField(max_length=300, verbose_name="topic")),
                (
                    "block",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("subject", "subject competences"),
                            ("methodical", "methodical competences"),
                            ("psych_ped", "psychological and pedagogical competences"),
                            ("communication", "communicative competences"),
                        ],
                        max_length=16,
                        verbose_name="competence block",
                    ),
                ),
                ("items", models.PositiveSmallIntegerField(verbose_name="items")),
                ("points", models.DecimalField(decimal_places=3, max_digits=7, verbose_name="points")),
                ("most", models.DecimalField(decimal_places=3, max_digits=7, verbose_name="of")),
                ("completion", models.FloatField(blank=True, null=True, verbose_name="expected completion")),
                ("low", models.FloatField(blank=True, null=True)),
                ("high", models.FloatField(blank=True, null=True)),
                ("probability", models.FloatField(blank=True, null=True, verbose_name="probability of a deficit")),
                (
                    "finding",
                    models.CharField(
                        choices=[
                            ("expressed", "expressed"),
                            ("possible", "possible"),
                            ("no_grounds", "no grounds"),
                            ("little_data", "little data"),
                        ],
                        max_length=12,
                        verbose_name="finding",
                    ),
                ),
                (
                    "sitting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="findings", to="diagnostics.sitting"
                    ),
                ),
            ],
            options={
                "ordering": ["topic"],
                "constraints": [models.UniqueConstraint(fields=("sitting", "topic"), name="finding_once")],
            },
        ),
        migrations.CreateModel(
            name="Uncounted",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", models.DateTimeField(auto_now_add=True)),
                (
                    "campaign",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="uncounted",
                        to="diagnostics.campaign",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="BankItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("single", "one of several"),
                            ("multiple", "several of several"),
                            ("short", "short answer"),
                            ("numeric", "numeric answer"),
                            ("matching", "matching"),
                            ("ordering", "ordering"),
                            ("extended", "extended answer"),
                            ("likert", "scale of agreement"),
                            ("choice", "choice without a right answer"),
                            ("open", "answer in own words"),
                            ("level", "level by descriptors"),
                            ("description", "text between questions"),
                        ],
                        max_length=12,
                        verbose_name="what is asked for",
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="short name")),
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
                (
                    "block",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("subject", "subject competences"),
                            ("methodical", "methodical competences"),
                            ("psych_ped", "psychological and pedagogical competences"),
                            ("communication", "communicative competences"),
                        ],
                        max_length=16,
                        verbose_name="competence block",
                    ),
                ),
                ("topic", models.CharField(blank=True, max_length=300, verbose_name="topic")),
                (
                    "level",
                    models.CharField(
                        blank=True,
                        choices=[("", "not stated"), ("basic", "basic"), ("raised", "advanced"), ("high", "high")],
                        max_length=8,
                        verbose_name="level",
                    ),
                ),
                ("kes", models.CharField(blank=True, max_length=100, verbose_name="КЭС")),
                ("kt", models.CharField(blank=True, max_length=100, verbose_name="КТ")),
                ("source", models.CharField(blank=True, max_length=300, verbose_name="source")),
                ("labels", models.CharField(blank=True, max_length=500, verbose_name="other tags")),
                ("external_id", models.CharField(blank=True, max_length=200, verbose_name="code in the source")),
                ("archived", models.BooleanField(default=False, verbose_name="archived")),
                ("search_text", models.TextField(blank=True, editable=False)),
                ("difficulty", models.FloatField(blank=True, null=True, verbose_name="difficulty")),
                ("discrimination", models.FloatField(blank=True, null=True, verbose_name="discrimination")),
                ("facility", models.FloatField(blank=True, null=True, verbose_name="completion")),
                ("rest", models.FloatField(blank=True, null=True, verbose_name="correlation with the rest")),
                ("n", models.PositiveIntegerField(default=0, verbose_name="people")),
                ("asked", models.PositiveIntegerField(default=0, verbose_name="asked, people")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "centre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bank_items",
                        to="organisations.tutorcentre",
                    ),
                ),
            ],
            options={
                "verbose_name": "item of the bank",
                "ordering": ["-created_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="ItemPicture",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("file", models.FileField(upload_to="items/%Y/%m", verbose_name="file")),
                ("media_type", models.CharField(max_length=50)),
                ("sha256", models.CharField(editable=False, max_length=64)),
                ("alt", models.CharField(blank=True, max_length=500, verbose_name="what the picture shows")),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="pictures", to="diagnostics.bankitem"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [models.UniqueConstraint(fields=("item", "name"), name="picture_once")],
            },
        ),
        migrations.CreateModel(
            name="ItemVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(verbose_name="version of it")),
                ("content", models.JSONField(verbose_name="content")),
                ("digest", models.CharField(blank=True, db_index=True, editable=False, max_length=64)),
                (
                    "max_score",
                    models.DecimalField(decimal_places=2, default=1, max_digits=5, verbose_name="most points"),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("created_by_id", models.BigIntegerField(null=True)),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="diagnostics.bankitem"
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("item", "number"), name="item_version_once"),
                    models.CheckConstraint(condition=models.Q(("max_score__gte", 0)), name="item_score_not_negative"),
                ],
            },
        ),
        migrations.CreateModel(
            name="FormItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("form", models.CharField(blank=True, max_length=1, verbose_name="form")),
                ("position", models.PositiveSmallIntegerField(verbose_name="number")),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="items",
                        to="diagnostics.instrumentversion",
                    ),
                ),
                (
                    "item_version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="uses", to="diagnostics.itemversion"
                    ),
                ),
            ],
            options={
                "ordering": ["form", "position", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("version", "form", "item_version"), name="item_once_in_a_form")
                ],
            },
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("value", models.JSONField(default=dict, verbose_name="answer")),
                ("sequence", models.BigIntegerField(default=0)),
                ("late", models.BooleanField(default=False, verbose_name="came late")),
                (
                    "score",
                    models.DecimalField(blank=True, decimal_places=3, max_digits=6, null=True, verbose_name="points"),
                ),
                ("saved_at", models.DateTimeField(auto_now=True)),
                (
                    "form_item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="answers", to="diagnostics.formitem"
                    ),
                ),
                (
                    "sitting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="answers", to="diagnostics.sitting"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [models.UniqueConstraint(fields=("sitting", "form_item"), name="one_answer_an_item")],
            },
        ),
        migrations.CreateModel(
            name="Marking",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("points", models.JSONField(default=dict, verbose_name="points")),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="note")),
                ("third", models.BooleanField(default=False, verbose_name="third marker")),
                ("given_at", models.DateTimeField(auto_now_add=True, verbose_name="handed out")),
                ("done_at", models.DateTimeField(blank=True, null=True, verbose_name="done")),
                (
                    "answer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="markings", to="diagnostics.answer"
                    ),
                ),
                (
                    "marker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "indexes": [models.Index(fields=["marker", "done_at"], name="marking_by_marker")],
                "constraints": [
                    models.UniqueConstraint(fields=("answer", "marker"), name="marker_once_an_answer"),
                    models.UniqueConstraint(
                        condition=models.Q(("third", True)), fields=("answer",), name="one_third_marker"
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="bankitem",
            name="current",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="diagnostics.itemversion",
            ),
        ),
        migrations.AddIndex(
            model_name="bankitem",
            index=models.Index(fields=["centre", "archived", "subject"], name="bank_by_subject"),
        ),
        migrations.AddIndex(
            model_name="bankitem",
            index=models.Index(fields=["centre", "external_id"], name="bank_by_external_id"),
        ),
    ]
