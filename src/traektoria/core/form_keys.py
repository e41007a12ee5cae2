"""The key of a press as it travels in a form, and what was sent with it; needs no database (core.submissions)."""

from secrets import token_urlsafe

from django.http import HttpRequest

FIELD = "once"
CSRF = "csrfmiddlewaretoken"


def new_key() -> str:
    return token_urlsafe(18)


def typed(request: HttpRequest) -> list[tuple[str, str]]:
    """Fields of the form without those that are not the person's."""
    lists = request.POST.lists()
    return [(name, str(value)) for name, values in lists if name not in (FIELD, CSRF) for value in values]


def can_repeat(request: HttpRequest) -> bool:
    """A page of ours may hold what was sent and send it once more: not files, which it can't, nor passwords."""
    return not request.FILES and not any("password" in name for name, _value in typed(request))
