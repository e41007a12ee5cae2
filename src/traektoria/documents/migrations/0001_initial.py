import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("organisations", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="IssuedDocument",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=40, verbose_name="kind")),
                ("object_id", models.BigIntegerField()),
                ("version", models.PositiveSmallIntegerField(verbose_name="version")),
                ("content_sha256", models.CharField(editable=False, max_length=64)),
                ("code", models.CharField(max_length=20, unique=True, verbose_name="verification code")),
                ("issuer", models.CharField(blank=True, max_length=600, verbose_name="issued by")),
                ("issued_at", models.DateTimeField(auto_now_add=True, verbose_name="issued")),
                ("issued_by_id", models.BigIntegerField(null=True)),
                (
                    "centre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents",
                        to="organisations.tutorcentre",
                    ),
                ),
            ],
            options={
                "ordering": ["-issued_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "object_id", "content_sha256"), name="content_issued_once")
                ],
            },
        ),
    ]
