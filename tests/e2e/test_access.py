"""Every page of the demo, for each person of the cast: accessible, narrow enough, light, quiet.

Everybody follows every link by HTTP, which is quick (``tests/demo/tour.py``). A browser then opens one page of each
view and every further page on which something stands that stood on none before; axe looks at what stands there and on
no page before. Portions of what the browser opens go to whichever worker is free.
"""

import gzip
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, ClassVar
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Error, Page, Response

from tests.demo.copied import lay_demo
from tests.demo.tour import ASKED_BY_AXE, sign_in, tour
from tests.e2e.conftest import DESKTOP, PHONE
from tests.once import folder_of_the_run

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

MOST_BYTES, MOST_REQUESTS = 60_000, 6
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"],
    "resultTypes": ["violations"],
}
STRANGERS = ["/account/login/", "/account/password/reset/", "/documents/check/", "/design/"]
MAIN = {"desk:home", "routes:route_detail", "results:dataset_detail"}
LOOKS = [("light", "normal"), ("dark", "normal"), ("light", "impaired"), ("dark", "impaired")]
LOOK = """([where, rules]) => axe.run(where || document, rules).then(found => found.violations
    .filter(one => ["serious", "critical"].includes(one.impact)).map(one => `${one.id}: ${one.nodes[0].html}`))"""
#: Marks what stands on the page as on none before it; the kinds of elements are those of ``tests/demo/tour.py``.
MARK = """asked => {
    const known = new RegExp(`^(${asked})$`);
    const seen = new Set((localStorage.axe || "").split("\\n")), before = seen.size;
    const said = one => [one.localName, ...["class", "role", "type"].map(name => one.getAttribute(name) || "")];
    for (const one of document.body.querySelectorAll("*")) {
        const names = one.getAttributeNames().filter(name => known.test(name)).sort();
        const kind = [...said(one), ...names, "in", ...said(one.parentElement)].join(" ");
        if (!seen.has(kind) && !one.parentElement.closest("[data-axe]")) one.dataset.axe = "";
        seen.add(kind);
    }
    localStorage.axe = [...seen].join("\\n");
    return before > 1 ? seen.size - before : -1; }"""
FACTS = """() => ({
    headings: [...document.querySelectorAll("h1")].filter(one => one.getClientRects().length).length,
    title: document.title, language: document.documentElement.lang})"""


