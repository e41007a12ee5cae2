"""What happens to a protocol. Each action is atomic and writes the audit trail; what is written down is not in it."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core import audit
from traektoria.core.errors import Invalid
from traektoria.core.workflow import move
from traektoria.diagnostics.instruments.models import InstrumentVersion
from traektoria.diagnostics.protocols.models import Protocol
from traektoria.diagnostics.protocols.permissions import check_is_about, check_supports, check_writes
from traektoria.diagnostics.protocols.policies import check_being_written, check_says_something, check_unread
from traektoria.diagnostics.protocols.queries import instruments_for
from traektoria.diagnostics.protocols.workflow import PROTOCOL
from traektoria.people.actor import Actor
from traektoria.people.models import Person


@transaction.atomic
def begin_protocol(
    *, person: Person, version: InstrumentVersion, held_on: date, by: Actor, about: str = ""
) -> Protocol:
    """An empty protocol of an interview or a lesson of a teacher whom the tutor supports. Nobody else sees it yet."""
    check_supports(by, person)
    if not instruments_for(by, person).filter(pk=version.pk).exists():
        raise Invalid(_("Choose one of the forms of your centre."), code="unfit")
    author = Person.objects.get(account=by.account_id)
    row = Protocol.objects.create(
        centre_id=version.instrument.centre_id,
        version=version,
        person=person,
        author=author,
        held_on=held_on,
        about=about,
    )
    audit.record("protocol.begin", row, by=by)
    return row


@transaction.atomic
def write_protocol(*, protocol: Protocol, answers: dict[str, dict[str, Any]], by: Actor, **words: Any) -> Protocol:
    """Keep what was filled in. ``answers``: {id of the form item: clean answer}; ``words``: conclusion, about, held_on.

    Empty answers are left out. No audit event for each of the many savings.
    """
    row = _locked(protocol)
    check_writes(by, row)
    check_being_written(row)
    row.answers = {item: value for item, value in answers.items() if value}
    for name, value in words.items():
        setattr(row, name, value)
    row.save(update_fields=["answers", *words, "updated_at"])
    return row


@transaction.atomic
def share_protocol(*, protocol: Protocol, by: Actor) -> Protocol:
    """Let the teacher read it. From now on it does not change. Shared once more changes nothing."""
    row = _locked(protocol)
    if row.shared_at:
        check_writes(by, row)
        return row
    check_writes(by, row)
    check_says_something(row)
    return move(PROTOCOL, row, "share", by=by, changes={"shared_at": timezone.now()})


@transaction.atomic
def take_back_protocol(*, protocol: Protocol, by: Actor) -> Protocol:
    """Make it a draft again, to put something right: only until the teacher has read it."""
    row = _locked(protocol)
    check_writes(by, row)
    check_unread(row)
    return move(PROTOCOL, row, "take_back", by=by, changes={"shared_at": None})


@transaction.atomic
def confirm_read(*, protocol: Protocol, by: Actor) -> Protocol:
    """The teacher says «I have read it»: neither agreement nor signature. Said once more changes nothing."""
    row = _locked(protocol)
    check_is_about(by, row)
    if row.shared_at and not row.read_at:
        row.read_at = timezone.now()
        row.save(update_fields=["read_at"])
        audit.record("protocol.read", row, by=by)
    return row


@transaction.atomic
def discard_protocol(*, protocol: Protocol, by: Actor) -> None:
    """Throw a draft away."""
    row = _locked(protocol)
    check_writes(by, row)
    check_being_written(row)
    audit.record("protocol.discard", row, by=by)
    row.delete()


def _locked(protocol: Protocol) -> Protocol:
    return Protocol.objects.select_for_update(of=("self",), no_key=True).get(pk=protocol.pk)
