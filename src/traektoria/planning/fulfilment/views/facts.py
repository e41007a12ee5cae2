"""What happened is counted, or is not what was meant; what was counted is taken back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from traektoria.core.attempt import attempt, status_of
from traektoria.core.errors import Invalid
from traektoria.core.forms import WhyForm
from traektoria.people.guard import POST, ActorRequest, existing, guard
from traektoria.planning.fulfilment.actions import doing
from traektoria.planning.fulfilment.models import Deed
from traektoria.planning.fulfilment.queries.times import find_deed, find_occurrence, find_suggestion
from traektoria.planning.fulfilment.views.deeds import undo_form
from traektoria.planning.fulfilment.views.items import item_of
from traektoria.planning.fulfilment.views.times import time_of
from traektoria.planning.plans.permissions import READ
from traektoria.planning.plans.queries.plans import find_item


@guard(*READ, methods=POST)
def fact_count(request: ActorRequest, pk: int) -> HttpResponse:
    suggestion = existing(find_suggestion(request.actor, pk))
    doing.count_fact(suggestion=suggestion, by=request.actor)
    messages.success(request, _("Counted."))
    return redirect("planning:time_detail", suggestion.occurrence_id)


@guard(*READ, methods=POST)
def fact_link(request: ActorRequest, pk: int) -> HttpResponse:
    """What a person found in what happened, offered by nobody."""
    time = existing(find_occurrence(request.actor, pk))
    slug, number = _chosen(request)
    doing.link_fact(occurrence=time, fact_kind=slug, fact_id=number, by=request.actor)
    messages.success(request, _("Counted."))
    return redirect("planning:time_detail", pk)


@guard(*READ, methods=POST)
def item_link(request: ActorRequest, pk: int) -> HttpResponse:
    """The same for a line that has no times."""
    item = existing(find_item(request.actor, pk))
    slug, number = _chosen(request)
    doing.link_to_item(item=item, fact_kind=slug, fact_id=number, by=request.actor)
    messages.success(request, _("Counted."))
    return redirect("planning:item_detail", pk)


def _chosen(request: ActorRequest) -> tuple[str, int]:
    """Kind and number of what happened. Raises ``Invalid``."""
    slug, _sign, number = request.POST.get("fact", "").partition(":")
    if not number.isascii() or not number.isdecimal():
        raise Invalid(_("Choose what happened."), code="no_fact")
    return slug, int(number[:18])


@guard(*READ, methods=POST)
def fact_dismiss(request: ActorRequest, pk: int) -> HttpResponse:
    suggestion = existing(find_suggestion(request.actor, pk))
    doing.dismiss_fact(suggestion=suggestion, by=request.actor)
    messages.success(request, _("It is not offered for this time again."))
    return redirect("planning:time_detail", suggestion.occurrence_id)


@guard(*READ, methods=POST)
def deed_undo(request: ActorRequest, pk: int) -> HttpResponse:
    deed = existing(find_deed(request.actor, pk))
    form = undo_form(deed, request.POST)
    if attempt(form, lambda: doing.undo_deed(deed=deed, by=request.actor, **form.cleaned_data)):
        messages.success(request, _("Taken back: it counts no more."))
        if deed.occurrence_id is None:
            return redirect("planning:item_detail", deed.item_id)
        return redirect("planning:time_detail", deed.occurrence_id)
    return _with_form(request, deed, form)


def _with_form(request: ActorRequest, deed: Deed, form: WhyForm) -> HttpResponse:
    """The page of the deed with the form that was not taken."""
    if deed.occurrence_id is None:
        item = existing(find_item(request.actor, deed.item_id or 0))
        name, context = "planning/item_detail.html", item_of(request.actor, item)
    else:
        time = existing(find_occurrence(request.actor, deed.occurrence_id))
        name, context = "planning/time_detail.html", time_of(request.actor, time)
    for one in context["deeds"]:
        if one.deed.pk == deed.pk:
            one.undo = form
    return render(request, name, context, status=status_of(form))
