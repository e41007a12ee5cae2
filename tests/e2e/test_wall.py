"""The code on the wall goes on without a line."""

import pytest
from playwright.sync_api import expect

from tests.e2e.test_audit_offline import ready
from tests.e2e.test_door_offline import scene
from tests.e2e.test_sitting import Open
from traektoria.engines.doorcodes import SHORT, STEP, wall_code
from traektoria.events.door.secrets import secret_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_the_wall_shows_new_codes_without_a_line_over_a_reload(open_page: Open) -> None:
    world, date = scene()
    page = open_page(world.accounts["tutor"], cut=True)
    ready(page, f"/events/dates/{date.pk}/wall/")
    page.wait_for_function("+document.querySelector('[data-wall]').dataset.until > 0")
    page.context.set_offline(True)
    page.reload()
    wall = page.locator("[data-wall]")
    page.wait_for_function("document.querySelector('[data-wall]').dataset.shown")
    first = int(wall.get_attribute("data-shown") or 0)
    page.clock.install()
    page.clock.fast_forward(STEP * 3 * 1000)
    page.wait_for_function("first => +document.querySelector('[data-wall]').dataset.shown > first + 1", arg=first)
    step = int(wall.get_attribute("data-shown") or 0)
    expect(page.locator("[data-short]")).to_have_text(_spaced(wall_code(secret_of(date), step, SHORT)))


def _spaced(code: str) -> str:
    return f"{code[:4]} {code[4:]}"
