"""A walk through the demo by HTTP: each person follows the links in sight. Made once a run.

``tests/demo/test_walk.py`` asks whether anything was broken; ``tests/e2e/test_access.py`` opens in a browser what the
walk found to be new.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection
from django.test import Client, override_settings
from django.urls import Resolver404, resolve
from lxml.html import HtmlElement, fromstring

from tests.once import once
from tests.thoroughness import rounds
from traektoria.demo.cast import CAST
from traektoria.organisations.enums import RegulationState
from traektoria.organisations.models import Regulation
from traektoria.people.enums import Role
from traektoria.people.founding_steps import Wizard
from traektoria.people.models import Account, RoleAssignment
from traektoria.people.sessions import SessionStore
from traektoria.tutors.applications.enums import ApplicationState
from traektoria.tutors.models import Application

BACKEND = "django.contrib.auth.backends.ModelBackend"
GUESTS = [part.login for part in CAST]
ELSEWHERE = "ozersk"
"""Logins of the second centre begin so: their pages are those of the first, so that no browser opens them again."""
SKIPPED = ("/static/", "/account/", "/design/")
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


@dataclass(frozen=True)
class Page:
    """An answer: ``kind`` is its view with the names of its parameters, ``twice`` the ids that stand on it twice."""

    path: str
    kind: str | None
    status: int
    is_page: bool
    twice: tuple[str, ...] = ()


@dataclass(frozen=True)
class Stop:
    """A page for the browser. ``first`` of its view; ``axe``: something stands on it that stood on no stop before;
    ``frame``: something of that in what stands around each page."""

    login: str
    path: str
    kind: str
    first: bool
    axe: bool
    frame: bool


@dataclass
class Tour:
    """What each guest saw, by login, and what the browser has to open, in the order of the guests."""

    pages: dict[str, list[Page]] = field(default_factory=dict)
    stops: list[Stop] = field(default_factory=list)


def tour(run: Path) -> Tour:
    """The walk through the demo that lies in the database; ``run`` is the folder that the workers share."""
    return once(run, "tour", _walked)


def sign_in(login: str) -> str:
    """The key of a new session; the administrator has answered the wizard, so that each of its pages can be opened."""
    client = Client()
    client.force_login(Account.objects.get(username=login), backend=BACKEND)
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    if login == "administrator":
        session = SessionStore(key)
        wizard = Wizard(session)
        wizard.begin()
        wizard.answers = WIZARD
        wizard.keep()
        session.save()
    return str(key)


def _walked() -> Tour:
    found = Tour()
    kinds, shapes = set[str](), set[tuple[str, ...]]()
    with override_settings(DEMO=True):
        more = _more_guests()
        begun = {login: ["/", *more.pop(login, [])] for login in GUESTS}
        for login, starts in (begun | more).items():
            own = set[str]()
            for page, content in _walk(login, starts):
                found.pages.setdefault(login, []).append(page)
                if content is None or page.kind is None or login.startswith(ELSEWHERE):
                    continue
                if page.kind in own and page.path not in starts:
                    continue
                own.add(page.kind)
                shape, frame = _shape_of(content.iter("*")), _shape_of(_in_frame(content))
                new = {"first": page.kind not in kinds, "axe": not shape <= shapes, "frame": not frame <= shapes}
                stop = Stop(login, page.path, page.kind, **new)
                if stop.first or stop.axe:
                    found.stops.append(stop)
                kinds.add(page.kind)
                shapes |= shape
    return found


def _more_guests() -> dict[str, list[str]]:
    """Pages that the cast does not come to: the chair at a vote, candidates, the head who orders, all of the wizard."""
    candidates = {
        state: Application.objects.filter(state=state).order_by("pk")[0].person.account.username
        for state in (ApplicationState.NOMINATED, ApplicationState.DRAFT, ApplicationState.APPEALED)
    }
    draft = Regulation.objects.filter(state=RegulationState.DRAFT)[0]
    sections = [f"/centre/regulation/{draft.pk}/draft/{slug}/" for slug in ("status", "expertise", "criteria")]
    keeper = RoleAssignment.objects.filter(role=Role.COORDINATOR, centre=draft.centre)[0].person.account.username
    wizard = [f"/people/centres/new/{slug}/" for slug in WIZARD]
    return {
        "direktor1": ["/tutors/commission/"],
        "shkola-direktor1": ["/tutors/orders/"],
        "administrator": [*wizard, "/people/centres/new/check/"],
        keeper: sections,
        **{login: [f"/tutors/applications/{pk}/"] for login, pk in _own_applications(candidates.values())},
    }


def _own_applications(logins: Iterable[str]) -> list[tuple[str, int]]:
    return [(login, Application.objects.get(person__account__username=login).pk) for login in logins]


def same() -> int:
    """Of pages with the same view so many are opened: one teacher's route is like another's. PostgreSQL, which decides
    what a query answers and not how a page looks, is asked for one of each view and set of parameters."""
    return rounds(2, 3) if connection.vendor == "sqlite" else 1


def _walk(login: str, starts: list[str]) -> Iterator[tuple[Page, HtmlElement | None]]:
    """Follow links from these pages: some of each view, and one for each set of its parameters."""
    client = Client(raise_request_exception=False)
    client.cookies[settings.SESSION_COOKIE_NAME] = sign_in(login)
    waiting, seen, kinds, opened = list(starts), set(starts), set[str](), Counter[str]()
    while waiting:
        path = waiting.pop(0)
        page, content = _opened(client, path)
        yield page, content
        for link in _links(content):
            view, kind = _view_of(link), kind_of(link)
            new = kind is not None and kind not in kinds
            if link in seen or link.startswith(SKIPPED) or (opened[view] >= same() and not new):
                continue
            seen.add(link)
            opened[view] += 1
            if kind is not None:
                kinds.add(kind)
            waiting.append(link)


def _links(content: HtmlElement | None) -> Iterator[str]:
    """Where the links of a page lead in the house, without the place on the page."""
    for link in () if content is None else content.iter("a"):
        href = (link.get("href") or "").split("#")[0]
        if href.startswith("/"):
            yield href


def _opened(client: Client, path: str) -> tuple[Page, HtmlElement | None]:
    answer = client.get(path, follow=True)
    sent = b"".join(answer.streaming_content) if answer.streaming else answer.content
    is_page = answer.headers["Content-Type"].startswith("text/html")
    if not is_page or answer.status_code != 200:
        return Page(path, kind_of(path), answer.status_code, is_page), None
    content = fromstring(sent.decode())
    times = Counter(one.get("id") for one in content.iter() if one.get("id"))
    twice = tuple(sorted(str(one) for one, count in times.items() if count > 1))
    return Page(path, kind_of(path), answer.status_code, is_page, twice), content


def _in_frame(page: HtmlElement) -> Iterator[HtmlElement]:
    """What stands around each page: its head with the menu of the person, and the menus of the rooms."""
    for part in page.xpath("body/header|//nav[contains(@class, 'side')]|body/nav"):
        yield from part.iter("*")


def _shape_of(elements: Iterable[HtmlElement]) -> frozenset[tuple[str, ...]]:
    """What stands in what: tag, class, role, type and names of attributes of each element, with those of its parent.

    Texts do not count: what axe finds depends on the kinds of elements and on the colours that their classes give.
    """
    return frozenset((*_said(one), *sorted(map(str, one.keys())), "in", *_said(one.getparent())) for one in elements)


def _said(element: HtmlElement | None) -> tuple[str, ...]:
    names = ("class", "role", "type")
    return () if element is None else (str(element.tag), *(element.get(name) or "" for name in names))


def _view_of(link: str) -> str:
    try:
        return resolve(link.split("?")[0]).view_name
    except Resolver404:
        return link


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