@dataclass
class Visitor:
    """A page with what it asked for since it was last told to go somewhere, and what is wrong so far."""

    page: Page
    host: str
    problems: list[str] = field(default_factory=list)
    login: str = "stranger"
    answers: list[Response] = field(default_factory=list)
    weights: ClassVar[dict[str, int]] = {}

    def __post_init__(self) -> None:
        self.page.on("response", lambda answer: self.answers.append(answer))  # Playwright marks it: not a builtin
        self.page.on("console", lambda said: said.type == "error" and self.problem(f"console: {said.text}"))

    def problem(self, text: str) -> None:
        self.problems.append(f"{self.login}: {urlsplit(self.page.url).path} {text}")

    def become(self, login: str, cookie: str) -> None:
        """The next person sits down at this browser; ``cookie`` is the name of that of the session."""
        if login != self.login:
            self.page.context.clear_cookies()
            self.page.context.add_cookies([{"name": cookie, "value": sign_in(login), "url": f"http://{self.host}"}])
            self.login = login

    def open(self, path: str, *, axe: bool = True) -> None:
        """Look at a page from all sides; by axe at what it has not seen: on the first page all is new."""
        self.answers.clear()
        self.page.set_viewport_size(DESKTOP)
        answer = self.page.goto(path)
        assert answer is not None
        facts = self.page.evaluate(FACTS)
        if not answer.ok:
            self.problem(f"status {answer.status}")
        if (facts["headings"], facts["language"]) != (1, "ru") or facts["title"].startswith(" –"):
            self.problem(f"h1, language or title: {facts['headings']}, {facts['language']}, {facts['title']}")
        self.weigh()
        if axe and (new := self.page.evaluate(MARK, ASKED_BY_AXE.pattern)):
            self.check_access(where={"include": [["[data-axe]"]]} if new > 0 else None)
        self.check_width()

    def weigh(self) -> None:
        """The first view: static files as a server keeps them, compressed; the page as sent; nothing from elsewhere."""
        files = [one for one in self.answers if not one.url.startswith("data:")]
        elsewhere = [one.url for one in files if urlsplit(one.url).netloc != self.host]
        weight = sum(self.weight_of(one) for one in files if one.ok)
        if elsewhere or len(files) > MOST_REQUESTS or weight > MOST_BYTES:
            self.problem(f"first view: {len(files)} requests, {weight} bytes, elsewhere {elsewhere}")

    def weight_of(self, answer: Response) -> int:
        """A static file has one weight under one address."""
        if answer.url not in self.weights:
            weight = weight_of(answer)
            if "/static/" not in answer.url:
                return weight
            self.weights[answer.url] = weight
        return self.weights[answer.url]

    def check_access(self, look: str = "", where: dict[str, list[list[str]]] | None = None) -> None:
        self.page.evaluate(AXE_SCRIPT)
        for said in self.page.evaluate(LOOK, [where, RULES]):
            self.problem(f"{look} axe {said:.200}")

    def check_width(self, look: str = "") -> None:
        for size in (DESKTOP, PHONE):  # the page is at a desktop's width: no laying out for nothing
            self.page.set_viewport_size(size)  # type: ignore[arg-type]
            width = self.page.evaluate("document.documentElement.scrollWidth")
            if width > size["width"]:
                self.problem(f"{look} {width} px wide at {size['width']}")

    def check_looks(self) -> None:
        """The page that is open, in the colours and sizes that the person may choose."""
        for theme, vision in LOOKS:
            self.page.set_viewport_size(DESKTOP)
            with self.looking(theme, vision):
                self.check_access(f"{theme} {vision}")
                self.check_width(f"{theme} {vision}")

    @contextmanager
    def looking(self, theme: str, vision: str) -> Iterator[None]:
        dress = """([theme, vision]) => {
            Object.assign(document.documentElement.dataset, {theme, vision}); dispatchEvent(new Event("resize")); }"""
        self.page.emulate_media(reduced_motion="reduce")  # no colour is caught on its way
        self.page.evaluate(dress, [theme, vision])
        yield
        self.page.evaluate(dress, ["auto", "normal"])
        self.page.emulate_media(reduced_motion="no-preference")


def weight_of(answer: Response) -> int:
    """Bytes; of an answer that its page has left for another already, as they came."""
    try:
        answer.body()
    except Error:
        return int(answer.request.sizes()["responseBodySize"])
    compressed = "/static/" in answer.url or "content-encoding" in answer.headers
    return len(gzip.compress(answer.body()) if compressed else answer.body())


PORTIONS = 6


@pytest.mark.parametrize("portion", range(PORTIONS))
def test_pages_of_the_demo(
    portion: int,
    open_page: Callable[..., Page],
    live_server: Any,
    settings: Any,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    settings.DEMO = True
    run = folder_of_the_run(tmp_path_factory)
    lay_demo(run)
    stops = tour(run).stops
    assert len(stops) > 100, "the walk found too little"
    visitor = Visitor(open_page(), urlsplit(live_server.url).netloc)
    for path in STRANGERS[portion::PORTIONS]:
        visitor.open(path)
    for stop in stops[len(stops) * portion // PORTIONS : len(stops) * (portion + 1) // PORTIONS]:
        visitor.become(stop.login, settings.SESSION_COOKIE_NAME)
        visitor.open(stop.path, axe=stop.axe)
        if stop.first and stop.kind in MAIN:
            visitor.check_looks()
    assert not visitor.problems, json.dumps(visitor.problems, ensure_ascii=False, indent=1)
