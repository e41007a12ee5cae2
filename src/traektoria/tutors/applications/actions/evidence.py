"""Evidence of a criterion: attached and taken away by the candidate while the application is theirs."""

from django.core.files import File
from django.db import transaction

from traektoria.core import audit
from traektoria.core.addresses import check_web_address
from traektoria.core.errors import Refused
from traektoria.core.kept_files import erase, filing, keep
from traektoria.people.actor import Actor
from traektoria.tutors.applications.actions.applications import leaf_of, unchecked, writable
from traektoria.tutors.applications.models import Application, CriterionAnswer, CriterionEvidence
from traektoria.tutors.applications.policies import FILES
from traektoria.tutors.applications.queries.applications import earlier_of


@transaction.atomic
def attach_link(*, application: Application, criterion: str, link: str, title: str, by: Actor) -> CriterionEvidence:
    """Show a criterion by a web address, once. Side effects: an audit event, the check is open again."""
    row = writable(application, by)
    leaf_of(row, criterion)
    check_web_address(link)
    shown, made = CriterionEvidence.objects.get_or_create(
        application=row, criterion=criterion, link=link, defaults={"title": _title(title, link)}
    )
    if made:
        _changed(shown, "application.attach", by)
    return shown


@filing()
def attach_file(
    *, application: Application, criterion: str, file: File[bytes], title: str, by: Actor
) -> CriterionEvidence:
    """Show a criterion by a file; the same content once a criterion. Side effects: as of ``attach_link``. Raises
    ``Invalid`` for what ``FILES`` does not take."""
    row = writable(application, by)
    leaf_of(row, criterion)
    ready = FILES.look_at(file)
    same = CriterionEvidence.objects.filter(application=row, criterion=criterion, sha256=ready.sha256).first()
    if same is not None:
        return same
    shown = CriterionEvidence(
        application=row, criterion=criterion, title=_title(title, ready.name), file_name=ready.name,
        sha256=ready.sha256,
    )  # fmt: skip
    keep([(shown.file, ready)], person_id=row.person_id, centre_id=row.centre_id)
    _changed(shown, "application.attach", by)
    return shown


def _title(title: str, otherwise: str) -> str:
    return (title.strip() or otherwise)[:300]


@transaction.atomic
def detach_evidence(*, evidence: CriterionEvidence, by: Actor) -> None:
    """Take one's own evidence away; the file goes after the commit, unless an earlier application keeps it too."""
    writable(evidence.application, by)
    _changed(evidence, "application.detach", by)
    erase(evidence.file)


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
