"""Files that show a deed: attached, downloaded as what they are, taken away."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from traektoria.core.attempt import attempt, status_of
from traektoria.core.files import as_attachment
from traektoria.core.installation.room import before_reading, counted_for
from traektoria.people.guard import BOTH, POST, ActorRequest, existing, guard
from traektoria.planning.fulfilment.actions.deed_files import hide_file, show_deed
from traektoria.planning.fulfilment.forms import DeedFileForm
from traektoria.planning.fulfilment.models import Deed
from traektoria.planning.fulfilment.queries.files import find_file
from traektoria.planning.fulfilment.queries.times import find_deed
from traektoria.planning.plans.permissions import READ, check_do
from traektoria.planning.plans.queries.plans import find_item


@guard(*READ, methods=BOTH)
@before_reading(counted_for(Deed, "occurrence__item__plan__centre", "item__plan__centre"))
def deed_show(request: ActorRequest, pk: int) -> HttpResponse:
    """One more file for what was done."""
    deed = existing(find_deed(request.actor, pk))
    item = existing(find_item(request.actor, item_of(deed)))
    check_do(request.actor, item)
    form = DeedFileForm(request.POST or None, request.FILES or None)
    if attempt(form, lambda: show_deed(deed=deed, file=form.cleaned_data["file"], by=request.actor)):
        messages.success(request, _("The file is attached."))
        return to_deed(deed)
    context = {"form": form, "deed": deed, "item": item, "back": address_of(deed)}
    return render(request, "planning/deed_file.html", context, status=status_of(form))


@guard(*READ)
def deed_file(request: ActorRequest, pk: int) -> HttpResponse:
    found = existing(find_file(request.actor, pk))
    return as_attachment(found.file, found.name)  # type: ignore[return-value]


@guard(*READ, methods=POST)
def deed_file_remove(request: ActorRequest, pk: int) -> HttpResponse:
    found = existing(find_file(request.actor, pk))
    hide_file(file=found, by=request.actor)
    messages.success(request, _("The file is taken away."))
    return to_deed(found.deed)


def to_deed(deed: Deed) -> HttpResponse:
    return redirect(address_of(deed))


def address_of(deed: Deed) -> str:
    """The page of its time, or of its item where it has none."""
    if deed.occurrence_id is None:
        return reverse("planning:item_detail", args=[deed.item_id])
    return reverse("planning:time_detail", args=[deed.occurrence_id])


def item_of(deed: Deed) -> int:
    return (deed.occurrence.item_id if deed.occurrence else deed.item_id) or 0
