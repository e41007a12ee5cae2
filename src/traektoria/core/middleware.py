"""Layers around every view: the content security policy, a limit of what is sent, humane answers to errors."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils.translation import gettext as _

from traektoria.core.busy_page import busy_page
from traektoria.core.error_pages import SENTENCES, answer_to, error_page, named
from traektoria.core.errors import DomainError
from traektoria.core.figures import MEGABYTE
from traektoria.core.installation.room import check_announced
from traektoria.core.patience import is_busy

POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "worker-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "manifest-src 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)
FOR_STRANGERS = 1_000_000
SMALL = 5
"""Digits of the length of a body that is read without asking: less than 100 kB."""
View = Callable[[HttpRequest], HttpResponse]


class ContentSecurityPolicy:
    """Nothing comes from another host, nothing is written into the page to be run."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        if settings.SESSION_COOKIE_NAME in {*request.COOKIES, *response.cookies}:  # asks no database, as the user would
            response.headers.setdefault("Cache-Control", "private, no-store" if not settings.DEBUG else "no-store")
        return response


class Compression(GZipMiddleware):
    """Pages, not files: those are packed already, and a whole file would be compressed before its first byte goes."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if getattr(response, "file_to_stream", None) is not None:
            return response
        return super().process_response(request, response)


class BodyLimit:
    """What is too large is refused before it is read: else it would fill the disk before any form looks at it."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        size = request.META.get("CONTENT_LENGTH") or "0"
        if len(size) > 6 and (not size.isdecimal() or int(size[:18]) > self._most(request)):
            sentence = _("This is too much at once. Send the files one by one; each may have up to %(megabytes)s MB.")
            limit = {"megabytes": settings.UPLOAD_LIMIT // MEGABYTE}
            return error_page(request, 413, sentence % limit, "too_large")
        return self.get_response(request)

    def _most(self, request: HttpRequest) -> int:
        """Bytes; a stranger sends no files."""
        known = getattr(request, "user", None) is not None and request.user.is_authenticated
        return int(settings.BODY_LIMIT) if known else FOR_STRANGERS


class BeforeReading:
    """What can't be kept is refused before it is read. Stands above the gate and the check of forms: they read it."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        size = request.META.get("CONTENT_LENGTH") or "0"
        if not request.META.get("CONTENT_TYPE", "").startswith("multipart/") or len(size) <= SMALL:
            return None
        try:
            check_announced(request, view, int(size), kwargs)
        except DomainError as refusal:
            return error_page(request, refusal.status, refusal.sentence, refusal.code)
        return None


class HumaneErrors:
    """What is raised in a view becomes its sentence on a page: a domain error with its own status, a trouble with the
    disk or the database as 503, another's long write as a page that tries again. A refusal without a word (a wrong
    method) gets the words of its status."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code not in SENTENCES or response.streaming or response.content:
            return response
        page = named(request, response.status_code, "refused")
        for name, value in response.items():
            page.headers.setdefault(name, value)
        return page

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return busy_page(request) if is_busy(exception) else answer_to(request, exception)
