"""Without a mouse: the skip link, a visible focus in the order of reading, menus that fold, «/» and «c»."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import WORLDS
from tests.world import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FOCUS = """() => {
    const one = document.activeElement, box = one.getBoundingClientRect(), look = getComputedStyle(one);
    const ring = look.outlineStyle !== "none" && parseFloat(look.outlineWidth) >= 2;
    const within = !one.matches(":focus-visible");  // the ring is on the button inside of a date field
    return {what: one.outerHTML.slice(0, 120), inside: !!one.closest("main"), top: box.top + scrollY,
        seen: box.width > 0 && box.bottom > 0 && (ring || within)}; }"""


@pytest.fixture
def people(transactional_db: None) -> World:
    return WORLDS.one()


def test_skip_link_leads_to_the_content(open_page: Callable[..., Page], people: World) -> None:
    page = open_page(people.accounts["coordinator"])
    page.goto("/centre/schools/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    expect(page.locator(".skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUS)["inside"]


@pytest.mark.parametrize("path", ["/", "/centre/schools/", "/people/new/", "/results/upload/"])
def test_focus_is_seen_and_goes_down_the_page(open_page: Callable[..., Page], people: World, path: str) -> None:
    page = open_page(people.accounts["coordinator"])
    page.goto(path)
    page.locator("#main").focus()
    tops: list[float] = []
    for _step in range(40):
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUS)
        if not focus["inside"]:
            break
        assert focus["seen"], focus["what"]
        tops.append(focus["top"])
    assert all(later >= earlier - 60 for earlier, later in pairwise(tops)), tops


def test_escape_folds_the_user_menu(open_page: Callable[..., Page], people: World) -> None:
    page = open_page(people.accounts["teacher"])
    page.goto("/")
    opener = page.locator(".user > summary")
    opener.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".user-panel")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(page.locator(".user-panel")).to_be_hidden()
    expect(opener).to_be_focused()


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("path", ["/", "/people/", "/support/?state=active", "/people/new/"])
def test_slash_goes_to_the_search_of_everything(
    open_page: Callable[..., Page], people: World, path: str, width: int
) -> None:
    page = open_page(people.accounts["coordinator"])
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(path)
    page.keyboard.press("/")
    field = page.get_by_role("searchbox", name="Найти человека, школу, маршрут")
    expect(field).to_be_focused()
    assert field.evaluate("field => field.getBoundingClientRect().width") > 150
    field.fill("СОШ")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?find=*")
    expect(page.locator(".found a").first).to_be_visible()


@pytest.mark.parametrize("viewer", ["coordinator", "teacher", "head"])
@pytest.mark.parametrize("key", ["c", "с"])
def test_c_opens_what_can_be_begun(open_page: Callable[..., Page], people: World, viewer: str, key: str) -> None:
    page = open_page(people.accounts[viewer])
    page.goto("/")
    page.keyboard.press(key) if key == "c" else page.evaluate(
        "key => document.body.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true}))", key
    )
    expect(page.locator(".make-panel a").first).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.locator(".make-panel a").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".make-panel")).to_be_hidden()


def test_keys_stay_letters_in_a_field(open_page: Callable[..., Page], people: World) -> None:
    page = open_page(people.accounts["coordinator"])
    page.goto("/people/")
    field = page.locator("[name=q]")
    field.focus()
    page.keyboard.type("c/c")
    expect(field).to_have_value("c/c")
