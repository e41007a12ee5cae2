"""What the calendar does: terms that are over, reminders, who may take teachers, the desk."""

from contextlib import AbstractContextManager
from datetime import date, timedelta
from unittest.mock import patch

import pytest
from django.core import mail
from django.test import override_settings
from django.utils import timezone

from tests.factories import make_account, make_centre, make_member, make_person
from tests.letters import deliver
from tests.tutors.status_factories import make_status
from tests.waiting import lines_for
from traektoria.config.mail import NOWHERE
from traektoria.core.registries import DeskLine
from traektoria.messaging.enums import State, UnsentReason
from traektoria.messaging.models import Message
from traektoria.messaging.queries import unread_count
from traektoria.organisations.models import TutorCentre
from traektoria.people.actor import actor_of
from traektoria.people.enums import Role
from traektoria.people.models import Account, RoleAssignment
from traektoria.tutors.models import StatusReminder, TutorStatus
from traektoria.tutors.register.tasks import MORNING, keep_statuses_by_the_clock
from traektoria.tutors.statuses.actions.reminders import StatusReminders, keep_statuses
from traektoria.tutors.statuses.enums import StatusState
from traektoria.tutors.statuses.queries import may_take_teachers, without_status

pytestmark = pytest.mark.django_db
today = timezone.localdate


def ends_in(days: int, centre: TutorCentre | None = None) -> TutorStatus:
    """A status of a tutor with an e-mail, whose term ends so many days from today."""
    account = make_account(make_person())
    account.email = f"tutor{account.pk}@example.org"
    account.save()
    assert account.person is not None
    return make_status(centre or make_centre(), account.person, date(2020, 9, 1), today() + timedelta(days))


def test_what_is_over_ends_with_its_role() -> None:
    status = ends_in(-1)
    RoleAssignment.objects.filter(person=status.person).update(end=None)
    assert keep_statuses(today=today()) == StatusReminders(1, 0)
    status.refresh_from_db()
    assert (status.state, status.ended_on) == (StatusState.ENDED, today() - timedelta(1))
    assert RoleAssignment.objects.get(person=status.person).end == today() - timedelta(1)
    assert keep_statuses(today=today()) == StatusReminders(0, 0)


def test_the_last_day_is_not_over() -> None:
    status = ends_in(0)
    assert keep_statuses(today=today()).ended == 0
    status.refresh_from_db()
    assert status.state == StatusState.ACTIVE


def test_reminders_are_sent_once_to_both() -> None:
    centre = make_centre()
    coordinator = make_member(centre, Role.COORDINATOR)
    Account.objects.filter(pk=coordinator.pk).update(email="coordinator@example.org")
    status = ends_in(30, centre)
    assert keep_statuses(today=today()) == StatusReminders(0, 1)
    assert keep_statuses(today=today()) == StatusReminders(0, 0)
    assert deliver() == (2, 0)
    assert {letter.to[0] for letter in mail.outbox} == {"coordinator@example.org", status.person.account.email}
    assert ["Срок статуса тьютора" in letter.body for letter in mail.outbox].count(True) == 1
    assert ["Срок вашего статуса" in letter.body for letter in mail.outbox].count(True) == 1
    assert keep_statuses(today=today() + timedelta(23)) == StatusReminders(0, 1)
    assert sorted(StatusReminder.objects.values_list("days", flat=True)) == [7, 30]


def at(hour: int, minute: int = 0) -> AbstractContextManager[object]:
    """That time of today, here."""
    moment = timezone.localtime().replace(hour=hour, minute=minute)
    return patch("django.utils.timezone.now", return_value=moment)


def test_the_clock_ends_them() -> None:
    ends_in(-1)
    with at(MORNING):
        keep_statuses_by_the_clock.call()
        assert TutorStatus.objects.get().state == StatusState.ENDED


def test_the_clock_does_nothing_at_night() -> None:
    ends_in(-1)
    with at(MORNING - 1, 59):
        keep_statuses_by_the_clock.call()
    assert TutorStatus.objects.get().state == StatusState.ACTIVE


def test_without_letters_the_bell_rings() -> None:
    status = ends_in(30)
    with override_settings(EMAIL_BACKEND=NOWHERE):
        assert keep_statuses(today=today()) == StatusReminders(0, 1)
    assert unread_count(status.person_id) == 1
    assert deliver() == (0, 0)


def test_a_term_that_was_prolonged_meanwhile_is_not_told() -> None:
    status = ends_in(30)
    keep_statuses(today=today())
    TutorStatus.objects.update(end=today() + timedelta(400))
    assert deliver() == (0, 0)
    row = Message.objects.get(person_id=status.person_id)
    assert (row.state, row.reason) == (State.CANCELLED, UnsentReason.MOVED)


def test_a_coordinator_who_is_none_any_more_is_not_told() -> None:
    centre = make_centre()
    coordinator = make_member(centre, Role.COORDINATOR)
    Account.objects.filter(pk=coordinator.pk).update(email="coordinator@example.org")
    status = ends_in(30, centre)
    keep_statuses(today=today())
    RoleAssignment.objects.filter(person=coordinator.person).update(end=today() - timedelta(1))
    assert deliver() == (1, 0)
    assert [letter.to for letter in mail.outbox] == [[status.person.account.email]]


def test_who_may_take_teachers() -> None:
    centre = make_centre()
    active, suspended, over = (make_status(centre, make_person()) for _number in range(3))
    TutorStatus.objects.filter(pk=suspended.pk).update(state=StatusState.SUSPENDED, suspended_from=today())
    TutorStatus.objects.filter(pk=over.pk).update(end=today() - timedelta(1))
    earlier = make_member(centre, Role.TUTOR).person
    teacher = make_person()
    assert earlier is not None
    people = [active.person_id, suspended.person_id, over.person_id, earlier.pk, teacher.pk]
    assert may_take_teachers(people, centre.pk) == {active.person_id, earlier.pk}
    assert list(without_status(centre.pk, today())) == [earlier]


def lines(account: Account) -> list[DeskLine]:
    return lines_for(actor_of(account), today(), "tutors.")


def test_the_desk_reminds_the_tutor_and_the_coordinator() -> None:
    centre = make_centre()
    status = ends_in(20, centre)
    ends_in(61, centre)
    own = lines(status.person.account)
    assert [(line.action, line.due) for line in own] == [("Продлить", today() + timedelta(20))]
    assert [line.what for line in lines(make_member(centre, Role.COORDINATOR))] == [
        "1 статус тьютора закончится в ближайшие 60\xa0дней"
    ]
    assert lines(make_member(centre, Role.TEACHER)) == []
