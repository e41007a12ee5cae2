"""Pages that belong to no room: errors, preferences of appearance, the design gallery."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from traektoria.core import context
from traektoria.core.gallery import samples
from traektoria.core.guard import guard
from traektoria.core.middleware import error_page

YEAR = 365 * 24 * 3600


def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return error_page(request, 403, _("You have no right to this page."), "refused")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return error_page(request, 404, _("There is no such page, or it is not for you."), "not_found")


def too_many(request: HttpRequest) -> HttpResponse:
    """Signing in or a change of password was tried too often: allauth looks for ``handler429`` and comes here."""
    return error_page(request, 429, _("Too many attempts in a row. Wait a few minutes and try again."), "too_many")


def server_error(request: HttpRequest, *args: Any) -> HttpResponse:
    sentence = _("Something broke on our side. What you typed is still in the form: go back and try again.")
    return error_page(request, 500, sentence, "server_error")


@require_POST
def appearance(request: HttpRequest) -> HttpResponse:
    """Keep theme and vision in a cookie (no account needed), then return to ``next`` on this site."""
    kept = context.appearance(request)
    theme, vision = request.POST.get("theme", kept["theme"]), request.POST.get("vision", kept["vision"])
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    response = redirect(back if safe else "/")
    if theme in context.THEMES and vision in context.VISIONS:
        response.set_cookie(
            context.COOKIE, f"{theme}.{vision}", max_age=YEAR, samesite="Lax", secure=request.is_secure(), httponly=True
        )
    return response


@guard()
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component in every state: what to build pages from, and what to check by eye and by axe."""
    return render(request, "core/gallery.html", samples())
