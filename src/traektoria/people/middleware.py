"""``request.user``, ``request.actor`` and ``request.unread()``: read once, in one query with the session, with the
clock of the person's centre; and one's own password before anything else."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from traektoria.messaging.queries import unread_count
from traektoria.organisations import zones
from traektoria.people.actor import Actor, actor_of
from traektoria.people.entrance import Entered, account_of

#: Where a person with a password from the centre may go: sign-in pages and the appearance of pages.
FREE = ("/account/", "/design/", "/static/", "/help/")


class CurrentActor:
    """Puts ``user`` and ``actor`` on every request, lazy ones where a page may ask neither; the actor of a stranger is
    None."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        is_free = request.path.startswith(FREE)
        lazy: Any = SimpleLazyObject
        request.user = lazy(partial(account_of, request)) if is_free else account_of(request)
        request.unread = partial(_unread, request)  # type: ignore[attr-defined]
        if not is_free and getattr(request.user, "password_given", False):
            return redirect(reverse("account_change_password"))
        with timezone.override(timezone.get_current_timezone()):  # what ``_actor`` sets ends with the request
            kept = zones.of_centres.set({})
            try:
                request.actor = lazy(partial(_actor, request)) if is_free else _actor(request)  # type: ignore[attr-defined]
                return self.get_response(request)
            finally:
                zones.of_centres.reset(kept)


def _actor(request: HttpRequest) -> Actor | None:
    account: Any = request.user
    if not account.is_authenticated:
        return None
    entered = _entered(request)
    actor = entered.actor if entered and entered.actor else actor_of(account)
    if actor.home and actor.home.time_zone:
        timezone.activate(actor.zone)
    own = {grant.centre_id: grant.time_zone for grant in actor.grants if grant.centre_id}
    if len(set(own.values())) > 1:
        zones.of_centres.set(own)
    return actor


def _unread(request: HttpRequest) -> int:
    """How many messages are new to whoever asks."""
    account: Any = request.user
    if not account.is_authenticated:
        return 0
    entered = _entered(request)
    return entered.unread if entered else unread_count(account.person_id)


def _entered(request: HttpRequest) -> Entered | None:
    """What the one query brought, if it is of whoever asks: not in the request in which somebody signs in."""
    entered: Entered | None = request.session.entered  # type: ignore[attr-defined]
    known = entered is not None and entered.account is not None and entered.account.pk == request.user.pk
    return entered if known else None
