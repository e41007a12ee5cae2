"""Region → municipality → school → tutor centre, school years and calendars."""

import uuid
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from traektoria.core import school_year
from traektoria.core.kept_columns import KeptJSON
from traektoria.core.text import sort_key
from traektoria.organisations.enums import PERIOD_CHOICES, HelpReason, ImportKind, RegulationState


class Region(models.Model):
    """A subject of the Federation; ``code`` is its number («22»)."""

    code = models.CharField(_("code"), max_length=3, unique=True)
    name = models.CharField(_("name"), max_length=200)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class Municipality(models.Model):
    """A municipal district or town; ``code`` as in FIS OKO («reg22_m019»), empty where not known."""

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="municipalities")
    code = models.CharField(_("FIS OKO code"), max_length=20, blank=True)
    name = models.CharField(_("name"), max_length=200)
    time_zone = models.CharField(_("time zone"), max_length=40, blank=True)  # empty: as the installation

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["region", "name"], name="municipality_name_once"),
            models.UniqueConstraint(fields=["code"], condition=~Q(code=""), name="municipality_code_once"),
        ]
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class School(models.Model):
    """A school. ``digits`` are the six digits that its logins share (sch220123, edu220123)."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="schools")
    digits = models.CharField(_("FIS OKO digits"), max_length=12, unique=True)
    name = models.CharField(_("short name"), max_length=200)
    full_name = models.CharField(_("full name"), max_length=500, blank=True)
    sort_name = models.CharField(max_length=220, editable=False, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["municipality", "name"], name="school_name_once")]
        ordering = ["sort_name"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs) -> None:  # type: ignore[no-untyped-def]
        self.sort_name = sort_key(self.name)
        super().save(*args, **kwargs)

    @property
    def paper_name(self) -> str:
        return self.full_name or self.name


class TutorCentre(models.Model):
    """A tutor centre, consultation point or community: of a municipality, or of one school (``school`` is set)."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="centres")
    school = models.ForeignKey(School, on_delete=models.PROTECT, null=True, blank=True, related_name="own_centres")
    name = models.CharField(_("name"), max_length=200)
    full_name = models.CharField(_("full name"), max_length=500, blank=True)
    founder = models.CharField(_("founder"), max_length=300, blank=True)
    base_school = models.ForeignKey(
        School,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="based_centres",
        verbose_name=_("school that the centre was created at"),
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["municipality", "name"], name="centre_name_once")]
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def schools(self) -> models.QuerySet[School]:
        """The schools that this centre serves."""
        if self.school_id:
            return School.objects.filter(pk=self.school_id)
        return School.objects.filter(municipality_id=self.municipality_id)


class Regulation(models.Model):
    """A version of the centre's regulation. ``content`` is ``regulations.schema.Rules`` as JSON.

    An approved version is never edited: it is in force from ``start`` until the next approved one. What began under it
    keeps a reference to it. At most one draft is being written. ``printed``: founder and name of the centre on its
    paper, as they were when it was approved.
    """

    centre = models.ForeignKey(TutorCentre, on_delete=models.PROTECT, related_name="regulations")
    number = models.PositiveSmallIntegerField(_("version"))
    state = models.CharField(_("state"), max_length=10, choices=RegulationState.choices, default=RegulationState.DRAFT)
    preset = models.CharField(_("made from the preset"), max_length=40)
    content = models.JSONField(_("content"))
    start = models.DateField(_("in force from"), null=True, blank=True)
    basis = models.CharField(_("approved by"), max_length=300, blank=True)
    reason = models.CharField(_("what changed and why"), max_length=500, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    approved_at = models.DateTimeField(_("approved"), null=True, blank=True)
    approved_by_id = models.BigIntegerField(null=True)
    printed = KeptJSON(default=dict, blank=True, editable=False, shape=dict[str, str])

    class Meta:
        verbose_name = _("regulation")
        constraints = [
            models.UniqueConstraint(fields=["centre", "number"], name="regulation_version_once"),
            models.UniqueConstraint(
                fields=["centre"], condition=Q(state=RegulationState.DRAFT), name="one_draft_of_a_regulation"
            ),
            models.CheckConstraint(
                condition=Q(state=RegulationState.APPROVED, start__isnull=False, approved_at__isnull=False)
                | Q(state=RegulationState.DRAFT, start__isnull=True, approved_at__isnull=True),
                name="approved_regulation_is_dated",
            ),
        ]
        ordering = ["-number"]

    def __str__(self) -> str:
        return str(self.number)


class SchoolYear(models.Model):
    """«2026/27»: starts on 1 September. ``start_year`` is 2026."""

    start_year = models.PositiveSmallIntegerField(_("starts in"), unique=True)

    class Meta:
        ordering = ["-start_year"]

    def __str__(self) -> str:
        return school_year.label(self.start_year)


class CalendarPeriod(models.Model):
    """A dated period of a school year: for all schools of a centre (``school`` empty) or as one school has it."""

    centre = models.ForeignKey(TutorCentre, on_delete=models.CASCADE, related_name="periods")
    school = models.ForeignKey(School, on_delete=models.CASCADE, null=True, blank=True, related_name="periods")
    year = models.ForeignKey(SchoolYear, on_delete=models.PROTECT, related_name="periods")
    kind = models.CharField(_("kind"), max_length=12, choices=PERIOD_CHOICES)
    name = models.CharField(_("name"), max_length=100)
    start = models.DateField(_("from"))
    end = models.DateField(_("to"))
    source = models.CharField(_("source"), max_length=300, blank=True)
    confirmed = models.BooleanField(_("confirmed"), default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(end__gte=F("start")), name="period_ends_after_start"),
            models.UniqueConstraint(
                fields=["centre", "year", "name"], condition=Q(school__isnull=True), name="period_name_once"
            ),
            models.UniqueConstraint(
                fields=["centre", "school", "year", "name"],
                condition=Q(school__isnull=False),
                name="school_period_name_once",
            ),
        ]
        ordering = ["start", "end"]

    def __str__(self) -> str:
        return self.name


