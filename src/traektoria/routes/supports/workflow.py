"""States of a support."""

from django.utils.translation import gettext_lazy as _

from traektoria.core.workflow import Transition, Workflow, anyone
from traektoria.routes.supports.permissions import check_end_support, check_party
from traektoria.routes.tutees.enums import SupportState

support_workflow = Workflow(
    slug="support",
    states=dict(SupportState.choices),
    initial=SupportState.PROPOSED,
    owners={
        SupportState.PROPOSED: "those who have not said whether they consent",
        SupportState.ACTIVE: "tutor and teacher",
        SupportState.DECLINED: "nobody: it can only be read",
        SupportState.ENDED: "nobody: it can only be read",
    },
    transitions=(
        Transition("begin", (SupportState.PROPOSED,), SupportState.ACTIVE, _("Consent"), check_party),
        Transition("decline", (SupportState.PROPOSED,), SupportState.DECLINED, _("Decline"), check_party),
        Transition(
            "end", (SupportState.PROPOSED, SupportState.ACTIVE), SupportState.ENDED, _("End"), check_end_support
        ),
        Transition("empty", (SupportState.ACTIVE,), SupportState.ENDED, _("The last teacher left"), anyone),
        Transition("lapse", (SupportState.PROPOSED,), SupportState.ENDED, _("No longer a tutor"), anyone),
        # another tutor's support that goes on with this one has begun: actions.handover
        Transition("hand_over", (SupportState.ACTIVE,), SupportState.ENDED, _("Give over to another tutor"), anyone),
    ),
)
