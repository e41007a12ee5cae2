"""The application for the tutor's status, its answers by criterion, its evidence."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from traektoria.core.components.status import Look
from traektoria.core.kept_columns import KeptJSON, KeptText
from traektoria.organisations.models import Regulation, TutorCentre
from traektoria.people.enums import Subject
from traektoria.people.models import Person
from traektoria.tutors.applications.enums import ApplicationState, Check
from traektoria.tutors.applications.state_chip import look_of

OPEN = (
    ApplicationState.NOMINATED,
    ApplicationState.DRAFT,
    ApplicationState.SUBMITTED,
    ApplicationState.RETURNED,
    ApplicationState.ADMITTED,
    ApplicationState.APPEALED,
)


class Application(models.Model):
    """One person's way to the status, by the regulation that was in force when it began.

    ``nominated_by`` is empty where the candidate applies. A nomination is only a question until the candidate consents
    (``consented_at``). ``renews`` is the status that a renewal is asked for.
    """

    centre = models.ForeignKey(TutorCentre, on_delete=models.PROTECT, related_name="applications")
    regulation = models.ForeignKey(Regulation, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="tutor_applications")
    nominated_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    nomination = KeptText(_("why this person"), blank=True)
    consented_at = models.DateTimeField(_("candidate consented"), null=True, blank=True)
    renews = models.ForeignKey(
        "tutors.TutorStatus", on_delete=models.PROTECT, null=True, blank=True, related_name="renewals"
    )
    subjects = KeptJSON(_("subjects"), default=list, blank=True, shape=list[Subject])
    motivation = KeptText(_("what I want to do as a tutor"), blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=ApplicationState.choices, default=ApplicationState.DRAFT
    )
    return_reason = KeptText(_("what to complete"), blank=True)
    admission_note = KeptText(_("why admitted although criteria are not met"), blank=True)
    appeal = KeptText(_("appeal"), blank=True)
    appealed_at = models.DateTimeField(_("appealed"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decision_note = KeptText(_("reasons of the decision"), blank=True)

    class Meta:
        verbose_name = _("application for the status")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "centre"], condition=Q(state__in=OPEN), name="one_open_application"
            ),
            models.CheckConstraint(
                condition=Q(nominated_by__isnull=False) | ~Q(state=ApplicationState.NOMINATED),
                name="nomination_has_its_author",
            ),
        ]
        indexes = [models.Index(fields=["centre", "state"], name="application_by_centre")]
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return str(self.person)

    @property
    def look(self) -> Look:
        return look_of(self.state)


class CriterionAnswer(models.Model):
    """What is said of one criterion (a leaf of the tree): by the candidate, by the system, by the secretary.

    ``computed`` is what the system knew when the application was submitted; ``stated`` is the candidate's own number
    where papers tell more than the system knows. ``check`` is the secretary's finding.
    """

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="answers")
    criterion = models.CharField(_("criterion"), max_length=40)
    computed = models.DecimalField(_("known to the system"), max_digits=6, decimal_places=2, null=True, blank=True)
    stated = models.DecimalField(_("by papers"), max_digits=6, decimal_places=2, null=True, blank=True)
    text = KeptText(_("in a few words"), blank=True)
    check_result = models.CharField(_("finding"), max_length=8, choices=Check.choices, blank=True)
    check_note = models.CharField(_("note of the check"), max_length=500, blank=True)
    checked_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    checked_at = models.DateTimeField(_("checked"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "criterion"], name="one_answer_a_criterion"),
            models.CheckConstraint(
                condition=Q(check_result="", checked_at__isnull=True)
                | (~Q(check_result="") & Q(checked_at__isnull=False)),
                name="finding_is_dated",
            ),
        ]
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.criterion


class CriterionEvidence(models.Model):
    """A file or a link (exactly one) that shows a criterion."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="evidence")
    criterion = models.CharField(_("criterion"), max_length=40)
    title = models.CharField(_("what it is"), max_length=300)
    file = models.FileField(_("file"), upload_to="applications/%Y/%m", blank=True)
    file_name = models.CharField(_("name of the file"), max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, blank=True, editable=False)
    link = models.URLField(_("link"), max_length=500, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(Q(file="") & ~Q(link="")) | (~Q(file="") & Q(link="")), name="criterion_file_or_link"
            ),
            models.UniqueConstraint(
                fields=["application", "criterion", "sha256"], condition=~Q(sha256=""), name="criterion_file_once"
            ),
            models.UniqueConstraint(
                fields=["application", "criterion", "link"], condition=~Q(link=""), name="criterion_link_once"
            ),
        ]
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return self.title
