"""Checklists by edition, audits by them with answers and files, findings with what the school says."""

from typing import Any
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from traektoria.core.kept_columns import KeptJSON, KeptText
from traektoria.organisations.models import School, TutorCentre
from traektoria.people.models import Person
from traektoria.planning.audits.enums import AuditState, FindingState, Reply, Verdict


class Checklist(models.Model):
    """What is looked at in audits of one kind of a centre (``kind`` is the slug in its regulation). ``last_number`` is
    that of the newest criterion: a number is never given again, so that answers of years can be compared."""

    centre = models.ForeignKey(TutorCentre, on_delete=models.PROTECT, related_name="audit_checklists")
    kind = models.CharField(max_length=80)
    last_number = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("checklist of audits")
        constraints = [models.UniqueConstraint(fields=["centre", "kind"], name="one_checklist_a_kind")]

    def __str__(self) -> str:
        return self.kind


class ChecklistVersion(models.Model):
    """An edition: a draft until it is published, then never changed. ``sections``: ``content.ChecklistSection``."""

    checklist = models.ForeignKey(Checklist, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("edition"))
    sections = KeptJSON(default=list, shape=list[Any])
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    published_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("edition of a checklist")
        constraints = [
            models.UniqueConstraint(fields=["checklist", "number"], name="checklist_edition_once"),
            models.UniqueConstraint(
                fields=["checklist"], condition=Q(published_at=None), name="one_draft_of_a_checklist"
            ),
        ]
        ordering = ["-number"]

    def __str__(self) -> str:
        return str(self.number)


