"""What orders tell the rooms below: words of the audit."""

from django.utils.translation import gettext_lazy

from traektoria.core.registries import word_events
from traektoria.tutors.orders import workflow  # noqa: F401  (the diagrams of docs/workflows)

_WORDS = {
    "staff_order.draft": gettext_lazy("an order was prepared"),
    "staff_order.change": gettext_lazy("the draft of the order was changed"),
    "staff_order.sign": gettext_lazy("the order was signed"),
    "staff_order.cancel": gettext_lazy("the draft of the order was taken away"),
    "staff_order.acquaint": gettext_lazy("the tutor has read the order"),
}
word_events(_WORDS)
