import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("messaging", "0002_letters_from_core"), ("messaging", "0003_version")]

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Bounce",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("address", models.EmailField(max_length=254, unique=True)),
                ("code", models.CharField(max_length=16)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name="QuietHours",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("person_id", models.BigIntegerField(unique=True)),
                ("begins", models.TimeField()),
                ("ends", models.TimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Digest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("person_id", models.BigIntegerField()),
                ("period", models.CharField(max_length=20)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("due_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("sent_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("person_id", "period"), name="digest_once")],
            },
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("person_id", models.BigIntegerField(null=True)),
                ("address", models.EmailField(blank=True, max_length=254)),
                ("kind", models.CharField(max_length=60)),
                ("fact", models.CharField(max_length=200)),
                ("about", models.CharField(blank=True, max_length=80)),
                ("facts", models.JSONField(default=dict)),
                ("version", models.PositiveIntegerField(default=0)),
                ("site", models.CharField(blank=True, max_length=200)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("due_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("batch", models.CharField(blank=True, max_length=20)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("first_tried_at", models.DateTimeField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waits"),
                            ("sent", "has gone"),
                            ("silent", "no letter"),
                            ("cancelled", "not needed any more"),
                            ("refused", "was not taken"),
                            ("given_up", "could not be sent"),
                        ],
                        default="waiting",
                        max_length=12,
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", ""),
                            ("switched_off", "switched off in the settings of the person"),
                            ("no_address", "there is no e-mail"),
                            ("no_mail", "mail is not set up in this installation"),
                            ("done", "done already, or not needed any more"),
                            ("moved", "the day was moved"),
                            ("no_right", "the person has no right to it any more"),
                            ("too_old", "too old: its link would not work any more"),
                            ("replaced", "a newer letter has taken its place"),
                            ("left", "the person has no account or no role any more"),
                            ("unknown", "letters of this kind are not sent any more"),
                            ("bad_address", "the mail server says that this address does not exist"),
                            ("bad_letter", "the mail server does not take this letter"),
                            ("later", "the mail server asked to come later"),
                            ("broken_off", "the connection broke off"),
                            ("server_down", "the mail server does not answer"),
                            ("program", "an error of the program; the log of the server names the place"),
                        ],
                        max_length=20,
                    ),
                ),
                ("done_at", models.DateTimeField(null=True)),
                ("read_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["pk"],
                "indexes": [
                    models.Index(condition=models.Q(("state", "waiting")), fields=["due_at"], name="messages_waiting"),
                    models.Index(fields=["person_id", "-made_at"], name="messages_of_person"),
                    models.Index(condition=models.Q(("read_at", None)), fields=["person_id"], name="messages_unread"),
                    models.Index(
                        condition=models.Q(("about", ""), _negated=True), fields=["about"], name="messages_about"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("person_id", "address", "kind", "fact"), name="told_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("address", ""), ("person_id__isnull", False)),
                            models.Q(("person_id__isnull", True), models.Q(("address", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="message_to_one",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Preference",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("person_id", models.BigIntegerField()),
                ("kind", models.CharField(max_length=60)),
                (
                    "rhythm",
                    models.CharField(
                        choices=[
                            ("at_once", "at once"),
                            ("day", "once a day, together"),
                            ("week", "on Mondays, together"),
                            ("never", "do not send"),
                        ],
                        max_length=10,
                        verbose_name="letters",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("person_id", "kind"), name="preference_once")],
            },
        ),
    ]
