"""Two layers around every view: the content security policy, and humane answers to domain errors."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

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


class HumaneErrors:
    """A domain error raised in a view becomes its sentence on a page, with the error's own status."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, DomainError):
            return None
        return error_page(request, exception.status, exception.sentence, exception.code)


def error_page(request: HttpRequest, status: int, sentence: str, code: str) -> HttpResponse:
    """The refusal as a page, or as a notice where htmx asked for a part of one."""
    htmx: Any = getattr(request, "htmx", None)
    name = "core/error_notice.html" if htmx else "core/error.html"
    response = render(request, name, {"sentence": sentence, "code": code, "status": status}, status=status)
    if htmx:
        response.headers["HX-Retarget"] = "#notices"
        response.headers["HX-Reswap"] = "innerHTML"
    return response
