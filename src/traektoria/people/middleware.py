"""``request.user`` and ``request.actor``: read once, in one query with the session, with the clock of the person's
centre; and one's own password before anything else."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from traektoria.organisations import zones
from traektoria.people.actor import Actor, actor_of
from traektoria.people.entrance import account_of

#: Where a person with a password from the centre may go: sign-in pages and the appearance of pages.
FREE = ("/account/", "/design/", "/static/", "/help/")


class CurrentActor:
    """Puts a lazy ``user`` and ``actor`` on every request; the actor of a stranger is None."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.user = SimpleLazyObject(lambda: account_of(request))  # type: ignore[assignment]
        request.actor = SimpleLazyObject(lambda: _actor(request))  # type: ignore[attr-defined]
        if not request.path.startswith(FREE) and getattr(request.user, "password_given", False):
            return redirect(reverse("account_change_password"))
        with timezone.override(timezone.get_current_timezone()):  # what ``_actor`` sets ends with the request
            kept = zones.of_centres.set({})
            try:
                return self.get_response(request)
            finally:
                zones.of_centres.reset(kept)


def _actor(request: HttpRequest) -> Actor | None:
    account, entered = request.user, request.session.entered  # type: ignore[attr-defined]
    if not account.is_authenticated:
        return None
    known = entered is not None and entered.account is not None and entered.account.pk == account.pk
    actor: Actor = entered.actor if known else actor_of(account)
    if actor.home and actor.home.time_zone:
        timezone.activate(actor.zone)
    own = {grant.centre_id: grant.time_zone for grant in actor.grants if grant.centre_id}
    if len(set(own.values())) > 1:
        zones.of_centres.set(own)
    return actor
