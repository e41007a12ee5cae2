"""A sitting opens without a line, for the person it was opened by and for nobody else."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.diagnostics.sitting_factories import make_scene
from tests.e2e.conftest import session_of
from tests.e2e.steps import go
from tests.e2e.test_sitting import Open, kept, path, saved, shown, stored

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def has_copies(page: Page, number: int) -> None:
    page.wait_for_function(
        "async number => { let n = 0; for (const name of await caches.keys()) if (name.startsWith('offline-pages'))"
        " n += (await (await caches.open(name)).keys()).length; return n === number; }",
        arg=number,
    )


def test_a_reload_without_a_line_goes_on_with_the_work(open_page: Open) -> None:
    scene = make_scene(kinds=("single", "short", "ordering"))
    page = open_page(scene.account, cut=True)
    page.goto(path(scene))
    stored(page)
    shown(page).locator("label").first.click()
    saved(page)
    page.context.set_offline(True)
    page.reload()
    expect(page.locator(".sit-strip .is-answered")).to_have_count(1)  # acknowledged after the copy was made
    page.locator(".sit-go [value=on]").click()
    shown(page).locator("input").fill("Москва")
    expect(page.locator("[data-state]")).to_have_attribute("data-kind", "waiting")
    page.goto(f"{path(scene)}hand-in/")  # not without a line: back to the tasks
    expect(page.locator(".sit-strip .is-answered")).to_have_count(2)
    page.context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    saved(page)
    assert [bool(value) for value in kept(scene)][:2] == [True, True]
    go(page.locator("a[data-sitting-leave]"))
    go(page.locator("main form button"))
    page.wait_for_selector("[data-sitting-over]", state="attached")
    has_copies(page, 0)


def test_another_account_and_a_session_that_ended_leave_nothing(open_page: Open, settings: Any) -> None:
    scene, other = make_scene(), make_scene()
    page = open_page(scene.account)
    page.goto(path(scene))
    stored(page)
    has_copies(page, 1)
    here = page.evaluate("location.origin")
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session_of(other.account), "url": here}])
    page.goto("/")
    has_copies(page, 0)
    page.goto(path(other))
    stored(page)
    page.context.clear_cookies()
    page.goto(path(other))  # led to sign-in
    has_copies(page, 0)
