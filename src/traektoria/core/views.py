"""Pages that belong to no room: errors, preferences of appearance, the design gallery."""

import sys
from typing import Any

from django.core.exceptions import DisallowedHost, RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from traektoria.core import context
from traektoria.core.error_pages import answer_to, error_page, named
from traektoria.core.gallery import samples
from traektoria.core.guard import POST, GuardedRequest, guard
from traektoria.core.search_addresses import address_of_search

YEAR = 365 * 24 * 3600


def wrong_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: Django itself refuses what was sent."""
    if isinstance(exception, DisallowedHost):
        return error_page(request, 400, _("This site has another address. Open it by the one that you know."), "host")
    if isinstance(exception, RequestDataTooBig):
        return error_page(request, 413, _("There is too much text in the form. Make it shorter."), "too_large")
    return named(request, 400, "wrong_request")


def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return named(request, 403, "refused")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return named(request, 404, "not_found")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    sentence = _("The page was open for too long, or cookies are off. Go back, reload the page and send it again.")
    return error_page(request, 403, sentence, "csrf")


def too_many(request: HttpRequest) -> HttpResponse:
    """Signing in or a change of password was tried too often: allauth looks for ``handler429`` and comes here."""
    return named(request, 429, "too_many")


def server_error(request: HttpRequest, *args: Any) -> HttpResponse:
    """What was raised outside of the views, by a session or an account, comes here; Django is still handling it."""
    return answer_to(request, sys.exc_info()[1]) or named(request, 500, "server_error")


@require_POST
def appearance(request: HttpRequest) -> HttpResponse:
    """Keep how pages look in a cookie (no account needed), then return to ``next`` on this site."""
    kept = context.appearance(request)
    asked = {name: request.POST.get(name, word) for name, word in kept.items()}
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    response = HttpResponseRedirect(back if safe and back.startswith("/") else "/")
    if all(asked[name] in words for name, words in context.WAYS.items()):
        words = ".".join(asked.values()).rstrip(".")
        response.set_cookie(
            context.COOKIE, words, max_age=YEAR, samesite="Lax", secure=request.is_secure(), httponly=True
        )
    return response


@guard(methods=POST, once=False)
def find(request: GuardedRequest) -> HttpResponse:
    """What was asked of a list at ``to``, kept out of its address where it was typed."""
    to = request.POST.get("to", "")
    safe = to.startswith("/") and url_has_allowed_host_and_scheme(to, None)
    return HttpResponseRedirect(address_of_search(request, to.split("?")[0]) if safe else "/")


@guard()
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component in every state: what to build pages from, and what to check by eye and by axe."""
    return render(request, "core/gallery.html", samples())
