"""What people do with messages: read them, say how they want them, have them tried once more."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from traektoria.core import audit
from traektoria.core.models import Installation
from traektoria.core.tasks import ask_for
from traektoria.messaging.delivery import send_messages
from traektoria.messaging.enums import Rhythm, State, UnsentReason
from traektoria.messaging.models import Bounce, Digest, Message, Preference, QuietHours
from traektoria.messaging.queries import optional, rings
from traektoria.messaging.quiet_hours import Hours

TRIED_ANEW = "messaging.tried_anew"
SWITCHED_OFF = "messaging.switched_off"


@transaction.atomic
def mark_read(*, by: Any, pk: int | None = None) -> None:
    """One message or all of them are not new any more."""
    rows = rings(by.person_id).filter(read_at=None)
    (rows if pk is None else rows.filter(pk=pk)).update(read_at=timezone.now())


@transaction.atomic
def set_wishes(*, by: Any, rhythms: Mapping[str, Rhythm], quiet: Hours) -> None:
    """How letters come to this person. What waits already goes as is wished now."""
    _write(by.person_id, rhythms)
    QuietHours.objects.update_or_create(person_id=by.person_id, defaults={"begins": quiet[0], "ends": quiet[1]})


@transaction.atomic
def switch_off(*, person_id: int, kinds: Iterable[str]) -> None:
    """No more letters of these kinds to this person, who followed the link of a letter and need not be signed in.
    Twice is once. Side effect: an audit event."""
    off = Preference.objects.filter(person_id=person_id, rhythm=Rhythm.NEVER).values_list("kind", flat=True)
    wanted = ({kind.slug for kind in optional()} & set(kinds)) - set(off)
    if not wanted:
        return
    _write(person_id, dict.fromkeys(sorted(wanted), Rhythm.NEVER))
    for row in Preference.objects.filter(person_id=person_id, kind__in=wanted):
        audit.record(SWITCHED_OFF, row, by=None)


def _write(person_id: int, rhythms: Mapping[str, Rhythm]) -> None:
    for kind, rhythm in rhythms.items():
        Preference.objects.update_or_create(person_id=person_id, kind=kind, defaults={"rhythm": rhythm})
    waits = Message.objects.filter(person_id=person_id, state=State.WAITING, kind__in=rhythms)
    waits.exclude(batch="").update(batch="", due_at=timezone.now())


@transaction.atomic
def try_anew(*, by: Any) -> None:
    """Whatever waits after trouble, or gave up, goes now. Side effects: an audit event, the task is asked for."""
    troubled = Message.objects.filter(state=State.WAITING).exclude(first_tried_at=None)
    given_up = Message.objects.filter(state=State.GIVEN_UP)
    again: dict[str, Any] = {"state": State.WAITING, "due_at": timezone.now(), "first_tried_at": None, "done_at": None}
    rows = troubled.update(**again) + given_up.update(**again)
    Digest.objects.filter(sent_at=None).update(due_at=timezone.now())
    audit.record(TRIED_ANEW, Installation.objects.get(), by=by, rows=rows)
    ask_for(send_messages)


@transaction.atomic
def forget_refusal(*, address: str, person_id: int) -> None:
    """The address takes letters again: what it refused goes once more. Whose it is, the room above knows and records.
    Twice is once."""
    for bounce in Bounce.objects.filter(address=address):
        bounce.delete()
    refused = Message.objects.filter(person_id=person_id, state=State.REFUSED, reason=UnsentReason.BAD_ADDRESS)
    refused.update(state=State.WAITING, reason="", due_at=timezone.now(), tries=0, first_tried_at=None, done_at=None)
    ask_for(send_messages)
