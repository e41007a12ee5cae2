"""Answers and files of an audit, as they come: from a form, or from a device that had no line, once or ten times."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.core.files import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core import audit as journal
from traektoria.core.addresses import check_web_address
from traektoria.core.errors import Invalid, reason_of
from traektoria.core.files import digest_of
from traektoria.core.kept_files import Ready, erase, filing, keep
from traektoria.people.actor import Actor, acting
from traektoria.planning.audits.actions.planning import locked_audit
from traektoria.planning.audits.content import criteria_of, sections_of
from traektoria.planning.audits.enums import AuditState, Verdict
from traektoria.planning.audits.models import Audit, AuditAnswer, AuditFile
from traektoria.planning.audits.permissions import check_fill
from traektoria.planning.audits.policies import FILES, check_open


@dataclass(frozen=True)
class GivenVerdict:
    """An answer as it was given. ``sequence`` is the moment by the clock of the ``device``, in milliseconds; of one
    device a greater one is the newer answer. Without a device the answer is given now."""

    criterion: int
    verdict: str
    why: str = ""
    note: str = ""
    concerns: str = ""
    address: str = ""
    device: str = ""
    sequence: int = 0


@dataclass
class Saved:
    """What is on the disk now, by criterion, and what was not taken, with the reason."""

    kept: dict[int, int] = field(default_factory=dict)
    refused: dict[int, str] = field(default_factory=dict)


@transaction.atomic
def save_answers(*, audit: Audit, answers: Sequence[GivenVerdict], by: Actor) -> Saved:
    """Each answer that is newer than the kept one takes its place; one that came before changes nothing, so that any
    of them can be sent again. The first one begins the audit. Side effect: audit of the beginning. Raises ``Refused``,
    ``Conflict``."""
    row = locked_audit(audit)
    check_fill(by, row)
    check_open(row)
    there = criteria_of(sections_of(row.version.sections))
    have = {one.criterion: one for one in row.answers.all()}
    saved = Saved()
    for given in answers:
        reason = _reason(given, given.criterion in there)
        if reason:
            saved.refused[given.criterion] = reason
            continue
        kept = have.get(given.criterion) or AuditAnswer(audit=row, criterion=given.criterion)
        if _is_newer(given, kept):
            _put(kept, given, acting(by))
            kept.save()
            have[given.criterion] = kept
        saved.kept[given.criterion] = max(given.sequence, saved.kept.get(given.criterion, 0))
    if saved.kept:
        _begin(row, by)
    return saved


def attach_file(*, audit: Audit, criterion: int, file: File[bytes], by: Actor) -> AuditFile:
    """The same content to one criterion is one file, however often it comes. What is here already
    is here, whatever would be said of it today. It is looked at, and a picture drawn, before the transaction. Raises
    ``Refused``, ``Conflict``, ``Invalid``."""
    check_fill(by, audit)
    same = audit.files.filter(criterion=criterion, sha256=digest_of(file)).first()
    return same or _attach(audit, criterion, FILES.look_at(file), by)


@filing()
def _attach(audit: Audit, criterion: int, ready: Ready, by: Actor) -> AuditFile:
    row = locked_audit(audit)
    check_fill(by, row)
    same = row.files.filter(criterion=criterion, sha256=ready.sha256).first()
    if same is not None:
        return same
    check_open(row)
    if criterion not in criteria_of(sections_of(row.version.sections)):
        raise Invalid(_("This criterion is not in the checklist of this audit."), code="no_such_criterion")
    FILES.check_most(row.files.filter(criterion=criterion).count() + 1)
    made = AuditFile(audit=row, criterion=criterion, sha256=ready.sha256, name=ready.name, by_id=acting(by))
    keep([(made.file, ready)], person_id=acting(by), centre_id=row.centre_id)
    _begin(row, by)
    return made


@transaction.atomic
def remove_file(*, file: AuditFile, by: Actor) -> None:
    """While the audit is open. The stored file goes after the commit."""
    row = locked_audit(file.audit)
    check_fill(by, row)
    check_open(row)
    found = row.files.filter(pk=file.pk).first()
    if found is not None:
        erase(found.file)


def _reason(given: GivenVerdict, is_there: bool) -> str:
    if not is_there:
        return _("This criterion is not in the checklist of this audit.")
    if given.verdict not in Verdict.values:
        return _("Choose one of the answers.")
    if given.verdict == Verdict.NOT_APPLICABLE and not given.why.strip():
        return _("Say why it does not apply.")
    if given.address.strip():
        return reason_of(check_web_address, given.address.strip())
    return ""


def _is_newer(given: GivenVerdict, kept: AuditAnswer) -> bool:
    if kept.pk is None or not given.device:
        return True
    if kept.device == given.device:
        return given.sequence > kept.sequence
    return _said_at(given) > kept.said_at


def _said_at(given: GivenVerdict) -> datetime:
    """By the device's clock, but not later than now: a clock that is ahead outdoes nobody for ever."""
    now = timezone.now()
    if not given.device:
        return now
    try:
        return min(now, datetime.fromtimestamp(given.sequence / 1000, UTC))
    except (OverflowError, ValueError, OSError):
        return now


def _put(kept: AuditAnswer, given: GivenVerdict, person_id: int) -> None:
    said = _said_at(given)
    kept.verdict, kept.note = given.verdict, given.note.strip()
    kept.why = given.why.strip()[:300] if given.verdict == Verdict.NOT_APPLICABLE else ""
    kept.concerns = given.concerns.strip()[:300]
    address = given.address.strip()[:500]
    if address != kept.address or kept.seen_at is None:
        kept.seen_at = said if address else None
    kept.address = address
    kept.device, kept.sequence, kept.said_at, kept.by_id = given.device[:40], given.sequence, said, person_id


def _begin(row: Audit, by: Actor) -> None:
    if row.state == AuditState.PLANNED:
        row.state, row.begun_at = AuditState.GOING, timezone.now()
        row.save(update_fields=["state", "begun_at"])
        journal.record("audit.begin", row, by=by)


def given_of(criterion: int, device: str, sequence: int, said: Mapping[str, Any]) -> GivenVerdict:
    """As a device sends it."""
    texts = {name: str(said.get(name) or "") for name in ("verdict", "why", "note", "concerns", "address")}
    return GivenVerdict(criterion=criterion, device=device, sequence=sequence, **texts)
