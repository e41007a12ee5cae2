"""The one guard around every view: signed in, in one of the roles, by the right method, once for each press.

A stranger is led to the sign-in page; a known person without the role gets 403 with the reason; objects are fetched by
``fetch`` from what is visible to the person, so what is not theirs does not exist (404).
"""

from collections.abc import Callable, Collection
from functools import wraps
from typing import Any, Protocol, TypeVar, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils.translation import gettext as _

from traektoria.core.errors import Refused
from traektoria.core.patience import READING, WRITING, patience
from traektoria.core.search_addresses import KEY, with_typed
from traektoria.core.submissions import submit

Row = TypeVar("Row", bound=models.Model)
View = Callable[..., HttpResponse]
GET = ("GET", "HEAD")
POST = ("POST",)
BOTH = ("GET", "HEAD", "POST")


class LabelledRole(Protocol):
    """A role as the guard sees it: comparable, with a label for people."""

    @property
    def label(self) -> Any: ...

    def __hash__(self) -> int: ...


class ActingPerson(Protocol):
    """What rooms below ``people`` know of ``people.actor.Actor``."""

    @property
    def account_id(self) -> int: ...

    @property
    def person_id(self) -> int | None: ...

    @property
    def roles(self) -> Collection[Any]: ...

    @property
    def in_own_hand(self) -> bool: ...

    def centres(self, *roles: Any) -> frozenset[int]: ...

    def schools(self, *roles: Any) -> frozenset[int]: ...


class GuardedRequest(HttpRequest):
    """A request that passed the guard."""

    actor: ActingPerson
    htmx: Any


def guard(
    *roles: LabelledRole, methods: tuple[str, ...] = GET, once: bool = True, own_hand: bool = False
) -> Callable[[View], View]:
    """Let in the signed-in who hold one of ``roles`` (anyone signed in where none is named), by ``methods`` only.

    A POST is one transaction and happens once, however often it is pressed (core.submissions). ``once=False`` is for
    long work that writes in short transactions of its own and knows by itself what it has done already.
    ``own_hand``: what only the person may do or read. It stays closed while somebody else could have the password.
    """

    def around(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if request.method not in methods:
                return HttpResponseNotAllowed(methods)
            actor = cast(GuardedRequest, request).actor
            if roles and not set(actor.roles) & set(roles):
                named = ", ".join(sorted(str(role.label) for role in roles))
                raise Refused(_("This page is for: %(roles)s.") % {"roles": named})
            if KEY in request.GET:
                request.GET = with_typed(request)  # type: ignore[assignment]
            if own_hand and not actor.in_own_hand:
                raise Refused(
                    _(
                        "Another person gave you your password lately, so this stays closed until it is certain that "
                        "it is you. How to open it: «My data», «Your password»."
                    ),
                    code="not_own_hand",
                )
            if request.method in GET:
                with patience(READING):
                    return view(request, *args, **kwargs)
            with patience(WRITING):
                if once:
                    return submit(request, lambda: view(request, *args, **kwargs), shows="GET" in methods)
                return view(request, *args, **kwargs)

        guarded.guarded_roles = frozenset(roles)  # type: ignore[attr-defined]
        guarded.is_once = once  # type: ignore[attr-defined]
        guarded.own_hand = own_hand  # type: ignore[attr-defined]
        return guarded

    return around


def fetch(visible: models.QuerySet[Row], **lookup: Any) -> Row:
    """The object among those visible to the person, or 404."""
    try:
        return visible.get(**lookup)
    except (ObjectDoesNotExist, ValueError) as missing:
        raise Http404 from missing
