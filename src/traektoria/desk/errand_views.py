"""Long work that the person asked for: how far it is, what came of it, once more, away from the desk. Only its owner's;
the file is given out by the rights of this moment."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core.errands.execution import Made
from traektoria.core.errands.places import result_of
from traektoria.core.errands.requests import ask, begin, handed, kind_of, unsealed
from traektoria.core.errors import Conflict, DomainError
from traektoria.core.models import Errand, ErrandState
from traektoria.desk import errand_queries as queries
from traektoria.people.guard import POST, ActorRequest, fetch, guard


@guard()
def errand_list(request: ActorRequest) -> HttpResponse:
    """What was asked for in the last week. Two queries."""
    return render(request, "desk/errand_list.html", {"errands": queries.views_of(request.actor)})


@guard()
def errand_detail(request: ActorRequest, pk: UUID) -> HttpResponse:
    """How far it is; the page asks itself while it goes on, and leads on where the outcome has a page of its own."""
    row = fetch(queries.errands_of(request.actor), pk=pk)
    view = queries.view_of(row)
    if request.htmx and row.state == ErrandState.DONE and row.url:
        messages.success(request, row.said)
        return HttpResponse(headers={"HX-Redirect": row.url})
    return render(request, "desk/errand_detail.html", {"errand": view})


@guard(methods=POST)
def errand_ask(request: ActorRequest) -> HttpResponse:
    """The button of the offer: one errand, however often it is pressed."""
    slug, facts = unsealed(request.POST.get("seal", ""), request.actor)
    row = ask(slug, facts, by=request.actor)
    return redirect("desk:errand_detail", row.pk)


@guard(methods=POST)
def errand_again(request: ActorRequest, pk: UUID) -> HttpResponse:
    """From the beginning; what was made before stays until then."""
    row = fetch(queries.errands_of(request.actor).select_for_update(no_key=True), pk=pk)
    kind_of(row.kind).check(request.actor, row.facts)
    if row.is_open:
        raise Conflict(_("This is being done already."), code="running")
    begin(row, timezone.now())
    return redirect("desk:errand_detail", pk)


@guard(methods=POST)
def errand_leave(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Away from the desk; it stays a week on its own page."""
    row = fetch(queries.errands_of(request.actor), pk=pk)
    _seen(row)
    return redirect("desk:home")


@guard(methods=POST, once=False)
def errand_file(request: ActorRequest, pk: UUID) -> HttpResponse:
    """The file, as often as it is wanted: taken once, it leaves the desk."""
    row = fetch(queries.errands_of(request.actor).exclude(file=""), pk=pk)
    kind = kind_of(row.kind)
    kind.check(request.actor, row.facts)
    content = result_of(row)
    try:
        kind.fetched(request.actor, row.facts)
    except DomainError:
        content.close()
        raise
    _seen(row)
    return handed(request, Made(content, row.file_name, row.content_type))


def _seen(row: Errand) -> None:
    if not row.is_open and row.seen_at is None:
        row.seen_at = timezone.now()
        row.save(update_fields=["seen_at"])
