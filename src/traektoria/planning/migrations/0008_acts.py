from collections import Counter
from typing import Any

from django.db import migrations, models

from traektoria.core.installation.first_tables import on_empty
from traektoria.organisations import zones


@on_empty(False)
def number_what_was_signed(apps: Any, _editor: Any) -> None:
    """Acts that were signed before get numbers in the order of their signatures, and the names as they are now."""
    last: Counter[tuple[int, int]] = Counter()
    signed = apps.get_model("planning", "Audit").objects.filter(state="signed").order_by("signed_at", "pk")
    for audit in signed.select_related("centre__municipality", "school"):
        centre, place = audit.centre, audit.centre.municipality
        day = audit.signed_at.astimezone(zones.zone(place.time_zone)).date()
        last[centre.pk, day.year] += 1
        audit.act_year, audit.act_number = day.year, last[centre.pk, day.year]
        audit.printed = {
            "day": day.isoformat(),
            "zone": place.time_zone,
            "centre": centre.full_name or centre.name,
            "place": place.name,
            "school": audit.school.name,
            "auditors": [
                {"name": _short(row.person), "post": ""}
                for row in audit.auditors.select_related("person").order_by("pk")
            ],
            "reader": None,
        }
        audit.save(update_fields=["act_year", "act_number", "printed"])


def _short(person: Any) -> str:
    letters = "".join(f" {name[0]}." for name in (person.given, person.patronymic) if name)
    return f"{person.surname}{letters}"


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0003_official_lists"),
        ("people", "0001_initial"),
        ("planning", "0007_self_cards"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="audit", name="signed_audit_is_dated"),
        migrations.AddField(
            model_name="audit",
            name="act_number",
            field=models.PositiveIntegerField(blank=True, editable=False, null=True, verbose_name="number of the act"),
        ),
        migrations.AddField(
            model_name="audit",
            name="act_year",
            field=models.PositiveSmallIntegerField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="audit", name="printed", field=models.JSONField(blank=True, default=dict, editable=False)
        ),
        migrations.AddField(
            model_name="finding",
            name="times",
            field=models.PositiveSmallIntegerField(default=1, verbose_name="times in a row"),
        ),
        migrations.RunPython(number_what_was_signed, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="audit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("act_number__isnull", False),
                    ("checked__isnull", False),
                    ("signed_at__isnull", False),
                    ("state", "signed"),
                )
                | models.Q(models.Q(("state", "signed"), _negated=True), ("act_number", None), ("signed_at", None)),
                name="signed_audit_is_dated",
            ),
        ),
        migrations.AddConstraint(
            model_name="audit",
            constraint=models.UniqueConstraint(fields=("centre", "act_year", "act_number"), name="act_number_once"),
        ),
    ]
