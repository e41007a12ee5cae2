"""The tutor's status with its terms."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from traektoria.organisations.models import Regulation, TutorCentre
from traektoria.people.models import Person
from traektoria.tutors.statuses.enums import BasisKind, StatusState

LIVING = (StatusState.ACTIVE, StatusState.SUSPENDED)


class TutorStatus(models.Model):
    """That a person is a tutor of a centre: granted, suspended, ended. ``end`` is that of the last term (empty: none).

    The role of a tutor (``people.RoleAssignment``), on which rights hang, follows it.
    """

    centre = models.ForeignKey(TutorCentre, on_delete=models.PROTECT, related_name="tutor_statuses")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="tutor_statuses")
    regulation = models.ForeignKey(Regulation, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(_("state"), max_length=10, choices=StatusState.choices, default=StatusState.ACTIVE)
    start = models.DateField(_("from"))
    end = models.DateField(_("to"), null=True, blank=True)
    suspended_from = models.DateField(_("suspended from"), null=True, blank=True)
    reason = models.CharField(_("why suspended or ended"), max_length=500, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)

    class Meta:
        verbose_name = _("tutor's status")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "centre"], condition=Q(state__in=LIVING), name="one_living_status"
            ),
            models.CheckConstraint(condition=Q(end__isnull=True) | Q(end__gte=F("start")), name="status_dates"),
            models.CheckConstraint(
                condition=Q(state=StatusState.SUSPENDED, suspended_from__isnull=False)
                | (~Q(state=StatusState.SUSPENDED) & Q(suspended_from__isnull=True)),
                name="suspension_is_dated",
            ),
            models.CheckConstraint(
                condition=Q(state=StatusState.ENDED, ended_on__isnull=False)
                | (~Q(state=StatusState.ENDED) & Q(ended_on__isnull=True)),
                name="ended_status_is_dated",
            ),
        ]
        indexes = [models.Index(fields=["centre", "state"], name="status_by_centre")]
        ordering = ["-start", "-pk"]

    def __str__(self) -> str:
        return str(self.person)


class StatusTerm(models.Model):
    """A term of a status and what it rests on; renewal adds a term. Never edited."""

    status = models.ForeignKey(TutorStatus, on_delete=models.CASCADE, related_name="terms")
    start = models.DateField(_("from"))
    end = models.DateField(_("to"), null=True, blank=True)
    basis = models.CharField(_("rests on"), max_length=10, choices=BasisKind.choices)
    basis_text = models.CharField(_("document"), max_length=300, blank=True)
    item = models.ForeignKey("tutors.AgendaItem", on_delete=models.PROTECT, null=True, blank=True, related_name="terms")
    order = models.ForeignKey(
        "tutors.StaffOrder", on_delete=models.PROTECT, null=True, blank=True, related_name="terms"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(end__isnull=True) | Q(end__gte=F("start")), name="term_dates"),
            models.UniqueConstraint(fields=["item"], condition=Q(item__isnull=False), name="one_term_a_decision"),
            models.UniqueConstraint(fields=["order"], condition=Q(order__isnull=False), name="one_term_an_order"),
        ]
        ordering = ["start", "pk"]

    def __str__(self) -> str:
        return self.basis_text


class StatusReminder(models.Model):
    """That a reminder was sent so many days before the end of a term: sent once."""

    status = models.ForeignKey(TutorStatus, on_delete=models.CASCADE, related_name="reminders")
    end = models.DateField()
    days = models.PositiveSmallIntegerField()
    sent_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["status", "end", "days"], name="reminder_once")]
        ordering = ["-sent_at"]

    def __str__(self) -> str:
        return str(self.days)
