"""Pages of errors. They need nothing but the running process: no query, no session, no person, no context processor.

Whatever has just failed must not be asked again by the page that says so.
"""

import errno
import logging
import re
from collections.abc import Callable
from typing import Any, Final

from django.db import DatabaseError, DataError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template
from django.utils.translation import gettext as _

from traektoria.core.context import appearance
from traektoria.core.errors import DomainError, TooMany
from traektoria.core.lost_files import is_lost, lost_sentence
from traektoria.engines.process_apart import NoAnswer

FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
CLOSED: Final = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})
SQLITE_CLOSED: Final = ("readonly database", "unable to open database file", "disk i/o error")
FAR_YEAR: Final = re.compile(r"year -?\d+ is out of range")
RETRY_AFTER: Final = {429: "300", 503: "60"}  # seconds
log = logging.getLogger(__name__)


def error_page(request: HttpRequest, status: int, sentence: str, code: str) -> HttpResponse:
    """The refusal as a page, or as a notice where htmx asked for a part of one."""
    if request.headers.get("HX-Request") == "true":
        notice = get_template("core/error_notice.html").render({"sentence": sentence})
        response = HttpResponse(notice, status=status, headers={"HX-Retarget": "#notices", "HX-Reswap": "innerHTML"})
    else:
        response = HttpResponse(page_of(status, sentence, code, appearance(request)), status=status)
    if status in RETRY_AFTER:
        response.headers["Retry-After"] = RETRY_AFTER[status]
    return response


def page_of(status: int, sentence: str, code: str, look: dict[str, str] | None = None) -> str:
    """The whole page; the server answers with it too where it refuses before anybody else has seen the request."""
    facts: dict[str, Any] = {"status": status, "sentence": sentence, "code": code, "appearance": look or {}}
    return get_template("core/error.html").render(facts)


def answer_to(request: HttpRequest, exception: BaseException | None) -> HttpResponse | None:
    """What a person is told of this exception; None for a mistake of ours."""
    if isinstance(exception, DomainError):
        answer = error_page(request, exception.status, exception.sentence, exception.code)
        if isinstance(exception, TooMany):
            answer.headers["Retry-After"] = str(exception.retry_after)
        return answer
    if is_lost(exception):
        log.error("A stored file can't be read: %s", exception)
        return error_page(request, 410, lost_sentence(), "file_lost")
    if is_misfit(exception):
        log.error("%s %s: %s", request.method, _view(request), type(exception).__name__)
        sentence = _("One of the values is too large or too long to be kept. Correct it.")
        return error_page(request, 422, sentence, "misfit")
    trouble = trouble_of(exception)
    if trouble is None:
        return None
    log.error("%s %s: %s", request.method, _view(request), exception)
    return error_page(request, 503, *trouble)


def _view(request: HttpRequest) -> str:
    return str(request.resolver_match and request.resolver_match.view_name)


def is_misfit(exception: BaseException | None) -> bool:
    """A value that a form has let through and the database can't take: nothing was written, the person can mend it."""
    far_away = isinstance(exception, ValueError) and FAR_YEAR.fullmatch(str(exception)) is not None
    return far_away or isinstance(exception, DataError | OverflowError | UnicodeEncodeError)


def trouble_of(exception: BaseException | None) -> tuple[str, str] | None:
    """The sentence and the code of a trouble with the disk, the database or a process apart; None for a mistake of
    ours."""
    if isinstance(exception, NoAnswer):
        sentence = _(
            "This could not be prepared now. Try again in a minute; if it fails again, tell the administrator."
        )
        return sentence, "not_prepared"
    said, number = str(exception).lower(), getattr(exception, "errno", None)
    if number in FULL or "disk is full" in said or "disk full" in said:
        return _("There is no room left on the server: nothing was written. Tell the administrator."), "disk_full"
    if number in CLOSED or any(word in said for word in SQLITE_CLOSED):
        return _("The server can't write to its folder: nothing was kept. Tell the administrator."), "disk_closed"
    if isinstance(exception, OperationalError | InterfaceError) or type(exception) is DatabaseError:
        return _("The database does not answer now: nothing was written. Try again in a minute."), "database_busy"
    return None


SENTENCES: Final[dict[int, Callable[[], str]]] = {
    400: lambda: _("The browser sent something that can't be understood. Go back, reload the page and try again."),
    403: lambda: _("You have no right to this page."),
    404: lambda: _("There is no such page, or it is not for you."),
    405: lambda: _("This address only takes what a form sends. Begin from the first page."),
    408: lambda: _("The request came too slowly and was not read to its end. Check the line and try again."),
    413: lambda: _("This is too much at once. Send the files one by one."),
    429: lambda: _("Too many attempts in a row. Wait a few minutes and try again."),
    431: lambda: _("The browser sent too much about itself. Clear the cookies of this site and try again."),
    500: lambda: _("Something broke on our side. What you typed is still in the form: go back and try again."),
    501: lambda: _("The browser sent something that can't be understood. Go back, reload the page and try again."),
    503: lambda: _("The server can't answer now. Try again in a minute."),
}
"""What is said of a status where nobody said it better."""


def named(request: HttpRequest, status: int, code: str) -> HttpResponse:
    return error_page(request, status, SENTENCES[status](), code)
