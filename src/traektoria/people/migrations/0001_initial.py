import django.contrib.auth.models
import django.contrib.auth.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("organisations", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Person",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("surname", models.CharField(max_length=100, verbose_name="surname")),
                ("given", models.CharField(max_length=100, verbose_name="given name")),
                ("patronymic", models.CharField(blank=True, max_length=100, verbose_name="patronymic")),
                (
                    "gender",
                    models.CharField(
                        blank=True,
                        choices=[("female", "female"), ("male", "male")],
                        max_length=6,
                        verbose_name="gender",
                    ),
                ),
                ("name_cases", models.JSONField(blank=True, default=dict, verbose_name="name in cases")),
                ("sort_name", models.CharField(db_index=True, editable=False, max_length=220)),
                ("search_name", models.CharField(db_index=True, editable=False, max_length=320)),
            ],
            options={
                "ordering": ["sort_name", "pk"],
            },
        ),
        migrations.CreateModel(
            name="AccessRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="when")),
                ("account_id", models.BigIntegerField(verbose_name="account")),
                ("actor_name", models.CharField(max_length=120, verbose_name="who")),
                ("centre_id", models.BigIntegerField(null=True)),
                ("person_id", models.BigIntegerField(db_index=True, null=True)),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("analysis", "analysis of results"),
                            ("support", "tutor support"),
                            ("own", "own data"),
                            ("card", "card of the route"),
                            ("export", "export"),
                            ("staff", "keeping the staff list"),
                            ("status", "deciding on the status of a tutor"),
                        ],
                        max_length=12,
                        verbose_name="purpose",
                    ),
                ),
                ("subject_kind", models.CharField(max_length=80, verbose_name="what")),
                ("subject_id", models.CharField(max_length=64)),
            ],
            options={
                "ordering": ["-at", "-pk"],
                "indexes": [models.Index(fields=["subject_kind", "subject_id", "at"], name="access_by_subject")],
            },
        ),
        migrations.CreateModel(
            name="Attempts",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("scope", models.CharField(max_length=12)),
                ("key", models.CharField(max_length=40)),
                ("level", models.FloatField()),
                ("at", models.FloatField(db_index=True)),
                ("until", models.FloatField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("scope", "key"), name="attempts_once")],
            },
        ),
        migrations.CreateModel(
            name="Employment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.CharField(max_length=150, verbose_name="position")),
                (
                    "category",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "no category"),
                            ("first", "first category"),
                            ("highest", "highest category"),
                            ("conformity", "position conformity"),
                        ],
                        max_length=12,
                        verbose_name="category",
                    ),
                ),
                ("experience_from", models.DateField(blank=True, null=True, verbose_name="teaching since")),
                ("subjects", models.JSONField(blank=True, default=list, verbose_name="subjects")),
                ("start", models.DateField(verbose_name="from")),
                ("end", models.DateField(blank=True, null=True, verbose_name="to")),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="employments",
                        to="organisations.school",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="employments", to="people.person"
                    ),
                ),
            ],
            options={
                "ordering": ["-start", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("end__isnull", True), ("end__gte", models.F("start")), _connector="OR"),
                        name="employment_dates",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("end__isnull", True)),
                        fields=("person", "school", "position"),
                        name="one_active_employment",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Consent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("nomination", "to be nominated as a tutor and to have the application considered"),
                            ("register", "to stand in the public register of tutors"),
                            ("diagnostics", "to take part in diagnostics"),
                        ],
                        max_length=20,
                        verbose_name="to what",
                    ),
                ),
                ("about", models.CharField(blank=True, editable=False, max_length=60)),
                ("text", models.TextField(verbose_name="text")),
                ("given_at", models.DateTimeField(auto_now_add=True, verbose_name="given")),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="withdrawn")),
                (
                    "centre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="organisations.tutorcentre"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="consents", to="people.person"
                    ),
                ),
            ],
            options={
                "ordering": ["-given_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at__isnull", True)),
                        fields=("person", "centre", "kind", "about"),
                        name="one_consent_in_force",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Account",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                (
                    "username",
                    models.CharField(
                        error_messages={"unique": "A user with that username already exists."},
                        help_text="Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.",
                        max_length=150,
                        unique=True,
                        validators=[django.contrib.auth.validators.UnicodeUsernameValidator()],
                        verbose_name="username",
                    ),
                ),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="email address")),
                (
                    "is_staff",
                    models.BooleanField(
                        default=False,
                        help_text="Designates whether the user can log into this admin site.",
                        verbose_name="staff status",
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(
                        default=True,
                        help_text="Designates whether this user should be treated as active. Unselect this instead of deleting accounts.",
                        verbose_name="active",
                    ),
                ),
                ("date_joined", models.DateTimeField(default=django.utils.timezone.now, verbose_name="date joined")),
                (
                    "password_given",
                    models.BooleanField(default=False, verbose_name="the password was given by the centre"),
                ),
                ("given_at", models.DateTimeField(editable=False, null=True)),
                ("given_by", models.BigIntegerField(editable=False, null=True)),
                ("held_until", models.DateTimeField(editable=False, null=True)),
                ("email_wanted", models.EmailField(blank=True, editable=False, max_length=254)),
                ("email_confirmed_at", models.DateTimeField(editable=False, null=True)),
                ("last_totp", models.BigIntegerField(editable=False, null=True)),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
                (
                    "person",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="account",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("email", ""), _negated=True), fields=("email",), name="account_email_once"
                    )
                ],
            },
            managers=[
                ("objects", django.contrib.auth.models.UserManager()),
            ],
        ),
        migrations.CreateModel(
            name="RoleAssignment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
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
                        verbose_name="role",
                    ),
                ),
                ("start", models.DateField(verbose_name="from")),
                ("end", models.DateField(blank=True, null=True, verbose_name="to")),
                (
                    "centre",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="roles",
                        to="organisations.tutorcentre",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="roles", to="people.person"
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="roles",
                        to="organisations.school",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["centre", "role"], name="role_by_centre")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("end__isnull", True), ("end__gte", models.F("start")), _connector="OR"),
                        name="role_dates",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("centre__isnull", True), ("role", "administrator")),
                            models.Q(models.Q(("role", "administrator"), _negated=True), ("centre__isnull", False)),
                            _connector="OR",
                        ),
                        name="role_has_its_centre",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("role__in", ["head", "deputy_head", "teacher"]), ("school__isnull", False)),
                            models.Q(
                                models.Q(("role__in", ["head", "deputy_head", "teacher"]), _negated=True),
                                ("school__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="school_role_has_its_school",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("end__isnull", True), ("school__isnull", False)),
                        fields=("person", "role", "centre", "school"),
                        name="one_active_school_role",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("centre__isnull", False), ("end__isnull", True), ("school__isnull", True)),
                        fields=("person", "role", "centre"),
                        name="one_active_centre_role",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("centre__isnull", True), ("end__isnull", True)),
                        fields=("person", "role"),
                        name="one_active_wide_role",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Session",
            fields=[
                (
                    "session_key",
                    models.CharField(max_length=40, primary_key=True, serialize=False, verbose_name="session key"),
                ),
                ("session_data", models.TextField(verbose_name="session data")),
                ("expire_date", models.DateTimeField(db_index=True, verbose_name="expire date")),
                (
                    "account",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "session",
                "verbose_name_plural": "sessions",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="TaughtClass",
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
                ("grade", models.PositiveSmallIntegerField(verbose_name="grade")),
                ("letter", models.CharField(blank=True, max_length=4, verbose_name="letter")),
                (
                    "employment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="classes", to="people.employment"
                    ),
                ),
                (
                    "year",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.schoolyear"
                    ),
                ),
            ],
            options={
                "ordering": ["grade", "letter"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("employment", "year", "subject", "grade", "letter"), name="taught_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("grade__gte", 1), ("grade__lte", 12)), name="grade_in_range"
                    ),
                ],
            },
        ),
    ]
