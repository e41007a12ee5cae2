"""The public page of a certificate: by the address of its QR, or by its number and control word."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from traektoria.core.attempt import attempt, status_of
from traektoria.core.errors import Invalid
from traektoria.core.typography import local_day
from traektoria.engines.certificates import Kind
from traektoria.engines.certificates.sheet import ABOUT
from traektoria.engines.papers.typography import long_date
from traektoria.events.certificates.forms import CheckForm
from traektoria.events.certificates.keywords import code_typed
from traektoria.events.certificates.models import Certificate
from traektoria.events.certificates.queries.certificates import by_code, by_number, line_of, newest_of
from traektoria.organisations.zones import in_time_of
from traektoria.people.throttle import Pace, address_of, check_pace, note_failure

GUESSES: Final = Pace("certificate", free=20, step=3, longest=600, forgiven=30)
"""Of one address: a hall behind one router mistypes twenty times freely."""
WORDS: Final = Pace("cert_word", free=10, step=2, longest=300, forgiven=60)
"""Of one number, from one address."""
NUMBER: Final = Pace("cert_number", free=300, step=60, longest=60, forgiven=10)
"""Of one number, from wherever: many addresses together are slowed down, and nobody is locked out for long."""
HEADERS: Final = {"X-Robots-Tag": "noindex, nofollow", "Cache-Control": "no-store"}


def check(request: HttpRequest) -> HttpResponse:
    """Where number and control word are typed; open to everybody, posted so that no address holds them."""
    form = CheckForm(request.POST if request.method == "POST" else None)
    if found := attempt(form, lambda: _found(request, form.cleaned_data["number"], form.cleaned_data["word"])):
        return redirect("events:check_result", code=found.code)
    answer = render(request, "events/check.html", {"form": form}, status=status_of(form))
    return _closed(answer)


def _found(request: HttpRequest, number: tuple[int, int, int], word: str) -> Certificate:
    """Raises ``TooMany``, ``Invalid``."""
    key = "-".join(map(str, number))
    tries = ((WORDS, f"{key} {address_of(request)}"), (NUMBER, key))
    _check(request)
    for pace, of in tries:
        check_pace(pace, of)
    row = by_number(*number, word)
    if row is None:
        for pace, of in tries:
            note_failure(pace, of)
        _failed(request)
        raise Invalid(_("There is no such number with this word: compare each sign with the paper."), code="not_found")
    return row


def check_result(request: HttpRequest, code: str) -> HttpResponse:
    """All that the paper says, with surname and initials, and whether it is in force. Of 30¹² codes none is guessed:
    only who misses is held up, never a hall that scans behind one router."""
    row = by_code(code_typed(code))
    if row is None:
        _check(request)
        _failed(request)
        return _closed(render(request, "events/check_result.html", {"row": None}, status=404))
    newer = newest_of(row)
    with in_time_of(row.centre):
        revoked = long_date(local_day(row.revoked_at)) if row.revoked_at else ""
        context = {
            **line_of(row), "about": ABOUT[Kind(row.kind)], "length": row.length,
            "whole": row.is_whole, "newer": newer, "newer_day": long_date(newer.issued_on),
            "issued": long_date(row.issued_on), "revoked": revoked,
        }  # fmt: skip
        return _closed(render(request, "events/check_result.html", context))


def _check(request: HttpRequest) -> None:
    if address := address_of(request):
        check_pace(GUESSES, address)


def _failed(request: HttpRequest) -> None:
    if address := address_of(request):
        note_failure(GUESSES, address)


def _closed(answer: HttpResponse) -> HttpResponse:
    for name, value in HEADERS.items():
        answer.headers[name] = value
    return answer
