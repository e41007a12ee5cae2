from typing import Any

import django.db.models.deletion
from django.db import migrations, models

from traektoria.core.installation.first_tables import on_empty

NEVER_AT_ONCE = (
    """ALTER TABLE consultations_consultationhour ADD CONSTRAINT hours_of_a_tutor_never_at_once
    EXCLUDE USING gist (int8range(tutor_id, tutor_id, '[]') WITH &&, tstzrange(start, "end") WITH &&)
    WHERE (withdrawn_at IS NULL)""",
    """ALTER TABLE consultations_helpdatetutor ADD CONSTRAINT dates_of_a_tutor_never_at_once
    EXCLUDE USING gist (int8range(tutor_id, tutor_id, '[]') WITH &&, tstzrange(start, "end") WITH &&)
    WHERE (live)""",
    """ALTER TABLE consultations_helpdate ADD CONSTRAINT dates_of_a_room_never_at_once
    EXCLUDE USING gist (int8range(room_id, room_id, '[]') WITH &&, tstzrange(start, "end") WITH &&)
    WHERE (state = 'standing' AND room_id IS NOT NULL)""",
)


@on_empty(True)
def exclude(apps: Any, schema_editor: Any) -> None:
    """On PostgreSQL the database refuses two hours or dates of a tutor, or two of a room, at once; SQLite has one
    writer at a time."""
    if schema_editor.connection.vendor == "postgresql":
        for rule in NEVER_AT_ONCE:
            schema_editor.execute(rule)


