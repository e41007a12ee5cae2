"""Evidence of an item: attached, taken away, downloaded as what it is and never shown by the browser."""

from typing import Any

from django.http import Http404, HttpResponse

from traektoria.core.errors import Invalid
from traektoria.core.files import as_attachment
from traektoria.core.installation.room import before_reading, counted_for
from traektoria.people.actor import Actor
from traektoria.people.guard import BOTH, POST, ActorRequest, fetch, guard
from traektoria.routes.route.actions.doing import add_file, add_link, remove_evidence
from traektoria.routes.route.forms import EvidenceForm
from traektoria.routes.route.models import ItemEvidence, RouteItem
from traektoria.routes.route.permissions import check_work
from traektoria.routes.route.policies import check_doable
from traektoria.routes.route.views.common import fetch_item, to_route
from traektoria.routes.route.views.items import item_side


@guard(methods=BOTH)
@before_reading(counted_for(RouteItem, "route__centre"))
def evidence_add(request: ActorRequest, pk: int) -> HttpResponse:
    """``pk`` is the item."""
    actor = request.actor
    item = fetch_item(actor, pk)
    check_work(actor, item.route)
    check_doable(item)
    if request.method != "POST":
        return item_side(request, item, attaching=True)
    form = EvidenceForm(request.POST, request.FILES, auto_id=f"evidence-{item.pk}-%s")
    if form.is_valid() and _attach(form, item, actor):
        return to_route(request, item.route_id, item.pk)
    return item_side(request, item, 422, evidence_form=form, attaching=True)


def _attach(form: EvidenceForm, item: RouteItem, by: Actor) -> bool:
    """True when attached; what the file check says goes to the field."""
    data: dict[str, Any] = form.cleaned_data
    try:
        if data["file"]:
            add_file(item=item, file=data["file"], note=data["note"], by=by)
        else:
            add_link(item=item, link=data["link"], note=data["note"], by=by)
    except Invalid as refusal:
        form.add_error("file" if data["file"] else "link", refusal.sentence)
        return False
    return True


def _fetch_evidence(actor: Actor, pk: int) -> ItemEvidence:
    evidence = fetch(ItemEvidence.objects.all(), pk=pk)
    evidence.item = fetch_item(actor, evidence.item_id)
    check_work(actor, evidence.item.route)
    return evidence


@guard(methods=POST)
def evidence_remove(request: ActorRequest, pk: int) -> HttpResponse:
    actor = request.actor
    evidence = _fetch_evidence(actor, pk)
    remove_evidence(evidence=evidence, by=actor)
    return to_route(request, evidence.item.route_id, evidence.item_id)


@guard()
def evidence_download(request: ActorRequest, pk: int) -> Any:
    evidence = _fetch_evidence(request.actor, pk)
    if not evidence.file:
        raise Http404
    return as_attachment(evidence.file, evidence.file_name)
