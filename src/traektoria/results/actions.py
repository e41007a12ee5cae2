"""Writes of the room: each atomic, with its audit event."""

import hashlib
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from traektoria.core import audit
from traektoria.core.errors import Conflict
from traektoria.engines.results import (
    Dirt,
    ImportedDataset,
    ImportRefused,
    NeedsAnswers,
    Overrides,
    import_dataset,
    inspect,
)
from traektoria.organisations.models import School, TutorCentre
from traektoria.people.actor import Actor
from traektoria.results import importing, policies
from traektoria.results.matching import school_key
from traektoria.results.models import (
    CodifierEntry,
    CodifierKind,
    Dataset,
    DatasetSchool,
    SchoolAlias,
    SpecifiedTask,
    TaskSpecification,
)
from traektoria.results.permissions import check_describes, check_keeps
from traektoria.results.refusals import AnswersNeeded, FileRefused, refused, sentence_of
from traektoria.results.specifications import SpecificationFile, Work, is_specification, read_specification, work_of


@dataclass(frozen=True)
class ImportOutcome:
    """A new dataset; ``meta`` and ``dirt`` are the engine's, ``unknown`` are codes of schools to be mapped."""

    dataset: Dataset
    meta: Mapping[str, Any]
    dirt: Dirt
    unknown: tuple[str, ...]


def import_file(
    *, centre: TutorCentre, content: bytes, filename: str, by: Actor | None, answers: Mapping[str, Any] | None = None
) -> ImportOutcome:
    """Import one file of results. ``answers``: procedure, year, subject, grade, school – what a person says of it.

    Side effects: a folder under DATASETS, its describing row, the schools of the file, an audit event.
    Raises ``AlreadyImported`` (Conflict) for the same file, ``AnswersNeeded`` for what the file does not say,
    ``FileRefused`` with a sentence for all other trouble; then nothing is left.
    """
    check_keeps(by, centre)
    policies.check_new(centre, hashlib.sha256(content).hexdigest())
    importing.sweep_folders()
    with importing.staging() as folder:
        try:
            imported = import_dataset(
                content, filename, folder, overrides=Overrides(**(answers or {})), dataset_id=str(uuid4())
            )
        except ImportRefused as refusal:
            raise refused(refusal, filename) from refusal
        importing.write_examples(imported)
        return _describe(imported, centre, by)


def check_file(*, centre: TutorCentre, content: bytes, filename: str, by: Actor) -> AnswersNeeded:
    """What would have to be asked of a file. Raises ``Conflict`` where it has been imported or says everything."""
    check_keeps(by, centre)
    policies.check_new(centre, hashlib.sha256(content).hexdigest())
    try:
        seen = inspect(content, filename)
    except ImportRefused as refusal:
        raise refused(refusal, filename) from refusal
    if not seen.missing:
        raise Conflict(_("This file says everything itself: load it once more."), code="nothing_to_ask")
    guesses = {name: {"value": guess.value, "source": guess.source} for name, guess in seen.guesses.items()}
    needed = NeedsAnswers(seen.missing, {"layout": seen.layout, **guesses}, seen.suggestions)
    return AnswersNeeded(sentence_of(needed.code, {}, filename), filename=filename, needed=needed)


def _describe(imported: ImportedDataset, centre: TutorCentre, by: Actor | None) -> ImportOutcome:
    """Write the rows, and give the folder its name as the last step of the transaction."""
    final = importing.folder_of_datasets() / imported.path.name
    try:
        with transaction.atomic():
            dataset = importing.row_of(imported, centre, by)
            dataset.save()
            schools = DatasetSchool.objects.bulk_create(importing.school_rows(imported, dataset), batch_size=500)
            facts = {"layout": dataset.layout, "rows": dataset.rows, "dirt": dataset.dirt}
            audit.record("results.dataset_imported", dataset, by=by, centre_id=centre.pk, **facts)
            imported.path.replace(final)
    except IntegrityError:
        shutil.rmtree(final, ignore_errors=True)
        policies.check_new(centre, imported.meta["source"]["sha256"])
        raise
    except BaseException:
        shutil.rmtree(final, ignore_errors=True)
        raise
    unknown = tuple(sorted({row.code for row in schools if row.nearby and not row.school_id and not row.not_ours}))
    return ImportOutcome(dataset, imported.meta, imported.dirt, unknown)


@transaction.atomic
def map_school(*, centre: TutorCentre, code: str, school: School | None, by: Actor | None) -> SchoolAlias:
    """Say which school a file means by ``code`` (None: not ours). It holds for all datasets, past and to come.

    Raises ``Invalid`` for a school that the centre does not serve.
    """
    check_keeps(by, centre)
    policies.check_served(centre, school)
    alias, _created = SchoolAlias.objects.update_or_create(centre=centre, code=code, defaults={"school": school})
    same = _same_school(centre, code)
    SchoolAlias.objects.filter(centre=centre, code__in=same).update(school=school)
    DatasetSchool.objects.filter(dataset__centre=centre, code__in=same).update(school=school, not_ours=school is None)
    audit.record("results.school_mapped", alias, by=by, centre_id=centre.pk, code=code, school=school and school.pk)
    return alias


