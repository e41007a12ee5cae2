"""The one gate for all text that comes in: from a browser, in JSON, out of files.

What a database or a document cannot hold is taken out of text (``engines.storable_text``); where it stands in an
address, it is refused. A text longer than any field of ours, and JSON that no page of ours sends, is refused too.
"""

import json
import re
from collections.abc import Callable
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _

from traektoria.core.error_pages import error_page, named
from traektoria.engines.storable_text import UNFIT, fit, fit_all

LONG_NUMBER: Final = re.compile(r"[0-9]{19,}")
MOST_DIGITS: Final = 40
View = Callable[[HttpRequest], HttpResponse]


def read_json(body: bytes) -> Any:
    """What a script of ours has sent, fit to be kept. Raises ``ValueError`` for what is none."""
    try:
        return fit_all(json.loads(body, parse_constant=_no_number, parse_int=_number))
    except RecursionError as deep:
        raise ValueError("nested too deeply") from deep


def _no_number(word: str) -> Any:
    raise ValueError(word)


def _number(digits: str) -> int:
    if len(digits) > MOST_DIGITS:
        raise ValueError("long number")
    return int(digits)


class Gate:
    """Stands before sessions and forms: what they read has passed."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if UNFIT.search(request.path_info):
            return named(request, 400, "bad_text")
        if LONG_NUMBER.search(request.path_info):
            return named(request, 404, "not_found")
        request.COOKIES = {name: value for name, value in request.COOKIES.items() if not UNFIT.search(name + value)}
        if not _is_fit(request.GET):
            request.GET = _fit(request.GET)  # type: ignore[assignment]
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: View, args: Any, kwargs: Any) -> HttpResponse | None:
        """Forms, once ``BodyLimit`` has let them pass; an upload's name too."""
        if request.method != "POST":
            return None
        if not _is_fit(request.POST):
            request.POST = _fit(request.POST)  # type: ignore[assignment]
        for name, files in request.FILES.lists():
            for file in files:
                file.name = fit(file.name or "") or name
        longest = max((len(value) for _name, values in request.POST.lists() for value in values), default=0)
        if longest > settings.LONGEST_TEXT:
            sentence = _("One of the texts is too long: %(there)s signs, at most %(most)s are taken. Shorten it.")
            numbers = {"there": longest, "most": settings.LONGEST_TEXT}
            return error_page(request, 413, sentence % numbers, "long_text")
        return None


def _is_fit(data: QueryDict) -> bool:
    return not any(UNFIT.search("".join([name, *values])) for name, values in data.lists())


def _fit(data: QueryDict) -> QueryDict:
    made = QueryDict(mutable=True, encoding=data.encoding)
    for name, values in data.lists():
        made.setlist(fit(name), [fit(value) for value in values])
    made._mutable = False
    return made
