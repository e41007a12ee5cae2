"""The access log: every view of results or of somebody's data is written with its purpose."""

from traektoria.people.actor import Actor
from traektoria.people.enums import Purpose
from traektoria.people.models import AccessRecord


def log_access(
    *,
    by: Actor,
    purpose: Purpose,
    kind: str,
    subject_id: object,
    person_id: int | None = None,
    centre_id: int | None = None,
) -> AccessRecord:
    """Write that ``by`` opened ``kind``/``subject_id`` (data of ``person_id``, where it is somebody's)."""
    return AccessRecord.objects.create(
        account_id=by.account_id,
        actor_name=by.name,
        centre_id=centre_id if centre_id is not None else (by.home.centre_id if by.home else None),
        person_id=person_id,
        purpose=purpose,
        subject_kind=kind,
        subject_id=str(subject_id),
    )
