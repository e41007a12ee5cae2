"""The key of a press as it travels in a form, and what was sent with it; needs no database (core.submissions)."""

from os import urandom
from secrets import token_urlsafe
from typing import Final

from django.http import HttpRequest
from django.middleware.csrf import CSRF_ALLOWED_CHARS, get_token

FIELD = "once"
CSRF = "csrfmiddlewaretoken"
SIGNS: Final = CSRF_ALLOWED_CHARS
PLACES: Final = {sign: place for place, sign in enumerate(SIGNS)}
BYTES: Final = 40
"""Of chance for a mask: 62³² needs 24, the rest makes every sign as likely as any other."""


def page_token(request: HttpRequest) -> str:
    """Django's token of the forms of this page, as ``get_token`` makes it, without its four hundred calls."""
    if "CSRF_COOKIE" not in request.META:
        return get_token(request)
    request.META["CSRF_COOKIE_NEEDS_UPDATE"] = True  # the cookie lives on as long as its forms are used
    return masked(request.META["CSRF_COOKIE"])


def masked(secret: str) -> str:
    """A mask by chance and the secret under it, so that no two pages show the same text (BREACH)."""
    rest, many = int.from_bytes(urandom(BYTES)), len(SIGNS)
    mask = [(rest := rest // many) % many for _sign in secret]
    under = [SIGNS[(PLACES[sign] + by) % many] for sign, by in zip(secret, mask, strict=True)]
    return "".join([SIGNS[by] for by in mask] + under)


def new_key() -> str:
    return token_urlsafe(18)


def typed(request: HttpRequest) -> list[tuple[str, str]]:
    """Fields of the form without those that are not the person's."""
    lists = request.POST.lists()
    return [(name, str(value)) for name, values in lists if name not in (FIELD, CSRF) for value in values]


def can_repeat(request: HttpRequest) -> bool:
    """A page of ours may hold what was sent and send it once more: not files, which it can't, nor passwords."""
    return not request.FILES and not any("password" in name for name, _value in typed(request))
