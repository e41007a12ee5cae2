"""Orders of the head, the tutor's status with its terms, the tutor's profile."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from traektoria.core.kept import KeptJSON, KeptText
from traektoria.organisations.models import Regulation, School, TutorCentre
from traektoria.people.enums import Subject
from traektoria.people.models import Person
from traektoria.tutors.enums import BasisKind, OrderKind, OrderState, StatusState
from traektoria.tutors.models.applications import Application
from traektoria.tutors.models.commission import AgendaItem

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


class StaffOrder(models.Model):
    """An order of the head: appointment or release of a tutor. A signed one is never edited.

    ``signer_name`` is written where the head who signs is no person of this installation; ``position`` is that of the
    tutor when the order was prepared. ``printed`` keeps ``queries.orders.OrderFacts`` as they were signed, so
    that a later change of name does not change the paper.
    """

    centre = models.ForeignKey(TutorCentre, on_delete=models.PROTECT, related_name="staff_orders")
    school = models.ForeignKey(School, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(_("kind"), max_length=8, choices=OrderKind.choices)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="staff_orders")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, null=True, blank=True, related_name="orders")
    status = models.ForeignKey(TutorStatus, on_delete=models.PROTECT, null=True, blank=True, related_name="orders")
    number = models.CharField(_("number"), max_length=40, blank=True)
    day = models.DateField(_("date"), null=True, blank=True)
    effective = models.DateField(_("in force from"))
    end = models.DateField(_("until"), null=True, blank=True)
    position = models.CharField(_("position of the tutor"), max_length=300, blank=True)
    reason = models.CharField(_("reason of the release"), max_length=500, blank=True)
    grounds = KeptText(_("grounds"), blank=True)
    duties = KeptText(_("what is entrusted"), blank=True)
    control = models.CharField(_("control is with"), max_length=300, blank=True)
    signer = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    signer_name = models.CharField(_("who signs"), max_length=300, blank=True)
    signer_position = models.CharField(_("position of the signer"), max_length=300, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=OrderState.choices, default=OrderState.DRAFT)
    created_at = models.DateTimeField(auto_now_add=True)
    signed_at = models.DateTimeField(_("signed"), null=True, blank=True)
    acquainted_at = models.DateTimeField(_("the tutor has read it"), null=True, blank=True)
    printed = KeptJSON(default=dict, blank=True, editable=False, shape=dict[str, Any])

    class Meta:
        verbose_name = _("order")
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=OrderState.SIGNED)
                | (Q(signed_at__isnull=False, day__isnull=False) & ~Q(signer_name="") & ~Q(number="")),
                name="signed_order_is_numbered",
            ),
            models.UniqueConstraint(
                fields=["centre", "number", "day"], condition=Q(state=OrderState.SIGNED), name="order_number_once"
            ),
            models.UniqueConstraint(
                fields=["application"], condition=~Q(state=OrderState.CANCELLED), name="one_order_an_application"
            ),
            models.CheckConstraint(condition=Q(end__isnull=True) | Q(end__gte=F("effective")), name="order_dates"),
            models.UniqueConstraint(
                fields=["person", "centre", "kind"], condition=Q(state=OrderState.DRAFT), name="one_draft_of_an_order"
            ),
        ]
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.number


class StatusTerm(models.Model):
    """A term of a status and what it rests on; renewal adds a term. Never edited."""

    status = models.ForeignKey(TutorStatus, on_delete=models.CASCADE, related_name="terms")
    start = models.DateField(_("from"))
    end = models.DateField(_("to"), null=True, blank=True)
    basis = models.CharField(_("rests on"), max_length=10, choices=BasisKind.choices)
    basis_text = models.CharField(_("document"), max_length=300, blank=True)
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, null=True, blank=True, related_name="terms")
    order = models.ForeignKey(StaffOrder, on_delete=models.PROTECT, null=True, blank=True, related_name="terms")
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


class TutorProfile(models.Model):
    """What a tutor offers a centre. ``availability``: [{"weekday": 0…6, "start": "15:00", "end": "17:00"}, …].

    ``teachers_at_once`` and ``hours_a_month`` are the capacity that ``routes`` holds supports to.
    """

    centre = models.ForeignKey(TutorCentre, on_delete=models.CASCADE, related_name="tutor_profiles")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="tutor_profiles")
    subjects = KeptJSON(_("subjects"), default=list, blank=True, shape=list[Subject])
    grades = KeptJSON(_("classes"), default=list, blank=True, shape=list[Any])
    formats = KeptJSON(_("formats"), default=list, blank=True, shape=list[str])
    languages = KeptJSON(_("languages"), default=list, blank=True, shape=list[str])
    availability = KeptJSON(_("weekly availability"), default=list, blank=True, shape=list[dict[str, Any]])
    teachers_at_once = models.PositiveSmallIntegerField(
        _("teachers at once"), validators=[MinValueValidator(0), MaxValueValidator(200)]
    )
    hours_a_month = models.PositiveSmallIntegerField(
        _("hours a month"), validators=[MinValueValidator(0), MaxValueValidator(400)]
    )
    about = KeptText(_("about me as a tutor"), blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "centre"], name="one_profile")]
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.person)
