"""Orders of the head."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from traektoria.core.kept_columns import KeptJSON, KeptText
from traektoria.organisations.models import School, TutorCentre
from traektoria.people.models import Person
from traektoria.tutors.applications.models import Application
from traektoria.tutors.orders.enums import OrderKind, OrderState
from traektoria.tutors.statuses.models import TutorStatus


class StaffOrder(models.Model):
    """An order of the head: appointment or release of a tutor. A signed one is never edited.

    ``signer_name`` is written where the head who signs is no person of this installation; ``position`` is that of the
    tutor when the order was prepared. ``printed`` keeps ``orders.queries.OrderFacts`` as they were signed, so
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
