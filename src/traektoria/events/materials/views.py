"""Materials of an event: added, taken away, and files as downloads."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core.attempt import attempt, status_of
from traektoria.core.files import as_attachment
from traektoria.core.installation.room import before_reading, counted_for
from traektoria.events.event.actions import materials
from traektoria.events.event.enums import MaterialTime
from traektoria.events.event.forms import MaterialForm
from traektoria.events.event.models import Event, EventMaterial
from traektoria.events.event.permissions import KEEPERS, READ, can_lead, check_keep
from traektoria.events.event.queries.events import find_event
from traektoria.events.event.readers import read_by
from traektoria.events.event.time_and_place import called
from traektoria.events.materials.policies import takes_part
from traektoria.people.guard import BOTH, POST, ActorRequest, existing, fetch, guard


@guard(*KEEPERS, methods=BOTH)
@before_reading(counted_for(Event, "centre"))
def material_new(request: ActorRequest, pk: int) -> HttpResponse:
    event = existing(find_event(request.actor, pk))
    check_keep(request.actor, event)
    begun = any(one.start <= timezone.now() for one in event.dates.all())
    time = MaterialTime.AFTER if begun else MaterialTime.BEFORE
    form = MaterialForm(request.POST or None, request.FILES or None, initial={"time": time})
    if attempt(form, lambda: materials.add_material(event=event, by=request.actor, **form.cleaned_data)):
        messages.success(request, _("Added: it stands on the page of the event."))
        return redirect("events:event_detail", pk)
    context = {"form": form, "event": event, "called": called(event)}
    return render(request, "events/material_new.html", context, status=status_of(form))


@guard(*KEEPERS, methods=POST)
def material_remove(request: ActorRequest, pk: int, material: int) -> HttpResponse:
    event = existing(find_event(request.actor, pk))
    row = fetch(EventMaterial.objects.filter(event=event.pk), pk=material)
    materials.remove_material(material=row, by=request.actor)
    messages.success(request, _("Taken away."))
    return redirect("events:event_detail", pk)


@guard(*READ)
def material_file(request: ActorRequest, pk: int, material: int) -> Any:
    """Of an event, and of a material, that does not exist for the person there is no file."""
    event = existing(find_event(request.actor, pk))
    leader, part = can_lead(request.actor, event), takes_part(request.actor, event)
    rows = read_by(event.materials.all(), event, timezone.now(), leader=leader, part=part)
    row = existing(next((one for one in rows if one.pk == material and one.file), None))
    return as_attachment(row.file, row.file_name)
