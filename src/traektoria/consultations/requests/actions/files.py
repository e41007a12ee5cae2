"""Files of a request are kept: under a random name, the same content once."""

from collections.abc import Sequence

from django.core.files import File

from traektoria.consultations.requests.models import ConsultationRequest, RequestFile
from traektoria.consultations.requests.policies import FILES
from traektoria.core import audit
from traektoria.core.kept_files import keep
from traektoria.people.actor import Actor, acting


def keep_files(row: ConsultationRequest, files: Sequence[File[bytes]], by: Actor) -> list[RequestFile]:
    """Inside of ``filing``, under the lock of the request. All are looked at before the first is kept. Raises
    ``Invalid`` for what ``FILES`` does not take."""
    if not files:
        return []
    new = FILES.new_among(FILES.look_at_all(files), set(row.files.values_list("sha256", flat=True)))
    if not new:
        return []
    me = acting(by)
    made = [RequestFile(request=row, person_id=me, file_name=one.name, sha256=one.sha256) for one in new]
    keep([(kept.file, ready) for kept, ready in zip(made, new, strict=True)], person_id=me, centre_id=row.centre_id)
    audit.record("consultation.attach", row, by=by, files=len(made))
    return made
