"""Cards of people, roles, passwords, and «My data»."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.factories import make_class, make_employment, make_person, make_school
from tests.organisations.test_pages import queries_of
from tests.waiting import lines_for
from tests.world import World
from traektoria.core.models import AuditEvent
from traektoria.organisations.models import School
from traektoria.people.actor import actor_of
from traektoria.people.enums import Purpose, Role
from traektoria.people.founding_forms import NewPersonForm
from traektoria.people.models import AccessRecord, Account, Person, RoleAssignment
from traektoria.people.passwords import hashed


def card(world: World, viewer: str = "teacher") -> str:
    return f"/people/{world.accounts[viewer].person_id}/"


def test_list_asks_the_same_number_of_queries_at_one_and_three_rows(world: World, as_: Any) -> None:
    urls = {"coordinator": "/people/", "head": "/people/"}
    before = {who: queries_of(as_(who), url) for who, url in urls.items()}
    for _time in range(3):
        make_class(make_employment(make_person(), world.school))
    assert {who: queries_of(as_(who), url) for who, url in urls.items()} == before


def test_card_asks_the_same_number_of_queries_at_one_and_three_rows(world: World, as_: Any) -> None:
    person = world.accounts["teacher"].person
    assert person is not None
    before = queries_of(as_("coordinator"), card(world))
    for position in ("методист", "библиотекарь"):
        make_class(make_employment(person, world.school, position))
    assert queries_of(as_("coordinator"), card(world)) == before


def test_list_finds_by_name_without_case_and_yo(world: World, as_: Any) -> None:
    make_employment(make_person("Королёва"), world.school)
    page = as_("coordinator").get("/people/", {"q": "КОРОЛЕВ"}).context["page"]
    assert [person.full_name.split()[0] for person in page.object_list] == ["Королёва"]


def test_head_sees_names_and_positions_of_the_own_school_only(world: World, as_: Any) -> None:
    answer = as_("head").get("/people/")
    names = {person.pk for person in answer.context["page"].object_list}
    assert world.accounts["teacher"].person_id in names
    assert world.accounts["foreign_teacher"].person_id not in names
    assert f'href="{card(world)}"' not in answer.content.decode()


def test_opening_a_card_is_written_and_the_person_reads_it(world: World, as_: Any) -> None:
    as_("coordinator").get(card(world))
    record = AccessRecord.objects.get(person_id=world.accounts["teacher"].person_id)
    assert record.purpose == Purpose.STAFF
    openings = as_("teacher").get("/people/me/").context["openings"]
    assert [one.pk for one, _kind in openings] == [record.pk]


def test_person_new_has_a_role_and_is_seen(world: World, as_: Any) -> None:
    data = {"surname": "Новиков", "given": "Пётр", "role": "coordinator", "start": "2026-09-01"}
    assert as_("coordinator").post("/people/new/", data).status_code == 302
    assert Person.objects.get(surname="Новиков").roles.get().role == "coordinator"
    wrong = as_("coordinator").post("/people/new/", {**data, "role": "teacher", "surname": "Вторая"})
    assert wrong.status_code == 422
    assert not Person.objects.filter(surname="Вторая").exists()


def test_name_cases_by_hand_and_their_preview(world: World, as_: Any) -> None:
    client = as_("coordinator")
    data = {"surname": "Черных", "given": "Анна", "patronymic": "Ивановна", "gender": "female"}
    preview = client.post(f"{card(world)}edit/", {**data, "preview": "1"}, headers={"HX-Request": "true"})
    assert "Анны Ивановны" in preview.content.decode()
    assert "<html" not in preview.content.decode()
    assert client.post(f"{card(world)}edit/", {**data, "dative": "Анне Черных"}).status_code == 302
    person = Person.objects.get(pk=world.accounts["teacher"].person_id)
    assert (person.surname, person.name_cases) == ("Черных", {"dative": "Анне Черных"})


def test_work_with_classes(world: World, as_: Any) -> None:
    data = {
        "school": world.school.pk, "position": "учитель физики", "subjects": ["physics"], "classes": "7А, 7Б",
        "start": "2026-09-01",
    }  # fmt: skip
    client = as_("coordinator")
    assert client.post(f"{card(world)}work/new/", data).status_code == 302
    work = world.accounts["teacher"].person.employments.get(position="учитель физики")  # type: ignore[union-attr]
    assert [str(row) for row in work.classes.all()] == ["7А", "7Б"]
    assert client.post(f"{card(world)}work/new/", data).status_code == 422
    assert client.post(f"/people/work/{work.pk}/", {**data, "classes": "семь"}).status_code == 422
    assert client.post(f"/people/work/{work.pk}/", {**data, "classes": "", "end": "2026-10-01"}).status_code == 302
    assert not work.classes.exists()


def test_role_assign_twice_is_once_and_role_end_is_at_once(world: World, as_: Any) -> None:
    client = as_("coordinator")
    data = {"role": "coordinator", "start": "2026-01-01"}
    for _click in range(2):
        assert client.post(f"{card(world)}roles/new/", data).status_code == 302
    role = RoleAssignment.objects.get(person=world.accounts["teacher"].person, role="coordinator")
    for _click in range(2):
        assert client.post(f"/people/roles/{role.pk}/end/").status_code == 302
    role.refresh_from_db()
    assert role.end == timezone.localdate() - timedelta(days=1)
    assert Role.COORDINATOR not in actor_of(world.accounts["teacher"]).roles


@pytest.mark.parametrize("role", [Role.TUTOR, Role.COMMISSION_MEMBER, Role.ADMINISTRATOR])
def test_roles_that_follow_from_something_are_not_given_by_hand(world: World, as_: Any, role: Role) -> None:
    answer = as_("coordinator").post(f"{card(world)}roles/new/", {"role": role, "start": "2026-01-01"})
    assert answer.status_code == 422
    assert 'href="/tutors/"' in answer.content.decode()


def test_nobody_ends_their_own_coordination(world: World, as_: Any) -> None:
    role = world.accounts["coordinator"].person.roles.get()  # type: ignore[union-attr]
    assert as_("coordinator").post(f"/people/roles/{role.pk}/end/").status_code == 403


def test_administrator_is_not_appointed_in_the_browser(world: World, as_: Any) -> None:
    answer = as_("coordinator").post(f"{card(world)}roles/new/", {"role": "administrator", "start": "2026-01-01"})
    assert answer.status_code == 422


def test_first_password_is_shown_once_and_must_be_changed(world: World, as_: Any, client: Any) -> None:
    answer = as_("coordinator").post(f"{card(world)}password/")
    password = answer.context["password"]
    assert password in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"
    account = Account.objects.get(pk=world.accounts["teacher"].pk)
    assert client.login(username=account.username, password=password)
    assert client.get("/people/me/")["Location"] == "/account/password/change/"
    own = "совсем-свой-пароль-9"
    client.post("/account/password/change/", {"oldpassword": password, "password1": own, "password2": own})
    account.refresh_from_db()
    assert not account.password_given
    assert client.get("/people/me/").status_code == 200


def test_no_password_for_somebody_with_power_elsewhere(world: World, as_: Any) -> None:
    person = world.accounts["teacher"].person
    RoleAssignment.objects.create(person=person, role=Role.COORDINATOR, centre=world.foreign, start=date(2025, 9, 1))
    assert as_("coordinator").post(f"{card(world)}password/").status_code == 403


GIVE = "/people/passwords/give/"


def _newcomer(school: School, surname: str = "Новосёлова") -> Person:
    person = Person.objects.create(surname=surname, given="Анна")
    make_employment(person, school)
    return person


def test_first_passwords_of_all_schools_are_slips_with_the_address_that_open(world: World, as_: Any) -> None:
    other = make_school(world.own, "СОШ № 7")
    people = [_newcomer(world.school), _newcomer(other, "Семёнова")]
    page = as_("coordinator").post(GIVE)
    text = page.content.decode()
    assert page["Cache-Control"] == "no-store"
    assert {school.name for school, _slips in page.context["sheets"] if school} >= {world.school.name, "СОШ № 7"}
    given = {one.pk: (account, word) for _s, slips in page.context["sheets"] for _p, one, account, word in slips}
    assert text.count("http://testserver/</dd>") == len(given) == text.count("<code>") / 2
    for person in people:
        account, word = given[person.pk]
        assert word in text
        assert Client().login(username=account.username, password=word)
    assert as_("coordinator").post(GIVE).status_code == 302


def test_first_passwords_of_one_school_as_a_table(world: World, as_: Any) -> None:
    other = make_school(world.own, "СОШ № 7")
    _newcomer(other)
    first = as_("coordinator").post(GIVE, {"school": str(other.pk), "as": "xlsx"})
    assert first["Content-Type"].startswith("application/vnd.openxml")
    assert Account.objects.filter(password_given=True).count() == 1


def test_lost_slips_are_made_anew_only_for_those_who_never_signed_in(world: World, as_: Any) -> None:
    person = _newcomer(world.school)
    as_("coordinator").post(GIVE)
    before = Account.objects.get(person=person).password
    assert as_("coordinator").get("/people/passwords/").context["lost"] >= 1
    as_("coordinator").post(GIVE, {"again": "on"})
    account = Account.objects.get(person=person)
    assert account.password != before
    Account.objects.filter(pk=account.pk).update(last_login=timezone.now())
    as_("coordinator").post(GIVE, {"again": "on"})
    assert Account.objects.get(person=person).password == account.password


def test_the_desk_says_whom_passwords_wait_for_until_they_are_given(world: World, as_: Any) -> None:
    coordinator = actor_of(world.accounts["coordinator"])
    as_("coordinator").post(GIVE)
    assert not lines_for(coordinator, kinds="people.")
    for number in range(2):
        _newcomer(world.school, f"Новосёлова-{number}")
    (line,) = lines_for(coordinator, kinds="people.")
    assert (line.url, line.who.replace("\xa0", " ")) == ("/people/passwords/", "2 человека пока не могут войти")
    as_("coordinator").post(GIVE)
    assert not lines_for(coordinator, kinds="people.")


def test_a_password_made_here_is_hashed_anew_at_the_first_sign_in(settings: Any, world: World) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    account = world.accounts["teacher"]
    account.password = hashed("k7mp-3hrw-e4zd")
    quick = account.password
    assert not account.check_password("k7mp-3hrw-e4zz")
    assert account.check_password("k7mp-3hrw-e4zd")
    account.refresh_from_db()
    assert int(account.password.split("$")[1]) > 10 * int(quick.split("$")[1])


@pytest.mark.parametrize("mail", [True, False])
def test_sign_in_and_the_founding_promise_letters_only_where_letters_go(client: Any, settings: Any, mail: bool) -> None:
    kind = "locmem" if mail else "console"
    settings.EMAIL_BACKEND = f"django.core.mail.backends.{kind}.EmailBackend"
    page = client.get("/account/login/").content.decode()
    assert ("/account/password/reset/" in page) == mail
    assert ("восстановить" in str(NewPersonForm().fields["email"].help_text)) == mail
    asked = client.get("/account/password/reset/").content.decode()
    assert ('name="email"' in asked) == mail
    assert "координатор" in asked


def test_my_data_export_holds_everything_but_the_password(world: World, as_: Any) -> None:
    as_("coordinator").get(card(world))
    data = json.loads(as_("teacher").get("/people/me/export/").content)
    assert data["people"]["employments"][0]["classes"] == [["2020/21", "math", "4А"]]
    assert data["people"]["opened_by"][-1]["subject_kind"] == "people.person"
    assert "password" not in json.dumps(data["people"]["account"])


def _desk_urls(world: World) -> list[str]:
    return [line.url for line in lines_for(actor_of(world.accounts["coordinator"]), kinds="people.")]


def test_erasure_request_reaches_the_coordinator_once(world: World, as_: Any) -> None:
    for _click in range(2):
        assert as_("teacher").post("/people/me/erasure/").status_code == 302
    assert AuditEvent.objects.filter(event="people.erasure_requested").count() == 1
    assert card(world) in _desk_urls(world)
    for _click in range(2):
        assert as_("coordinator").post(f"{card(world)}erasure/answered/").status_code == 302
    assert card(world) not in _desk_urls(world)
    assert AuditEvent.objects.filter(event="people.erasure_answered").count() == 1


@pytest.mark.parametrize(
    ("patronymic", "said"), [("Петровна", "Здравствуйте, Мария Петровна!"), ("", "Здравствуйте, Мария!")]
)
def test_sign_in_greets_by_name(world: World, client: Client, patronymic: str, said: str) -> None:
    account = world.accounts["teacher"]
    assert account.person
    Person.objects.filter(pk=account.person_id).update(given="Мария", patronymic=patronymic)
    account.set_password("длинное-слово-7")
    account.save()
    page = client.post("/account/login/", {"login": account.username, "password": "длинное-слово-7"}, follow=True)
    text = page.content.decode().replace("\xa0", " ")
    assert said in text
    assert f"{account.username}." not in text
