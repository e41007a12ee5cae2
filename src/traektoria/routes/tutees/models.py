"""Tutor support with its teachers, and their learning requests."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from traektoria.core.kept_columns import KeptText
from traektoria.organisations.models import Regulation, TutorCentre
from traektoria.people.enums import Subject
from traektoria.people.models import Person
from traektoria.routes.tutees.enums import Basis, SupportKind, SupportState


class TutorSupport(models.Model):
    """A tutor with a teacher or a group, for a period. It is active only when the tutor and a teacher consented.

    It runs by the version of the regulation under which it was proposed. ``replaces`` is the support of another tutor
    that this one goes on with, and why: that one goes on until this one begins, and takes no notice if it never does.
    """

    centre = models.ForeignKey(TutorCentre, on_delete=models.PROTECT, related_name="supports")
    regulation = models.ForeignKey(Regulation, on_delete=models.PROTECT, related_name="+")
    need = models.ForeignKey(
        "routes.SupportNeed", on_delete=models.PROTECT, null=True, blank=True, related_name="supports"
    )
    replaces = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="successors")
    replace_reason = models.CharField(_("why another tutor"), max_length=300, blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=SupportKind.choices, default=SupportKind.INDIVIDUAL)
    name = models.CharField(_("name of the group"), max_length=150, blank=True)
    tutor = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="supports_given")
    tutor_consented_at = models.DateTimeField(_("tutor consented"), null=True, blank=True)
    subject = models.CharField(_("subject"), max_length=20, choices=Subject.choices)
    start = models.DateField(_("from"))
    end = models.DateField(_("to"))
    basis = models.CharField(_("basis"), max_length=12, choices=Basis.choices)
    basis_note = models.CharField(_("note to the basis"), max_length=300, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=SupportState.choices, default=SupportState.PROPOSED)
    end_reason = KeptText(_("why ended"), blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("tutor support")
        constraints = [
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="support_dates"),
            models.CheckConstraint(
                condition=Q(kind=SupportKind.INDIVIDUAL) | ~Q(name=""), name="group_support_has_a_name"
            ),
            models.UniqueConstraint(
                fields=["replaces"],
                condition=Q(state__in=[SupportState.PROPOSED, SupportState.ACTIVE]),
                name="one_open_successor",
            ),
        ]
        indexes = [
            models.Index(fields=["centre", "state"], name="support_by_centre"),
            models.Index(fields=["tutor", "state"], name="support_by_tutor"),
        ]
        ordering = ["-start", "pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def is_group(self) -> bool:
        return self.kind == SupportKind.GROUP

    @property
    def title(self) -> str:
        """The group's name or the teacher's; reads ``members`` (prefetch ``members__person`` in lists)."""
        if self.is_group:
            return self.name
        return next((member.person.short_name for member in self.members.all()), "")


class SupportMember(models.Model):
    """A supported teacher (tutee) with their own consent: an individual support has one, a group several."""

    support = models.ForeignKey(TutorSupport, on_delete=models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="supports_received")
    consented_at = models.DateTimeField(_("consented"), null=True, blank=True)
    declined_at = models.DateTimeField(_("declined"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["support", "person"], name="member_once"),
            models.CheckConstraint(
                condition=Q(consented_at__isnull=True) | Q(declined_at__isnull=True), name="member_one_answer"
            ),
        ]
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.person)


class LearningRequest(models.Model):
    """What the teacher wants, in the teacher's words; a changed request is a new row, the last one counts."""

    support = models.ForeignKey(TutorSupport, on_delete=models.CASCADE, related_name="requests")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="learning_requests")
    text = KeptText(_("what I want to learn or change"))
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.text
