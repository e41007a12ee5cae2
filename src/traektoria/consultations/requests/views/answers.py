"""The coordinator's board, and what a coordinator and a tutor do with a request."""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from traektoria.consultations.requests.actions import answering
from traektoria.consultations.requests.enums import OPEN, RequestState
from traektoria.consultations.requests.forms import AnswerForm, BoardForm, TutorForm
from traektoria.consultations.requests.models import ConsultationRequest
from traektoria.consultations.requests.queries.duplicates import likely_same
from traektoria.consultations.requests.queries.requests import Returned, find, named_in, returns_of
from traektoria.consultations.requests.queries.rows import RequestRow, board_page
from traektoria.consultations.requests.queries.suggestions import Suggestion, suggestions
from traektoria.consultations.requests.views.requests import detail_of
from traektoria.core.attempt import attempt, status_of
from traektoria.core.errors import Invalid
from traektoria.core.forms import WhyForm
from traektoria.core.search_addresses import query_of_address
from traektoria.core.text import whole_number
from traektoria.people.actor import Actor
from traektoria.people.enums import Role
from traektoria.people.guard import POST, ActorRequest, existing, guard


@guard(Role.COORDINATOR)
def request_board(request: ActorRequest) -> HttpResponse:
    """Open requests, those without a tutor first, by the promise; beside the chosen one what may be the same, and the
    tutors who fit, each with the reasons."""
    form = BoardForm(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    page = board_page(request.actor, chosen, request.GET.get("page"))
    current, elsewhere = _current(request.actor, page.object_list, request.GET.get("request", ""))
    waits = current is not None and current.state == "asked"
    returns = returns_of(current.pk) if current and waits else []
    context = {
        "form": form,
        "page": page,
        "rows": page.object_list,
        "current": current,
        "elsewhere": elsewhere,
        "waits": waits,
        "declined": chosen.get("state") == RequestState.DECLINED,
        "same": likely_same(current) if current and current.state in OPEN else [],
        "returns": returns,
        "suggested": _suggested(current, returns) if current and waits else [],
        "filtered": any(chosen.values()) or page.has_previous,
        "query": _query(request),
        "first": any(row.helped and request.actor.rules_in(row.centre).support.first for row in page.object_list),
    }
    return render(request, "consultations/request_board.html", context)


@guard(Role.COORDINATOR, methods=POST)
def request_assign(request: ActorRequest, pk: int) -> HttpResponse:
    """Give the request to the tutor, in one press from the board."""
    found, form = existing(find(request.actor, pk)), TutorForm(request.POST)
    if not form.is_valid():
        raise Invalid(_("Choose a tutor."), code="no_tutor")
    answering.assign_request(request=found, tutor=form.cleaned_data["tutor"], by=request.actor)
    name = form.cleaned_data["tutor"].short_name
    messages.success(request, _("Given to %(name)s, who is told.") % {"name": name})
    return redirect("consultations:request_board")


@guard(Role.COORDINATOR, methods=POST)
def request_recall(request: ActorRequest, pk: int) -> HttpResponse:
    found = existing(find(request.actor, pk))
    answering.recall_request(request=found, by=request.actor)
    messages.success(request, _("The request is on the board again."))
    return redirect("consultations:request_detail", pk)


@guard(Role.COORDINATOR, methods=POST)
def request_decline(request: ActorRequest, pk: int) -> HttpResponse:
    found, form = existing(find(request.actor, pk)), WhyForm(request.POST, auto_id="decline-%s")
    return _done(
        request, found, form, "decline_form", _("Declined; who asked reads the reason."),
        lambda: answering.decline_request(request=found, by=request.actor, **form.cleaned_data),
    )  # fmt: skip


@guard(Role.TUTOR, methods=POST)
def request_take(request: ActorRequest, pk: int) -> HttpResponse:
    found, form = existing(find(request.actor, pk)), AnswerForm(request.POST)
    return _done(
        request, found, form, "answer_form", _("Answered; who asked is told."),
        lambda: answering.take_request(request=found, by=request.actor, **form.cleaned_data),
    )  # fmt: skip


@guard(Role.TUTOR, methods=POST)
def request_return(request: ActorRequest, pk: int) -> HttpResponse:
    """The tutor does not see the request afterwards: the way leads to the list."""
    found, form = existing(find(request.actor, pk)), WhyForm(request.POST, auto_id="return-%s")
    return _done(
        request, found, form, "return_form", _("Returned to the coordinator."),
        lambda: answering.return_request(request=found, by=request.actor, **form.cleaned_data), to_list=True,
    )  # fmt: skip


@guard(Role.TUTOR, methods=POST)
def request_hold(request: ActorRequest, pk: int) -> HttpResponse:
    answering.hold_request(request=existing(find(request.actor, pk)), by=request.actor)
    messages.success(request, _("Written down: the consultation was held."))
    return redirect("consultations:request_detail", pk)


def _done(
    request: ActorRequest, found: ConsultationRequest, form: forms.Form, name: str, said: str,
    act: Callable[[], Any], *, to_list: bool = False,
) -> HttpResponse:  # fmt: skip
    if attempt(form, act):
        messages.success(request, said)
        return redirect("consultations:request_list") if to_list else redirect("consultations:request_detail", found.pk)
    context = detail_of(request.actor, found) | {name: form}
    return render(request, "consultations/request_detail.html", context, status=status_of(form))


def _current(
    actor: Actor, rows: Sequence[RequestRow], asked: str
) -> tuple[RequestRow | None, ConsultationRequest | None]:
    """(the request beside which tutors stand: the asked one, else the first; the asked one where the list has it not,
    because it is closed, on another page or under another filter). Raises ``Http404`` for what nobody here may read."""
    found = next((one for one in rows if str(one.pk) == asked), None)
    if found or not asked:
        return found or (rows[0] if rows else None), None
    missing = existing(find(actor, whole_number(asked)))
    return rows[0] if rows else None, missing


def _suggested(row: RequestRow, returns: Sequence[Returned]) -> list[Suggestion]:
    return suggestions(row, named_in(row.pk), {one.tutor for one in returns})


def _query(request: ActorRequest) -> str:
    """The filters and the page, for links that choose a request."""
    kept = query_of_address(request)
    kept.pop("request", None)
    return f"{kept.urlencode()}&" if kept else ""
