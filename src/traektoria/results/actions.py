"""Writes of the room: each atomic, with its audit event."""

import hashlib
import shutil
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core import audit, waiting
from traektoria.core.errors import Conflict, Invalid
from traektoria.core.installation import leavings
from traektoria.core.installation.roots import DATASETS
from traektoria.engines import results as engine
from traektoria.engines.results import Condition, Dirt, ImportRefused, NeedsAnswers, Overrides
from traektoria.engines.results.layouts.base import MIN_TASKS
from traektoria.engines.results.layouts.plain import PEOPLE, TASK
from traektoria.organisations.imports import meanings_of, remember_meanings
from traektoria.organisations.models import School, TutorCentre
from traektoria.people.actor import Actor
from traektoria.results import dataset_import, policies, publication, queries
from traektoria.results.models import (
    WORK,
    CodifierEntry,
    CodifierKind,
    Dataset,
    DatasetKind,
    DatasetSchool,
    SchoolAlias,
    SpecifiedTask,
    TaskSpecification,
    WorkScale,
)
from traektoria.results.new_marks import Marked, mark_anew, mark_as_before
from traektoria.results.permissions import check_describes, check_keeps
from traektoria.results.refusals import AnswersNeeded, FileRefused, refused, sentence_of
from traektoria.results.scales import BOUNDARIES, check_scale, conditions_as_kept, scales_of, works_datasets
from traektoria.results.school_book import school_key, tells_a_school
from traektoria.results.specifications import SpecificationFile, Work, is_specification, read_specification, work_of

RESULTS = "results"
"""The kind of table under which the centre remembers headings."""
COLUMNS_ASKED = "columns"
"""What is missing of a table whose columns somebody has to name."""
_ATTEMPTS = 5


@dataclass(frozen=True)
class ImportOutcome:
    """A new dataset; ``meta`` and ``dirt`` are the engine's, ``unknown`` are codes of schools to be mapped.

    ``replaces``: files whose place it takes, at once or when it is shown.
    """

    dataset: Dataset
    meta: Mapping[str, Any]
    dirt: Dirt
    unknown: tuple[str, ...]
    replaces: tuple[Dataset, ...]

    @property
    def lacks_marks(self) -> bool:
        """A file of pupils without a scale and without marks of its own."""
        return self.dataset.kind == DatasetKind.ANSWERS and self.meta.get("mark_basis") is None


def import_file(
    *, centre: TutorCentre, content: bytes, filename: str, by: Actor | None, answers: Mapping[str, Any] | None = None
) -> ImportOutcome:
    """Import one file of results. ``answers``: procedure, year, subject, grade, school – what a person says of it.

    Side effects: a folder under DATASETS, its describing row, the schools of the file, what readers may see of it (or
    that it waits), the files that it replaces, an audit event.
    Raises ``AlreadyImported`` (Conflict) for the same file, ``AnswersNeeded`` for what the file does not say,
    ``FileRefused`` with a sentence for all other trouble; then nothing is left.
    """
    check_keeps(by, centre)
    policies.check_new(centre, hashlib.sha256(content).hexdigest())
    leavings.sweep()
    dataset_id = str(uuid4())
    with dataset_import.staging(dataset_id) as folder:
        try:
            imported = engine.import_dataset(
                content,
                filename,
                folder,
                overrides=Overrides(**(answers or {}), columns=meanings_of(centre, RESULTS)),
                dataset_id=dataset_id,
                scales=scales_of(centre),
            )
        except ImportRefused as refusal:
            raise _refused(refusal, content, filename, by) from refusal
        dataset_import.write_examples(imported)
        return _describe(imported, centre, by)


def check_file(*, centre: TutorCentre, content: bytes, filename: str, by: Actor) -> AnswersNeeded:
    """What would have to be asked of a file. Raises ``Conflict`` where it has been imported or says everything."""
    check_keeps(by, centre)
    policies.check_new(centre, hashlib.sha256(content).hexdigest())
    try:
        seen = engine.inspect(content, filename, overrides=Overrides(columns=meanings_of(centre, RESULTS)))
    except ImportRefused as refusal:
        sentence = _refused(refusal, content, filename, by)
        if isinstance(sentence, AnswersNeeded):
            return sentence
        raise sentence from refusal
    if not seen.missing:
        raise Conflict(_("This file says everything itself: load it once more."), code="nothing_to_ask")
    guesses = {name: {"value": guess.value, "source": guess.source} for name, guess in seen.guesses.items()}
    needed = NeedsAnswers(seen.missing, {"layout": seen.layout, **guesses}, seen.suggestions)
    return AnswersNeeded(sentence_of(needed.code, {}, filename), filename=filename, needed=needed)


def _refused(refusal: ImportRefused, content: bytes, filename: str, by: Actor | None) -> FileRefused:
    """The refusal in words; a person is asked for the columns of a table that we do not know."""
    if refusal.code == "unknown_layout" and by is not None and engine.ask_columns(content, filename):
        return refused(NeedsAnswers((COLUMNS_ASKED,), {"layout": ""}, {}), filename)
    return refused(refusal, filename)


