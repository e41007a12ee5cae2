"""The school answers each finding; what is mended is checked."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core import audit as journal
from traektoria.core.errors import Invalid
from traektoria.people.actor import Actor, acting
from traektoria.planning.audits.actions.planning import locked_audit
from traektoria.planning.audits.enums import FindingState, Reply
from traektoria.planning.audits.letters import tell_closed, tell_replied
from traektoria.planning.audits.models import Audit, Finding, FindingReply
from traektoria.planning.audits.permissions import check_close, check_reply
from traektoria.planning.audits.policies import check_finding_open, check_signed
from traektoria.planning.audits.queries.act import with_reader


@dataclass(frozen=True)
class ReplyText:
    """What a school says to one finding."""

    reply: str
    words: str = ""


@transaction.atomic
def reply_to_act(*, audit: Audit, replies: Mapping[int, ReplyText], by: Actor) -> Audit:
    """``replies`` by the key of the finding; of those left out nothing is said yet. The same words again write nothing.
    Whoever answers has read the act. Side effects: audit, a message to the auditors. Raises ``Invalid``."""
    row = locked_audit(audit)
    check_reply(by, row)
    check_signed(row)
    findings = {one.pk: one for one in row.findings.prefetch_related("replies")}
    made = [_reply(findings[pk], said, acting(by)) for pk, said in replies.items() if _is_new(findings.get(pk), said)]
    for one in made:  # one by one: desks follow each
        one.save()
    _read(row, acting(by))
    if made:
        journal.record("audit.reply", row, by=by, findings=len(made))
        tell_replied(row)
    return row


@transaction.atomic
def acknowledge(*, audit: Audit, by: Actor) -> Audit:
    """The school has read an act that has nothing to answer. A second press writes nothing. Side effect: audit."""
    row = locked_audit(audit)
    check_reply(by, row)
    check_signed(row)
    if _read(row, acting(by)):
        journal.record("audit.read", row, by=by)
    return row


@transaction.atomic
def close_finding(*, finding: Finding, state: str, note: str, by: Actor) -> Finding:
    """Mended and checked, or withdrawn. A second press finds it closed. Side effects: audit, a letter to the heads of
    the school."""
    row = Finding.objects.select_for_update(of=("self",), no_key=True).select_related("audit").get(pk=finding.pk)
    check_close(by, row)
    if row.state == state:
        return row
    check_finding_open(row)
    row.state, row.closed_at, row.closed_by_id, row.closed_note = state, timezone.now(), acting(by), note.strip()
    row.save(update_fields=["state", "closed_at", "closed_by", "closed_note"])
    journal.record("finding.close", row, by=by, centre_id=row.audit.centre_id, state=FindingState(state).value)
    tell_closed(row.audit)
    return row


def _read(row: Audit, person_id: int) -> bool:
    """The first of the school who reads it stands in the act."""
    if row.read_at is not None:
        return False
    row.read_at, row.read_by_id, row.printed = timezone.now(), person_id, with_reader(row, person_id)
    row.save(update_fields=["read_at", "read_by", "printed"])
    return True


def _is_new(finding: Finding | None, said: ReplyText) -> bool:
    if finding is None or not finding.is_open:
        return False
    if said.reply != Reply.AGREED and not said.words.strip():
        raise Invalid(_("Say why you object, or by what it is mended."), code="no_words")
    last = list(finding.replies.all())[-1:]
    return not last or (last[0].reply, last[0].words) != (said.reply, said.words.strip())


def _reply(finding: Finding, said: ReplyText, person_id: int) -> FindingReply:
    return FindingReply(finding=finding, reply=said.reply, words=said.words.strip(), by_id=person_id)
