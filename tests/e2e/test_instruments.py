"""An instrument is built, and a protocol is kept, in a real browser: without a mouse, and on a phone."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from tests.diagnostics.campaign_factories import make_item
from tests.diagnostics.protocol_factories import make_form
from tests.e2e.steps import follow, press
from tests.e2e.test_sitting import violations
from tests.factories import make_centre, make_member, make_school
from tests.routes.support_factories import make_support
from traektoria.diagnostics.models import FormItem, InstrumentVersion, Protocol
from traektoria.people.enums import Role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Open = Callable[..., Page]
FITS = "() => document.documentElement.scrollWidth <= document.documentElement.clientWidth"


def test_a_questionnaire_without_a_mouse(open_page: Open) -> None:
    """«c» opens what can be made, lines become statements, Enter publishes."""
    page = open_page(make_member(make_centre(), Role.COORDINATOR))
    keys = page.keyboard
    page.goto("/diagnostics/instruments/")
    assert violations(page) == []
    keys.press("c")
    page.locator(".make-panel a[href$='/instruments/new/']").focus()
    keys.press("Enter")
    page.wait_for_url("**/new/")
    page.locator("[name=kind]").first.focus()
    keys.press("ArrowDown")
    keys.press("Tab")
    keys.type("Анкета центра")
    keys.press("Enter")
    page.wait_for_url("**/versions/*/")
    assert violations(page) == []
    page.goto(f"{page.url}statements/")
    page.locator("[name=statements]").focus()
    keys.type("Мне легко\n− Мне трудно\nЯ справляюсь")
    keys.press("Tab")
    keys.type("Опыт")
    assert violations(page) == []
    keys.press("Enter")
    page.wait_for_url("**/versions/*/")
    page.get_by_role("button", name="Опубликовать версию 1").focus()
    keys.press("Enter")
    expect(page.get_by_text("Версия 1 опубликована.")).to_be_visible()
    version = InstrumentVersion.objects.get()
    assert (version.state, FormItem.objects.filter(version=version).count()) == ("published", 3)


def test_forms_of_a_work_on_a_phone(open_page: Open) -> None:
    """The plan, the forms, the items and their paper fit into 390 px."""
    account = make_member(centre := make_centre(), Role.COORDINATOR)
    for _one in range(4):
        make_item(centre)
    page = open_page(account, phone=True)
    page.goto("/diagnostics/instruments/new/")
    page.get_by_label("контрольная работа").check()
    page.locator("[name=title]").fill("Работа")
    page.locator("[name=subject]").select_option("math")
    press(page, "Создать черновик")
    expect(page).to_have_url(re.compile("/versions/[0-9]+/$"))
    here = page.url
    page.goto(f"{here}plan/")
    page.get_by_label("Дроби, базовый").fill("2")
    press(page, "Собрать варианты А и Б")
    expect(page.get_by_role("heading", name="Насколько варианты равны")).to_be_visible()
    for address in (page.url, here, f"{here}pick/", f"{here}preview/", f"{here}print/", f"{here}print/?part=sheet"):
        page.goto(address)
        assert page.evaluate(FITS), address
        assert violations(page) == [], address
    assert sorted(InstrumentVersion.objects.get().items.values_list("form", flat=True)) == ["A", "A", "B", "B"]


def test_a_protocol_is_saved_by_itself_and_shared(open_page: Open) -> None:
    centre = make_centre()
    tutor, teacher = make_member(centre, Role.TUTOR), make_member(centre, Role.TEACHER, make_school(centre))
    make_support(centre, tutor.person, teacher.person, start=date(2020, 9, 1), end=date(2099, 5, 31))
    make_form(centre)
    page = open_page(tutor)
    page.goto("/diagnostics/protocols/")
    follow(page, "Новый протокол")
    press(page, "Начать")
    page.locator("input[name$='-step'][value='2']").check()
    page.locator("[name=conclusion]").fill("Всё идёт")
    expect(page.locator("[data-autosave-state]")).to_have_attribute("data-state", "saved")
    assert violations(page) == []
    kept = Protocol.objects.get()
    assert ([*kept.answers.values()], kept.conclusion, kept.state) == ([{"step": 2}], "Всё идёт", "draft")
    press(page, "Показать учителю")
    expect(page.get_by_text("Забрать, чтобы исправить")).to_be_visible()
    own = open_page(teacher, phone=True)
    own.goto(f"/diagnostics/protocols/{kept.pk}/")
    assert own.evaluate(FITS)
    assert violations(own) == []
    press(own, "Отметить прочитанным")
    expect(own.get_by_role("button", name="Отметить прочитанным")).to_have_count(0)
    kept.refresh_from_db()
    assert kept.read_at is not None
