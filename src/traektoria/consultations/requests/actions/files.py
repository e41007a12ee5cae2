"""Files of a request are kept: under a random name, the same content once."""

from collections.abc import Sequence
from uuid import uuid4

from django.conf import settings
from django.core.files import File
from django.utils.translation import gettext as _

from traektoria.consultations.requests.models import ConsultationRequest, RequestFile
from traektoria.consultations.requests.policies import MOST_FILES
from traektoria.core import audit
from traektoria.core.errors import Invalid
from traektoria.core.files import check_file, digest_of
from traektoria.core.installation.room import check_quota
from traektoria.people.actor import Actor
from traektoria.routes.tutees.permissions import acting


def keep_files(row: ConsultationRequest, files: Sequence[File[bytes]], by: Actor) -> list[RequestFile]:
    """Inside the caller's transaction, under the lock of the request. All are looked at before the first is kept.

    Raises ``Invalid`` for what ``core.files`` refuses. Stored files are removed when one of them can't be kept.
    """
    if not files:
        return []
    kinds = [check_file(file, str(file.name), file.size, settings.UPLOAD_LIMIT) for file in files]
    check_quota(person_id=acting(by), centre_id=row.centre_id, size=sum(file.size for file in files))
    known = set(row.files.values_list("sha256", flat=True))
    new = {digest_of(file): (file, kind) for file, kind in zip(files, kinds, strict=True)}
    fresh = {digest: pair for digest, pair in new.items() if digest not in known}
    if len(known) + len(fresh) > MOST_FILES:
        raise Invalid(_("At most %(most)s files of a request.") % {"most": MOST_FILES}, code="too_many_files")
    made = []
    names = []
    try:
        for digest, (file, checked) in fresh.items():
            kept = RequestFile(request=row, person_id=acting(by), file_name=checked.name, sha256=digest)
            names.append(kept.file.field.generate_filename(kept, f"{uuid4().hex}.{checked.kind}"))
            file.seek(0)
            kept.file.save(names[-1].rpartition("/")[2], file, save=False)
            kept.save()
            made.append(kept)
    except BaseException:
        for name in names:
            RequestFile._meta.get_field("file").storage.delete(name)
        raise
    if made:
        audit.record("consultation.attach", row, by=by, files=len(made))
    return made
