"""Layers around every view: the content security policy, a limit of what is sent, humane answers to errors."""

import errno
import logging
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from traektoria.core.errors import DomainError

POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
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
FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EFBIG})
FOR_STRANGERS = 1_000_000
log = logging.getLogger(__name__)
View = Callable[[HttpRequest], HttpResponse]


class ContentSecurityPolicy:
    """Nothing comes from another host, nothing is written into the page to be run."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        if getattr(request, "user", None) is not None and request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "private, no-store" if not settings.DEBUG else "no-store")
        return response


class BodyLimit:
    """What is too large is refused before it is read: else it would fill the disk before any form looks at it."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        size = request.META.get("CONTENT_LENGTH") or "0"
        if len(size) > 6 and (not size.isdecimal() or int(size[:18]) > self._most(request)):
            sentence = _("This is too much at once. Send the files one by one; each may have up to %(megabytes)s MB.")
            limit = {"megabytes": settings.UPLOAD_LIMIT // 1_000_000}
            return error_page(request, 413, sentence % limit, "too_large")
        return self.get_response(request)

    def _most(self, request: HttpRequest) -> int:
        """Bytes; a stranger sends no files."""
        known = getattr(request, "user", None) is not None and request.user.is_authenticated
        return int(settings.BODY_LIMIT) if known else FOR_STRANGERS


class HumaneErrors:
    """A domain error raised in a view becomes its sentence on a page, with the error's own status; so do a full disk
    and a database that is busy for too long, which are written into the log as well."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, DomainError):
            return error_page(request, exception.status, exception.sentence, exception.code)
        trouble = trouble_of(exception)
        if trouble is None:
            return None
        log.error("%s %s: %s", request.method, request.resolver_match and request.resolver_match.view_name, exception)
        return error_page(request, 503, *trouble)


def trouble_of(exception: Exception) -> tuple[str, str] | None:
    """The sentence and the code of a trouble with the disk or the database; None for a mistake of ours."""
    said = str(exception).lower()
    if (isinstance(exception, OSError) and exception.errno in FULL) or "disk is full" in said or "disk full" in said:
        return _("There is no room left on the server: nothing was written. Tell the administrator."), "disk_full"
    if isinstance(exception, OperationalError):
        return _("The database does not answer now: nothing was written. Try again in a minute."), "database_busy"
    return None


def error_page(request: HttpRequest, status: int, sentence: str, code: str) -> HttpResponse:
    """The refusal as a page, or as a notice where htmx asked for a part of one."""
    htmx: Any = getattr(request, "htmx", None)
    name = "core/error_notice.html" if htmx else "core/error.html"
    response = render(request, name, {"sentence": sentence, "code": code, "status": status}, status=status)
    if htmx:
        response.headers["HX-Retarget"] = "#notices"
        response.headers["HX-Reswap"] = "innerHTML"
    return response
