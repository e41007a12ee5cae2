"""The page of «somebody else writes for too long»: nothing was done, nothing is lost, and it is tried again.

What was sent stands in the page under the same key (core.submissions), so that it can be sent again and happens once;
htmx sends it again by itself (``app.js``); what was only asked for is asked for again by the browser.
"""

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import get_template
from django.utils.translation import gettext as _

from traektoria.core.context import appearance
from traektoria.core.error_pages import error_page
from traektoria.core.form_keys import CSRF, FIELD, can_repeat, typed

WAIT = "2"
"""Seconds until the next try."""


def busy_page(request: HttpRequest) -> HttpResponse:
    """Asks no database: base and sentence are those of the pages of errors."""
    if request.headers.get("HX-Request") == "true":
        response = error_page(request, 503, _("We will save it, please wait: another write is going on."), "busy")
    else:
        facts = {"reads": request.method != "POST", "fields": _fields(request), "appearance": appearance(request)}
        response = HttpResponse(get_template("core/busy.html").render(facts), status=503)
        if request.method != "POST":
            response.headers["Refresh"] = WAIT
    response.headers["Retry-After"] = WAIT
    return response


def _fields(request: HttpRequest) -> list[tuple[str, str]]:
    """The form as it was sent; nothing where it can't or must not be kept in a page."""
    if request.method != "POST" or not can_repeat(request):
        return []
    return [(CSRF, get_token(request)), (FIELD, request.POST.get(FIELD, "")), *typed(request)]
