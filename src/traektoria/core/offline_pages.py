"""A page that opens without a line: the sitting now, the door of an event and an audit later (docs/adr/0015).

A view returns ``kept_offline(response, request)``; its template has the meta element that ``app.js`` looks for.
"""

from functools import cache
from hashlib import sha256
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac
from django.views.decorators.http import require_safe

WORKER = Path(__file__).resolve().parent.parent / "static" / "traektoria" / "offline.js"


@cache
def _worker() -> str:
    """The script with the mark of its own text as its version: a new release forgets what an older one kept."""
    text = WORKER.read_text(encoding="utf-8")
    return text.replace("{version}", sha256(text.encode()).hexdigest()[:12])


@require_safe
def offline_worker(request: HttpRequest) -> HttpResponse:
    """Any page may be in its scope. It holds nothing of anybody: open to all."""
    headers = {"Cache-Control": "no-cache", "Service-Worker-Allowed": "/"}
    return HttpResponse(_worker(), content_type="text/javascript; charset=utf-8", headers=headers)


def kept_offline(response: HttpResponse, request: HttpRequest) -> HttpResponse:
    """Let the worker keep this page on the device for this account, whose number it does not learn."""
    response.headers["X-Offline"] = "keep"
    response.headers["X-Offline-Account"] = salted_hmac("offline", str(request.user.pk)).hexdigest()[:16]
    return response
