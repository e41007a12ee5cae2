"""Imported results of pupils: one describing row per Parquet dataset, specifications of tasks, remembered schools."""

from pathlib import Path

from django.conf import settings
from django.db import models
from django.db.models import Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from traektoria.organisations.models import School, TutorCentre
from traektoria.people.enums import Subject


class Procedure(models.TextChoices):
    VPR = "vpr", _("VPR")
    OGE = "oge", _("OGE")
    EGE = "ege", _("EGE")
    COMPLEX = "complex", _("complex work")


class DatasetKind(models.TextChoices):
    """Answers by task, or tables that came aggregated already."""

    ANSWERS = "answers", _("results by task")
    MARK_STATISTICS = "mark_statistics", _("statistics of marks")
    JOURNAL_COMPARISON = "journal_comparison", _("marks against the journal")


class Dataset(models.Model):
    """What is known of one imported file. The figures themselves lie in Parquet under ``folder``."""

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
    participants = models.PositiveIntegerField(_("participants"))
    tasks = models.JSONField(_("tasks"), default=list)
    max_primary = models.PositiveSmallIntegerField(_("highest primary score"), null=True)
    dirt = models.JSONField(_("remarks"), default=dict)
    aggregate = models.JSONField(_("aggregated tables"), default=list, blank=True)
    imported_by_id = models.BigIntegerField(null=True)
    imported_at = models.DateTimeField(_("imported"), auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["centre", "sha256"], name="dataset_file_once")]
        ordering = ["-year", "procedure", "subject", "grade", "-pk"]

    def __str__(self) -> str:
        values = {
            "procedure": self.get_procedure_display(),
            "year": self.year,
            "subject": self.get_subject_display(),
            "grade": self.grade,
        }
        return _("%(procedure)s %(year)s, %(subject)s, grade %(grade)s") % values

    @property
    def path(self) -> Path:
        return Path(settings.DATASETS) / self.folder

    @property
    def school_year_start(self) -> int:
        """Procedures are held in spring; those of autumn belong to the same class a year later (VPR 2020)."""
        return self.year - 1


class DatasetSchool(models.Model):
    """A school as one dataset names it, and which of our schools that is: what a head may see hangs on it.

    ``nearby``: it stands in a municipality of the file that the centre serves, an empty ``school`` asks to be mapped.
    """

    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="schools")
    code = models.CharField(_("as in the file"), max_length=120)
    name = models.CharField(_("name in the file"), max_length=500, blank=True)
    region = models.CharField(_("region in the file"), max_length=200, null=True)
    municipality = models.CharField(_("municipality in the file"), max_length=200, null=True)
    participants = models.PositiveIntegerField(_("participants"))
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
    """A school as a file names it, mapped once by a person: ``school`` is empty for «not ours»."""

    centre = models.ForeignKey(TutorCentre, on_delete=models.CASCADE, related_name="school_aliases")
    code = models.CharField(_("as in the file"), max_length=120)
    school = models.ForeignKey(School, on_delete=models.CASCADE, null=True, blank=True, related_name="aliases")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["centre", "code"], name="alias_once")]

    def __str__(self) -> str:
        return self.code


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
    skill = models.TextField(_("skill"))
    planned_result = models.TextField(_("planned result"), blank=True)
    level = models.CharField(_("level"), max_length=1, blank=True)
    kes = models.JSONField(_("content elements"), default=list)
    kt = models.JSONField(_("requirements"), default=list)
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
    name = models.TextField(_("name"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["specification", "kind", "code"], name="codifier_entry_once")]
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.code
