"""A centre is founded in the browser, one question a page, once."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from lxml.html import fromstring

from tests.factories import make_centre, make_member, make_school
from tests.world import World
from traektoria.core.errors import Invalid, Refused
from traektoria.core.models import AuditEvent
from traektoria.organisations.models import Municipality, TutorCentre
from traektoria.organisations.regulations.actions import begin_draft
from traektoria.organisations.regulations.presets_shown import TITLES
from traektoria.people.actor import actor_of
from traektoria.people.enums import Role
from traektoria.people.founding import Founding, Scope, found_centre, password_of
from traektoria.people.models import Person, RoleAssignment

NEW = "/people/centres/new/"
FOUNDING = Founding(
    region_code="89", region="Примерский округ", municipality="Новый район", name="Новый центр", preset="balta",
    start=date(2026, 9, 1), surname="Выдумкина", given="Ольга", patronymic="Петровна", email="v@example.org",
)  # fmt: skip
ANSWERS = {
    "place": {"municipality": "new"},
    "municipality": {"region_code": "89", "region": "Примерский округ", "municipality": "Новый район"},
    "founder": {"founder": "Управление образования"},
    "scope": {"scope": "anew"},
    "preset": {"preset": "gelendzhik"},
    "name": {"name": "Новый центр", "start": "2026-09-01", "basis": "Приказ № 5"},
    "coordinator": {"who": "new"},
    "person": {"surname": "Выдумкина", "given": "Ольга", "patronymic": "Петровна", "email": "v@example.org"},
}


def answer(client: Client, answers: dict[str, dict[str, str]]) -> str:
    """Answer what is asked, page after page; returns where it led."""
    where = client.get(NEW).url
    while (step := where.rstrip("/").rpartition("/")[2]) in answers:
        assert client.get(where).status_code == 200
        reply = client.post(where, answers[step])
        assert reply.status_code == 302, (step, reply.context["form"].errors)
        where = client.get(reply.url).url if reply.url == NEW else reply.url
    return where


@pytest.mark.django_db
def test_the_action_founds_once_and_keeps_the_password_of_its_token() -> None:
    first, again = (found_centre(founding=FOUNDING, token="a1", by=None) for _press in range(2))
    assert first == again
    assert first.password == password_of("a1")
    centre = first.centre
    assert (centre.name, centre.municipality.name, centre.regulations.get().preset) == (
        "Новый центр", "Новый район", "balta",
    )  # fmt: skip
    assert RoleAssignment.objects.get(centre=centre).role == Role.COORDINATOR
    assert Person.objects.count() == AuditEvent.objects.filter(event="people.centre_founded").count() == 1
    first.account.set_password("свой-пароль-12")
    first.account.save()
    assert found_centre(founding=FOUNDING, token="a1", by=None).password == ""


@pytest.mark.django_db
def test_a_name_taken_by_another_founding_is_refused() -> None:
    found_centre(founding=FOUNDING, token="a1", by=None)
    with pytest.raises(Invalid) as refusal:
        found_centre(founding=FOUNDING, token="b2", by=None)
    assert refusal.value.code == "centre_name_taken"
    assert TutorCentre.objects.count() == 1


def test_only_the_administrator_founds(world: World) -> None:
    with pytest.raises(Refused):
        found_centre(founding=FOUNDING, by=actor_of(world.accounts["coordinator"]))
    assert found_centre(founding=FOUNDING, by=actor_of(world.accounts["administrator"])).password


def test_wizard_from_the_first_question_to_the_coordinators_desk(world: World, as_: Any) -> None:
    client = as_("administrator")
    where = answer(client, ANSWERS)
    assert where == f"{NEW}check/"
    token = client.get(where).context["token"]
    shown = [client.post(where, {"token": token}) for _press in range(2)]
    founded = shown[0].context["founded"]
    assert shown[1].context["founded"] == founded
    assert shown[0].headers["Cache-Control"] == "no-store"
    assert founded.centre.regulations.get().basis == "Приказ № 5"
    assert founded.centre.founder == "Управление образования"
    assert client.get(where).status_code == 302
    coordinator = Client()
    assert coordinator.login(username=founded.account.username, password=founded.password)
    rows = client.get("/people/centres/").context["rows"]
    assert [row["coordinators"] for row in rows if row["centre"] == founded.centre] == [["Выдумкина\xa0О.\xa0П."]]
    assert "Выдумкина" not in str(client.session["founding"])


def test_an_answer_can_be_changed_and_a_new_question_appears(world: World, as_: Any) -> None:
    client = as_("administrator")
    answer(client, ANSWERS)
    assert client.get(f"{NEW}scope/").context["form"].initial["scope"] == "anew"
    assert client.get(f"{NEW}school/").url == f"{NEW}check/"
    assert client.post(f"{NEW}scope/", {"scope": "one_school"}).url == f"{NEW}school/"
    school = {"name": "СОШ № 5", "full_name": "", "digits": "sch890005"}
    assert client.post(f"{NEW}school/", school).url == f"{NEW}check/"
    centre = client.post(f"{NEW}check/", {}).context["founded"].centre
    assert (centre.school.digits, centre.base_school) == ("890005", centre.school)


def test_a_school_of_the_municipality_is_chosen(world: World, as_: Any) -> None:
    client = as_("administrator")
    place = str(world.own.municipality_id)
    answers = ANSWERS | {"place": {"municipality": place}, "scope": {"scope": "at_school"},
                         "school": {"school": world.school.digits}}  # fmt: skip
    centre = client.post(answer(client, answers), {}).context["founded"].centre
    assert (centre.municipality, centre.school, centre.base_school) == (world.own.municipality, None, world.school)


def test_mistakes_are_said_at_their_page(world: World, as_: Any) -> None:
    client = as_("administrator")
    other = make_school(make_centre("Ещё центр"), digits="990777")
    wrong = {
        "municipality": {"region_code": "x", "region": "", "municipality": ""},
        "name": {"name": "", "start": "завтра"},
        "person": {"surname": "А", "given": "Б", "email": "не адрес"},
    }
    client.post(f"{NEW}place/", ANSWERS["place"])
    for step, data in wrong.items():
        assert client.post(f"{NEW}{step}/", data).status_code == 422
    client.post(f"{NEW}municipality/", ANSWERS["municipality"])
    client.post(f"{NEW}scope/", {"scope": "at_school"})
    reply = client.post(f"{NEW}school/", {"name": "СОШ", "digits": other.digits})
    assert list(reply.context["form"].errors) == ["digits"]
    assert client.get(f"{NEW}neither/").status_code == 404


def test_an_existing_person_keeps_their_password(world: World, as_: Any) -> None:
    client = as_("administrator")
    tutor = world.accounts["tutor"]
    tutor.set_password("свой-пароль-12")
    tutor.save()
    known = ANSWERS | {"coordinator": {"who": "known"}, "person": {"login": tutor.username.upper()}}
    founded = client.post(answer(client, known), {}).context["founded"]
    assert (founded.account, founded.password) == (tutor, "")
    client.get(NEW)
    client.post(f"{NEW}coordinator/", {"who": "known"})
    assert client.post(f"{NEW}person/", {"login": "никто"}).status_code == 422


def test_a_name_that_was_taken_meanwhile_is_said_on_the_last_page(world: World, as_: Any) -> None:
    client = as_("administrator")
    where = answer(client, ANSWERS)
    found_centre(founding=FOUNDING, token="b2", by=None)
    assert client.post(where, {}).url == NEW
    assert client.get(NEW).url == f"{NEW}name/"
    assert Municipality.objects.filter(name="Новый район").count() == 1


def test_answers_are_forgotten_at_will(world: World, as_: Any) -> None:
    client = as_("administrator")
    client.post(f"{NEW}place/", ANSWERS["place"])
    assert client.post(f"{NEW}forget/").status_code == 302
    assert client.get(NEW).url == f"{NEW}place/"


def test_list_asks_the_same_number_of_queries(world: World, as_: Any, django_assert_num_queries: Any) -> None:
    client = as_("administrator")
    client.get("/people/centres/")
    with django_assert_num_queries(4):
        client.get("/people/centres/")
    for name in ("Третий центр", "Четвёртый центр"):
        make_member(make_centre(name), Role.COORDINATOR)
    with django_assert_num_queries(4):
        client.get("/people/centres/")


def test_scope_words_are_all_offered() -> None:
    from traektoria.people.founding_forms import ScopeForm

    assert [value for value, _label in ScopeForm.base_fields["scope"].choices] == [scope.value for scope in Scope]  # type: ignore[attr-defined]


def test_nothing_is_chosen_for_the_founder_and_each_sample_is_read_first(world: World, as_: Any) -> None:
    client = as_("administrator")
    where = answer(client, {name: ANSWERS[name] for name in ("place", "municipality", "founder", "scope")})
    assert where == f"{NEW}preset/"
    for step in ("scope", "preset", "coordinator"):
        page = client.get(f"{NEW}{step}/").content.decode()
        if step != "scope":
            assert " checked" not in page
    refused = client.post(where, {})
    assert refused.status_code == 422
    assert "Выберите один из образцов" in refused.content.decode()
    links = [a.get("href") for a in fromstring(client.get(where).content.decode()).xpath("//a[@data-carries]")]
    assert links == [f"/centre/regulation/samples/{name}/?" for name in TITLES]
    for link in links:
        sample = client.get(f"{link}&chosen=balta")
        assert sample.status_code == 200
        assert sample.context["back"] == f"{where}?chosen=balta"
        assert sample.context["sections"]
    taken = sample.context["chosen_url"]
    page = fromstring(client.get(taken).content.decode())
    assert page.xpath("//input[@name='preset'][@checked]/@value") == [list(TITLES)[-1]]
    assert client.get(where + "?chosen=nothing").content.decode().count(" checked") == 0
    assert "founder" in client.session["founding"]["answers"]


def test_no_municipality_is_chosen_for_the_founder(world: World, as_: Any) -> None:
    client = as_("administrator")
    assert client.post(f"{NEW}place/", {"municipality": ""}).status_code == 422
    page = fromstring(client.get(f"{NEW}place/").content.decode())
    assert page.xpath("//select[@name='municipality']/option[1]/@value") == [""]


def test_a_draft_is_written_anew_from_a_sample_that_was_read(world: World, as_: Any) -> None:
    client = as_("coordinator")
    draft = begin_draft(centre=world.own, by=actor_of(world.accounts["coordinator"]))
    restart = f"/centre/regulation/{draft.pk}/draft/restart/"
    link = fromstring(client.get(restart).content.decode()).xpath("//a[@data-carries]/@href")[0]
    sample = client.get(link)
    assert sample.context["back"] == restart
    page = fromstring(client.get(sample.context["chosen_url"]).content.decode())
    assert page.xpath("//input[@name='preset'][@checked]/@value") == [sample.context["sample"].name]
