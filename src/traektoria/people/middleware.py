"""``request.actor``: read once, when a view first asks."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from traektoria.people.actor import Actor, actor_of
from traektoria.people.models import Account


class CurrentActor:
    """Puts a lazy ``actor`` on every request; anonymous requests have None."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        account = request.user
        if isinstance(account, SimpleLazyObject) or account.is_authenticated:
            request.actor = SimpleLazyObject(lambda: _actor(request))  # type: ignore[attr-defined]
        return self.get_response(request)


def _actor(request: HttpRequest) -> Actor | None:
    account = request.user
    return actor_of(account) if isinstance(account, Account) or account.is_authenticated else None
