"""Two presses at the same moment on an application: one step is made, the other is harmless or says why."""

from itertools import pairwise

import pytest

from tests.acceptance.races import together
from tests.factories import make_member
from tests.tutors.application_factories import make_application
from tests.world import World
from traektoria.core.models import AuditEvent
from traektoria.people.actor import Actor, actor_of
from traektoria.people.enums import Role
from traektoria.tutors.applications.actions.applications import (
    start_application,
    submit_application,
    withdraw_application,
)
from traektoria.tutors.applications.actions.nominations import consent_to_nomination, nominate
from traektoria.tutors.applications.actions.review import admit_application, return_application
from traektoria.tutors.applications.enums import ApplicationState, Check
from traektoria.tutors.models import Application, CriterionAnswer

pytestmark = pytest.mark.django_db(transaction=True)
S = ApplicationState


def by(world: World, viewer: str) -> Actor:
    return actor_of(world.accounts[viewer])


def steps(name: str) -> int:
    return AuditEvent.objects.filter(event=f"application.{name}").count()


def test_two_starts_and_two_submissions(own_world: World) -> None:
    me = by(own_world, "teacher")
    together(*[lambda: start_application(centre=own_world.own, by=me)] * 3)
    assert Application.objects.count() == 1
    Application.objects.all().delete()
    made = make_application(own_world.own, own_world.accounts["teacher"].person, S.DRAFT)
    together(*[lambda: submit_application(application=made, by=me)] * 3)
    made.refresh_from_db()
    assert (made.state, steps("submit")) == (S.SUBMITTED, 1)


def test_return_against_admission_and_withdrawal(own_world: World) -> None:
    made = make_application(own_world.own, own_world.accounts["teacher"].person)
    for answer in CriterionAnswer.objects.all():
        answer.check_result, answer.checked_at = Check.MET, made.submitted_at
        answer.save()
    coordinator, me = by(own_world, "coordinator"), by(own_world, "teacher")
    together(
        lambda: return_application(application=made, reason="Дополните", by=coordinator),
        lambda: admit_application(application=made, by=coordinator),
        lambda: withdraw_application(application=made, by=me),
    )
    made.refresh_from_db()
    assert made.state == S.WITHDRAWN or steps("withdraw") == 0
    assert steps("return") <= 1
    assert steps("admit") <= 1
    made_steps = list(AuditEvent.objects.filter(event__startswith="application.").order_by("pk"))
    assert [one.event for one in made_steps][-1:] == ["application.withdraw"] or steps("withdraw") == 0
    for before, after in pairwise(made_steps):  # each step began where the one before it ended: none was lost
        assert after.facts["source"] == before.facts["target"]


def test_return_against_another_submission(own_world: World) -> None:
    made = make_application(own_world.own, own_world.accounts["teacher"].person, S.RETURNED)
    coordinator, me = by(own_world, "coordinator"), by(own_world, "teacher")
    together(
        lambda: submit_application(application=made, by=me),
        lambda: return_application(application=made, reason="Ещё", by=coordinator),
    )
    made.refresh_from_db()
    assert made.state in (S.SUBMITTED, S.RETURNED)
    assert steps("submit") == 1


def test_two_nominators_and_two_consents(own_world: World) -> None:
    person = own_world.accounts["teacher"].person
    assert person is not None
    nominators = [
        by(own_world, "coordinator"),
        by(own_world, "tutor"),
        actor_of(make_member(own_world.own, Role.TUTOR)),
    ]
    together(*[
        lambda one=one: nominate(centre=own_world.own, person=person, reason="Почему", by=one)  # type: ignore[misc]
        for one in nominators
    ])  # fmt: skip
    made = Application.objects.get()
    together(*[lambda: consent_to_nomination(application=made, by=by(own_world, "teacher"))] * 2)
    assert (steps("nominate"), steps("consent"), person.consents.count()) == (1, 1, 1)
