"""A work in a real browser: without a mouse, with the line cut, on a phone, in two tabs, closed and opened again."""

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.diagnostics.sitting_factories import Scene, make_scene
from tests.e2e.steps import every, go
from tests.patience import until
from traektoria.diagnostics.models import Answer, Sitting

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
KINDS = ("single", "multiple", "short", "matching", "ordering", "likert", "extended")
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"], "resultTypes": ["violations"]}
Open = Callable[..., Page]


def path(scene: Scene) -> str:
    return f"/diagnostics/sittings/{scene.sitting.token}/"


def kept(scene: Scene) -> list[dict[str, Any]]:
    """Saved values in the order of the form, {} where there is none."""
    rows = dict(Answer.objects.filter(sitting=scene.pk).values_list("form_item", "value"))
    return [rows.get(row.pk, {}) for row in scene.rows]


def stored(page: Page) -> None:
    """Its copy for an hour without a line is made."""
    page.wait_for_function("() => 'kept' in document.body.dataset")


def shown(page: Page) -> Any:
    return page.locator(".sit-item:visible")


def saved(page: Page) -> None:
    expect(page.locator("[data-state]").first).to_have_attribute("data-kind", "saved")
    page.wait_for_function("() => !Object.keys(localStorage).some(key => key.startsWith('sitting:'))")


def violations(page: Page) -> list[str]:
    found = Axe().run(page, options=RULES).response["violations"]
    return [
        f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found if one["impact"] in {"serious", "critical"}
    ]


def test_a_work_without_a_mouse(open_page: Open) -> None:
    """Tab, arrows, letters, Ctrl + Enter; the last press hands in."""
    scene = make_scene("new", KINDS)
    page = open_page(scene.account)
    page.goto(path(scene))
    assert violations(page) == []
    keys = page.keyboard
    page.locator("main form button").focus()
    keys.press("Enter")
    page.wait_for_selector("#sitting")
    assert violations(page) == []
    page.locator(".sit-item:visible input").first.focus()
    keys.press("ArrowDown")
    keys.press("Control+Enter")
    keys.press("Space")
    keys.press("Control+Enter")
    keys.type("Москва")
    keys.press("Enter")
    expect(shown(page).locator("select").first).to_be_focused()
    keys.press("ArrowDown")
    keys.press("Control+Enter")
    keys.press("Tab")
    keys.press("Enter")
    expect(page.locator(".sit-item:visible [data-down]").nth(1)).to_be_focused()
    keys.press("Control+Enter")
    keys.press("Space")
    keys.press("Control+Shift+Enter")
    keys.press("Control+Enter")
    keys.press("Control+Enter")
    keys.type("Потому что так.\nИ так.")
    assert violations(page) == []
    keys.press("Control+Enter")
    page.wait_for_url("**/hand-in/")
    assert [set(value) for value in kept(scene)] == [
        {"choice"}, {"choices"}, {"text"}, {"pairs"}, {"order"}, {"step"}, {"text"}
    ]  # fmt: skip
    assert violations(page) == []
    page.locator("main form button").focus()
    keys.press("Enter")
    page.wait_for_url(f"**{path(scene)}")
    assert scene.sitting.state == "submitted"


def test_the_line_is_cut_and_comes_back(open_page: Open) -> None:
    """All items are answered without a line; nothing is lost, not even when the tab is closed meanwhile."""
    scene = make_scene(kinds=KINDS)
    page = open_page(scene.account, cut=True)
    page.goto(path(scene))
    page.wait_for_function("() => document.querySelectorAll('#sit-items .sit-item').length === 7")
    shown(page).locator("label").first.click()
    saved(page)
    page.context.set_offline(True)
    for _item in range(5):
        page.locator(".sit-go [value=on]").click()
        field = shown(page).locator("input, select").first
        if field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(index=1)
        elif field.get_attribute("type") == "text":
            field.fill("Москва")
        else:
            field.check()
    expect(page.locator("[data-state]")).to_have_attribute("data-kind", "waiting")
    assert sum(map(bool, kept(scene))) == 1
    page.locator("a[data-sitting-leave]").click()  # waits for the queue
    expect(page.locator("[data-notice]")).to_be_visible()
    page.close()
    again = page.context.new_page()
    page.context.set_offline(False)
    again.goto(path(scene))
    expect(again.locator(".sit-strip .is-answered")).to_have_count(6)
    until(lambda: sum(map(bool, kept(scene))) == 6, pause=0.3)  # sent by this page, or by the one that was closed
    assert [bool(value) for value in kept(scene)] == [True, True, True, True, True, True, False]