def _same_school(centre: TutorCentre, code: str) -> set[str]:
    """All spellings of the school in the centre's files: «sch990001», «edu990001»."""
    used = DatasetSchool.objects.filter(dataset__centre=centre).values_list("code", flat=True).distinct()
    aliases = SchoolAlias.objects.filter(centre=centre).values_list("code", flat=True)
    key = school_key(code)
    return {other for other in {*used, *aliases, code} if school_key(other) == key}


@transaction.atomic
def map_rest(*, centre: TutorCentre, codes: list[str], by: Actor | None) -> int:
    """Say of all these codes at once that they are not ours; how many. What has been mapped meanwhile stays."""
    check_keeps(by, centre)
    open_rows = DatasetSchool.objects.filter(dataset__centre=centre, school=None, not_ours=False, code__in=codes)
    found = sorted(set(open_rows.values_list("code", flat=True)))
    SchoolAlias.objects.bulk_create(
        [SchoolAlias(centre=centre, code=code, school=None) for code in found], ignore_conflicts=True, batch_size=500
    )
    open_rows.update(not_ours=True)
    if found:
        audit.record("results.schools_not_ours", centre, by=by, centre_id=centre.pk, count=len(found))
    return len(found)


def delete_dataset(*, dataset: Dataset, by: Actor | None) -> None:
    """Delete a dataset with its figures; the audit event keeps its name. Raises ``Conflict`` where it is cited."""
    check_keeps(by, dataset.centre)
    facts = {"name": str(dataset), "file": dataset.source_name, "sha256": dataset.sha256}
    path = dataset.path
    try:
        with transaction.atomic():
            audit.record("results.dataset_deleted", dataset, by=by, centre_id=dataset.centre_id, **facts)
            dataset.delete()
            if path.name:
                transaction.on_commit(lambda: shutil.rmtree(path, ignore_errors=True))
    except ProtectedError as protected:
        raise policies.refuse_deletion(dataset, protected) from protected


def import_specification(
    *, content: bytes, filename: str, by: Actor | None, work: Work | None = None
) -> TaskSpecification:
    """Take over the tasks of a work, or the names of its КЭС or КТ codes; loaded again, they replace what was there.

    ``work`` says what the name of the file does not. Raises ``FileRefused``; then nothing has changed.
    """
    check_describes(by)
    known = work_of(filename, work or Work())
    if known.missing:
        text = _("The name of «%(file)s» does not say which work it describes: fill in the fields.")
        raise FileRefused(text % {"file": filename}, code="unknown_work", filename=filename)
    found = read_specification(content, filename)
    with transaction.atomic():
        specification, _created = TaskSpecification.objects.get_or_create(**vars(known))
        if found.kind:
            _write_codes(specification, found.kind, found.codes or {})
        else:
            _write_tasks(specification, found, filename)
        facts = {"tasks": len(found.tasks), "codes": len(found.codes or ())}
        audit.record("results.specification_imported", specification, by=by, **facts)
    return specification


def import_any(
    *, centre: TutorCentre, content: bytes, filename: str, by: Actor | None, answers: Mapping[str, Any] | None = None
) -> ImportOutcome | TaskSpecification:
    """Results of pupils or the specification of a work: people drop both into one place, the columns say which.

    Side effects and refusals are those of ``import_file`` and ``import_specification``.
    """
    try:
        return import_file(centre=centre, content=content, filename=filename, by=by, answers=answers)
    except FileRefused as refusal:
        if refusal.code != "unknown_layout" or not is_specification(content, filename):
            raise
    said = {name: value for name, value in (answers or {}).items() if name != "school"}
    return import_specification(content=content, filename=filename, by=by, work=Work(**said))


def _write_tasks(specification: TaskSpecification, found: SpecificationFile, filename: str) -> None:
    specification.source_name = filename[-255:]
    specification.save(update_fields=["source_name"])
    specification.tasks.all().delete()
    SpecifiedTask.objects.bulk_create(
        SpecifiedTask(
            specification=specification,
            position=task.position,
            label=task.label,
            skill=task.skill,
            planned_result=task.planned_result,
            level=task.level,
            kes=list(task.kes),
            kt=list(task.kt),
            max_score=task.maximum,
            minutes=task.minutes,
        )
        for task in found.tasks
    )


def _write_codes(specification: TaskSpecification, kind: CodifierKind, codes: Mapping[str, str]) -> None:
    specification.codifier.filter(kind=kind).delete()
    CodifierEntry.objects.bulk_create(
        CodifierEntry(specification=specification, kind=kind, code=code, name=name) for code, name in codes.items()
    )
