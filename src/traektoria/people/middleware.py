"""``request.actor``: read once, when a view first asks; and one's own password before anything else."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from traektoria.people.actor import Actor, actor_of
from traektoria.people.models import Account

#: Where a person with a password from the centre may go: sign-in pages and the appearance of pages.
FREE = ("/account/", "/design/", "/static/")


class CurrentActor:
    """Puts a lazy ``actor`` on every request; anonymous requests have None."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        account = request.user
        if isinstance(account, SimpleLazyObject) or account.is_authenticated:
            request.actor = SimpleLazyObject(lambda: _actor(request))  # type: ignore[attr-defined]
        if not request.path.startswith(FREE) and getattr(account, "password_given", False):
            return redirect(reverse("account_change_password"))
        return self.get_response(request)


def _actor(request: HttpRequest) -> Actor | None:
    account = request.user
    return actor_of(account) if isinstance(account, Account) or account.is_authenticated else None
