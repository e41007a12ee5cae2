"""A paper after its moment (signed, approved, agreed, issued) is made of what was kept then: page, DOCX, PDF, check."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.documents.test_card import squeezed
from tests.documents.test_card import taken as taken_card
from tests.documents.test_papers import client_of, taken
from tests.factories import make_employment, make_school
from tests.planning.audits.audit_factories import signed as signed_act
from tests.routes.route_factories import fresh, make_running
from tests.tutors.commission_factories import Sitting, judge_all, make_sitting
from tests.tutors.orders.test_orders import SIGNATURE, drafted, make_applicant, school_centre
from tests.world import World
from traektoria.documents.models import IssuedDocument
from traektoria.organisations.models import Municipality, TutorCentre
from traektoria.organisations.regulations.actions import approve_draft, begin_draft
from traektoria.people.actor import actor_of
from traektoria.people.models import Account, Employment, Person
from traektoria.planning.models import Finding
from traektoria.routes.route.printed_names import keep_newcomers
from traektoria.tutors.commission.actions import sessions, voting
from traektoria.tutors.commission.enums import AgendaState, SessionState, VoteChoice
from traektoria.tutors.models import CommissionMember, Session
from traektoria.tutors.orders import actions as orders

pytestmark = pytest.mark.django_db
NEW = "Переименованная"
FORMS = ("docx", "pdf")


def everything_changes(centre: TutorCentre) -> None:
    """Names, posts, schools, the names of the centre, of its founder and of its municipality, the clock."""
    for person in Person.objects.all():
        person.surname, person.gender = f"{NEW}{person.pk}", "f"
        person.save()
    CommissionMember.objects.update(position=f"{NEW} должность", kind="observer")
    CommissionMember.objects.filter(post="chair").update(post="member")
    CommissionMember.objects.filter(post="secretary").update(post="member")
    Employment.objects.update(position=f"{NEW} работа")
    for employment in Employment.objects.select_related("school"):
        employment.school.name = employment.school.short_name = f"{NEW} школа"
        employment.school.save()
    TutorCentre.objects.filter(pk=centre.pk).update(name=NEW, full_name=NEW, founder=NEW)
    Municipality.objects.filter(pk=centre.municipality_id).update(name=f"{NEW} округ", time_zone="Asia/Kamchatka")


def closed() -> Sitting:
    """A session whose one item is decided openly, with a dissenting opinion to come; nobody has signed."""
    sitting = make_sitting(AgendaState.DISCUSSED)
    candidate = sitting.item.application.person
    make_employment(candidate, make_school(sitting.centre, "СОШ № 77"), "учитель физики")
    judge_all(sitting)
    voting.open_vote(item=sitting.item, by=sitting.by["secretary"])
    for name in ("chair", "deputy", "secretary", "member", "fifth"):
        voting.cast_vote(item=sitting.fresh(), choice=VoteChoice.FOR, by=sitting.by[name])
    voting.count_votes(item=sitting.fresh(), by=sitting.by["secretary"])
    voting.decide_item(item=sitting.fresh(), reasons="", start=timezone.localdate(), by=sitting.by["secretary"])
    sessions.close_session(session=sitting.session, by=sitting.by["secretary"])
    return sitting


def sign(sitting: Sitting, *names: str) -> None:
    for name in names:
        sessions.sign_protocol(session=Session.objects.get(pk=sitting.session.pk), by=sitting.by[name])


def page_of(sitting: Sitting) -> str:
    """The protocol on the page of the session."""
    client = client_of(sitting.accounts["fifth"])
    url = reverse("tutors:session_detail", kwargs={"pk": sitting.session.pk})
    found = re.search(r'class="small stack-s protocol">(.*?)</ol>', client.get(url).content.decode(), re.DOTALL)
    assert found
    return squeezed(found[1])


def test_a_signed_protocol_and_its_extract_do_not_change() -> None:
    sitting = closed()
    sign(sitting, "chair", "secretary")
    reader = client_of(sitting.accounts["fifth"])
    what = [("protocol", sitting.session.pk), ("extract", sitting.item.pk)]
    before = {(kind, form): taken(reader, kind, pk, form) for kind, pk in what for form in FORMS}
    page, codes = page_of(sitting), set(IssuedDocument.objects.values_list("code", flat=True))
    everything_changes(sitting.centre)
    assert {(kind, form): taken(reader, kind, pk, form) for kind, pk in what for form in FORMS} == before
    assert page_of(sitting) == page
    assert set(IssuedDocument.objects.values_list("code", flat=True)) == codes, "the same paper has the same code"
    for text in before.values():
        assert squeezed(NEW) not in text
    for code in codes:
        said = Client().get(reverse("documents:verification_result", kwargs={"code": code})).content.decode()
        assert NEW not in said
        assert "последняя" in said


def test_the_second_signs_what_the_first_has_read() -> None:
    sitting = closed()
    sign(sitting, "chair")
    reader = client_of(sitting.accounts["fifth"])
    draft = taken(reader, "protocol", sitting.session.pk, "docx")
    assert squeezed("ПРОЕКТ") in draft
    everything_changes(sitting.centre)
    CommissionMember.objects.filter(person=sitting.members["chair"].person_id).update(post="chair")
    CommissionMember.objects.filter(person=sitting.members["secretary"].person_id).update(post="secretary")
    sign(sitting, "secretary")
    assert Session.objects.get(pk=sitting.session.pk).state == SessionState.SIGNED
    signed = taken(reader, "protocol", sitting.session.pk, "docx")
    assert squeezed(NEW) not in signed
    assert signed.count(squeezed("подписано")) == 2


def test_an_opinion_after_the_first_signature_makes_the_protocol_anew() -> None:
    sitting = closed()
    sign(sitting, "chair")
    Person.objects.filter(pk=sitting.members["member"].person_id).update(surname=NEW)
    voting.add_opinion(item=sitting.fresh(), text="Рано", by=sitting.by["fifth"])
    assert Session.objects.get(pk=sitting.session.pk).printed == {}
    sign(sitting, "chair", "secretary")
    text = taken(client_of(sitting.accounts["fifth"]), "protocol", sitting.session.pk, "pdf")
    assert squeezed(NEW) in text
    assert squeezed("Рано") in text


def test_the_candidate_reads_of_the_kept_protocol_what_they_read_before() -> None:
    sitting = closed()
    sign(sitting, "chair", "secretary")
    extract = taken(client_of(sitting.accounts["candidate"]), "extract", sitting.item.pk, "docx")
    assert squeezed("«за» — 5") in extract
    assert squeezed("Поимённо") not in extract
    assert squeezed("средний балл") not in extract


def test_a_protocol_that_cannot_be_read_says_so_and_prints_nothing_of_today() -> None:
    sitting = closed()
    sign(sitting, "chair", "secretary")
    Session.objects.filter(pk=sitting.session.pk).update(printed={"centre": 5})
    url = reverse("documents:paper", kwargs={"kind": "protocol", "pk": sitting.session.pk, "form": "pdf"})
    response = client_of(sitting.accounts["fifth"]).get(url)
    assert response.status_code == 409
    assert "нельзя прочитать" in response.content.decode()


@pytest.mark.parametrize("form", FORMS)
def test_a_signed_order_does_not_change(form: str) -> None:
    centre, head = school_centre()
    order = orders.sign_order(order=drafted(make_applicant(centre), head), by=head, **SIGNATURE)
    client = client_of(Account.objects.get(pk=head.account_id))
    before = taken(client, "order", order.pk, form)
    everything_changes(centre)
    assert taken(client, "order", order.pk, form) == before


@pytest.mark.parametrize("form", FORMS)
def test_an_approved_regulation_keeps_the_names_of_its_day(world: World, form: str) -> None:
    centre = world.own
    TutorCentre.objects.filter(pk=centre.pk).update(founder="Управление образования", full_name="Тьюторский центр")
    coordinator = actor_of(world.accounts["coordinator"])
    draft = begin_draft(centre=centre, by=coordinator)
    day = timezone.localdate() + timedelta(days=1)
    approved = approve_draft(regulation=draft, start=day, basis="приказ № 7", by=coordinator)
    client = client_of(world.accounts["coordinator"])
    before = taken(client, "regulation", approved.pk, form)
    everything_changes(centre)
    assert taken(client, "regulation", approved.pk, form) == before


@pytest.mark.parametrize("form", FORMS)
def test_a_card_names_people_as_its_version_does(world: World, form: str) -> None:
    route = make_running(world)
    client = client_of(world.accounts["tutor"])
    before = taken_card(client, route, form)
    code = IssuedDocument.objects.get().code
    everything_changes(route.centre)
    assert taken_card(client, fresh(route), form) == before
    assert IssuedDocument.objects.get().code == code


def test_who_joins_later_is_named_as_on_that_day(world: World) -> None:
    route = make_running(world)
    version = route.versions.get()
    gone = version.printed["people"].pop(str(world.accounts["teacher"].person_id))
    version.save()
    assert gone["name"]
    keep_newcomers(route.support)
    assert route.versions.get().printed["people"][str(world.accounts["teacher"].person_id)] == gone


def test_a_version_that_was_kept_with_fewer_facts_is_printed(world: World) -> None:
    """Whatever facts come later; whom it does not name at all is named as today, by the name."""
    route = make_running(world)
    version, first = route.versions.get(), ("name", "short", "name_genitive", "school", "position", "position_genitive")
    people = {pk: {fact: said[fact] for fact in first} for pk, said in version.printed["people"].items()}
    tutor = people.pop(str(world.accounts["tutor"].person_id))
    version.printed = {**version.printed, "people": people}
    version.save(update_fields=["printed"])
    text = taken_card(client_of(world.accounts["tutor"]), fresh(route), "docx")
    assert [squeezed(said["name"]) in text for said in (tutor, *people.values())] == [True] * (len(people) + 1)


@pytest.mark.parametrize("form", FORMS)
def test_a_signed_act_names_people_as_on_the_days_of_signature_and_reading(world: World, form: str) -> None:
    act = signed_act(world, "no yes")
    reader = client_of(world.accounts["head"])
    before = taken(reader, "audit_act", act.pk, form)
    assert squeezed(NEW) not in before
    everything_changes(world.own)
    Finding.objects.update(state="mended", closed_at=timezone.now(), closed_note=NEW)
    assert taken(reader, "audit_act", act.pk, form) == before
