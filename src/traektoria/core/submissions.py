"""One press, one effect: the key that every rendered form carries is claimed in the transaction of what the form does.

``{% csrf_token %}`` of the house writes the key into every form, and the guard around every view claims it, so that no
view and no template has to remember it (docs/adr/0023-one-press-one-effect.md). The claim commits with the effect or
not at all. A parallel second press waits for the first; then it shows what the first one made. A press that was refused
gives its key back, so that the corrected form is taken.
"""

import hashlib
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.contrib.messages import constants
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from traektoria.core.form_keys import FIELD, can_repeat, typed
from traektoria.core.joined_rows import RowWriter
from traektoria.core.models import Submission
from traektoria.core.patience import in_turn
from traektoria.core.shared_forms import saves_itself
from traektoria.core.waiting import gathered

KEPT_FOR = timedelta(days=7)
SWEPT_EACH = 500
View = Callable[[], HttpResponse]
_ROWS = RowWriter(Submission)


def key_of(request: HttpRequest) -> str:
    """The key that came with the form. Text that is saved while it is typed makes nothing and comes many times from one
    page: it uses no key up."""
    return "" if saves_itself(request) else request.POST.get(FIELD, "")


def submit(request: HttpRequest, view: View, *, shows: bool) -> HttpResponse:
    """Answer a POST: what ``view`` does and the claim of the key are one transaction.

    ``shows``: GET of the same address shows the form. A POST without a key, of a program, is answered as it comes.
    """
    key = key_of(request)
    if not key:
        return view()
    with in_turn(), transaction.atomic():
        row, is_first = _claim(_mark(request, key), _body(request))
        if not is_first:
            return _again(request, row, shows=shows)
        with gathered():
            response = view()
        if _was_refused(request, response):
            row.delete()
        else:
            row.status, row.location = response.status_code, response.headers.get("Location", "")
            _ROWS.update(row, "status", "location")
        return response


def _claim(mark: str, body: str) -> tuple[Submission, bool]:
    """The row of this press, and whether it is the first one.

    On PostgreSQL the unique index holds a second one up until the first has committed; on SQLite the transaction that
    surrounds this has waited already.
    """
    row = Submission(mark=mark, body=body)
    if not _ROWS.insert_new(row):
        return Submission.objects.get(mark=mark), False
    if row.pk % SWEPT_EACH == 0:
        Submission.objects.filter(at__lt=timezone.now() - KEPT_FOR).delete()
    return row, True


def _mark(request: HttpRequest, key: str) -> str:
    """Whose press of which form: neither account nor key can be read from it."""
    return _digest([str(request.user.pk), request.path, key])


def token_of(request: HttpRequest) -> UUID | None:
    """The press and what it brought, as a primary key: long work (``once=False``) keeps what it made under it."""
    key = key_of(request)
    return UUID(_digest([_mark(request, key), _body(request)])[:32]) if key else None


def _body(request: HttpRequest) -> str:
    """What was typed, as a digest: tells a second press from a form that was changed after it had been saved."""
    files = [(name, file.name, file.size) for name, sent in request.FILES.lists() for file in sent]
    return _digest([str(part) for said in (*typed(request), *files) for part in said])


def _digest(parts: list[str]) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def _was_refused(request: HttpRequest, response: HttpResponse) -> bool:
    """An error status, or a way back with the reason."""
    queued = getattr(getattr(request, "_messages", None), "_queued_messages", ())
    return response.status_code >= 400 or any(message.level >= constants.WARNING for message in queued)


def _again(request: HttpRequest, first: Submission, *, shows: bool) -> HttpResponse:
    """The answer to a second press."""
    if first.body != _body(request):
        return _changed(request, first)
    if getattr(request, "htmx", False):
        return HttpResponse(headers={"HX-Redirect": first.location} if first.location else {"HX-Refresh": "true"})
    if not first.location:
        return render(request, "core/already.html", {"back": _back(request), "another": request.path if shows else ""})
    said = _("This is done already: here is what came of it.")
    if shows:
        words = (
            _("This is saved already: here is what came of it."),
            request.get_full_path(),
            _("Open the form again"),
        )
        said = format_html('{} <a href="{}">{}</a>', *words)
    messages.info(request, said)
    return redirect(first.location)


def _changed(request: HttpRequest, first: Submission) -> HttpResponse:
    """The form was saved, then something else was typed into the same page and sent: neither lost nor guessed at."""
    facts = {
        "first": first.location or _back(request),
        "fields": typed(request) if can_repeat(request) else None,
    }
    name = "core/changed_notice.html" if getattr(request, "htmx", False) else "core/changed.html"
    response = render(request, name, facts, status=409)
    response.headers["HX-Retarget"], response.headers["HX-Reswap"] = "#notices", "innerHTML"
    return response


def _back(request: HttpRequest) -> str:
    """The page the press came from, where it is one of ours."""
    came = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(came, {request.get_host()}, require_https=request.is_secure())
    return came if ours else "/"