def test_a_server_that_does_not_answer_and_a_session_that_ended(open_page: Open) -> None:
    scene = make_scene()
    page = open_page(scene.account)
    page.goto(path(scene))
    stored(page)
    cookies = page.context.cookies()
    page.context.clear_cookies()
    shown(page).locator("label").first.click()
    expect(page.locator("[data-state]")).to_contain_text("1")
    assert kept(scene)[0] == {}
    page.context.add_cookies(cookies)
    page.evaluate("() => dispatchEvent(new Event('online'))")
    saved(page)
    page.route("**/save/", lambda route: route.fulfill(status=503, body="x"))
    shown(page).locator("label").last.click()
    expect(page.locator("[data-state]")).to_have_attribute("data-kind", "waiting")
    page.unroute("**/save/")
    saved(page)
    assert kept(scene)[0] in ({"choice": 0}, {"choice": 1}, {"choice": 2})


def test_two_tabs_do_not_fight(open_page: Open) -> None:
    scene = make_scene()
    first = open_page(scene.account)
    first.goto(path(scene))
    shown(first).locator("label").first.click()
    saved(first)
    second = first.context.new_page()
    second.goto(path(scene) + "?item=3")
    expect(first.locator("[data-notice]")).to_be_visible()
    expect(first.locator("fieldset:disabled")).to_have_count(3)
    shown(second).locator("input").fill("Москва")
    saved(second)
    first.locator("[data-notice-go]").click()
    expect(second.locator("fieldset:disabled")).to_have_count(3)
    first.locator("[data-to]").nth(2).click()
    expect(shown(first).locator("input")).to_have_value("Москва")
    shown(first).locator("input").fill("Пермь")
    saved(first)
    assert kept(scene)[2] == {"text": "Пермь"}


def test_on_a_phone_with_a_pause(open_page: Open) -> None:
    scene = make_scene(kinds=KINDS)
    page = open_page(scene.account, phone=True)
    page.goto(path(scene))
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 390
    assert violations(page) == []
    shown(page).locator("label").nth(1).tap()
    page.locator("[data-flag]").tap()
    page.locator(".sit-go [value=on]").tap()
    expect(page.locator(".sit-strip .is-flagged")).to_have_count(1)
    for target in every(page.locator(".sit-strip a, .sit-go button, .ask-choice")):
        box = target.bounding_box()
        assert box is None or box["height"] >= 44
    page.locator(".sit-top form button").tap()
    page.wait_for_selector("form[action$='/resume/']")
    assert (scene.sitting.state, bool(kept(scene)[0])) == ("paused", True)
    assert violations(page) == []
    page.locator("main form button").tap()
    page.wait_for_selector("#sitting")
    page.reload()
    expect(page.locator(".is-answered")).to_have_count(1)
    expect(page.locator(".is-flagged")).to_have_count(1)


def test_the_time_runs_out(open_page: Open) -> None:
    """Said at three minutes; at the end the page is closed for writing and what waited is sent."""
    from datetime import timedelta

    from django.utils import timezone

    scene = make_scene()
    Sitting.objects.update(seconds=42 * 60 - 4)
    page = open_page(scene.account)
    page.goto(path(scene))
    expect(page.locator("[data-notice]")).to_be_visible()
    Sitting.objects.update(running_since=timezone.now() - timedelta(minutes=4))
    shown(page).locator("label").first.click()
    page.wait_for_selector("[data-sitting-over]", state="attached")
    assert (scene.sitting.state, kept(scene)[0]) == ("expired", {})


def test_a_plain_form_is_enough(open_page: Open) -> None:
    scene = make_scene("new", ("single", "ordering"))
    page = open_page(scene.account, javascript=False)
    page.goto(path(scene))
    go(page.locator("main form button"))
    page.locator("label.ask-choice").first.click()
    go(page.locator("[value=on]"))
    for place, select in enumerate(every(page.locator(".sit-item select")), start=1):
        select.select_option(str(place))
    go(page.locator("[value=on]"))
    go(page.locator("main form button"))
    assert (scene.sitting.state, [bool(value) for value in kept(scene)]) == ("submitted", [True, True])
