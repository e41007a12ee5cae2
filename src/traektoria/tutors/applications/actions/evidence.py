"""Evidence of a criterion: attached and taken away by the candidate while the application is theirs."""

from uuid import uuid4

from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _

from traektoria.core import audit
from traektoria.core.errors import Invalid, Refused
from traektoria.core.files import check_file, digest_of
from traektoria.core.installation import leavings
from traektoria.core.installation.room import check_quota
from traektoria.core.installation.roots import UPLOADS
from traektoria.people.actor import Actor
from traektoria.tutors.applications.actions.applications import leaf_of, unchecked, writable
from traektoria.tutors.applications.models import Application, CriterionAnswer, CriterionEvidence
from traektoria.tutors.applications.queries.applications import earlier_of


@transaction.atomic
def attach_link(*, application: Application, criterion: str, link: str, title: str, by: Actor) -> CriterionEvidence:
    """Show a criterion by a web address, once. Side effects: an audit event, the check is open again."""
    row = writable(application, by)
    leaf_of(row, criterion)
    if not link.startswith(("http://", "https://")):
        raise Invalid(_("The address must begin with http:// or https://."), code="link")
    shown, made = CriterionEvidence.objects.get_or_create(
        application=row, criterion=criterion, link=link, defaults={"title": _title(title, link)}
    )
    if made:
        _changed(shown, "application.attach", by)
    return shown


@transaction.atomic
def attach_file(
    *, application: Application, criterion: str, file: File[bytes], name: str, title: str, by: Actor
) -> CriterionEvidence:
    """Show a criterion by a file, stored under a random name; the same content once a criterion.

    Raises ``Invalid`` for what ``core.files`` refuses. The stored file is removed when the transaction fails.
    """
    row = writable(application, by)
    leaf_of(row, criterion)
    checked = check_file(file, name, file.size, settings.UPLOAD_LIMIT)
    check_quota(person_id=row.person_id, centre_id=row.centre_id, size=file.size)
    digest = digest_of(file)
    same = CriterionEvidence.objects.filter(application=row, criterion=criterion, sha256=digest).first()
    if same is not None:
        return same
    shown = CriterionEvidence(
        application=row, criterion=criterion, title=_title(title, checked.name), file_name=checked.name, sha256=digest
    )
    return _stored(shown, file, checked.kind, by)


def _stored(shown: CriterionEvidence, file: File[bytes], kind: str, by: Actor) -> CriterionEvidence:
    file.seek(0)
    kept_as = shown.file.field.generate_filename(shown, f"{uuid4().hex}.{kind}")
    try:
        shown.file.save(kept_as.rpartition("/")[2], file, save=False)
        shown.save()
        _changed(shown, "application.attach", by)
    except BaseException:
        shown.file.storage.delete(kept_as)
        raise
    return shown


def _title(title: str, otherwise: str) -> str:
    return (title.strip() or otherwise)[:300]


@transaction.atomic
def detach_evidence(*, evidence: CriterionEvidence, by: Actor) -> None:
    """Take one's own evidence away; the file goes after the commit, unless an earlier application keeps it too."""
    writable(evidence.application, by)
    _changed(evidence, "application.detach", by)
    stored = evidence.file
    evidence.delete()
    if stored:
        leavings.let_go(UPLOADS, str(stored.name))


def _changed(evidence: CriterionEvidence, event: str, by: Actor) -> None:
    """What was checked is to be checked again when something else is shown."""
    audit.record(event, evidence.application, by=by, criterion=evidence.criterion, evidence=evidence.pk)
    answer = CriterionAnswer.objects.filter(application=evidence.application, criterion=evidence.criterion).first()
    if answer is not None and answer.check_result:
        unchecked(answer).save()


@transaction.atomic
def take_earlier_answers(*, application: Application, by: Actor) -> Application:
    """Begin from what was said and shown the last time; what is filled in already stays. Repeating it adds nothing.

    The earlier application keeps all of its own.
    """
    row = writable(application, by)
    earlier = earlier_of(row)
    if earlier is None:
        return row
    _take_about(row, earlier)
    for answer in earlier.answers.all():
        if _has(row, answer.criterion):
            _take_answer(row, answer)
    for shown in earlier.evidence.all():
        if _has(row, shown.criterion):
            _take_evidence(row, shown)
    audit.record("application.reuse", row, by=by, earlier=earlier.pk)
    return row


def _has(row: Application, criterion: str) -> bool:
    """The regulation of today still has the criterion."""
    try:
        leaf_of(row, criterion)
    except Refused:
        return False
    return True


def _take_about(row: Application, earlier: Application) -> None:
    row.subjects = row.subjects or earlier.subjects
    row.motivation = row.motivation or earlier.motivation
    row.save(update_fields=["subjects", "motivation", "updated_at"])


def _take_answer(row: Application, answer: CriterionAnswer) -> None:
    kept, _made = CriterionAnswer.objects.get_or_create(application=row, criterion=answer.criterion)
    kept.stated = answer.stated if kept.stated is None else kept.stated
    kept.text = kept.text or answer.text
    kept.save()


def _take_evidence(row: Application, shown: CriterionEvidence) -> None:
    same = {"sha256": shown.sha256} if shown.sha256 else {"link": shown.link}
    known = CriterionEvidence.objects.filter(application=row, criterion=shown.criterion, **same)
    if not known.exists():
        shown.pk, shown._state.adding, shown.application = None, True, row
        shown.save()