def name_columns(*, centre: TutorCentre, content: bytes, filename: str, meanings: Mapping[str, str], by: Actor) -> None:
    """Say which column of a table is what (letter → role, «task» or ""), and remember it for the centre's files."""
    check_keeps(by, centre)
    asked = engine.ask_columns(content, filename)
    chosen = set(meanings.values())
    if sum(meaning == TASK for meaning in meanings.values()) < MIN_TASKS or not chosen & PEOPLE:
        raise Invalid(
            _("Say at least which two columns are tasks, and which one names the pupils: a code, a number or a name."),
            code="column_missing",
        )
    said = {one.key: meanings.get(one.letter, "") for one in asked}
    remember_meanings(centre=centre, table=RESULTS, meanings=said, by=by)


def _describe(imported: "engine.ImportedDataset", centre: TutorCentre, by: Actor | None) -> ImportOutcome:
    """Decide what readers will see of the file, and write it; once more where another import of the work came first."""
    for _attempt in range(_ATTEMPTS):
        dataset = dataset_import.row_of(imported, centre, by)
        plan = publication.plan_of(dataset, imported.path)
        try:
            return _written(imported, dataset, plan, by)
        except IntegrityError:
            policies.check_new(centre, imported.meta["source"]["sha256"])
    raise Conflict(_("Other files of this work are being loaded just now: load this one once more."), code="busy_work")


def _written(
    imported: "engine.ImportedDataset", dataset: Dataset, plan: publication.Plan, by: Actor | None
) -> ImportOutcome:
    """Write the rows, and give the folder its name as the last step of the transaction."""
    final = dataset_import.folder_of_datasets() / imported.path.name
    try:
        with transaction.atomic():
            dataset.save()
            publication.publish(dataset, plan)
            schools = DatasetSchool.objects.bulk_create(dataset_import.school_rows(imported, dataset), batch_size=500)
            waiting.renew_keys(TutorCentre, [dataset.centre_id])
            facts = {"layout": dataset.layout, "rows": dataset.rows, "dirt": dataset.dirt}
            facts |= {"shown": dataset.is_shown, "replaces": [old.pk for old in plan.replaces]}
            waiting.renew(dataset, *plan.replaces)
            audit.record("results.dataset_imported", dataset, by=by, centre_id=dataset.centre_id, **facts)
            imported.path.replace(final)
    except BaseException:
        shutil.rmtree(final, ignore_errors=True)
        raise
    unknown = tuple(sorted({row.code for row in schools if row.nearby and not row.school_id and not row.not_ours}))
    return ImportOutcome(dataset, imported.meta, imported.dirt, unknown, tuple(plan.replaces))


@transaction.atomic
def map_school(
    *, centre: TutorCentre, code: str, school: School | None, municipality: str = "", by: Actor | None
) -> SchoolAlias:
    """Say which school a file means by ``code`` (None: not ours). It holds for all datasets, past and to come; where
    the code alone tells no school, only for those of the same ``municipality`` of the files.

    Raises ``Invalid`` for a school that the centre does not serve.
    """
    check_keeps(by, centre)
    policies.check_served(centre, school)
    same = _same_school(centre, code)
    district = _district_of(centre, same, municipality)
    alias, _created = SchoolAlias.objects.update_or_create(
        centre=centre, code=code, municipality=district, defaults={"school": school}
    )
    SchoolAlias.objects.filter(centre=centre, code__in=same, municipality=district).update(school=school)
    rows = DatasetSchool.objects.filter(dataset__centre=centre, code__in=same)
    if district:
        rows = rows.filter(municipality=district)
    else:
        apart = SchoolAlias.objects.filter(centre=centre, code__in=same).exclude(municipality="")
        rows = rows.exclude(municipality__in=apart.values("municipality"))
    rows.update(school=school, not_ours=school is None)
    waiting.renew(centre)
    waiting.renew_keys(Dataset, rows.order_by().values_list("dataset", flat=True).distinct())
    audit.record("results.school_mapped", alias, by=by, centre_id=centre.pk, code=code, school=school and school.pk)
    return alias


def _same_school(centre: TutorCentre, code: str) -> set[str]:
    """All spellings of the school in the centre's files: «sch990001», «edu990001»."""
    used = DatasetSchool.objects.filter(dataset__centre=centre).values_list("code", flat=True).distinct()
    aliases = SchoolAlias.objects.filter(centre=centre).values_list("code", flat=True)
    key = school_key(code)
    return {other for other in {*used, *aliases, code} if school_key(other) == key}


def _district_of(centre: TutorCentre, codes: Collection[str], municipality: str) -> str:
    """For which district a word on these codes is remembered: empty (any) for a login that stands in one only."""
    others = DatasetSchool.objects.filter(dataset__centre=centre, code__in=codes)
    shared = others.exclude(queries.in_districts([municipality])).exists()
    return municipality if shared or not all(map(tells_a_school, codes)) else ""


