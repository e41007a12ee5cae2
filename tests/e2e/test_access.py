"""Every page of the demo, opened in a browser by each person of the cast: accessible, narrow enough, light, quiet."""

import gzip
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.sessions.backends.cached_db import SessionStore
from django.urls import Resolver404, resolve
from django.utils import timezone
from playwright.sync_api import Page, Response

from tests.e2e.conftest import DESKTOP, PHONE
from traektoria.demo import story
from traektoria.demo.cast import CAST
from traektoria.organisations.enums import RegulationState
from traektoria.organisations.models import Regulation
from traektoria.people.enums import Role
from traektoria.people.founding_steps import Wizard
from traektoria.people.models import Account, RoleAssignment
from traektoria.tutors.enums import ApplicationState
from traektoria.tutors.models import Application

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

MOST_BYTES, MOST_REQUESTS = 60_000, 6
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"],
    "resultTypes": ["violations"],
}
BARRED = {"serious", "critical"}
STRANGERS = ["/account/login/", "/account/password/reset/", "/documents/check/", "/design/"]
FOR_ALL = {"help:index", "help:page", "demo:people"}
"""Pages that say the same to everybody: opened by the first who comes by."""
MOST_VISITORS = 2
"""So many people of the cast open a page of the same view: the first two see it differently enough."""
GUESTS = [part.login for part in CAST if not part.login.startswith("ozersk")]
MAIN = {"desk:home", "routes:route_detail", "results:dataset_detail"}
LOOKS = [("light", "normal"), ("dark", "normal"), ("light", "impaired"), ("dark", "impaired")]
FACTS = """() => ({
    headings: [...document.querySelectorAll("h1")].filter(one => one.getClientRects().length).length,
    title: document.title, language: document.documentElement.lang,
    links: [...document.querySelectorAll("a[href]")].filter(one => one.origin === location.origin)
        .map(one => one.pathname + one.search)})"""


@dataclass
class Visitor:
    """A page with what it asked for since it was last told to go somewhere, and what is wrong so far."""

    page: Page
    host: str
    axe: Axe = field(default_factory=Axe)
    problems: list[str] = field(default_factory=list)
    answers: list[Response] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("response", lambda answer: self.answers.append(answer))  # Playwright marks it: not a builtin
        self.page.on("console", lambda said: said.type == "error" and self.problem(f"console: {said.text}"))

    def problem(self, text: str) -> None:
        self.problems.append(f"{urlsplit(self.page.url).path} {text}")

    def open(self, path: str) -> list[str]:
        """Look at a page from all sides; the addresses it links to."""
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
        self.check_access()
        self.check_width()
        return list(facts["links"])

    def weigh(self) -> None:
        """The first view: static files as a server keeps them, compressed; the page as sent; nothing from elsewhere."""
        files = [one for one in self.answers if not one.url.startswith("data:")]
        elsewhere = [one.url for one in files if urlsplit(one.url).netloc != self.host]
        weight = sum(weight_of(one) for one in files if one.ok)
        if elsewhere or len(files) > MOST_REQUESTS or weight > MOST_BYTES:
            self.problem(f"first view: {len(files)} requests, {weight} bytes, elsewhere {elsewhere}")

    def check_access(self, look: str = "") -> None:
        found = self.axe.run(self.page, options=RULES).response["violations"]
        for one in found:
            if one["impact"] in BARRED:
                self.problem(f"{look} axe {one['id']}: {one['nodes'][0]['html'][:200]}")

    def check_width(self, look: str = "") -> None:
        for size in (PHONE, DESKTOP):
            self.page.set_viewport_size(size)  # type: ignore[arg-type]
            width = self.page.evaluate("document.documentElement.scrollWidth")
            if width > size["width"]:
                self.problem(f"{look} {width} px wide at {size['width']}")

    def check_looks(self) -> None:
        """The page that is open, in the colours and sizes that the person may choose."""
        for theme, vision in LOOKS:
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


def weight_of(answer: Response) -> int:
    compressed = "/static/" in answer.url or "content-encoding" in answer.headers
    return len(gzip.compress(answer.body()) if compressed else answer.body())


@pytest.fixture
def visitor(open_page: Callable[..., Page], live_server) -> Callable[[Account | None], Visitor]:  # type: ignore[no-untyped-def]
    return lambda account=None: Visitor(open_page(account), urlsplit(live_server.url).netloc)


