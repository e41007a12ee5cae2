"""What people do with a page: press, follow, fill in, take a paper; and a hand whose clicks are counted."""

import re
from pathlib import Path

from playwright.sync_api import Download, Locator, Page, expect

from tests.papers import words_of


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=re.compile(f"^{name}")).first.click()


def follow(page: Page, name: str) -> None:
    page.get_by_role("link", name=re.compile(f"^{name}")).first.click()


def every(places: Locator) -> list[Locator]:
    """All the places of a page that is whole: one that is still coming would give those that have come."""
    expect(places.first).to_be_visible()
    places.page.wait_for_load_state()
    return places.all()


def downloaded(page: Page, name: str) -> Download:
    with page.expect_download() as download:
        page.get_by_role("link", name=name).first.click()
    return download.value


def read_back(download: Download, form: str) -> str:
    """The words of a paper without spaces and hyphens."""
    assert download.suggested_filename.endswith(f".{form}")
    return words_of(Path(download.path()).read_bytes(), form)


class Hand:
    """One person's hand: every press of a button, a link or a box is a click; typing is not."""

    def __init__(self, page: Page) -> None:
        self.page, self.clicks = page, 0

    def press(self, name: str, inside: Locator | None = None) -> None:
        (inside or self.page).get_by_role("button", name=re.compile(f"^{name}")).first.click()
        self.clicks += 1

    def follow(self, name: str) -> None:
        follow(self.page, name)
        self.clicks += 1

    def tick(self, label: str) -> None:
        self.page.get_by_label(re.compile(re.escape(label))).first.click()
        self.clicks += 1

    def choose(self, label: str, value: str) -> None:
        self.page.get_by_label(label).select_option(value)
        self.clicks += 1

    def fill(self, label: str, text: str) -> None:
        self.page.get_by_label(re.compile(f"^{label}")).first.fill(text)

    def look_again(self) -> None:
        """The page as it is now: the press of «Show what is on now»."""
        self.page.reload()
        self.clicks += 1
