"""A checklist of an audit is filled without a line, and arrives when there is one."""

import pytest
from playwright.sync_api import expect

from tests.e2e.test_sitting import Open
from tests.planning.audits.audit_factories import planned
from tests.world import make_world
from traektoria.planning.models import AuditAnswer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_answers_without_a_line_are_kept_over_a_reload_and_sent(open_page: Open) -> None:
    world = make_world()
    audit = planned(world)
    page = open_page(world.accounts["tutor"], phone=True, cut=True)
    page.goto(f"/plans/audits/{audit.pk}/fill/")
    page.wait_for_selector("body[data-kept]", state="attached")
    page.context.set_offline(True)
    page.locator("#c1 [value=no]").check()
    page.locator("#c2 [value=yes]").check()
    expect(page.locator("[data-state]")).to_have_attribute("data-kind", "waiting")
    page.reload()
    expect(page.locator("#c1 [value=no]")).to_be_checked()
    assert not AuditAnswer.objects.exists()
    page.context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("[data-state]")).to_have_attribute("data-kind", "saved")
    assert list(AuditAnswer.objects.values_list("criterion", "verdict")) == [(1, "no"), (2, "yes")]
