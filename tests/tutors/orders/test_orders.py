"""Orders of the head: what they say, who signs, what follows."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.factories import make_centre, make_employment, make_member, make_person, make_school
from tests.tutors.status_factories import make_admitted, make_order, make_status
from traektoria.core.errors import Conflict, DomainError, Invalid, Refused
from traektoria.organisations.models import TutorCentre
from traektoria.people.actor import Actor, actor_of
from traektoria.people.enums import Role
from traektoria.people.models import Employment, Person, RoleAssignment
from traektoria.tutors.applications.enums import ApplicationState, Check
from traektoria.tutors.models import Application, CriterionAnswer, StaffOrder, TutorStatus
from traektoria.tutors.orders import actions as orders
from traektoria.tutors.orders.enums import OrderKind, OrderState
from traektoria.tutors.orders.queries import order_facts
from traektoria.tutors.register import actions as entries
from traektoria.tutors.statuses.enums import BasisKind, StatusState

pytestmark = pytest.mark.django_db
DAY = date(2026, 9, 1)
SIGNATURE: dict[str, Any] = {
    "number": "12-к",
    "day": DAY,
    "signer_name": "Директоров П. И.",
    "signer_position": "Директор",
}


def school_centre() -> tuple[TutorCentre, Actor]:
    """The centre of one school by the preset «balta», and its head."""
    centre = make_centre(preset="balta")
    centre.school = make_school(centre, "СОШ с. Примерное")
    centre.save()
    return centre, actor_of(make_member(centre, Role.HEAD, centre.school))


def make_applicant(centre: TutorCentre, **name: Any) -> Application:
    """An admitted teacher who meets the requirements of the preset, as the one who checked the papers found."""
    person = make_person(**{"surname": "Иванова", **name})
    make_employment(person, centre.school or make_school(centre), experience_from=date(2015, 9, 1))
    application = make_admitted(centre, person, submitted_at=timezone.now())
    for slug in ("higher_education", "service"):
        meet(application, slug)
    return application


def meet(application: Application, slug: str, found: Check = Check.MET) -> None:
    CriterionAnswer.objects.update_or_create(
        application=application, criterion=slug, defaults={"check_result": found, "checked_at": timezone.now()}
    )


def drafted(application: Application, by: Actor) -> StaffOrder:
    return orders.draft_appointment(application=application, effective=DAY, by=by)


def test_the_head_signs_and_the_status_begins() -> None:
    centre, head = school_centre()
    application = make_applicant(centre)
    order = drafted(application, head)
    assert drafted(application, head) == order
    signed = orders.sign_order(order=order, by=head, **SIGNATURE)
    assert (signed.state, signed.number, signed.day, signed.signer_id) == ("signed", "12-к", DAY, head.person_id)
    status = TutorStatus.objects.get()
    assert (status.person, status.start, status.end) == (application.person, DAY, None)
    term = status.terms.get()
    assert (term.basis, term.basis_text, term.order) == (BasisKind.ORDER, "приказ от 01.09.2026 № 12-к", signed)
    application.refresh_from_db()
    assert application.state == ApplicationState.GRANTED
    assert RoleAssignment.objects.get(person=application.person).role == Role.TUTOR


def test_what_the_order_says() -> None:
    centre, head = school_centre()
    facts = order_facts(drafted(make_applicant(centre), head))
    assert facts.name_accusative == "Иванову Марию Петровну"
    assert facts.position_accusative == "учителя математики"
    assert (facts.name_genitive, facts.position_genitive) == ("Ивановой Марии Петровны", "учителя математики")
    assert (facts.name_dative, facts.position_dative) == ("Ивановой Марии Петровне", "учителю математики")
    assert (facts.status_instrumental, facts.status_genitive) == ("тьютором", "тьютора")
    assert facts.certain
    assert not any("53" in line for line in (*facts.grounds, *facts.duties))


def test_a_name_written_by_hand_wins() -> None:
    centre, head = school_centre()
    application = make_applicant(centre, surname="Живаго")
    application.person.name_cases = {"accusative": "Живаго Марию Петровну (особо)"}
    application.person.save()
    assert order_facts(drafted(application, head)).name_accusative == "Живаго Марию Петровну (особо)"


def test_a_signed_order_keeps_its_words() -> None:
    centre, head = school_centre()
    application = make_applicant(centre)
    signed = orders.sign_order(order=drafted(application, head), by=head, **SIGNATURE)
    Person.objects.filter(pk=application.person_id).update(surname="Петрова")
    assert order_facts(StaffOrder.objects.get(pk=signed.pk)).name_accusative == "Иванову Марию Петровну"
    with pytest.raises(Conflict) as refusal:
        orders.change_order(order=signed, effective=DAY, by=head)
    assert refusal.value.code == "not_a_draft"


def test_requirements_are_named() -> None:
    centre, head = school_centre()
    application = make_applicant(centre)
    meet(application, "higher_education", Check.NOT_MET)
    with pytest.raises(Conflict) as refusal:
        drafted(application, head)
    assert refusal.value.code == "requirements_not_met"
    assert "Высшее" in refusal.value.sentence
    assert not StaffOrder.objects.exists()


def test_requirements_lost_before_signing() -> None:
    centre, head = school_centre()
    application = make_applicant(centre)
    order = drafted(application, head)
    meet(application, "higher_education", Check.NOT_MET)
    with pytest.raises(Conflict):
        orders.sign_order(order=order, by=head, **SIGNATURE)
    order.refresh_from_db()
    assert (order.state, TutorStatus.objects.count()) == (OrderState.DRAFT, 0)


def test_signed_twice() -> None:
    centre, head = school_centre()
    order = drafted(make_applicant(centre), head)
    orders.sign_order(order=order, by=head, **SIGNATURE)
    with pytest.raises(DomainError):
        orders.sign_order(order=order, by=head, **SIGNATURE)
    with pytest.raises(Conflict):
        orders.sign_order(order=order, by=head, **{**SIGNATURE, "number": "13-к"})
    assert TutorStatus.objects.count() == 1


def test_number_once_a_day() -> None:
    centre, head = school_centre()
    orders.sign_order(order=drafted(make_applicant(centre), head), by=head, **SIGNATURE)
    other = drafted(make_applicant(centre, surname="Петрова"), head)
    with pytest.raises(Invalid) as refusal:
        orders.sign_order(order=other, by=head, **SIGNATURE)
    assert refusal.value.code == "order_number_taken"
    orders.sign_order(order=other, by=head, **{**SIGNATURE, "day": date(2026, 9, 2)})
    assert TutorStatus.objects.count() == 2


def test_who_signs() -> None:
    centre, head = school_centre()
    coordinator = actor_of(make_member(centre, Role.COORDINATOR))
    deputy = actor_of(make_member(centre, Role.DEPUTY_HEAD, centre.school))
    foreign = actor_of(make_member(centre, Role.HEAD, make_school(centre)))
    order = drafted(make_applicant(centre), coordinator)
    for actor in (coordinator, deputy, foreign):
        with pytest.raises(Refused):
            orders.sign_order(order=order, by=actor, **SIGNATURE)
    assert orders.sign_order(order=order, by=head, **SIGNATURE).state == OrderState.SIGNED


def test_the_coordinator_enters_the_signer_of_a_municipal_centre() -> None:
    centre = make_centre(preset="balta")
    by = actor_of(make_member(centre, Role.COORDINATOR))
    signed = orders.sign_order(order=drafted(make_applicant(centre), by), by=by, **SIGNATURE)
    assert (signed.signer_id, signed.signer_name, signed.signer_position) == (None, "Директоров П. И.", "Директор")


def test_not_about_oneself() -> None:
    centre, head = school_centre()
    application = make_applicant(centre)
    RoleAssignment.objects.create(
        person=application.person, role=Role.COORDINATOR, centre=centre, start=date(2020, 9, 1)
    )
    own = Actor(0, application.person_id, "", head.grants)
    with pytest.raises(Refused) as refusal:
        drafted(application, own)
    assert refusal.value.code == "own_order"


def test_the_standard_of_another_job_is_no_ground() -> None:
    centre, head = school_centre()
    order = drafted(make_applicant(centre), head)
    with pytest.raises(Invalid) as refusal:
        orders.change_order(order=order, grounds="Приказ Минтруда № 53 н", by=head)
    assert refusal.value.code == "wrong_standard"


def test_release_ends_the_status() -> None:
    centre, head = school_centre()
    status = make_status(centre, make_person(), end=None)
    order = orders.draft_release(status=status, effective=timezone.localdate(), reason="по своей воле", by=head)
    signed = orders.sign_order(order=order, by=head, **SIGNATURE)
    status.refresh_from_db()
    assert (status.state, status.ended_on) == (StatusState.ENDED, timezone.localdate())
    assert status.reason == "по своей воле (приказ от 01.09.2026 № 12-к)"
    assert order_facts(signed).status_genitive == "тьютора"
    assert RoleAssignment.objects.get(person=status.person).end == timezone.localdate() - timedelta(days=1)


def test_release_to_come_shortens_the_term() -> None:
    centre, head = school_centre()
    status = make_status(centre, make_person(), end=None)
    day = timezone.localdate() + timedelta(days=30)
    order = orders.draft_release(status=status, effective=day, reason="переезд", by=head)
    orders.sign_order(order=order, by=head, **SIGNATURE)
    status.refresh_from_db()
    role = RoleAssignment.objects.get(person=status.person)
    assert (status.state, status.end, role.end) == (StatusState.ACTIVE, *[day - timedelta(days=1)] * 2)


def test_cancelled_draft_makes_room_for_another() -> None:
    centre, head = school_centre()
    application = make_applicant(centre)
    first = drafted(application, head)
    orders.cancel_order(order=first, by=head)
    assert drafted(application, head).pk != first.pk


def test_only_the_tutor_has_read_it() -> None:
    centre, head = school_centre()
    person = make_person()
    order = make_order(
        centre, person, state=OrderState.SIGNED, number="1", day=DAY, signer_name="Д.", signed_at=timezone.now()
    )
    with pytest.raises(Refused):
        orders.acquaint(order=order, by=head)
    own = Actor(0, person.pk, "", ())
    first = orders.acquaint(order=order, by=own).acquainted_at
    assert first is not None
    assert orders.acquaint(order=order, by=own).acquainted_at == first


def test_commission_leaves_no_way_by_an_order() -> None:
    centre = make_centre(preset="yamal")
    by = actor_of(make_member(centre, Role.COORDINATOR))
    with pytest.raises(Conflict) as refusal:
        drafted(make_applicant(centre), by)
    assert refusal.value.code == "another_procedure"
    with pytest.raises(Conflict):
        entries.enter_in_community(application=Application.objects.get(), start=DAY, by=by)


def test_release_draft_is_one() -> None:
    centre, head = school_centre()
    status = make_status(centre, make_person(), end=None)
    facts: dict[str, Any] = {"status": status, "effective": timezone.localdate(), "reason": "переезд", "by": head}
    assert orders.draft_release(**facts) == orders.draft_release(**facts)
    assert StaffOrder.objects.filter(kind=OrderKind.RELEASE).count() == 1
    assert not Employment.objects.filter(person=status.person).exists()