@transaction.atomic
def map_districts(*, centre: TutorCentre, districts: Collection[str], by: Actor | None) -> int:
    """Say of all open schools of these municipalities (names as in the files) that they are not ours; how many.

    It is remembered for files to come by the code, for its district alone where the code is no login («СОШ № 1») or
    stands in another district too.
    """
    check_keeps(by, centre)
    there = DatasetSchool.objects.filter(queries.in_districts(districts), dataset__centre=centre, school=None)
    return _not_ours(centre, there.filter(not_ours=False), by)


@transaction.atomic
def map_rest(
    *, centre: TutorCentre, codes: Sequence[str], municipalities: Sequence[str] | None = None, by: Actor | None
) -> int:
    """Say of all these codes at once (``municipalities``: each of its district) that they are not ours; how many. What
    has been mapped meanwhile stays."""
    check_keeps(by, centre)
    rows = DatasetSchool.objects.filter(dataset__centre=centre, school=None, not_ours=False, code__in=codes)
    if municipalities is not None:
        said = set(zip(codes, municipalities, strict=False))
        rows = rows.filter(pk__in=[row.pk for row in rows if (row.code, row.municipality or "") in said])
    return _not_ours(centre, rows, by)


def _not_ours(centre: TutorCentre, rows: QuerySet[DatasetSchool], by: Actor | None) -> int:
    """Write and remember that these open schools are not ours; how many."""
    places = {(code, district or "") for code, district in rows.values_list("code", "municipality")}
    codes = {code for code, _district in places}
    everywhere = DatasetSchool.objects.filter(dataset__centre=centre, code__in=codes)
    stands: dict[str, set[str]] = defaultdict(set)
    for code, district in everywhere.values_list("code", "municipality").distinct():
        stands[code].add(district or "")
    kept = {(code, "" if tells_a_school(code) and len(stands[code]) == 1 else district) for code, district in places}
    SchoolAlias.objects.bulk_create(
        [SchoolAlias(centre=centre, code=code, municipality=district) for code, district in sorted(kept)],
        ignore_conflicts=True, batch_size=500,
    )  # fmt: skip
    datasets = set(rows.values_list("dataset", flat=True))
    rows.update(not_ours=True)
    waiting.renew(centre)
    waiting.renew_keys(Dataset, datasets)
    if codes:
        audit.record("results.schools_not_ours", centre, by=by, centre_id=centre.pk, count=len(codes))
    return len(codes)


def delete_dataset(*, dataset: Dataset, by: Actor | None) -> None:
    """Delete a dataset with its figures; the audit event keeps its name. Raises ``Conflict`` where it is cited."""
    check_keeps(by, dataset.centre)
    facts = {"name": str(dataset), "file": dataset.source_name, "sha256": dataset.sha256}
    try:
        with transaction.atomic():
            audit.record("results.dataset_deleted", dataset, by=by, centre_id=dataset.centre_id, **facts)
            shown_again = list(Dataset.objects.filter(replaced_by=dataset).values_list("pk", flat=True))
            dataset.delete()
            waiting.renew_keys(Dataset, shown_again)
            if dataset.folder:
                leavings.let_go(DATASETS, dataset.folder)
    except ProtectedError as protected:
        raise policies.refuse_deletion(dataset, protected) from protected


def enter_scale(
    *,
    centre: TutorCentre,
    work: Mapping[str, Any],
    boundaries: Sequence[int],
    by: Actor | None,
    maximum: int | None = None,
    conditions: Sequence[Condition] = (),
    source: str = "",
) -> tuple[WorkScale, list[Marked]]:
    """Say from which points on a mark is given, for the centre's files of a work: those to come and those that are.

    Side effects: a new version of the scale, an audit event; each file of the work gets its marks anew, with its own
    event, or keeps what readers see where other marks would tell about a few. Raises ``Invalid``.
    """
    check_keeps(by, centre)
    check_scale(boundaries, maximum, conditions)
    with transaction.atomic():
        scale = WorkScale.objects.create(
            centre=centre,
            **{name: work[name] for name in WORK},
            **dict(zip(BOUNDARIES, boundaries, strict=True)),
            max_primary=maximum,
            conditions=conditions_as_kept(conditions),
            source=source,
            entered_by_id=by.account_id if by else None,
        )
        audit.record("results.scale_entered", scale, by=by, centre_id=centre.pk, boundaries=list(boundaries))
    return scale, [mark_anew(dataset, scale, by) for dataset in works_datasets(centre, work)]


def take_back_scale(*, centre: TutorCentre, work: Mapping[str, Any], by: Actor | None) -> list[Marked]:
    """The centre wants no scale of its own of a work any more: its files, those to come and those that are, get the
    marks that they have without it. What was entered stays in the history.

    Side effects: an audit event; each file its own, or it keeps what readers see. Where there is none, nothing.
    """
    check_keeps(by, centre)
    with transaction.atomic():
        own = WorkScale.objects.filter(centre=centre, taken_back_at=None, **{name: work[name] for name in WORK})
        last = own.last()
        if last is None:
            return []
        own.update(taken_back_at=timezone.now())
        audit.record("results.scale_taken_back", last, by=by, centre_id=centre.pk)
    return [mark_as_before(dataset, by) for dataset in works_datasets(centre, work)]


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
    said = {name: value for name, value in (answers or {}).items() if name in WORK}
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