class Migration(migrations.Migration):
    replaces = [
        ("consultations", "0002_hours"),
        ("consultations", "0003_points_and_slots"),
        ("consultations", "0004_absences"),
        ("consultations", "0005_bookings"),
        ("consultations", "0006_request_files_and_absences"),
        ("consultations", "0007_series"),
        ("consultations", "0008_served_by"),
        ("consultations", "0009_what_ends_by_itself"),
        ("consultations", "0010_materials_of_an_hour"),
    ]

    initial = True

    dependencies = [
        ("organisations", "0001_initial"),
        ("people", "0001_initial"),
        ("routes", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="ConsultationRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(default=1, verbose_name="teachers")),
                ("topic", models.CharField(max_length=200, verbose_name="topic")),
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
                ("classes", models.CharField(blank=True, max_length=60, verbose_name="classes")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("individual", "individual"),
                            ("group", "for a group"),
                            ("thematic", "on a topic, for all who want"),
                        ],
                        default="individual",
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                (
                    "way",
                    models.CharField(
                        choices=[("any", "in person or by video"), ("in_person", "in person"), ("video", "by video")],
                        default="any",
                        max_length=10,
                        verbose_name="how",
                    ),
                ),
                ("urgent", models.BooleanField(default=False, verbose_name="urgent")),
                ("wished", models.CharField(blank=True, max_length=200, verbose_name="when it suits")),
                ("note", models.TextField(blank=True, verbose_name="note")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "with the coordinator"),
                            ("assigned", "with the tutor"),
                            ("taken", "the tutor has answered"),
                            ("held", "held"),
                            ("declined", "declined"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="asked",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("answer", models.TextField(blank=True, verbose_name="what the tutor answered")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="moment of the answer")),
                ("renamed_at", models.DateTimeField(blank=True, null=True, verbose_name="moment of the newest answer")),
                ("closed_why", models.CharField(blank=True, max_length=300, verbose_name="why not")),
                ("asked_at", models.DateTimeField(verbose_name="moment of asking")),
                ("answer_by", models.DateTimeField(verbose_name="answer promised by")),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consultation_requests",
                        to="people.person",
                    ),
                ),
                (
                    "centre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consultation_requests",
                        to="organisations.tutorcentre",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="consultation_requests",
                        to="routes.routeitem",
                    ),
                ),
                (
                    "regulation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.regulation"
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consultation_requests",
                        to="organisations.school",
                    ),
                ),
                (
                    "teachers",
                    models.ManyToManyField(blank=True, related_name="consultations_asked", to="people.person"),
                ),
                (
                    "tutor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consultations_assigned",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "verbose_name": "request for a consultation",
                "ordering": ["-asked_at", "-pk"],
                "indexes": [
                    models.Index(fields=["centre", "state", "answer_by"], name="consultation_by_centre"),
                    models.Index(fields=["tutor", "state"], name="consultation_by_tutor"),
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("number__gte", 1)), name="consultation_for_somebody"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["assigned", "taken"]), _negated=True),
                            ("tutor__isnull", False),
                            _connector="OR",
                        ),
                        name="consultation_has_its_tutor",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RequestFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("file", models.FileField(upload_to="requests/%Y/%m", verbose_name="file")),
                ("file_name", models.CharField(max_length=200, verbose_name="name of the file")),
                ("sha256", models.CharField(editable=False, max_length=64)),
                ("attached_at", models.DateTimeField(auto_now_add=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="files",
                        to="consultations.consultationrequest",
                    ),
                ),
            ],
            options={
                "verbose_name": "file of a request",
                "ordering": ["attached_at", "pk"],
                "constraints": [models.UniqueConstraint(fields=("request", "sha256"), name="request_file_once")],
            },
        ),
        migrations.CreateModel(
            name="ReturnedRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.CharField(max_length=300, verbose_name="why returned")),
                ("returned_at", models.DateTimeField(auto_now_add=True)),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="returns",
                        to="consultations.consultationrequest",
                    ),
                ),
                (
                    "tutor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "ordering": ["returned_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="TutorAbsence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("start", models.DateField(verbose_name="from")),
                ("end", models.DateField(verbose_name="to")),
                (
                    "kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("illness", "illness"),
                            ("holidays", "holidays"),
                            ("trip", "business trip"),
                            ("study", "courses"),
                            ("other", "something else"),
                        ],
                        default="other",
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="reason")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note for the coordinator")),
                ("cancelled_at", models.DateTimeField(blank=True, null=True, verbose_name="cancelled")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "centre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.tutorcentre"
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="echoes",
                        to="consultations.tutorabsence",
                    ),
                ),
                (
                    "tutor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="absences", to="people.person"
                    ),
                ),
            ],
            options={
                "verbose_name": "absence of a tutor",
                "ordering": ["start", "pk"],
                "indexes": [models.Index(fields=["tutor", "start"], name="absence_by_tutor")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("end__gte", models.F("start"))), name="absence_ends_after_it_begins"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ConsultationPoint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("centre", "at the centre"), ("school", "at a school"), ("video", "by video only")],
                        max_length=10,
                        verbose_name="where",
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("address", models.CharField(blank=True, max_length=300, verbose_name="address")),
                ("contacts", models.CharField(blank=True, max_length=300, verbose_name="contacts")),
                ("about", models.TextField(blank=True, verbose_name="what one comes with")),
                ("subjects", models.JSONField(blank=True, default=list, verbose_name="subjects")),
                ("published", models.BooleanField(default=False, verbose_name="shown to the centre")),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="closed from")),
                ("closed_why", models.CharField(blank=True, max_length=300, verbose_name="why closed")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "centre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="points",
                        to="organisations.tutorcentre",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="points",
                        to="organisations.school",
                        verbose_name="school",
                    ),
                ),
            ],
            options={
                "verbose_name": "consultation point",
                "ordering": ["name", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("centre", "name"), name="point_name_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "school"), _negated=True), ("school__isnull", False), _connector="OR"
                        ),
                        name="point_at_a_school_names_it",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_on__isnull", True), ("closed_why", "")),
                            models.Q(("closed_on__isnull", False), models.Q(("closed_why", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="closed_point_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PointRoom",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60, verbose_name="room")),
                ("in_use", models.BooleanField(default=True, verbose_name="still a room of the point")),
                (
                    "point",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rooms",
                        to="consultations.consultationpoint",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [models.UniqueConstraint(fields=("point", "name"), name="room_of_a_point_once")],
            },
        ),
        migrations.CreateModel(
            name="PointTutor",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="received_at", to="people.person"
                    ),
                ),
                (
                    "point",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="receives",
                        to="consultations.consultationpoint",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [models.UniqueConstraint(fields=("point", "person"), name="tutor_once_at_a_point")],
            },
        ),
        migrations.CreateModel(
            name="HelpHour",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "way",
                    models.CharField(
                        choices=[("in_person", "in person"), ("video", "by video")], max_length=10, verbose_name="how"
                    ),
                ),
                ("topic", models.CharField(blank=True, max_length=200, verbose_name="topic")),
                ("subjects", models.JSONField(blank=True, default=list, verbose_name="subjects")),
                ("together", models.BooleanField(default=False, verbose_name="one group with all tutors")),
                (
                    "repeat",
                    models.CharField(
                        choices=[
                            ("weekly", "every week"),
                            ("fortnightly", "every second week"),
                            ("monthly", "every month, on the same weekday"),
                            ("by_hand", "on dates by hand"),
                        ],
                        max_length=12,
                        verbose_name="comes again",
                    ),
                ),
                ("first_day", models.DateField(verbose_name="first day")),
                ("last_day", models.DateField(verbose_name="last day")),
                ("days", models.JSONField(blank=True, default=list, verbose_name="dates")),
                ("start", models.TimeField(verbose_name="from")),
                ("end", models.TimeField(verbose_name="until")),
                ("zone", models.CharField(max_length=40, verbose_name="time zone")),
                ("slot_minutes", models.PositiveSmallIntegerField(verbose_name="length of a meeting, minutes")),
                (
                    "break_minutes",
                    models.PositiveSmallIntegerField(default=0, verbose_name="break between meetings, minutes"),
                ),
                ("places", models.PositiveSmallIntegerField(default=1, verbose_name="places in a meeting")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="last day, ended before its time")),
                ("ended_why", models.CharField(blank=True, max_length=300, verbose_name="why it ended")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "centre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="help_hours",
                        to="organisations.tutorcentre",
                    ),
                ),
                (
                    "point",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="help_hours",
                        to="consultations.consultationpoint",
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
            ],
            options={
                "verbose_name": "Hour of methodical help",
                "ordering": ["-first_day", "-pk"],
                "indexes": [models.Index(fields=["centre", "last_day"], name="help_by_centre")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("end__gt", models.F("start"))), name="help_ends_after_it_begins"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("last_day__gte", models.F("first_day"))), name="help_has_days"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("places__gte", 1), ("slot_minutes__gte", 1)), name="help_is_for_somebody"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("way", "video"), ("point__isnull", False), _connector="OR"),
                        name="help_in_person_has_its_point",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HelpDate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(verbose_name="day")),
                ("start", models.DateTimeField(verbose_name="beginning")),
                ("end", models.DateTimeField(verbose_name="end")),
                (
                    "way",
                    models.CharField(
                        choices=[("in_person", "in person"), ("video", "by video")], max_length=10, verbose_name="how"
                    ),
                ),
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
                ("topic", models.CharField(blank=True, max_length=200, verbose_name="topic")),
                ("places", models.PositiveSmallIntegerField(default=1, verbose_name="places in a meeting")),
                (
                    "original",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="by the rule as it was"),
                ),
                ("number", models.PositiveSmallIntegerField(default=1, editable=False, verbose_name="edition")),
                ("opened_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="slots made")),
                (
                    "centre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.tutorcentre"
                    ),
                ),
                (
                    "point",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dates",
                        to="consultations.consultationpoint",
                    ),
                ),
                (
                    "room",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dates",
                        to="consultations.pointroom",
                    ),
                ),
                (
                    "hour",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="dates", to="consultations.helphour"
                    ),
                ),
            ],
            options={
                "verbose_name": "date of an Hour of methodical help",
                "ordering": ["start", "pk"],
                "indexes": [
                    models.Index(fields=["centre", "start"], name="help_date_by_centre"),
                    models.Index(fields=["room", "start"], name="help_date_by_room"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("hour", "day"), name="date_of_a_help_hour_once"),
                    models.CheckConstraint(
                        condition=models.Q(("end__gt", models.F("start"))), name="help_date_ends_after_it_begins"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "standing"), ("why", "")),
                            models.Q(("state", "dropped"), models.Q(("why", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="dropped_date_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HelpDateChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("dropped", "dropped"),
                            ("rest", "the rest dropped"),
                            ("moved", "moved"),
                            ("restored", "takes place after all"),
                            ("edited", "changed"),
                            ("tutors", "another tutor"),
                        ],
                        max_length=10,
                        verbose_name="what was done",
                    ),
                ),
                ("before", models.JSONField(verbose_name="what it was")),
                ("reason", models.CharField(max_length=300, verbose_name="reason")),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="when")),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "date",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="changes", to="consultations.helpdate"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="HelpDateTutor",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("start", models.DateTimeField()),
                ("end", models.DateTimeField()),
                ("live", models.BooleanField(default=True)),
                (
                    "date",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="receives",
                        to="consultations.helpdate",
                    ),
                ),
                (
                    "tutor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="help_dates", to="people.person"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "indexes": [models.Index(fields=["tutor", "start"], name="help_date_by_tutor")],
                "constraints": [
                    models.UniqueConstraint(fields=("date", "tutor"), name="tutor_once_on_a_date"),
                    models.CheckConstraint(
                        condition=models.Q(("end__gt", models.F("start"))), name="tutor_of_a_date_has_time"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Slot",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("start", models.DateTimeField(verbose_name="beginning")),
                ("end", models.DateTimeField(verbose_name="end")),
                ("places", models.PositiveSmallIntegerField(verbose_name="places")),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "open"), ("dropped", "dropped")],
                        default="open",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "centre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="slots",
                        to="organisations.tutorcentre",
                    ),
                ),
                (
                    "date",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="slots", to="consultations.helpdate"
                    ),
                ),
                (
                    "tutor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="slots",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "verbose_name": "slot",
                "ordering": ["start", "pk"],
                "indexes": [models.Index(fields=["centre", "state", "start"], name="slot_by_centre")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("tutor__isnull", False)),
                        fields=("date", "start", "tutor"),
                        name="slot_of_a_tutor_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("tutor__isnull", True)),
                        fields=("date", "start"),
                        name="slot_of_all_tutors_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("end__gt", models.F("start")), ("places__gte", 1)), name="slot_is_some_time"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ConsultationHour",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("start", models.DateTimeField(verbose_name="beginning of the hour")),
                ("end", models.DateTimeField(verbose_name="end of the hour")),
                (
                    "way",
                    models.CharField(
                        choices=[("in_person", "in person"), ("video", "by video"), ("phone", "by telephone")],
                        max_length=10,
                        verbose_name="how",
                    ),
                ),
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
                ("topic", models.CharField(max_length=200, verbose_name="topic")),
                ("pupils", models.PositiveSmallIntegerField(default=0, verbose_name="pupils")),
                ("recommendations", models.TextField(blank=True, verbose_name="recommendations")),
                ("materials", models.TextField(blank=True, verbose_name="materials")),
                ("shared_note", models.TextField(blank=True, verbose_name="note for both")),
                ("private_note", models.TextField(blank=True, verbose_name="note for myself")),
                ("next_day", models.DateField(blank=True, null=True, verbose_name="next time")),
                ("number", models.PositiveSmallIntegerField(default=1, editable=False, verbose_name="edition")),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="withdrawn")),
                ("withdrawn_why", models.CharField(blank=True, max_length=300, verbose_name="why withdrawn")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "centre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consultation_hours",
                        to="organisations.tutorcentre",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="hours",
                        to="routes.routeitem",
                    ),
                ),
                (
                    "tutor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="hours_given", to="people.person"
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hours",
                        to="consultations.consultationrequest",
                    ),
                ),
                (
                    "slot",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hours",
                        to="consultations.slot",
                    ),
                ),
            ],
            options={
                "verbose_name": "hour of consultation",
                "ordering": ["-start", "-pk"],
                "indexes": [
                    models.Index(fields=["tutor", "start"], name="hour_by_tutor"),
                    models.Index(fields=["centre", "start"], name="hour_by_centre"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("end__gt", models.F("start"))), name="hour_ends_after_it_begins"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HourEdition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(verbose_name="edition")),
                ("facts", models.JSONField(verbose_name="what it said")),
                ("until", models.DateTimeField(auto_now_add=True, verbose_name="corrected")),
                (
                    "hour",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="editions",
                        to="consultations.consultationhour",
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "constraints": [models.UniqueConstraint(fields=("hour", "number"), name="edition_once")],
            },
        ),
        migrations.CreateModel(
            name="HourTeacher",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "feedback",
                    models.CharField(
                        blank=True,
                        choices=[("helped", "it helped"), ("partly", "partly"), ("not_yet", "not yet")],
                        max_length=10,
                        verbose_name="how it was",
                    ),
                ),
                ("feedback_at", models.DateTimeField(blank=True, null=True)),
                (
                    "hour",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="teachers",
                        to="consultations.consultationhour",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="hours_received", to="people.person"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("hour", "person"), name="teacher_once_an_hour"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("feedback", ""), ("feedback_at__isnull", True)),
                            models.Q(models.Q(("feedback", ""), _negated=True), ("feedback_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="feedback_is_dated",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="QueueLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "said",
                    models.CharField(
                        choices=[
                            ("too_near", "not offered to anybody: it begins too soon"),
                            ("closed", "not offered to anybody: it does not take place"),
                            ("nobody", "nobody else waits for such an hour"),
                            ("offered", "offered"),
                            ("taken", "taken"),
                            ("passed", "given back, goes to the end of the list"),
                            ("lapsed", "no answer in time, goes to the end of the list"),
                            ("has_place", "not offered: has a place there"),
                            ("had_it", "not offered: let this hour pass or gave it back"),
                            ("busy", "not offered: has something else then"),
                            ("decides", "not offered: decides on another offer"),
                            ("limit", "not offered: has as many bookings as a month allows"),
                            ("own", "not offered: receives there"),
                            ("gone", "not offered: is no teacher of the centre now"),
                        ],
                        max_length=12,
                        verbose_name="what was decided",
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True)),
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
                    "slot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="queue_lines", to="consultations.slot"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="AbsenceStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("substitute", "another tutor receives"),
                            ("move", "moved"),
                            ("take_out", "the others receive"),
                            ("drop", "dropped"),
                        ],
                        max_length=12,
                        verbose_name="what became of it",
                    ),
                ),
                ("start", models.DateTimeField(verbose_name="when it was")),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="decided")),
                (
                    "other",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "date",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="absence_steps",
                        to="consultations.helpdate",
                    ),
                ),
                (
                    "absence",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="steps",
                        to="consultations.tutorabsence",
                    ),
                ),
            ],
            options={
                "verbose_name": "step of an absence",
                "ordering": ["start", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("absence", "date"), name="date_once_in_an_absence"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("other__isnull", False), ("step", "substitute")),
                            models.Q(models.Q(("step", "substitute"), _negated=True), ("other", None)),
                            _connector="OR",
                        ),
                        name="substitute_is_named",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HelpHourTutor",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "hour",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="receives",
                        to="consultations.helphour",
                    ),
                ),
                (
                    "tutor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [models.UniqueConstraint(fields=("hour", "tutor"), name="tutor_once_in_a_help_hour")],
            },
        ),
        migrations.CreateModel(
            name="BookingMove",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("start", models.DateTimeField()),
                ("end", models.DateTimeField()),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="reason")),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "slot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="consultations.slot"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="WaitingWish",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                ("first_day", models.DateField(verbose_name="from")),
                ("last_day", models.DateField(verbose_name="to")),
                ("topic", models.CharField(blank=True, max_length=200, verbose_name="topic")),
                ("since", models.DateTimeField(verbose_name="waits since")),
                (
                    "state",
                    models.CharField(
                        choices=[("waits", "waits"), ("served", "has a place"), ("left", "waits no longer")],
                        default="waits",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "centre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.tutorcentre"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="waiting_wishes", to="people.person"
                    ),
                ),
                (
                    "tutor",
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
                "verbose_name": "place in the waiting list",
                "ordering": ["since", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Booking",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("seat", models.PositiveSmallIntegerField(verbose_name="place")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "waits for the tutor's yes"),
                            ("offered", "offered from the waiting list"),
                            ("booked", "booked"),
                            ("offer_over", "the offer is over"),
                            ("unanswered", "the tutor has not answered in time"),
                            ("came", "came"),
                            ("missed", "did not come"),
                            ("off_by_us", "cancelled by the centre"),
                            ("off_by_asker", "cancelled by the teacher"),
                        ],
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                ("topic", models.CharField(blank=True, max_length=200, verbose_name="topic")),
                ("offer_until", models.DateTimeField(blank=True, null=True, verbose_name="offered until")),
                ("leave_asked_at", models.DateTimeField(blank=True, null=True, verbose_name="asked to be let go")),
                ("leave_why", models.CharField(blank=True, max_length=300, verbose_name="why")),
                ("why", models.CharField(blank=True, max_length=300, verbose_name="why cancelled")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="booked")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided")),
                (
                    "booked_by",
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
                        related_name="bookings",
                        to="routes.routeitem",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="bookings", to="people.person"
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bookings",
                        to="organisations.school",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bookings",
                        to="consultations.consultationrequest",
                    ),
                ),
                (
                    "slot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="bookings", to="consultations.slot"
                    ),
                ),
                (
                    "wish",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bookings",
                        to="consultations.waitingwish",
                    ),
                ),
            ],
            options={
                "verbose_name": "booking",
                "ordering": ["slot__start", "seat", "pk"],
                "indexes": [models.Index(fields=["person", "state"], name="booking_by_person")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("asked", "offered", "booked", "came", "missed"))),
                        fields=("slot", "seat"),
                        name="place_of_a_slot_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("asked", "offered", "booked", "came", "missed"))),
                        fields=("slot", "person"),
                        name="person_once_in_slot",
                    ),
                    models.CheckConstraint(condition=models.Q(("seat__gte", 1)), name="places_count_from_one"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "offered"), _negated=True),
                            ("offer_until__isnull", False),
                            _connector="OR",
                        ),
                        name="offer_has_its_end",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="consultationpoint",
            name="tutors",
            field=models.ManyToManyField(related_name="points", through="consultations.PointTutor", to="people.person"),
        ),
        migrations.AddField(
            model_name="helphour",
            name="tutors",
            field=models.ManyToManyField(
                related_name="help_hours", through="consultations.HelpHourTutor", to="people.person"
            ),
        ),
        migrations.AddField(
            model_name="bookingmove",
            name="booking",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="moves", to="consultations.booking"
            ),
        ),
        migrations.AddField(
            model_name="waitingwish",
            name="served_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="served",
                to="consultations.booking",
            ),
        ),
        migrations.AddIndex(
            model_name="waitingwish",
            index=models.Index(fields=["centre", "state", "since"], name="wish_by_centre"),
        ),
        migrations.AddConstraint(
            model_name="waitingwish",
            constraint=models.CheckConstraint(
                condition=models.Q(("last_day__gte", models.F("first_day"))), name="wish_has_days"
            ),
        ),
        migrations.RunPython(exclude, migrations.RunPython.noop),
    ]
