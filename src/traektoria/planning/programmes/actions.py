"""A programme is written, approved by an order or protocol, changed with a reason."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core import audit
from traektoria.core.errors import Invalid
from traektoria.core.text import squash
from traektoria.organisations.models import TutorCentre
from traektoria.people.actor import Actor, acting
from traektoria.people.approvers import check_approve_in
from traektoria.planning.programmes.models import Programme, ProgrammeRevision
from traektoria.planning.programmes.permissions import check_write_programme


@dataclass(frozen=True)
class Written:
    """What a programme says; lists are texts with a line for each."""

    title: str
    first: int
    last: int
    note: str = ""
    aim: str = ""
    tasks: str = ""
    principles: str = ""
    sections: str = ""
    results: str = ""


@transaction.atomic
def begin_programme(*, centre: TutorCentre, own: bool, written: Written, by: Actor) -> Programme:
    """A draft of the centre, or of the tutor's own."""
    owner = acting(by) if own else None
    check_write_programme(by, centre.pk, owner)
    row = Programme.objects.create(centre=centre, owner_id=owner, **_fields(written))
    audit.record("programme.begin", row, by=by, own=own)
    return row


@transaction.atomic
def change_programme(*, programme: Programme, written: Written, by: Actor, reason: str = "") -> Programme:
    """A draft is rewritten; of an approved one what it said before is kept with the reason. The same words change
    nothing."""
    row = Programme.objects.select_for_update(of=("self",), no_key=True).get(pk=programme.pk)
    check_write_programme(by, row.centre_id, row.owner_id)
    fields = _fields(written)
    before = {name: getattr(row, name) for name in fields}
    if before == fields:
        return row
    if row.approved_at is not None:
        if not reason.strip():
            raise Invalid(_("Say in a few words why."), code="reason_needed")
        number = row.revisions.count() + 1
        ProgrammeRevision.objects.create(
            programme=row, number=number, reason=reason.strip(), by_id=acting(by), before=before
        )
    for name, value in fields.items():
        setattr(row, name, value)
    row.save(update_fields=list(fields))
    audit.record("programme.changed", row, by=by)
    return row


@transaction.atomic
def approve_programme(*, programme: Programme, act: str, number: str, day: date, by: Actor) -> Programme:
    """By an order or a protocol. A repeated press changes nothing."""
    rows = Programme.objects.select_for_update(of=("self",), no_key=True).select_related("centre")
    row = rows.get(pk=programme.pk)
    check_approve_in(by, row.centre)
    if row.approved_at is not None:
        return row
    if day > timezone.localdate():
        raise Invalid(_("The day of the order is not later than today."), code="day_ahead")
    row.act, row.act_number, row.act_day, row.approved_at = squash(act), squash(number), day, timezone.now()
    row.save(update_fields=["act", "act_number", "act_day", "approved_at"])
    audit.record("programme.approved", row, by=by)
    return row


def _fields(written: Written) -> dict[str, Any]:
    if written.last < written.first:
        raise Invalid(_("The last year is not before the first."), code="wrong_years")
    said = asdict(written)
    texts = {name: value.strip() for name, value in said.items() if isinstance(value, str)}
    return {**said, **texts, "title": squash(written.title)}
