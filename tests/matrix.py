"""The language of the permission matrix: each room declares its URLs in ``tests/<room>/matrix.py``.

``ENTRIES = {"routes:route_detail": Entry(kwargs=lambda w: {"pk": w.things["route"].pk}, allowed={"tutor", "teacher"},
forbidden={"other_teacher"}), …}``. Everyone in ``allowed`` gets a success (200 or a redirect not to sign-in), everyone
in ``forbidden`` 403, the anonymous are led to sign-in (unless ``public``), everybody else gets 404.
A person of ``AWKWARD`` gets in where the viewers are let in of whom they are made up, or where the entry names them.
The object is always of the own centre. A room adds its objects to the world in ``prepare(world)``.
A view that shows and writes has two entries: the second key ends with a word (``"routes:route_edit POST"``).

A posted body is valid: the act really happens for those who are allowed, and nothing at all is written for the others.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.test import Client
from lxml.html import fromstring

from tests.world import AWKWARD, VIEWERS, World

EVERYONE = frozenset(VIEWERS) - {"anonymous"}
DONE = frozenset({200, 201, 204, 302, 303})
NOT_NOW = frozenset({409, 422})
REFUSED = frozenset({"403", "404"})


@dataclass(frozen=True)
class Entry:
    """``data`` is posted when ``method`` is POST (``world.viewer`` posts it); ``success`` means «let in».

    ``not_now`` says why these viewers get 409 or 422 all the same, ``idle`` why their POST writes nothing.
    ``named``: what is one person's own, so that nobody is let in for being like them.
    """

    allowed: frozenset[str] | set[str]
    forbidden: frozenset[str] | set[str] = frozenset()
    kwargs: Callable[[World], dict[str, Any]] = field(default=lambda world: {})
    query: str = ""
    method: str = "GET"
    data: Callable[[World], dict[str, Any]] = field(default=lambda world: {})
    content_type: str = ""
    public: bool = False
    success: frozenset[int] = DONE
    not_now: Mapping[str, str] = field(default_factory=dict)
    idle: Mapping[str, str] = field(default_factory=dict)
    named: bool = False

    def writes(self, viewer: str) -> bool:
        """Whether this viewer, who is let in, must have written something."""
        return self.method == "POST" and viewer not in {*self.not_now, *self.idle}

    def lets_in(self, viewer: str, status: int) -> bool:
        return status in self.success or (viewer in self.not_now and status in NOT_NOW)

    def expected(self, viewer: str) -> frozenset[str]:
        """The right answers: «let in», «sign-in», «403», «404»."""
        if viewer in self.allowed or self.public:
            return frozenset({"let in"})
        if viewer == "anonymous":
            return frozenset({"sign-in"})
        if viewer in AWKWARD and viewer not in self.forbidden:
            answers = frozenset[str]().union(*map(self.expected, () if self.named else AWKWARD[viewer]))
            return answers & {"let in"} or REFUSED
        return frozenset({"403" if viewer in self.forbidden else "404"})


def client_of(viewer: str, world: World) -> Client:
    """A browser signed in as the viewer by the session that the matrix made."""
    client = Client()
    if viewer != "anonymous":
        client.cookies[settings.SESSION_COOKIE_NAME] = world.things["sessions"][viewer]
    return client


def sheet(world: World, viewer: str, page: str, to: str = "", **changes: Any) -> dict[str, Any]:
    """What the viewer's browser would send of the first form of ``page`` that posts to ``to`` (itself), changed."""
    known, to = world.things.setdefault("sheets", {}), to or page
    if (viewer, page) not in known:
        answer = client_of(viewer, world).get(page)
        assert answer.status_code == 200, (viewer, page, answer.status_code)
        forms = [one for one in fromstring(answer.content.decode()).forms if one.method == "POST"]
        form = next(one for one in forms if (one.action or page).split("?")[0] == to.split("?")[0])
        data: dict[str, list[str]] = {}
        for name, value in form.form_values():
            data.setdefault(name, []).append(value)
        known[viewer, page] = data
    return {**known[viewer, page], **changes}
