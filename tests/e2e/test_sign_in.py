"""Signing in as a person does it: by keyboard, with a wrong password first."""

import pytest
from playwright.sync_api import expect

from tests.factories import PASSWORD, make_centre, make_member
from traektoria.people.enums import Role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_sign_in_by_keyboard(open_page) -> None:  # type: ignore[no-untyped-def]
    account = make_member(make_centre(), Role.TEACHER)
    account.set_password(PASSWORD)
    account.save()
    page = open_page()
    page.goto("/")
    page.get_by_label("Логин").fill(account.username)
    page.get_by_label("Пароль", exact=True).fill("не тот пароль")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label("Пароль", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Мой день")
