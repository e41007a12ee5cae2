"""Pages that belong to no room: errors, preferences of appearance, the design gallery."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from traektoria.core.middleware import error_page


def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return error_page(request, 403, _("You have no right to this page."), "refused")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return error_page(request, 404, _("There is no such page, or it is not for you."), "not_found")


def server_error(request: HttpRequest, *args: Any) -> HttpResponse:
    sentence = _("Something broke on our side. What you typed is still in the form: go back and try again.")
    return error_page(request, 500, sentence, "server_error")
