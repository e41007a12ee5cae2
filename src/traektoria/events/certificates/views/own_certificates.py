"""«My certificates», and the file of one."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import translation

from traektoria.core.files import attachment
from traektoria.engines.certificates import file_stem
from traektoria.events.certificates.issue_files import file_of, printed
from traektoria.events.certificates.permissions import is_own
from traektoria.events.certificates.queries.certificates import find_certificate, line_of, mine
from traektoria.events.enrolment.access_log import log_list
from traektoria.people.guard import ActorRequest, existing, guard


@guard()
def my_certificates(request: ActorRequest) -> HttpResponse:
    """All that one was given, in whatever centre."""
    lines = [line_of(row) for row in mine(request.actor)]
    lists = ["drafts"] if request.actor.is_tutor or request.actor.is_coordinator else []
    return render(request, "events/my_certificates.html", {"lines": lines, "lists": lists})


@guard()
def certificate_file(request: ActorRequest, pk: int) -> HttpResponse:
    """One's own, or of an event that one keeps."""
    row = existing(find_certificate(request.actor, pk))
    if not is_own(request.actor, row):
        log_list(by=request.actor, event=row.event, people=[row.person_id])
    with translation.override("ru"):
        return attachment(file_of(row), f"{file_stem(printed(row))}.pdf")