class SchoolList(models.Model):
    """An official list of schools that are helped first, of one school year (``year`` is its beginning), with the
    document that it is taken from. ``edition`` grows with each change: nobody overwrites what they never saw."""

    centre = models.ForeignKey(TutorCentre, on_delete=models.CASCADE, related_name="school_lists")
    reason = models.CharField(_("list"), max_length=20, choices=HelpReason.choices)
    year = models.PositiveSmallIntegerField(_("school year"))
    source = models.CharField(_("source"), max_length=300)
    edition = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(auto_now=True)
    schools = models.ManyToManyField(School, through="ListedSchool", related_name="lists")

    class Meta:
        verbose_name = _("official list of schools")
        constraints = [
            models.UniqueConstraint(fields=["centre", "reason", "year"], name="one_list_a_reason_and_year"),
            models.CheckConstraint(condition=~Q(source=""), name="list_of_schools_has_a_source"),
        ]
        ordering = ["-year", "reason"]

    def __str__(self) -> str:
        return f"{HelpReason(self.reason).short} {school_year.label(self.year)}"


class ListedSchool(models.Model):
    list = models.ForeignKey(SchoolList, on_delete=models.CASCADE, related_name="rows")
    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="listed")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["list", "school"], name="school_once_in_a_list")]

    def __str__(self) -> str:
        return str(self.pk)


class ColumnMeaning(models.Model):
    """What a person said of a heading of a table, «» for «not needed»: nobody in the centre is asked it again.

    ``table`` is the kind of table (``ImportKind``, «results»), ``heading`` as headings are compared.
    """

    centre = models.ForeignKey(TutorCentre, on_delete=models.CASCADE, related_name="+")
    table = models.CharField(max_length=10)
    heading = models.CharField(_("heading"), max_length=200)
    meaning = models.CharField(_("meaning"), max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["centre", "table", "heading"], name="one_meaning_of_a_heading"),
        ]

    def __str__(self) -> str:
        return f"{self.heading} → {self.meaning}"


class ImportDraft(models.Model):
    """A table that was uploaded and read, waiting for «Write it down»; ``account_id`` alone may open it.

    ``rows`` are numbers with sheet, texts by column and faulty cells (organisations.sheets); they are emptied once
    written, with the ``preview`` that the worker made of a large table, for they hold personal data. ``outcome`` are
    the counts of what was written, so that a second click shows them and writes nothing; ``position`` is how many rows
    of the plan are written already. ``about``: what was said of the table beside it.
    """

    token = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account_id = models.BigIntegerField()
    centre = models.ForeignKey(TutorCentre, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=ImportKind.choices)
    file_name = models.CharField(_("file"), max_length=200)
    sheet = models.CharField(_("sheet"), max_length=100)
    columns = KeptJSON(default=dict, shape=dict[str, Any])
    ignored = KeptJSON(default=list, shape=list[str])
    rows = KeptJSON(default=list, shape=list[tuple[int, Any]])
    preview = KeptJSON(default=dict, shape=dict[str, Any])
    outcome = KeptJSON(default=dict, shape=dict[str, Any])
    about = KeptJSON(default=dict, shape=dict[str, Any])
    position = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    written_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.file_name
