"""Imported results of pupils: one describing row per Parquet dataset, specifications of tasks, remembered schools."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from traektoria.core.kept_columns import KeptJSON, KeptText
from traektoria.organisations.models import School, TutorCentre
from traektoria.people.enums import Subject

WORK = ("procedure", "year", "subject", "grade")
"""What makes files one work."""


class Procedure(models.TextChoices):
    VPR = "vpr", _("VPR")
    OGE = "oge", _("OGE")
    EGE = "ege", _("EGE")
    COMPLEX = "complex", _("complex work")


def name_of(procedure: str, year: int, subject: str, grade: int) -> str:
    """«ВПР 2026, русский язык, 4 класс»."""
    values = {"procedure": procedure, "year": year, "subject": subject, "grade": grade}
    return _("%(procedure)s %(year)s, %(subject)s, grade %(grade)s") % values


class DatasetKind(models.TextChoices):
    """Answers by task, or tables that came aggregated already."""

    ANSWERS = "answers", _("results by task")
    MARK_STATISTICS = "mark_statistics", _("statistics of marks")
    JOURNAL_COMPARISON = "journal_comparison", _("marks against the journal")


class DatasetQuerySet(models.QuerySet["Dataset"]):
    """Datasets, told apart by whether anybody reads them."""

    def shown(self) -> "DatasetQuerySet":
        """Those that readers see: published, and not replaced by another that is."""
        return self.filter(published_at__isnull=False, replaced_by__published_at__isnull=True)

    def of_work(self, work: "Dataset | PublishedState") -> "DatasetQuerySet":
        """Those of the same procedure, year, subject and grade."""
        return self.filter(**{name: getattr(work, name) for name in WORK})


class Dataset(models.Model):
    """What is known of one imported file. The figures themselves lie in Parquet under ``folder``.

    ``published_at``: since when readers see it; empty while it waits, for it would give somebody away beside what has
    been shown already. ``replaced_by``: a newer file of the same work; once that is published, nobody sees this one.
    ``participants``: as readers may know it, empty where it is hidden.
    """

    centre = models.ForeignKey(TutorCentre, on_delete=models.PROTECT, related_name="datasets")
    kind = models.CharField(_("kind"), max_length=20, choices=DatasetKind.choices, default=DatasetKind.ANSWERS)
    procedure = models.CharField(_("procedure"), max_length=10, choices=Procedure.choices)
    year = models.PositiveSmallIntegerField(_("year"))
    subject = models.CharField(_("subject"), max_length=20, choices=Subject.choices)
    grade = models.PositiveSmallIntegerField(_("grade"))
    layout = models.CharField(_("layout"), max_length=40)
    source_name = models.CharField(_("file"), max_length=255)
    sha256 = models.CharField(max_length=64, editable=False)
    folder = models.CharField(max_length=64, editable=False, blank=True)
    rows = models.PositiveIntegerField(_("rows"))
    participants = models.PositiveIntegerField(_("participants"), null=True)
    tasks = KeptJSON(_("tasks"), default=list, shape=list[dict[str, Any]])
    max_primary = models.PositiveSmallIntegerField(_("highest primary score"), null=True)
    dirt = KeptJSON(_("remarks"), default=dict, shape=dict[str, Any])
    aggregate = KeptJSON(_("aggregated tables"), default=list, blank=True, shape=list[Any])
    imported_by_id = models.BigIntegerField(null=True)
    imported_at = models.DateTimeField(_("imported"), auto_now_add=True)
    published_at = models.DateTimeField(_("shown since"), null=True, editable=False)
    replaced_by = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, editable=False, related_name="replaces"
    )

    objects = DatasetQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["centre", "sha256"], name="dataset_file_once")]
        ordering = ["-year", "procedure", "subject", "grade", "-pk"]

    def __str__(self) -> str:
        return name_of(self.get_procedure_display(), self.year, self.get_subject_display(), self.grade)

    @property
    def path(self) -> Path:
        return Path(settings.DATASETS) / self.folder

    @property
    def is_replaced(self) -> bool:
        """Readers see a newer file instead."""
        return self.replaced_by is not None and self.replaced_by.published_at is not None

    @property
    def is_shown(self) -> bool:
        """The same for one dataset as ``DatasetQuerySet.shown``."""
        return self.published_at is not None and not self.is_replaced

    @property
    def maximum_is_stated(self) -> bool:
        """``max_primary`` is of what the file or a specification says, not of the scores that somebody reached."""
        return "maximum_observed" not in self.dirt

    @property
    def school_year_start(self) -> int:
        """Procedures are held in spring; those of autumn belong to the same class a year later (VPR 2020)."""
        return self.year - 1


class PublishedState(models.Model):
    """What readers were shown of one file: decided once, and never forgotten, for somebody may have kept it.

    ``number`` counts the states of one work over all centres: of two imports at the same time the second must look at
    what the first has shown. ``decisions``: which groups each table shows. ``roll``: who is counted where, by prints
    and without names (``engines.disclosure.Roll``); it outlives the dataset.
    """

    procedure = models.CharField(max_length=10, choices=Procedure.choices)
    year = models.PositiveSmallIntegerField()
    subject = models.CharField(max_length=20, choices=Subject.choices)
    grade = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    dataset = models.OneToOneField(Dataset, on_delete=models.SET_NULL, null=True, related_name="state")
    decisions = KeptJSON(default=dict, shape=dict[str, Any])
    roll = models.BinaryField()
    published_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=[*WORK, "number"], name="published_state_once")]
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.procedure} {self.year} {self.subject} {self.grade} № {self.number}"


class DatasetSchool(models.Model):
    """A school as one dataset names it, and which of our schools that is: what a head may see hangs on it.

    ``nearby``: it stands in a municipality of the file that the centre serves, an empty ``school`` asks to be mapped.
    """

    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="schools")
    code = models.CharField(_("as in the file"), max_length=120)
    name = models.CharField(_("name in the file"), max_length=500, blank=True)
    region = models.CharField(_("region in the file"), max_length=200, null=True)
    municipality = models.CharField(_("municipality in the file"), max_length=200, null=True)
    school = models.ForeignKey(School, on_delete=models.SET_NULL, null=True, related_name="+")
    nearby = models.BooleanField(default=True)
    not_ours = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "dataset",
                "code",
                Coalesce("region", Value("")),
                Coalesce("municipality", Value("")),
                name="dataset_school_once",
            )
        ]
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.code


class SchoolAlias(models.Model):
    """A school as a file names it, mapped once by a person: ``school`` is empty for «not ours».

    ``municipality``: only in this district of the files, where the code alone does not tell a school («СОШ № 1»); empty
    for any district.
    """

    centre = models.ForeignKey(TutorCentre, on_delete=models.CASCADE, related_name="school_aliases")
    code = models.CharField(_("as in the file"), max_length=120)
    municipality = models.CharField(_("municipality in the file"), max_length=200, default="", blank=True)
    school = models.ForeignKey(School, on_delete=models.CASCADE, null=True, blank=True, related_name="aliases")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["centre", "code", "municipality"], name="alias_once_a_district")]

    def __str__(self) -> str:
        return self.code


class WorkScale(models.Model):
    """From which points on a mark is given, as a centre entered it: the newest of a work is in force, none is changed.

    ``taken_back_at``: the centre wants none of its own any more, and what is published counts again, where it is.
    ``conditions``: mark, points, tasks, name (``engines.results.Condition``).
    """

    centre = models.ForeignKey(TutorCentre, on_delete=models.CASCADE, related_name="scales")
    procedure = models.CharField(_("procedure"), max_length=10, choices=Procedure.choices)
    year = models.PositiveSmallIntegerField(_("year"))
    subject = models.CharField(_("subject"), max_length=20, choices=Subject.choices)
    grade = models.PositiveSmallIntegerField(_("grade"))
    min_3 = models.PositiveSmallIntegerField(_("«3» from"))
    min_4 = models.PositiveSmallIntegerField(_("«4» from"))
    min_5 = models.PositiveSmallIntegerField(_("«5» from"))
    max_primary = models.PositiveSmallIntegerField(_("highest primary score"), null=True)
    conditions = KeptJSON(_("conditions"), default=list, shape=list[dict[str, Any]])
    source = models.CharField(_("source"), max_length=300, blank=True)
    entered_by_id = models.BigIntegerField(null=True)
    entered_at = models.DateTimeField(auto_now_add=True)
    taken_back_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(min_3__lt=models.F("min_4"), min_4__lt=models.F("min_5")), name="scale_ascends"
            )
        ]
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.get_procedure_display()} {self.year} {self.get_subject_display()} {self.grade}"


class TaskSpecification(models.Model):
    """The specification of one work: which skill each task shows."""

    procedure = models.CharField(_("procedure"), max_length=10, choices=Procedure.choices)
    year = models.PositiveSmallIntegerField(_("year"))
    subject = models.CharField(_("subject"), max_length=20, choices=Subject.choices)
    grade = models.PositiveSmallIntegerField(_("grade"))
    source_name = models.CharField(_("file"), max_length=255)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["procedure", "year", "subject", "grade"], name="specification_once")
        ]

    def __str__(self) -> str:
        return f"{self.get_procedure_display()} {self.year} {self.get_subject_display()} {self.grade}"


class SpecifiedTask(models.Model):
    """A task: skill → planned result → КЭС/КТ, with its level (basic, advanced, high) and maximum."""

    specification = models.ForeignKey(TaskSpecification, on_delete=models.CASCADE, related_name="tasks")
    position = models.PositiveSmallIntegerField(_("number"))
    label = models.CharField(_("task"), max_length=20)
    skill = KeptText(_("skill"))
    planned_result = KeptText(_("planned result"), blank=True)
    level = models.CharField(_("level"), max_length=1, blank=True)
    kes = KeptJSON(_("content elements"), default=list, shape=list[str])
    kt = KeptJSON(_("requirements"), default=list, shape=list[str])
    max_score = models.PositiveSmallIntegerField(_("maximum"))
    minutes = models.PositiveSmallIntegerField(_("minutes"), null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["specification", "position"], name="specified_task_once")]
        ordering = ["position"]

    def __str__(self) -> str:
        return self.label


class CodifierKind(models.TextChoices):
    """The two lists that a task refers to."""

    KES = "kes", _("content elements")
    KT = "kt", _("requirements to pupils")


class CodifierEntry(models.Model):
    """The name of a КЭС or КТ code in the codifier of one work."""

    specification = models.ForeignKey(TaskSpecification, on_delete=models.CASCADE, related_name="codifier")
    kind = models.CharField(max_length=3, choices=CodifierKind.choices)
    code = models.CharField(_("code"), max_length=20)
    name = KeptText(_("name"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["specification", "kind", "code"], name="codifier_entry_once")]
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.code
