"""The coordinator's board of requests, and an offer of a tutor."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from traektoria.core.errors import DomainError
from traektoria.core.search_addresses import query_of_address
from traektoria.people.enums import Role
from traektoria.people.guard import BOTH, ActorRequest, fetch, guard
from traektoria.routes.needs import answers, queries
from traektoria.routes.needs.access_log import log_need
from traektoria.routes.needs.need_rows import NeedRow, board_page, schools_that_ask
from traektoria.routes.offers.forms import BoardForm, OfferForm
from traektoria.routes.offers.queries import fits_for
from traektoria.routes.supports.actions.supports import propose_support


@guard(Role.COORDINATOR)
def need_board(request: ActorRequest) -> HttpResponse:
    """Requests that look for a tutor, the oldest first; beside the chosen one the tutors who fit, with their places."""
    form = BoardForm(request.GET, schools=schools_that_ask(request.actor))
    chosen = form.cleaned_data if form.is_valid() else {}
    page = board_page(request.actor, chosen, request.GET.get("page"))
    current = _current(page.object_list, request.GET.get("need"))
    waiting = answers.waiting_of(page.object_list)
    told = waiting[current.pk] if current else None
    fits, full = fits_for(current.centre, told.named, current.subject, told.wanted) if current and told else ([], 0)
    context = {
        "form": form,
        "page": page,
        "rows": [(need, waiting[need.pk]) for need in page.object_list],
        "current": current,
        "current_waiting": told,
        "fits": fits,
        "match": next((fit for fit in fits if fit.teaches), None),
        "full": full,
        "filtered": any(chosen.values()) or page.has_previous,
        "query": _query(request),
    }
    return render(request, "routes/need_board.html", context)


@guard(Role.COORDINATOR, methods=BOTH)
def need_offer(request: ActorRequest, pk: int) -> HttpResponse:
    """Offer a tutor to the teachers of a request: everybody is asked for their consent."""
    need = fetch(queries.listed(request.actor), pk=pk)
    form = OfferForm(request.POST or None, need=need, tutor=request.GET.get("tutor", ""))
    status = 422 if form.is_bound else 200
    if form.is_valid():
        try:
            propose_support(centre=need.centre, by=request.actor, **form.facts())
        except DomainError as problem:
            form.add_error(None, problem.sentence)
            status = problem.status
        else:
            messages.success(request, _("Proposed. The tutor and the teachers are asked for their consent."))
            return redirect("routes:need_board")
    log_need(by=request.actor, need=need)
    context = {"form": form, "need": need, "waiting": answers.waiting(need)}
    return render(request, "routes/need_offer.html", context, status=status)


def _current(rows: Sequence[NeedRow], asked: str | None) -> NeedRow | None:
    """The request whose tutors are shown: the asked one, else the oldest of the page."""
    return next((need for need in rows if str(need.pk) == asked), rows[0] if rows else None)


def _query(request: ActorRequest) -> str:
    """The filters and the page, for links that choose a request."""
    kept = query_of_address(request)
    kept.pop("need", None)
    return f"{kept.urlencode()}&" if kept else ""
