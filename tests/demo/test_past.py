"""What a scene does is laid back to earlier days, keeping the order of the acts."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.factories import make_centre, make_member
from traektoria.core import audit
from traektoria.demo.past import last_day, lay_back
from traektoria.organisations.queries import regulation_in_force
from traektoria.people.enums import Role
from traektoria.people.models import Person
from traektoria.tutors.models import Application


@pytest.mark.django_db
def test_what_was_laid_back_stays_and_the_rest_moves() -> None:
    centre = make_centre()
    person: Person | None = make_member(centre, Role.TEACHER).person
    row = Application.objects.create(centre=centre, person=person, regulation=regulation_in_force(centre.pk))
    audit.record("application.start", row, by=None)
    lay_back(row, 10)
    row.submitted_at = timezone.now()
    row.save()
    audit.record("application.submit", row, by=None)
    lay_back(row, 3)
    today = timezone.localdate()
    assert row.submitted_at is not None
    moments = [
        row.created_at,
        row.submitted_at,
        *audit.trail(row).order_by("pk").values_list("at", flat=True),
    ]
    assert [(today - timezone.localdate(moment)).days for moment in moments] == [10, 3, 10, 3]


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 11, 26), date(2026, 9, 7)),
        (date(2026, 10, 22), date(2026, 9, 7)),
        (date(2026, 10, 21), date(2025, 9, 7)),
        (date(2027, 1, 10), date(2026, 9, 7)),
    ],
)
def test_the_last_day_of_a_kind(today: date, expected: date) -> None:
    assert last_day(today, 9, 7, before=45) == expected
    assert today - expected >= timedelta(45)
