"""A walk through the demo by HTTP: each person follows the links in sight. Made once a run.

``tests/demo/test_walk.py`` asks whether anything was broken; ``tests/e2e/test_access.py`` opens in a browser what the
walk found to be new.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
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
from traektoria.people.actor import actor_of
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
Shape = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]
ASKED_BY_AXE = re.compile(
    "aria-.*|alt|autocomplete|disabled|for|headers|hidden|href|id|label|lang|name|open|placeholder|scope|src|tabindex|"
    "title|value"
)
MEANS = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "headers")
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
    """An answer: ``kind`` is its view with the names of its parameters, ``whose`` the login of whom it was made for,
    ``twice`` the ids that stand on it twice, ``nowhere`` what is said of an id that does not stand on it."""

    path: str
    kind: str | None
    status: int
    is_page: bool
    whose: str
    twice: tuple[str, ...] = ()
    nowhere: tuple[str, ...] = ()


@dataclass(frozen=True)
class Stop:
    """A page for the browser. ``first`` of its view; ``axe``: something stands on it that stood on no stop before, and
    is more than an attribute that axe does not ask for."""

    login: str
    path: str
    kind: str
    first: bool
    axe: bool


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
    views, shapes, seen = set[str](), set[Shape](), set[Shape]()
    walked = defaultdict[frozenset[Any], Shared](Shared)
    with override_settings(DEMO=True):
        more = _more_guests()
        begun = {login: ["/", *more.pop(login, [])] for login in GUESTS}
        for login, starts in (begun | more).items():
            own = set[str]()
            for page, content in _walk(login, starts, walked[_alike(login)]):
                found.pages.setdefault(login, []).append(page)
                if content is None or page.kind is None or login.startswith(ELSEWHERE):
                    continue
                if page.kind in own and page.path not in starts:
                    continue
                own.add(page.kind)
                view, new = page.kind.partition("?")[0], _shape_of(content) - shapes
                looks = {_for_axe(one) for one in new} - seen
                if new or view not in views:
                    found.stops.append(Stop(login, page.path, page.kind, view not in views, bool(looks)))
                views.add(view)
                shapes |= new
                seen |= looks
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
    """Of pages with the same view so many are opened: one teacher's route is like another's."""
    return rounds(2, 3) if _each_looks() else 1


def _each_looks() -> bool:
    """PostgreSQL, which decides what a query answers and not how a page looks, is asked for one page of each view and
    set of parameters, whoever opens it; who may is asked there by the permission matrix."""
    return connection.vendor == "sqlite"


@dataclass
class Known:
    """How many pages of each view one has opened, and which views with which parameters."""

    opened: Counter[str] = field(default_factory=Counter)
    kinds: set[str | None] = field(default_factory=lambda: {None})

    def enough(self, view: str, kind: str | None) -> bool:
        return self.opened[view] >= same() and kind in self.kinds

    def add(self, view: str, kind: str | None) -> None:
        self.opened[view] += 1
        self.kinds.add(kind)


@dataclass
class Shared:
    """Who of persons whose pages are drawn by the same rules has opened which views, and with which parameters."""

    logins: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def enough(self, login: str, view: str, kind: str | None) -> bool:
        """Two others have opened it; on PostgreSQL one."""
        others = 2 if _each_looks() else 1
        return all(len(self.logins[one] - {login}) >= others for one in (view, kind or view))

    def add(self, login: str, view: str, kind: str | None) -> None:
        for one in (view, kind or view):
            self.logins[one].add(login)


def _alike(login: str) -> frozenset[Any]:
    """Whose pages are drawn by the same rules: roles, centres and schools."""
    if not _each_looks():
        return frozenset()
    grants = actor_of(Account.objects.get(username=login)).grants
    return frozenset((grant.role, grant.centre_id, grant.school_id) for grant in grants)


def _walk(login: str, starts: list[str], alike: Shared) -> Iterator[tuple[Page, HtmlElement | None]]:
    """Follow links from these pages: some of each view, and one for each set of its parameters. What these pages lead
    to is opened for each person; of what lies behind, what two others like this one have not opened."""
    client = Client(raise_request_exception=False)
    client.cookies[settings.SESSION_COOKIE_NAME] = sign_in(login)
    waiting, seen, own = list(starts), set(starts), Known()
    while waiting:
        path = waiting.pop(0)
        page, content = _opened(client, path)
        yield page, content
        for link in _links(content):
            view, kind = _view_of(link), kind_of(link)
            known = (path not in starts or not _each_looks()) and alike.enough(login, view, kind)
            if link in seen or link.startswith(SKIPPED) or known or own.enough(view, kind):
                continue
            seen.add(link)
            own.add(view, kind)
            alike.add(login, view, kind)
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
    whose = answer.wsgi_request.user.get_username()
    if not is_page or answer.status_code != 200:
        return Page(path, kind_of(path), answer.status_code, is_page, whose), None
    content = fromstring(sent.decode())
    times = Counter(map(str, content.xpath("//@id[. != '']")))
    twice = tuple(sorted(one for one, count in times.items() if count > 1))
    nowhere = tuple(sorted(f"{name}={one}" for name, one in _meant(content) if one not in times))
    return Page(path, kind_of(path), answer.status_code, is_page, whose, twice, nowhere), content


def _meant(page: HtmlElement) -> set[tuple[str, str]]:
    """Ids of which attributes speak: of a label, of what names, describes, is steered, heads a cell."""
    return {(name, one) for name in MEANS for said in page.xpath(f"//@{name}") for one in str(said).split()}


def _shape_of(page: HtmlElement) -> set[Shape]:
    """What stands in what: tag, class, role, type and names of attributes of each element, with those of its parent.

    Texts do not count: what axe finds depends on the kinds of elements and on the colours that their classes give.
    """
    return {(_said(one), tuple(sorted(map(str, one.keys()))), _said(one.getparent())) for one in page.iter("*")}


def _for_axe(shape: Shape) -> Shape:
    """Without the names of attributes of which axe and colours know nothing: what scripts and the server read."""
    own, names, around = shape
    return own, tuple(filter(ASKED_BY_AXE.fullmatch, names)), around


def _said(element: HtmlElement | None) -> tuple[str, ...]:
    names = ("class", "role", "type")
    return () if element is None else (str(element.tag), *(element.get(name) or "" for name in names))


@cache
def _view_of(link: str) -> str:
    try:
        return resolve(link.split("?")[0]).view_name
    except Resolver404:
        return link


@cache
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