class Audit(models.Model):
    """A look at one school by the edition with which it began. ``token`` names it to devices without a line.

    ``checked`` of ``asked`` criteria were seen when it was signed; ``reply_due``: until when the school is asked to
    answer. ``follows`` is the audit whose findings are looked at again. The act has a number within its calendar year;
    ``printed`` keeps ``queries.act.ActFacts``: names and posts as they were when it was signed and when it was read.
    """

    token = models.UUIDField(unique=True, default=uuid4, editable=False)
    centre = models.ForeignKey(TutorCentre, on_delete=models.PROTECT, related_name="audits")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="audits")
    kind = models.CharField(max_length=80)
    title = models.CharField(_("what is looked at"), max_length=300)
    version = models.ForeignKey(ChecklistVersion, on_delete=models.PROTECT, related_name="audits")
    follows = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="followed_by")
    day = models.DateField(_("day"))
    start = models.TimeField(_("beginning"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=AuditState.choices, default=AuditState.PLANNED)
    planned_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField(null=True, blank=True)
    conclusion = KeptText(_("conclusion"), blank=True)
    checked = models.PositiveSmallIntegerField(null=True, blank=True)
    asked = models.PositiveSmallIntegerField(null=True, blank=True)
    signed_at = models.DateTimeField(_("signed"), null=True, blank=True)
    signed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    act_year = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)
    act_number = models.PositiveIntegerField(_("number of the act"), null=True, blank=True, editable=False)
    printed = KeptJSON(default=dict, blank=True, editable=False, shape=dict[str, Any])
    reply_due = models.DateField(_("answer of the school by"), null=True, blank=True)
    read_at = models.DateTimeField(_("acquainted"), null=True, blank=True)
    read_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    cancelled_why = models.CharField(_("why cancelled"), max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("audit")
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    state=AuditState.SIGNED, signed_at__isnull=False, checked__isnull=False, act_number__isnull=False
                )
                | (~Q(state=AuditState.SIGNED) & Q(signed_at=None, act_number=None)),
                name="signed_audit_is_dated",
            ),
            models.UniqueConstraint(fields=["centre", "act_year", "act_number"], name="act_number_once"),
            models.CheckConstraint(
                condition=Q(read_at=None, read_by=None) | Q(read_at__isnull=False, read_by__isnull=False),
                name="audit_is_read_by_somebody",
            ),
        ]
        indexes = [models.Index(fields=["centre", "school", "kind", "day"], name="audit_by_school")]
        ordering = ["-day", "-pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        """Answers can be given."""
        return self.state in (AuditState.PLANNED, AuditState.GOING)

    @property
    def is_signed(self) -> bool:
        return self.state == AuditState.SIGNED

    @property
    def state_label(self) -> str:
        return self.get_state_display()

    @property
    def is_partial(self) -> bool:
        """«Проверено 14 из 20»."""
        return self.checked is not None and self.asked is not None and self.checked < self.asked


class AuditAuditor(models.Model):
    audit = models.ForeignKey(Audit, on_delete=models.CASCADE, related_name="auditors")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="audits")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["audit", "person"], name="auditor_once")]
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.person.short_name


class AuditAnswer(models.Model):
    """What was found by one criterion. ``device`` and ``sequence`` say which sending it was, ``said_at`` when it was
    given, where a device without a line kept it. ``concerns``: the page, lesson or document; of a page of a site its
    ``address`` and the time when it was ``seen_at``."""

    audit = models.ForeignKey(Audit, on_delete=models.CASCADE, related_name="answers")
    criterion = models.PositiveIntegerField()
    verdict = models.CharField(_("answer"), max_length=10, choices=Verdict.choices)
    why = models.CharField(_("why it does not apply"), max_length=300, blank=True)
    note = KeptText(_("what was seen"), blank=True)
    concerns = models.CharField(_("page, lesson or document"), max_length=300, blank=True)
    address = models.URLField(_("address of the page"), max_length=500, blank=True)
    seen_at = models.DateTimeField(_("when it was looked at"), null=True, blank=True)
    device = models.CharField(max_length=40, blank=True)
    sequence = models.BigIntegerField(default=0)
    said_at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["audit", "criterion"], name="one_audit_answer_a_criterion"),
            models.CheckConstraint(
                condition=~Q(verdict=Verdict.NOT_APPLICABLE) | ~Q(why=""), name="what_does_not_apply_has_a_reason"
            ),
        ]
        ordering = ["criterion"]

    def __str__(self) -> str:
        return self.get_verdict_display()


class AuditFile(models.Model):
    """A photo or file to a criterion; ``sha256`` is of what was sent, so that it is kept once however often it comes.
    A picture is kept as it was drawn anew: without place, time and device in it."""

    drawn_anew = True
    audit = models.ForeignKey(Audit, on_delete=models.CASCADE, related_name="files")
    criterion = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64, editable=False)
    file = models.FileField(_("file"), upload_to="audits/%Y/%m")
    name = models.CharField(_("name of the file"), max_length=200)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["audit", "criterion", "sha256"], name="audit_file_once")]
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_picture(self) -> bool:
        return str(self.file.name).endswith(".jpg")


class Finding(models.Model):
    """What is to be mended, as it stood when the act was signed: by which criterion, what it concerns, what is
    recommended, who mends it by when; ``times``: so many audits in a row, this one counted, have found it."""

    audit = models.ForeignKey(Audit, on_delete=models.CASCADE, related_name="findings")
    criterion = models.PositiveIntegerField()
    title = models.CharField(_("criterion"), max_length=500)
    verdict = models.CharField(_("answer"), max_length=10, choices=Verdict.choices)
    note = KeptText(_("what was seen"), blank=True)
    concerns = models.CharField(_("page, lesson or document"), max_length=800, blank=True)
    recommendation = KeptText(_("recommendation"))
    owner = models.CharField(_("who mends it"), max_length=200, blank=True)
    due = models.DateField(_("by which day"), null=True, blank=True)
    times = models.PositiveSmallIntegerField(_("times in a row"), default=1)
    state = models.CharField(_("state"), max_length=10, choices=FindingState.choices, default=FindingState.OPEN)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    closed_note = models.CharField(_("what was checked"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("finding of an audit")
        constraints = [
            models.UniqueConstraint(fields=["audit", "criterion"], name="one_finding_a_criterion"),
            models.CheckConstraint(
                condition=Q(state=FindingState.OPEN, closed_at=None)
                | (~Q(state=FindingState.OPEN) & Q(closed_at__isnull=False)),
                name="closed_finding_is_dated",
            ),
        ]
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        return self.state == FindingState.OPEN


class FindingReply(models.Model):
    """What the school says to a finding; a newer one is put beside the older ones."""

    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="replies")
    reply = models.CharField(pgettext_lazy("finding", "answer of the school"), max_length=10, choices=Reply.choices)
    words = KeptText(_("in words"), blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(reply=Reply.AGREED) | ~Q(words=""), name="reply_has_its_reason"),
        ]
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.get_reply_display()
