"""Certificates of an event: who gets one and who not, giving them out, taking them; one made anew, revoked."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _

from traektoria.core.attempt import attempt, status_of
from traektoria.core.errands import answer, ask, is_light
from traektoria.events.certificates.actions import changing, issuing
from traektoria.events.certificates.errands import ISSUE, LIGHT, PDF, TAKE, ZIP, issued_words
from traektoria.events.certificates.forms import IssueForm, NamedForm, ReviseForm, RevokeForm
from traektoria.events.certificates.issue_files import seal
from traektoria.events.certificates.models import Certificate
from traektoria.events.certificates.permissions import check_change, check_issue
from traektoria.events.certificates.policies import check_ready, check_revise, check_revoke, is_ready
from traektoria.events.certificates.queries.certificates import (
    backgrounds_of,
    counts_of,
    find_certificate,
    last_signed,
    line_of,
    page_of,
    valid_of,
)
from traektoria.events.certificates.queries.earners import earning_of, reason_words
from traektoria.events.enrolment.access_log import log_list
from traektoria.events.event.models import Event
from traektoria.events.event.permissions import READ
from traektoria.events.event.queries.events import find_event
from traektoria.events.event.time_and_place import called
from traektoria.people.enums import Role
from traektoria.people.guard import BOTH, POST, ActorRequest, existing, guard

MOST_SHOWN = 100
"""So many names of those who would get one, and of those who would not, are written out."""


def site_of(request: HttpRequest) -> str:
    """The address that stands on papers: of the installation, where it is set."""
    return settings.ADDRESS or f"{request.scheme}://{request.get_host()}"


def _event(request: ActorRequest, pk: int) -> Event:
    event = existing(find_event(request.actor, pk))
    check_issue(request.actor, event)
    return event


@guard(*READ)
def certificate_list(request: ActorRequest, pk: int) -> HttpResponse:
    event = _event(request, pk)
    return _shown(request, event, _issue_form(request, event), _named_form(request, event))


def _issue_form(request: ActorRequest, event: Event, data: Any = None) -> IssueForm:
    return IssueForm(data, **_begun(event), auto_id="all-%s")


def _named_form(request: ActorRequest, event: Event, data: Any = None) -> NamedForm:
    return NamedForm(data, **_begun(event), auto_id="named-%s")


def _begun(event: Event) -> dict[str, Any]:
    """As the last ones were signed; the newest background."""
    post, name = last_signed(event.centre_id)
    own = backgrounds_of(event.centre_id, offered=True)
    return {"backgrounds": own, "initial": {"post": post, "name": name, "background": own[0].pk if own else ""}}


def _shown(request: ActorRequest, event: Event, form: IssueForm, named: NamedForm) -> HttpResponse:
    earning, page, counts = earning_of(event), page_of(event, request.GET.get("page")), counts_of(event)
    people = {row.person_id for row in page} | {one.person for one in earning.fresh[:MOST_SHOWN]}
    people |= {one.person for one in earning.without[:MOST_SHOWN]}
    log_list(by=request.actor, event=event, people=people)
    context = {
        "event": event, "called": called(event), "ready": is_ready(event), "form": form, "named": named,
        "fresh": earning.fresh[:MOST_SHOWN], "number": len(earning.fresh),
        "more": max(0, len(earning.fresh) - MOST_SHOWN),
        "without": earning.without[:MOST_SHOWN], "none_words": reason_words(len(earning.without)),
        "has_backgrounds": request.actor.has(event.centre_id, Role.COORDINATOR),
        "differs": earning.differs,
        "page": page, "rows": [line_of(row) for row in page], "counts": counts, "total": sum(counts.values()),
    }  # fmt: skip
    status = max(status_of(form), status_of(named))
    return render(request, "events/certificate_list.html", context, status=status)


@guard(*READ, methods=POST)
def certificate_issue(request: ActorRequest, pk: int) -> HttpResponse:
    """To all who earned one: at once, or by the worker with its progress."""
    event = _event(request, pk)
    form = _issue_form(request, event, request.POST)
    check_ready(event)
    number = len(earning_of(event).fresh)
    if form.is_valid() and not is_light(ISSUE, number):
        chosen, signed = form.chosen, form.signed
        facts = {
            "event": event.pk, "post": signed.post, "name": signed.name, "site": site_of(request),
            "background": chosen.pk if chosen else 0,
        }  # fmt: skip
        return redirect("desk:errand_detail", ask(ISSUE, facts, by=request.actor, centre_id=event.centre_id).pk)

    def issue() -> tuple[int]:
        made = issuing.issue_certificates(
            event=event, signed=form.signed, site=site_of(request), by=request.actor, background=form.chosen
        )
        _seal(made)
        return (len(made),)

    if made := attempt(form, issue):
        messages.success(request, issued_words(made[0]))
        return redirect("events:certificate_list", pk)
    return _shown(request, event, form, _named_form(request, event))


@guard(*READ, methods=POST)
def certificate_name(request: ActorRequest, pk: int) -> HttpResponse:
    """For a talk or for organising, to who is named."""
    event = _event(request, pk)
    form = _named_form(request, event, request.POST)
    check_ready(event)

    def issue() -> tuple[int]:
        made = issuing.issue_named(
            event=event, people=form.people(event.centre_id), kind=form.cleaned_data["kind"], signed=form.signed,
            site=site_of(request), by=request.actor, background=form.chosen,
        )  # fmt: skip
        _seal(made)
        return (len(made),)

    if made := attempt(form, issue):
        messages.success(request, issued_words(made[0]))
        return redirect("events:certificate_list", pk)
    return _shown(request, event, _issue_form(request, event), form)


def _seal(made: Sequence[Certificate]) -> None:
    """A few are drawn at once, so that the hash of their first file is kept."""
    if len(made) <= LIGHT:
        with translation.override("ru"):
            seal(made)


@guard(*READ)
def certificates_take(request: ActorRequest, pk: int, form: str) -> HttpResponse:
    """All in force: one archive, or one file to print."""
    if form not in (ZIP, PDF):
        raise Http404
    event = _event(request, pk)
    return answer(request, TAKE, {"event": event.pk, "form": form}, weight=valid_of(event).count())


@guard(*READ, methods=BOTH)
def certificate_revise(request: ActorRequest, pk: int) -> HttpResponse:
    row = existing(find_certificate(request.actor, pk))
    check_change(request.actor, row)
    if request.method != "POST":
        check_revise(row)
        check_ready(row.event)
    own = backgrounds_of(row.centre_id, offered=True)
    own += [row.background] if row.background and row.background not in own else []
    begun = {"post": row.signed_post, "name": row.signed_name, "background": row.background_id or ""}
    form = ReviseForm(request.POST or None, backgrounds=own, initial=begun)

    def revise() -> Any:
        made = changing.revise_certificate(
            row=row, reason=form.cleaned_data["reason"], signed=form.signed, site=site_of(request), by=request.actor,
            background=form.chosen,
        )  # fmt: skip
        _seal([made])
        return made

    if made := attempt(form, revise):
        said = _("Made anew under the number %(number)s; the person is told.") % {"number": made.full_number}
        messages.success(request, said)
        return redirect("events:certificate_list", row.event_id)
    return _changed(request, row, form, anew=True)


@guard(*READ, methods=BOTH)
def certificate_revoke(request: ActorRequest, pk: int) -> HttpResponse:
    row, form = existing(find_certificate(request.actor, pk)), RevokeForm(request.POST or None)
    check_change(request.actor, row)
    if request.method != "POST":
        check_revoke(row)
    if attempt(form, lambda: changing.revoke_certificate(row=row, by=request.actor, **form.cleaned_data)):
        messages.success(request, _("Revoked; its page says so, the person is told."))
        return redirect("events:certificate_list", row.event_id)
    return _changed(request, row, form, anew=False)


def _changed(request: ActorRequest, row: Any, form: Any, *, anew: bool) -> HttpResponse:
    log_list(by=request.actor, event=row.event, people=[row.person_id])
    context = {"form": form, "anew": anew, "event": row.event, "called": called(row.event), **line_of(row)}
    return render(request, "events/certificate_change.html", context, status=status_of(form))
