"""States of the head's order."""

from django.utils.translation import gettext_lazy as _

from traektoria.core.workflow import Transition, Workflow
from traektoria.tutors.orders.enums import OrderState
from traektoria.tutors.orders.permissions import check_drafts, check_signs

order_workflow = Workflow(
    slug="staff_order",
    states=dict(OrderState.choices),
    initial=OrderState.DRAFT,
    owners={
        OrderState.DRAFT: "coordinator or head: prepares; the head signs",
        OrderState.SIGNED: "tutor: has read it; never edited",
        OrderState.CANCELLED: "nobody: another one can be prepared",
    },
    transitions=(
        Transition("sign", (OrderState.DRAFT,), OrderState.SIGNED, _("Sign"), check_signs),
        Transition("cancel", (OrderState.DRAFT,), OrderState.CANCELLED, _("Delete the draft"), check_drafts),
    ),
)