def test_pages_of_the_demo(visitor: Callable[..., Visitor], settings: Any) -> None:
    settings.DEMO = True
    story.build(today=timezone.localdate(), tell=lambda step: None)
    problems: dict[str, list[str]] = {}
    visits: Counter[str] = Counter()
    for login, pages in [*((login, ["/"]) for login in GUESTS), *more_guests()]:
        account = Account.objects.get(username=login)
        guest = visitor(account)
        if login == "administrator":
            answer_the_wizard(guest.page)
        walk(guest, visits, pages)
        problems[f"{login} {len(problems)}"] = guest.problems
    stranger = visitor(None)
    for path in STRANGERS:
        stranger.open(path)
    problems["stranger"] = stranger.problems
    found = {who: what for who, what in problems.items() if what}
    assert not found, json.dumps(found, ensure_ascii=False, indent=1)


def more_guests() -> list[tuple[str, list[str]]]:
    """Who sees what the cast does not: the chair at a vote, candidates, the head who orders, all of the wizard."""
    candidates = {
        state: Application.objects.filter(state=state).order_by("pk")[0].person.account.username
        for state in (ApplicationState.NOMINATED, ApplicationState.DRAFT, ApplicationState.APPEALED)
    }
    draft = Regulation.objects.filter(state=RegulationState.DRAFT)[0]
    sections = [f"/centre/regulation/{draft.pk}/draft/{slug}/" for slug in ("status", "checklists", "criteria")]
    keeper = RoleAssignment.objects.filter(role=Role.COORDINATOR, centre=draft.centre)[0].person.account.username
    own = [(login, [f"/tutors/applications/{pk}/"]) for login, pk in own_applications(candidates.values())]
    wizard = [f"/people/centres/new/{slug}/" for slug in WIZARD]
    return [
        ("direktor1", ["/", "/tutors/commission/"]),
        ("shkola-direktor1", ["/", "/tutors/orders/"]),
        ("administrator", [*wizard, "/people/centres/new/check/"]),
        (keeper, sections),
        *own,
    ]


def own_applications(logins: Iterable[str]) -> list[tuple[str, int]]:
    return [(login, Application.objects.get(person__account__username=login).pk) for login in logins]


WIZARD: dict[str, dict[str, str]] = {
    "place": {"municipality": "new"},
    "municipality": {"region_code": "89", "region": "Примерский округ", "municipality": "Новый район"},
    "founder": {"founder": "Управление образования"},
    "scope": {"scope": "at_school"},
    "school": {"name": "СОШ № 5", "digits": "890005"},
    "preset": {"preset": "yamal"},
    "name": {"name": "Новый центр", "start": "2026-09-01"},
    "coordinator": {"who": "new"},
    "person": {"surname": "Выдумкина", "given": "Ольга"},
}


def answer_the_wizard(page: Page) -> None:
    """Every question is answered, so that each of its pages can be opened."""
    key = next(one["value"] for one in page.context.cookies() if one["name"] == settings.SESSION_COOKIE_NAME)
    session = SessionStore(key)
    wizard = Wizard(session)
    wizard.begin()
    wizard.answers = WIZARD
    wizard.keep()
    session.save()


def walk(guest: Visitor, visits: Counter[str], pages: list[str]) -> None:
    """Follow links from these pages; one page of each view (and of each set of its parameters) is enough."""
    waiting, seen = list(pages), set[str]()
    for number in count():
        if not waiting:
            return
        path = waiting.pop(0)
        kind = kind_of(path)
        enough = kind in seen or visits[str(kind)] >= (1 if kind in FOR_ALL else MOST_VISITORS)
        if kind is None or (enough and number >= len(pages)):
            continue
        seen.add(kind)
        visits[kind] += 1
        waiting += guest.open(path)
        if kind in MAIN and visits[kind] == 1:
            guest.check_looks()


def kind_of(path: str) -> str | None:
    """The view behind an address with the names of its parameters; None for files and for pages of other packages."""
    parts = urlsplit(path)
    try:
        match = resolve(parts.path)
    except Resolver404:
        return None
    if not match.namespace or match.kwargs.keys() & {"form"} or parts.path.endswith((".xlsx", ".csv")):
        return None
    file = match.view_name.endswith(("_export", "_download", "_file")) and match.view_name != "diagnostics:bank_export"
    if match.view_name == "core:gallery" or file:
        return None
    names = sorted(one.split("=")[0] for one in parts.query.split("&") if one and not one.startswith("page="))
    return "?".join(filter(None, [match.view_name, "&".join(names)]))
