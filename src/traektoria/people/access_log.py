"""The access log: every view of results or of somebody's data is written with its purpose."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from traektoria.core import journal
from traektoria.core.prepared_statements import Given, Numbers, prepared
from traektoria.people.actor import Actor
from traektoria.people.enums import Purpose
from traektoria.people.models import AccessRecord

ONE_LOOK = timedelta(hours=1)


def log_access(
    *,
    by: Actor,
    purpose: Purpose,
    kind: str,
    subject_id: object,
    person_id: int | None = None,
    centre_id: int | None = None,
) -> None:
    """Write that ``by`` opened ``kind``/``subject_id`` (data of ``person_id``, where it is somebody's). Never waits."""
    record = AccessRecord(
        account_id=by.account_id,
        actor_name=by.name,
        centre_id=centre_id if centre_id is not None else (by.home.centre_id if by.home else None),
        person_id=person_id,
        purpose=purpose,
        subject_kind=kind,
        subject_id=str(subject_id),
    )
    journal.write(record)


def log_people(
    *, by: Actor, purpose: Purpose, kind: str, subject_id: object, people: Iterable[int], centre_id: int | None = None
) -> None:
    """The same for a page that shows several persons: a record for each but the looking one. A page that is looked at
    again within the hour is one look. Two queries."""
    shown = {person for person in people if person != by.person_id}
    seen = _seen().all(
        account=by.account_id, kind=kind, subject=str(subject_id), purpose=str(purpose), people=shown,
        since=timezone.now() - ONE_LOOK,
    )  # fmt: skip
    new = shown - {person for (person,) in seen}
    home = by.home.centre_id if by.home else None
    if not new:
        return
    journal.write(
        *(
            AccessRecord(
                account_id=by.account_id,
                actor_name=by.name,
                centre_id=centre_id if centre_id is not None else home,
                person_id=person,
                purpose=purpose,
                subject_kind=kind,
                subject_id=str(subject_id),
            )
            for person in sorted(new)
        )
    )


@prepared
def _seen() -> QuerySet[AccessRecord, Any]:
    rows = AccessRecord.objects.filter(
        account_id=Given("account"), subject_kind=Given("kind"), subject_id=Given("subject"), at__gt=Given("since"),
        person_id__in=Numbers("people"), purpose=Given("purpose"),
    )  # fmt: skip
    return rows.order_by().values_list("person_id")
