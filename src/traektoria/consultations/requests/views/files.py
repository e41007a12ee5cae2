"""Files of a request: attached, taken away, downloaded as what they are and never shown by the browser."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from traektoria.consultations.requests.access_log import log_request
from traektoria.consultations.requests.actions.attaching import attach_files, remove_file
from traektoria.consultations.requests.forms import FilesForm
from traektoria.consultations.requests.models import ConsultationRequest, RequestFile
from traektoria.consultations.requests.permissions import ASKERS, READ, check_read_files
from traektoria.consultations.requests.queries.requests import find, named_in
from traektoria.consultations.requests.views.requests import detail_of
from traektoria.core.attempt import attempt, status_of
from traektoria.core.files import as_attachment
from traektoria.core.installation.room import before_reading, counted_for
from traektoria.people.actor import Actor
from traektoria.people.enums import Role
from traektoria.people.guard import POST, ActorRequest, existing, fetch, guard


@guard(*ASKERS, methods=POST)
@before_reading(counted_for(ConsultationRequest, "centre"))
def request_attach(request: ActorRequest, pk: int) -> HttpResponse:
    found = existing(find(request.actor, pk))
    form = FilesForm(request.POST, request.FILES, auto_id="files-%s")
    if attempt(form, lambda: (attach_files(request=found, files=form.cleaned_data["attachments"], by=request.actor),)):
        messages.success(request, _("Attached: the tutor and the coordinator can read it."))
        return redirect("consultations:request_detail", pk)
    context = detail_of(request.actor, found) | {"files_form": form}
    return render(request, "consultations/request_detail.html", context, status=status_of(form))


@guard(*READ)
def request_file(request: ActorRequest, pk: int) -> Any:
    """``pk`` is the file."""
    file = _readable(request.actor, pk)
    log_request(by=request.actor, request=file.request, teachers=named_in(file.request_id))
    return as_attachment(file.file, file.file_name)


@guard(*ASKERS, Role.COORDINATOR, methods=POST)
def request_file_remove(request: ActorRequest, pk: int) -> HttpResponse:
    file = _readable(request.actor, pk)
    remove_file(file=file, by=request.actor)
    messages.success(request, _("The file is taken away."))
    return redirect("consultations:request_detail", file.request_id)


def _readable(actor: Actor, pk: int) -> RequestFile:
    """Of a request that does not exist for the person there are no files."""
    file = fetch(RequestFile.objects.all(), pk=pk)
    file.request = existing(find(actor, file.request_id))
    check_read_files(actor, file.request)
    return file
