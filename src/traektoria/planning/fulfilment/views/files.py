"""Files that show a deed: attached, downloaded as what they are, taken away."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from traektoria.core.attempt import attempt
from traektoria.core.files import as_attachment
from traektoria.core.installation.room import before_reading
from traektoria.people.guard import POST, ActorRequest, existing, guard
from traektoria.planning.fulfilment.actions.showing import hide_file, show_deed
from traektoria.planning.fulfilment.models import Deed
from traektoria.planning.fulfilment.queries.files import centre_of_deed, find_file
from traektoria.planning.fulfilment.queries.times import find_deed
from traektoria.planning.fulfilment.views.deeds import file_form
from traektoria.planning.fulfilment.views.facts import with_form
from traektoria.planning.plans.permissions import READ


def _whose(request: ActorRequest, pk: int) -> tuple[int, int] | None:
    """For whom a file that is about to be read would count."""
    centre = centre_of_deed(pk)
    person = request.actor.person_id if request.user.is_authenticated else None
    return (person, centre) if person and centre else None


@guard(*READ, methods=POST)
@before_reading(_whose)
def deed_show(request: ActorRequest, pk: int) -> HttpResponse:
    deed = existing(find_deed(request.actor, pk))
    form = file_form(deed, request.POST, request.FILES)
    if attempt(form, lambda: show_deed(deed=deed, file=form.cleaned_data["file"], by=request.actor)):
        messages.success(request, _("The file is attached."))
        return to_deed(deed)
    return with_form(request, deed, files=form)


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
    """The page of its time, or of its item where it has none."""
    if deed.occurrence_id is None:
        return redirect("planning:item_detail", deed.item_id)
    return redirect("planning:time_detail", deed.occurrence_id)
