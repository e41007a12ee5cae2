"""Menus, tabs, buttons and pages follow the regulation: five presets, every role, and people of two centres."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from lxml.html import fromstring

from tests.factories import make_centre, make_member, make_person, make_regulation, make_school
from tests.tutors.commission_factories import make_commission
from tests.tutors.status_factories import make_status
from traektoria.core.registries import creations, menu
from traektoria.organisations.models import TutorCentre
from traektoria.organisations.regulations.contents import preset, preset_names
from traektoria.organisations.regulations.practices import Practice, practices_of
from traektoria.people.actor import actor_of
from traektoria.people.enums import Role
from traektoria.people.models import Account

ROLES = [Role.COORDINATOR, Role.TUTOR, Role.TEACHER, Role.HEAD, Role.DEPUTY_HEAD]
BY_PRESET = {
    "yamal": {Practice.COMMISSION, Practice.TERMS},
    "balta": {Practice.ORDERS},
    "gelendzhik": set(),
    "kushchevskaya": set(),
    "tbilisskaya": {Practice.SELF_CARDS},
}
PLACES = {Practice.COMMISSION: "/tutors/commission/", Practice.ORDERS: "/tutors/orders/"}
WORDS = {Practice.COMMISSION: "комисси", Practice.ORDERS: "приказ"}
pytestmark = [pytest.mark.once, pytest.mark.django_db]


def browser(account: Account) -> Client:
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def walk(client: Client) -> dict[str, str]:
    """Every page of the menu and of «Create», and the pages that their tabs and buttons lead to: address → text."""
    pages: dict[str, str] = {}
    ahead = ["/"]
    while ahead:
        url = ahead.pop()
        answer = client.get(url, follow=True)
        assert answer.status_code == 200, (url, answer.status_code)
        tree = fromstring(answer.content.decode())
        pages[url] = " ".join(tree.xpath("//main//text()")) if tree.xpath("//main") else ""
        links = "//nav//a/@href | //a[contains(@class, 'button')]/@href | //*[contains(@class, 'tabs')]//a/@href"
        for link in tree.xpath(links):
            path = link.partition("#")[0]
            inside = path.startswith(("/tutors", "/support", "/centre", "/people")) and "export" not in path
            if len(pages) + len(ahead) < 60 and inside and not path.endswith((".xlsx", ".csv", "file/", "template/")):
                ahead += [path] if path not in pages and path not in ahead else []
    return pages


def test_the_practices_of_the_presets() -> None:
    assert {name: set(practices_of(preset(name))) - {Practice.GROUPS} for name in preset_names()} == BY_PRESET


@pytest.mark.parametrize("name", preset_names())
@pytest.mark.parametrize("role", ROLES)
def test_nobody_is_led_to_what_the_regulation_has_not(name: str, role: Role) -> None:
    centre = make_centre(preset=name)
    client = browser(make_member(centre, role, make_school(centre)))
    pages = walk(client)
    has = practices_of(preset(name))
    for practice, place in PLACES.items():
        linked = [url for url in pages if url.startswith(place)]
        assert bool(linked) == (practice in has and role == Role.COORDINATOR), linked
        if practice not in has:
            apart = ("/centre/regulation/", *(PLACES[one] for one in has & set(PLACES)))
            said = {url for url, text in pages.items() if WORDS[practice] in text.lower() and not url.startswith(apart)}
            assert not said


@pytest.mark.parametrize("name", preset_names())
def test_an_address_typed_by_hand_answers_in_a_sentence(name: str) -> None:
    centre = make_centre(preset=name)
    client, has = browser(make_member(centre, Role.COORDINATOR)), practices_of(preset(name))
    commission, orders = client.get("/tutors/commission/"), client.get("/tutors/orders/")
    assert (commission.status_code, orders.status_code) == (200, 200)
    assert ("В этом центре комиссии нет" in commission.content.decode()) == (Practice.COMMISSION not in has)
    assert ("В этом центре тьюторов не назначают приказом" in orders.content.decode()) == (Practice.ORDERS not in has)
    new = client.get("/tutors/commission/new/")
    assert new.status_code == (200 if Practice.COMMISSION in has else 409)
    if Practice.COMMISSION not in has:
        assert "не комиссия" in new.content.decode()
    status = make_status(centre, make_person())
    release = client.get(f"/tutors/tutor/{status.pk}/release/")
    assert release.status_code == (200 if Practice.ORDERS in has else 409)


def entries(account: Account) -> set[str]:
    actor = actor_of(account)
    return {one.slug for one in menu if one.visible(actor)} | {one.slug for one in creations if one.visible(actor)}


def of_two(first: TutorCentre, second: TutorCentre, role: Role) -> Account:
    account = make_member(first, role, make_school(first))
    return make_member(second, role, make_school(second), person=account.person)


@pytest.mark.parametrize("order", [("balta", "yamal"), ("yamal", "balta")])
def test_a_person_of_two_centres_sees_what_any_of_them_has(order: tuple[str, str]) -> None:
    first, second = (make_centre(preset=name) for name in order)
    account = of_two(first, second, Role.COORDINATOR)
    client = browser(account)
    with_commission = first if order[0] == "yamal" else second
    assert "commission" in entries(account)
    page = client.get("/tutors/commission/").content.decode()
    assert "В этом центре комиссии нет" not in page
    assert f"/tutors/commission/new/?centre={with_commission.pk}" in page
    assert client.get("/tutors/commission/new/").status_code == 200
    for centre in (first, second):
        tabs = fromstring(client.get(f"/tutors/?centre={centre.pk}").content.decode())
        links = tabs.xpath("//*[contains(@class, 'tabs')]//a/@href")
        assert ("/tutors/commission/" in links) == (centre == with_commission)
        assert ("/tutors/orders/" in links) == (centre != with_commission)


def test_what_began_under_an_earlier_version_stays_until_nothing_is_left() -> None:
    centre = make_centre(preset="yamal")
    coordinator = make_member(centre, Role.COORDINATOR)
    commission, _members = make_commission(centre)
    make_regulation(centre, "gelendzhik", start=date(2025, 9, 1))
    assert "commission" in entries(coordinator)
    client = browser(coordinator)
    page = client.get(f"/tutors/commission/{commission.pk}/")
    assert page.status_code == 200
    assert "В действующем положении комиссии нет" in page.content.decode()
    commission.members.all().delete()
    commission.delete()
    assert "commission" not in entries(coordinator)


def test_a_version_of_tomorrow_changes_nothing_today() -> None:
    centre = make_centre(preset="gelendzhik")
    make_regulation(centre, "yamal", start=date(2126, 9, 1))
    coordinator = make_member(centre, Role.COORDINATOR)
    assert not actor_of(coordinator).follows(Practice.COMMISSION, ever=True)
    assert "commission" not in entries(coordinator)


def test_a_new_version_is_followed_at_once() -> None:
    centre = make_centre(preset="gelendzhik")
    coordinator = make_member(centre, Role.COORDINATOR)
    assert "commission" not in entries(coordinator)
    make_regulation(centre, "yamal", start=date(2021, 9, 1))
    assert "commission" in entries(coordinator)


def test_a_regulation_without_groups_offers_none() -> None:
    centre = make_centre()
    make_regulation(centre, "yamal", start=date(2021, 9, 1), support={"group": False})
    client = browser(make_member(centre, Role.COORDINATOR))
    with translation.override("ru"):
        assert "/support/groups/" not in client.get("/support/").content.decode()
        answer = client.get("/support/groups/")
    assert answer.status_code == 409
    assert "групп" in answer.content.decode()


def test_the_practices_cost_no_query_of_their_own(django_assert_num_queries: Any) -> None:
    centres = [make_centre(preset=name) for name in ("balta", "yamal", "gelendzhik")]
    account = make_member(centres[0], Role.COORDINATOR)
    for centre in centres[1:]:
        make_member(centre, Role.COORDINATOR, person=account.person)
    entries(account)
    with django_assert_num_queries(1):
        actor = actor_of(account)
        assert actor.follows(Practice.COMMISSION) == {centres[1].pk}
        assert actor.follows(Practice.ORDERS, Role.COORDINATOR) == {centres[0].pk}
    nobody = actor_of(make_member(None, Role.ADMINISTRATOR))
    with django_assert_num_queries(0):
        assert not nobody.follows(Practice.COMMISSION)
