"""What people do with a page: press, follow, fill in, take a paper; and a hand whose clicks are counted.

Each step ends when what it leads to is there: the whole of the next page, or the answer that changes a part of this
one. Asked before that, the database still says what was, and the next press lands on the page that is going away.
"""

import re
from pathlib import Path

from playwright.sync_api import Download, Locator, Page, Response, expect

from tests.papers import words_of

#: What a click on it leads to: another page, a part of this one (htmx), or nothing that a server is asked for.
LEADS_TO = """one => {
    const form = one.tagName === "A" ? null : one.form;
    if (one.tagName !== "A" && (one.type !== "submit" || !form)) return "nothing";
    if (form && !form.noValidate && !one.formNoValidate && !form.checkValidity()) return "nothing";
    if (window.htmx && one.closest("[hx-post], [hx-get]")) return "part";
    return one.tagName === "A" && one.href.split("#")[0] === location.href.split("#")[0] ? "nothing" : "page"; }"""


def go(place: Locator) -> None:
    """Click and wait for what comes of it."""
    expect(place).to_be_enabled()
    leads_to, page = place.evaluate(LEADS_TO), place.page
    if leads_to == "page":
        with page.expect_navigation():
            place.click()
    elif leads_to == "part":
        with page.expect_response(_is_part):
            place.click()
    else:
        place.click()


def _is_part(answer: Response) -> bool:
    return "hx-request" in answer.request.headers


def press(page: Page, name: str) -> None:
    go(page.get_by_role("button", name=re.compile(f"^{name}")).first)


def follow(page: Page, name: str) -> None:
    go(page.get_by_role("link", name=re.compile(f"^{name}")).first)


def every(places: Locator) -> list[Locator]:
    """All the places of a page that is whole: one that is still coming would give those that have come."""
    expect(places.first).to_be_visible()
    places.page.wait_for_load_state()
    return places.all()


def words(places: Locator) -> list[str]:
    """What stands in each of these places."""
    return [place.text_content() or "" for place in every(places)]


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
        go((inside or self.page).get_by_role("button", name=re.compile(f"^{name}")).first)
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
