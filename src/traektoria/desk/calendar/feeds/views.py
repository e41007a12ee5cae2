"""Secret addresses: the page on which they are made and taken back, and what a calendar program reads from them."""

import time
from collections import OrderedDict
from threading import Lock
from typing import Final

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import gettext as _

from traektoria.core.guard import GET
from traektoria.core.text import whole_number
from traektoria.desk.calendar.feeds.actions import digest_of, make_feed, revoke_feed
from traektoria.desk.calendar.feeds.content import feed_of, mark_of, text_of
from traektoria.desk.calendar.feeds.models import CalendarFeed
from traektoria.people.actor import Actor
from traektoria.people.enums import Role
from traektoria.people.guard import POST, ActorRequest, guard

MOST, WITHIN, KNOWN = 30, 600.0, 2_000
"""So many readings of one address, in so many seconds, by one process; so many addresses are watched."""


@guard()
def feed_list(request: ActorRequest) -> HttpResponse:
    return render(request, "desk/calendar/feed_list.html", _facts(request.actor))


@guard(methods=POST, own_hand=True)
def feed_make(request: ActorRequest) -> HttpResponse:
    """A new address, shown once: the page is the answer, so that the secret stands in no session and no address."""
    centre_id = _asked_centre(request)
    _feed, secret = make_feed(centre_id=centre_id, by=request.actor)
    path = reverse("desk:feed", args=[secret])
    site = settings.ADDRESS or f"{request.scheme}://{request.get_host()}"
    context = _facts(request.actor) | {"address": site + path, "of_centre": centre_id is not None}
    answer = render(request, "desk/calendar/feed_list.html", context)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@guard(methods=POST)
def feed_revoke(request: ActorRequest) -> HttpResponse:
    revoke_feed(centre_id=_asked_centre(request), by=request.actor)
    messages.success(request, _("The address reads nothing any more."))
    return redirect("desk:feed_list")


def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """For a calendar program: without sign-in, for the address is the key. It is written into no log
    (``core.secret_paths``)."""
    if request.method not in GET:
        return HttpResponseNotAllowed(GET)
    wait = _PACE.wait(digest_of(secret))
    if wait:
        return HttpResponse(status=429, headers={"Retry-After": str(wait)})
    found = feed_of(secret)
    if found is None:
        return HttpResponse(_("This address reads nothing any more."), "text/plain; charset=utf-8", status=404)
    mark = mark_of(found)
    changed = int(mark.changed_at.timestamp()) if mark.changed_at else None
    answer = get_conditional_response(request, etag=mark.etag, last_modified=None)
    if answer is None:
        answer = HttpResponse(text_of(found), "text/calendar; charset=utf-8")
        answer.headers["Content-Disposition"] = 'inline; filename="calendar.ics"'
    for name, value in (("ETag", mark.etag), ("Cache-Control", "private, no-cache"), ("X-Robots-Tag", "noindex")):
        answer.headers[name] = value
    if changed is not None:
        answer.headers["Last-Modified"] = http_date(changed)
    return answer


def _facts(actor: Actor) -> dict[str, object]:
    made = {row.centre_id: row.made_at for row in CalendarFeed.objects.filter(account=actor.account_id)}
    held = [one for one in actor.grants if one.role == Role.COORDINATOR and one.centre_id]
    centres = [(one.centre_id, one.centre_name, made.get(one.centre_id)) for one in held]
    return {"own": made.get(None), "centres": centres}


def _asked_centre(request: ActorRequest) -> int | None:
    """None for one's own; what is no number of a centre is nobody's."""
    asked = request.POST.get("centre")
    return whole_number(asked) if asked else None


class _Pace:
    """Kept in the process: a reading must not write. Several processes let through as many times more."""

    def __init__(self) -> None:
        self._seen: OrderedDict[str, list[float]] = OrderedDict()
        self._lock = Lock()

    def wait(self, key: str) -> int:
        """Seconds until this address may be read again; 0: it may be, and is counted."""
        now = time.monotonic()
        with self._lock:
            recent = [at for at in self._seen.pop(key, ()) if at > now - WITHIN]
            late = len(recent) >= MOST
            self._seen[key] = recent if late else [*recent, now]
            while len(self._seen) > KNOWN:
                self._seen.popitem(last=False)
        return int(recent[0] + WITHIN - now) + 1 if late else 0


_PACE: Final = _Pace()
