import uuid

import django.core.validators
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("organisations", "0001_initial"),
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="TutorStatus",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[("active", "in force"), ("suspended", "suspended"), ("ended", "the status is over")],
                        default="active",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("start", models.DateField(verbose_name="from")),
                ("end", models.DateField(blank=True, null=True, verbose_name="to")),
                ("suspended_from", models.DateField(blank=True, null=True, verbose_name="suspended from")),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="why suspended or ended")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="ended on")),
                (
                    "centre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tutor_statuses",
                        to="organisations.tutorcentre",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="tutor_statuses", to="people.person"
                    ),
                ),
                (
                    "regulation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.regulation"
                    ),
                ),
            ],
            options={
                "verbose_name": "tutor's status",
                "ordering": ["-start", "-pk"],
                "indexes": [models.Index(fields=["centre", "state"], name="status_by_centre")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("active", "suspended"))),
                        fields=("person", "centre"),
                        name="one_living_status",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("end__isnull", True), ("end__gte", models.F("start")), _connector="OR"),
                        name="status_dates",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "suspended"), ("suspended_from__isnull", False)),
                            models.Q(models.Q(("state", "suspended"), _negated=True), ("suspended_from__isnull", True)),
                            _connector="OR",
                        ),
                        name="suspension_is_dated",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_on__isnull", False), ("state", "ended")),
                            models.Q(models.Q(("state", "ended"), _negated=True), ("ended_on__isnull", True)),
                            _connector="OR",
                        ),
                        name="ended_status_is_dated",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Application",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("nomination", models.TextField(blank=True, verbose_name="why this person")),
                ("consented_at", models.DateTimeField(blank=True, null=True, verbose_name="candidate consented")),
                ("subjects", models.JSONField(blank=True, default=list, verbose_name="subjects")),
                ("motivation", models.TextField(blank=True, verbose_name="what I want to do as a tutor")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("nominated", "the candidate is asked"),
                            ("draft", "being filled in"),
                            ("submitted", "submitted"),
                            ("returned", "returned for completion"),
                            ("admitted", "admitted for consideration"),
                            ("granted", "status granted"),
                            ("refused", "status refused"),
                            ("appealed", "the refusal is appealed"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("return_reason", models.TextField(blank=True, verbose_name="what to complete")),
                (
                    "admission_note",
                    models.TextField(blank=True, verbose_name="why admitted although criteria are not met"),
                ),
                ("appeal", models.TextField(blank=True, verbose_name="appeal")),
                ("appealed_at", models.DateTimeField(blank=True, null=True, verbose_name="appealed")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="submitted")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided")),
                ("decision_note", models.TextField(blank=True, verbose_name="reasons of the decision")),
                (
                    "centre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="applications",
                        to="organisations.tutorcentre",
                    ),
                ),
                (
                    "nominated_by",
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tutor_applications",
                        to="people.person",
                    ),
                ),
                (
                    "regulation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.regulation"
                    ),
                ),
                (
                    "renews",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="renewals",
                        to="tutors.tutorstatus",
                    ),
                ),
            ],
            options={
                "verbose_name": "application for the status",
                "ordering": ["-created_at", "-pk"],
                "indexes": [models.Index(fields=["centre", "state"], name="application_by_centre")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("state__in", ("nominated", "draft", "submitted", "returned", "admitted", "appealed"))
                        ),
                        fields=("person", "centre"),
                        name="one_open_application",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("nominated_by__isnull", False),
                            models.Q(("state", "nominated"), _negated=True),
                            _connector="OR",
                        ),
                        name="nomination_has_its_author",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Commission",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=300, verbose_name="name")),
                ("basis", models.CharField(max_length=300, verbose_name="made by the order")),
                ("start", models.DateField(verbose_name="from")),
                ("end", models.DateField(verbose_name="to")),
                (
                    "state",
                    models.CharField(
                        choices=[("forming", "being formed"), ("working", "works"), ("dissolved", "dissolved")],
                        default="forming",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "centre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="commissions",
                        to="organisations.tutorcentre",
                    ),
                ),
            ],
            options={
                "verbose_name": "commission",
                "ordering": ["-start", "-pk"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("end__gt", models.F("start"))), name="commission_dates"),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "working")), fields=("centre",), name="one_working_commission"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Session",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                ("held_at", models.DateTimeField(verbose_name="when")),
                ("place", models.CharField(blank=True, max_length=300, verbose_name="where")),
                ("secret", models.BooleanField(default=False, verbose_name="secret vote")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "planned"),
                            ("open", "goes on"),
                            ("closed", "held, protocol not signed"),
                            ("signed", "protocol signed"),
                            ("cancelled", "did not take place"),
                        ],
                        default="planned",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("opened_at", models.DateTimeField(blank=True, null=True, verbose_name="opened")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="closed")),
                ("signed_at", models.DateTimeField(blank=True, null=True, verbose_name="protocol signed")),
                ("note", models.TextField(blank=True, verbose_name="note")),
                ("printed", models.JSONField(blank=True, default=dict, editable=False)),
                (
                    "centre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="commission_sessions",
                        to="organisations.tutorcentre",
                    ),
                ),
                (
                    "commission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="sessions", to="tutors.commission"
                    ),
                ),
                (
                    "regulation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.regulation"
                    ),
                ),
            ],
            options={
                "verbose_name": "session of the commission",
                "ordering": ["-held_at", "-pk"],
                "indexes": [models.Index(fields=["centre", "state"], name="session_by_centre")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "cancelled"), _negated=True),
                        fields=("commission", "number"),
                        name="session_number_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AgendaItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(verbose_name="number")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "not begun"),
                            ("judging", "members judge"),
                            ("discussed", "judgements are open"),
                            ("voting", "vote goes on"),
                            ("counted", "votes are counted"),
                            ("decided", "decided"),
                            ("postponed", "postponed"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("secret", models.BooleanField(default=False, verbose_name="secret vote")),
                ("discussion", models.TextField(blank=True, verbose_name="what was said")),
                ("passed", models.BooleanField(blank=True, null=True, verbose_name="the vote is for")),
                ("by_chair", models.BooleanField(default=False, verbose_name="the chair's vote decided")),
                ("granted", models.BooleanField(blank=True, null=True, verbose_name="granted")),
                ("for_count", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="for")),
                ("against_count", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="against")),
                ("abstained_count", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="abstained")),
                ("members_count", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="members")),
                ("present_count", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="present")),
                ("reasons", models.TextField(blank=True, verbose_name="reasons")),
                ("postponed_why", models.CharField(blank=True, max_length=500, verbose_name="why postponed")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="agenda", to="tutors.application"
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="items", to="tutors.session"
                    ),
                ),
            ],
            options={
                "verbose_name": "item of the agenda",
                "ordering": ["position", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "postponed"), _negated=True),
                        fields=("session", "application"),
                        name="application_once_on_an_agenda",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["decided", "postponed"]), _negated=True),
                        fields=("application",),
                        name="application_on_one_open_agenda",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", False), ("granted__isnull", False), ("state", "decided")),
                            models.Q(models.Q(("state", "decided"), _negated=True), ("granted__isnull", True)),
                            _connector="OR",
                        ),
                        name="decision_has_its_result",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CommissionMember",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20, verbose_name="represents")),
                ("position", models.CharField(blank=True, max_length=300, verbose_name="position")),
                (
                    "post",
                    models.CharField(
                        choices=[
                            ("chair", "chair"),
                            ("deputy", "deputy chair"),
                            ("secretary", "secretary of the commission"),
                            ("member", "member"),
                        ],
                        default="member",
                        max_length=10,
                        verbose_name="post",
                    ),
                ),
                ("votes", models.BooleanField(default=True, verbose_name="votes")),
                ("start", models.DateField(verbose_name="from")),
                ("end", models.DateField(blank=True, null=True, verbose_name="to")),
                (
                    "commission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="members", to="tutors.commission"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="commission_memberships",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("end__isnull", True), ("end__gte", models.F("start")), _connector="OR"),
                        name="member_dates",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("end__isnull", True)),
                        fields=("commission", "person"),
                        name="member_once_now",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("end__isnull", True), ("post__in", ["chair", "secretary"])),
                        fields=("commission", "post"),
                        name="one_chair_and_secretary",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CriterionAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("criterion", models.CharField(max_length=40, verbose_name="criterion")),
                (
                    "computed",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=6, null=True, verbose_name="known to the system"
                    ),
                ),
                (
                    "stated",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=6, null=True, verbose_name="by papers"
                    ),
                ),
                ("text", models.TextField(blank=True, verbose_name="in a few words")),
                (
                    "check_result",
                    models.CharField(
                        blank=True,
                        choices=[("", "not checked yet"), ("met", "met"), ("not_met", "not met")],
                        max_length=8,
                        verbose_name="finding",
                    ),
                ),
                ("check_note", models.CharField(blank=True, max_length=500, verbose_name="note of the check")),
                ("checked_at", models.DateTimeField(blank=True, null=True, verbose_name="checked")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="answers", to="tutors.application"
                    ),
                ),
                (
                    "checked_by",
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
                "constraints": [
                    models.UniqueConstraint(fields=("application", "criterion"), name="one_answer_a_criterion"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("check_result", ""), ("checked_at__isnull", True)),
                            models.Q(models.Q(("check_result", ""), _negated=True), ("checked_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="finding_is_dated",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CriterionEvidence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("criterion", models.CharField(max_length=40, verbose_name="criterion")),
                ("title", models.CharField(max_length=300, verbose_name="what it is")),
                ("file", models.FileField(blank=True, upload_to="applications/%Y/%m", verbose_name="file")),
                ("file_name", models.CharField(blank=True, max_length=200, verbose_name="name of the file")),
                ("sha256", models.CharField(blank=True, editable=False, max_length=64)),
                ("link", models.URLField(blank=True, max_length=500, verbose_name="link")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="evidence", to="tutors.application"
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
                        name="criterion_file_or_link",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("sha256", ""), _negated=True),
                        fields=("application", "criterion", "sha256"),
                        name="criterion_file_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("link", ""), _negated=True),
                        fields=("application", "criterion", "link"),
                        name="criterion_link_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DissentingOpinion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(verbose_name="dissenting opinion")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="opinions", to="tutors.agendaitem"
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="opinions",
                        to="tutors.commissionmember",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [models.UniqueConstraint(fields=("item", "member"), name="one_opinion")],
            },
        ),
        migrations.CreateModel(
            name="Judgement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("criterion", models.CharField(max_length=40, verbose_name="criterion")),
                ("points", models.PositiveSmallIntegerField(verbose_name="points")),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="note")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="judgements", to="tutors.agendaitem"
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="judgements",
                        to="tutors.commissionmember",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "indexes": [models.Index(fields=["item", "member"], name="judgement_by_member")],
            },
        ),
        migrations.CreateModel(
            name="Recusal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("own", "own application"),
                            ("school", "same school"),
                            ("relative", "relative"),
                            ("other", "another conflict of interest"),
                        ],
                        max_length=10,
                        verbose_name="reason",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                ("found", models.BooleanField(default=False)),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="recusals", to="tutors.agendaitem"
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recusals",
                        to="tutors.commissionmember",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [models.UniqueConstraint(fields=("item", "member"), name="recusal_once")],
            },
        ),
        migrations.CreateModel(
            name="SealedBallot",
            fields=[
                ("token", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("sealed", models.BinaryField()),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sealed", to="tutors.agendaitem"
                    ),
                ),
            ],
            options={
                "ordering": ["token"],
            },
        ),
        migrations.CreateModel(
            name="Attendance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("present", models.BooleanField(default=False, verbose_name="present")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="reason of absence")),
                ("protocol_signed_at", models.DateTimeField(blank=True, null=True, verbose_name="signed the protocol")),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attendance",
                        to="tutors.commissionmember",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="attendance", to="tutors.session"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [models.UniqueConstraint(fields=("session", "member"), name="attendance_once")],
            },
        ),
        migrations.CreateModel(
            name="StaffOrder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("appoint", "appointment"), ("release", "release")], max_length=8, verbose_name="kind"
                    ),
                ),
                ("number", models.CharField(blank=True, max_length=40, verbose_name="number")),
                ("day", models.DateField(blank=True, null=True, verbose_name="date")),
                ("effective", models.DateField(verbose_name="in force from")),
                ("end", models.DateField(blank=True, null=True, verbose_name="until")),
                ("position", models.CharField(blank=True, max_length=300, verbose_name="position of the tutor")),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="reason of the release")),
                ("grounds", models.TextField(blank=True, verbose_name="grounds")),
                ("duties", models.TextField(blank=True, verbose_name="what is entrusted")),
                ("control", models.CharField(blank=True, max_length=300, verbose_name="control is with")),
                ("signer_name", models.CharField(blank=True, max_length=300, verbose_name="who signs")),
                (
                    "signer_position",
                    models.CharField(blank=True, max_length=300, verbose_name="position of the signer"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "draft of an order"),
                            ("signed", "signed"),
                            ("cancelled", "the draft was taken away"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("signed_at", models.DateTimeField(blank=True, null=True, verbose_name="signed")),
                ("acquainted_at", models.DateTimeField(blank=True, null=True, verbose_name="the tutor has read it")),
                ("printed", models.JSONField(blank=True, default=dict, editable=False)),
                (
                    "application",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="orders",
                        to="tutors.application",
                    ),
                ),
                (
                    "centre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="staff_orders",
                        to="organisations.tutorcentre",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="staff_orders", to="people.person"
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
                    "signer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "status",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="orders",
                        to="tutors.tutorstatus",
                    ),
                ),
            ],
            options={
                "verbose_name": "order",
                "ordering": ["-created_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "signed"), _negated=True),
                            models.Q(
                                ("day__isnull", False),
                                ("signed_at__isnull", False),
                                models.Q(("signer_name", ""), _negated=True),
                                models.Q(("number", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="signed_order_is_numbered",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "signed")),
                        fields=("centre", "number", "day"),
                        name="order_number_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "cancelled"), _negated=True),
                        fields=("application",),
                        name="one_order_an_application",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("end__isnull", True), ("end__gte", models.F("effective")), _connector="OR"),
                        name="order_dates",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "draft")),
                        fields=("person", "centre", "kind"),
                        name="one_draft_of_an_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TutorProfile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subjects", models.JSONField(blank=True, default=list, verbose_name="subjects")),
                ("grades", models.JSONField(blank=True, default=list, verbose_name="classes")),
                ("formats", models.JSONField(blank=True, default=list, verbose_name="formats")),
                ("languages", models.JSONField(blank=True, default=list, verbose_name="languages")),
                ("availability", models.JSONField(blank=True, default=list, verbose_name="weekly availability")),
                (
                    "teachers_at_once",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(200),
                        ],
                        verbose_name="teachers at once",
                    ),
                ),
                (
                    "hours_a_month",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(400),
                        ],
                        verbose_name="hours a month",
                    ),
                ),
                ("about", models.TextField(blank=True, verbose_name="about me as a tutor")),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "centre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tutor_profiles",
                        to="organisations.tutorcentre",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="tutor_profiles", to="people.person"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [models.UniqueConstraint(fields=("person", "centre"), name="one_profile")],
            },
        ),
        migrations.CreateModel(
            name="StatusTerm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("start", models.DateField(verbose_name="from")),
                ("end", models.DateField(blank=True, null=True, verbose_name="to")),
                (
                    "basis",
                    models.CharField(
                        choices=[
                            ("decision", "decision of the commission"),
                            ("order", "order"),
                            ("entry", "entry into the community"),
                            ("earlier", "earlier document, entered by the coordinator"),
                        ],
                        max_length=10,
                        verbose_name="rests on",
                    ),
                ),
                ("basis_text", models.CharField(blank=True, max_length=300, verbose_name="document")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "item",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="terms",
                        to="tutors.agendaitem",
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="terms",
                        to="tutors.stafforder",
                    ),
                ),
                (
                    "status",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="terms", to="tutors.tutorstatus"
                    ),
                ),
            ],
            options={
                "ordering": ["start", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("end__isnull", True), ("end__gte", models.F("start")), _connector="OR"),
                        name="term_dates",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("item__isnull", False)), fields=("item",), name="one_term_a_decision"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("order__isnull", False)), fields=("order",), name="one_term_an_order"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StatusReminder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("end", models.DateField()),
                ("days", models.PositiveSmallIntegerField()),
                ("sent_at", models.DateTimeField(auto_now_add=True)),
                (
                    "status",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="reminders", to="tutors.tutorstatus"
                    ),
                ),
            ],
            options={
                "ordering": ["-sent_at"],
                "constraints": [models.UniqueConstraint(fields=("status", "end", "days"), name="reminder_once")],
            },
        ),
        migrations.CreateModel(
            name="Vote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "choice",
                    models.CharField(
                        blank=True,
                        choices=[("for", "for"), ("against", "against"), ("abstained", "abstained")],
                        max_length=10,
                        verbose_name="choice",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="votes", to="tutors.agendaitem"
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="votes_given",
                        to="tutors.commissionmember",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [models.UniqueConstraint(fields=("item", "member"), name="one_vote")],
            },
        ),
    ]
