"""Files of a request: attached by who asks, taken away again while it is open."""

from collections.abc import Sequence

from django.core.files import File
from django.db import transaction

from traektoria.consultations.requests.actions.files import keep_files
from traektoria.consultations.requests.actions.requests import locked_request
from traektoria.consultations.requests.models import ConsultationRequest, RequestFile
from traektoria.consultations.requests.permissions import check_attach, check_remove
from traektoria.consultations.requests.policies import check_open
from traektoria.core import audit
from traektoria.core.kept_files import erase, filing
from traektoria.people.actor import Actor


@filing()
def attach_files(*, request: ConsultationRequest, files: Sequence[File[bytes]], by: Actor) -> list[RequestFile]:
    """Attach to an open request what was forgotten; the same content once. Side effects: as of ``keep_files``."""
    row = locked_request(request)
    check_attach(by, row)
    check_open(row)
    return keep_files(row, files, by)


@transaction.atomic
def remove_file(*, file: RequestFile, by: Actor) -> None:
    """Who asks takes it away while the request is open, the coordinator at any time; it goes after the commit."""
    row = locked_request(file.request)
    check_remove(by, row)
    found = RequestFile.objects.filter(pk=file.pk).first()
    if found is not None:
        audit.record("consultation.detach", row, by=by, file=found.pk)
        erase(found.file)
