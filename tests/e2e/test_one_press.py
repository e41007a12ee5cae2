"""Impatient hands in a real browser: a double click, «Back» and the same again, two tabs (core.submissions)."""

import re
from collections.abc import Callable
from urllib.parse import parse_qs

import pytest
from django.db import connection
from playwright.sync_api import Page, Route, expect

from tests.diagnostics.factories import make_hypothesis
from tests.e2e.steps import go
from tests.factories import make_centre, make_member
from tests.world import make_world
from traektoria.core.form_keys import FIELD
from traektoria.diagnostics.models import Hypothesis, Instrument
from traektoria.people.enums import Role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Open = Callable[..., Page]
NEW = "/diagnostics/instruments/new/"


def filled(page: Page, title: str) -> Page:
    page.locator("[name=kind]").first.check()
    page.locator("[name=title]").fill(title)
    return page


def send(page: Page) -> None:
    go(page.locator("main form button[type=submit]").first)
    expect(page).to_have_url(re.compile("/versions/[0-9]+/$"))


@pytest.mark.parametrize("javascript", [True, False])
def test_double_click_makes_one(open_page: Open, javascript: bool) -> None:
    if connection.vendor == "sqlite" and not javascript:
        pytest.skip("threads of the live server share one connection of SQLite: tried with threads in tests/acceptance")
    page = open_page(make_member(make_centre(), Role.COORDINATOR), javascript=javascript)
    page.goto(NEW)
    filled(page, "Анкета").locator("main form button[type=submit]").first.dblclick()
    page.wait_for_url("**/versions/*/")
    assert Instrument.objects.count() == 1


def test_same_again_after_back_shows_the_first_and_what_differs_is_made(open_page: Open) -> None:
    page = open_page(make_member(make_centre(), Role.COORDINATOR))
    page.goto(NEW)
    send(filled(page, "Анкета"))
    first = page.url
    page.go_back()
    send(filled(page, "Анкета"))
    assert page.url == first
    assert Instrument.objects.count() == 1
    expect(page.get_by_text("Это уже сохранено")).to_be_visible()
    go(page.get_by_role("link", name="Открыть форму ещё раз"))
    send(filled(page, "Анкета"))
    assert Instrument.objects.count() == 2
    page.go_back()
    send(filled(page, "Другая анкета"))
    assert Instrument.objects.count() == 3


def test_two_tabs_make_two(open_page: Open) -> None:
    page = open_page(make_member(make_centre(), Role.COORDINATOR))
    tabs = [page, page.context.new_page()]
    for tab in tabs:
        tab.goto(NEW)
        filled(tab, "Анкета")
    for tab in tabs:
        send(tab)
    assert Instrument.objects.count() == 2


def test_htmx_sends_again_under_the_same_key_and_each_press_has_its_own(open_page: Open) -> None:
    """The first answer is «please wait»; the page repeats by itself. Two more presses of the page are two."""
    world = make_world()
    rows = [make_hypothesis(world.own, world.accounts["teacher"].person) for _row in range(2)]
    page, keys = open_page(world.accounts["teacher"]), list[str]()

    def first_waits(route: Route) -> None:
        keys.append(parse_qs(route.request.post_data or "")[FIELD][0])
        if len(keys) == 1:
            words = '<div class="notice">Сохраним, подождите</div>'
            headers = {"Retry-After": "1", "HX-Retarget": "#notices", "HX-Reswap": "innerHTML"}
            route.fulfill(status=503, body=words, headers=headers)
        else:
            route.continue_()

    page.route("**/confirm/", first_waits)
    page.goto("/diagnostics/")
    buttons = page.get_by_role("button", name="Хочу поддержки")
    expect(buttons).to_have_count(2)
    buttons.first.click()
    expect(page.get_by_text("Сохраним, подождите")).to_be_visible()
    expect(buttons).to_have_count(1)
    expect(page.get_by_text("Сохраним, подождите")).to_have_count(0)
    buttons.first.click()
    expect(buttons).to_have_count(0)
    assert keys[0] == keys[1] != keys[2]
    assert {row.state for row in Hypothesis.objects.filter(pk__in=[row.pk for row in rows])} == {"confirmed"}
