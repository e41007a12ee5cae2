"""The status: granted, prolonged, suspended, ended, with the role of a tutor after it."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from django.utils.translation import override

import traektoria
from tests.factories import make_centre, make_member, make_person
from tests.tutors.status_factories import make_admitted, make_order, make_status
from traektoria.core.errors import Conflict, Refused
from traektoria.core.typography import NBSP
from traektoria.people.actor import Actor, actor_of
from traektoria.people.enums import Role
from traektoria.people.models import RoleAssignment
from traektoria.tutors.models import Application, TutorProfile, TutorStatus
from traektoria.tutors.register.forms.statuses import SHOWN
from traektoria.tutors.statuses.actions import statuses as actions
from traektoria.tutors.statuses.enums import BasisKind, StatusState
from traektoria.tutors.statuses.policies import (
    ENDS_SOON,
    RENEWAL_OPENS,
    due_reminder,
    next_start,
    term_end,
    within_soon,
)

DAY = date(2026, 9, 1)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2026, 9, 1), 36, date(2029, 8, 31)),
        (date(2026, 1, 1), 12, date(2026, 12, 31)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2028, 2, 29), 48, date(2032, 2, 28)),
        (date(2026, 3, 1), 24, date(2028, 2, 29)),
        (date(2026, 12, 15), 1, date(2027, 1, 14)),
        (date(2026, 9, 1), 0, None),
    ],
)
def test_term_end(start: date, months: int, end: date | None) -> None:
    assert term_end(start, months) == end


def test_renewal_begins_after_the_old_term() -> None:
    assert next_start(date(2026, 8, 31), date(2026, 6, 1)) == date(2026, 9, 1)
    assert next_start(date(2026, 8, 31), date(2026, 10, 1)) == date(2026, 10, 1)
    assert next_start(None, DAY) == DAY


def test_reminder_that_is_due() -> None:
    end, days = date(2026, 12, 31), (60, 30, 7)
    left = {days_left: due_reminder(end, end - timedelta(days_left), days) for days_left in (61, 60, 31, 30, 5, 0, -1)}
    assert left == {61: None, 60: 60, 31: 60, 30: 30, 5: 7, 0: 7, -1: None}


def granted(application: Application, start: date = DAY, by: Actor | None = None) -> TutorStatus:
    return actions.grant_status(application=application, basis=BasisKind.ENTRY, basis_text="запись", start=start, by=by)


@pytest.mark.django_db
def test_grant_gives_term_role_and_profile() -> None:
    centre, person = make_centre(), make_person()
    status = granted(make_admitted(centre, person))
    assert (status.start, status.end, status.state) == (DAY, date(2029, 8, 31), StatusState.ACTIVE)
    assert [(t.start, t.end, t.basis_text) for t in status.terms.all()] == [(DAY, date(2029, 8, 31), "запись")]
    role = RoleAssignment.objects.get(person=person)
    assert (role.role, role.start, role.end) == (Role.TUTOR, DAY, date(2029, 8, 31))
    profile = TutorProfile.objects.get(person=person)
    assert (profile.subjects, profile.teachers_at_once, profile.hours_a_month) == (["math"], 10, 20)


@pytest.mark.django_db
def test_second_grant_is_refused() -> None:
    centre, person = make_centre(), make_person()
    application = make_admitted(centre, person)
    granted(application)
    with pytest.raises(Conflict) as refusal:
        granted(application)
    assert refusal.value.code == "status_taken"
    assert TutorStatus.objects.count() == RoleAssignment.objects.count() == 1


@pytest.mark.django_db
def test_the_same_order_grants_once() -> None:
    centre, person = make_centre(preset="balta"), make_person()
    application = make_admitted(centre, person)
    order = make_order(centre, person, application=application, end=date(2027, 5, 31))
    facts: dict[str, Any] = {
        "application": application,
        "basis": BasisKind.ORDER,
        "basis_text": "приказ",
        "order": order,
    }
    first = actions.grant_status(**facts, start=DAY, by=None)
    assert actions.grant_status(**facts, start=DAY, by=None) == first
    assert first.end == date(2027, 5, 31)


@pytest.mark.django_db
def test_renewal_adds_a_term_and_prolongs_the_role() -> None:
    centre, person = make_centre(), make_person()
    old = make_status(centre, person, date(2023, 9, 1), date(2026, 12, 31))
    renewed = granted(make_admitted(centre, person, renews=old), DAY)
    assert renewed.pk == old.pk
    assert [(t.start, t.end) for t in renewed.terms.all()] == [
        (date(2023, 9, 1), date(2026, 12, 31)),
        (date(2027, 1, 1), date(2029, 12, 31)),
    ]
    assert [(r.start, r.end) for r in RoleAssignment.objects.all()] == [(date(2023, 9, 1), date(2029, 12, 31))]


@pytest.mark.django_db
def test_renewal_after_the_end_leaves_the_gap() -> None:
    centre, person = make_centre(), make_person()
    old = make_status(centre, person, date(2020, 9, 1), date(2023, 8, 31))
    renewed = granted(make_admitted(centre, person, renews=old), DAY)
    assert [t.start for t in renewed.terms.all()] == [date(2020, 9, 1), DAY]
    assert sorted((r.start, r.end) for r in RoleAssignment.objects.all()) == [
        (date(2020, 9, 1), date(2023, 8, 31)),
        (DAY, date(2029, 8, 31)),
    ]


@pytest.mark.django_db
def test_a_status_past_its_term_gives_way_to_a_new_one() -> None:
    centre, person = make_centre(), make_person()
    old = make_status(centre, person, date(2020, 9, 1), date(2023, 8, 31))
    new = granted(make_admitted(centre, person))
    old.refresh_from_db()
    assert (old.state, old.ended_on, new.pk == old.pk) == (StatusState.ENDED, date(2023, 8, 31), False)


@pytest.mark.django_db
def test_suspend_resume_end() -> None:
    centre, person = make_centre(), make_person()
    by = actor_of(make_member(centre, Role.COORDINATOR))
    status = make_status(centre, person)
    today = timezone.localdate()
    status = actions.suspend_status(status=status, reason="отпуск", by=by)
    assert (status.state, status.suspended_from, status.reason) == (StatusState.SUSPENDED, today, "отпуск")
    status = actions.resume_status(status=status, by=by)
    assert (status.state, status.suspended_from, status.reason) == (StatusState.ACTIVE, None, "")
    status = actions.end_status(status=status, reason="уехала", by=by)
    assert (status.state, status.ended_on) == (StatusState.ENDED, today)
    assert RoleAssignment.objects.get(person=person).end == today - timedelta(days=1)
    with pytest.raises(Conflict):
        actions.end_status(status=status, reason="ещё раз", by=by)


@pytest.mark.django_db
def test_only_the_coordinator_keeps_statuses() -> None:
    centre = make_centre()
    status = make_status(centre, make_person())
    for account in (make_member(centre, Role.TUTOR), make_member(make_centre("Чужой"), Role.COORDINATOR)):
        with pytest.raises(Refused):
            actions.suspend_status(status=status, reason="", by=actor_of(account))


def test_the_guide_says_from_when_a_renewal_can_be_asked_for() -> None:
    page = Path(traektoria.__file__).parents[2] / "docs" / "guide" / "tutor.md"
    assert f"за {RENEWAL_OPENS.days} дней до конца" in page.read_text(encoding="utf-8")


def test_how_soon_a_term_ends_is_said_by_the_number_that_counts() -> None:
    with override("ru"):
        assert within_soon().replace(NBSP, " ") == f"в ближайшие {ENDS_SOON.days} дней"
        assert dict(SHOWN)["ending"] == f"закончится {within_soon()}"
