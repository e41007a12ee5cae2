"""The bell, letters and reminders of a person, what letters there are, leaving by a link."""

from typing import Any

from django.conf import settings as config
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from traektoria.core.attempt import status_of
from traektoria.core.guard import BOTH, POST, fetch, guard
from traektoria.core.mail import mail_goes_out
from traektoria.messaging import actions, queries, unsubscribe_links, wording
from traektoria.messaging.forms import WishesForm
from traektoria.messaging.kinds import MessageKind, Reader, Told, kinds, only_an_address, told


@guard()
def bell(request: HttpRequest) -> HttpResponse:
    """What was told to me: the same rows of which letters are made."""
    reader = _reader(request)
    page, lines = queries.bell(reader, request.GET.get("page"))
    return render(request, "messaging/bell.html", {"page": page, "lines": lines})


@guard(methods=POST)
def bell_read(request: HttpRequest) -> HttpResponse:
    actions.mark_read(by=_actor(request))
    return redirect("messaging:bell")


@guard(methods=POST)
def message_open(request: HttpRequest, pk: int) -> HttpResponse:
    """It is read now; where it leads is asked anew."""
    reader = _reader(request)
    row = fetch(queries.rings(reader.person_id), pk=pk)
    actions.mark_read(by=_actor(request), pk=row.pk)
    answer = told([row], reader)[row.pk]
    return redirect(answer.path if isinstance(answer, Told) else "messaging:bell")


@guard(methods=BOTH)
def settings(request: HttpRequest) -> HttpResponse:
    """How letters and reminders come to me."""
    actor = _actor(request)
    if actor.person_id is None:
        raise Http404
    known, quiet = queries.wishes(actor.person_id), queries.quiet_hours(actor.person_id)
    form = WishesForm(request.POST or None, wishes=known, quiet=quiet)
    if form.is_valid():
        actions.set_wishes(by=actor, rhythms=form.rhythms, quiet=form.quiet)
        messages.success(request, _("Saved. Letters come as you wish."))
        return redirect("messaging:settings")
    facts = {"form": form, "mail": mail_goes_out(), "guarding": [one.label for one in kinds if one.mandatory]}
    return render(request, "messaging/settings.html", facts, status=status_of(form))


@guard()
def catalogue(request: HttpRequest) -> HttpResponse:
    """Every letter there is, as it is read. No query."""
    shown = [(kind, sample_letter(kind)) for kind in kinds]
    return render(request, "messaging/catalogue.html", {"shown": shown})


@csrf_exempt
@require_http_methods(BOTH)
def unsubscribe(request: HttpRequest, code: str) -> HttpResponse:
    """One click without sign-in: a mail program posts here by itself (RFC 8058), a person presses the button. The link
    alone switches nothing off: programs that look for viruses follow links too."""
    person_id, slugs = unsubscribe_links.read(code)
    named = [kind for kind in queries.optional() if kind.slug in slugs]
    if request.method == "POST":
        actions.switch_off(person_id=person_id, kinds=slugs)
    facts = {"kinds": named, "done": request.method == "POST"}
    return render(request, "messaging/unsubscribe.html", facts)


def sample_letter(kind: MessageKind) -> wording.Letter:
    """As a person would get it, made up."""
    reader = only_an_address("") if kind.mandatory else Reader(0, "", get_default_timezone())
    return wording.letter(kind, kind.sample(), reader, config.ADDRESS or "https://traektoria.example")


def _reader(request: HttpRequest) -> Reader:
    actor = _actor(request)
    return Reader(actor.person_id, "", actor.zone, actor.addresses, actor)


def _actor(request: HttpRequest) -> Any:
    return request.actor  # type: ignore[attr-defined]
