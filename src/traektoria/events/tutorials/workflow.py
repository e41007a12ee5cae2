"""States of a self-work: handed in, returned to be finished, accepted; a mistake is taken back."""

from django.utils.translation import gettext_lazy as _

from traektoria.core.workflow import Transition, Workflow
from traektoria.events.tutorials.enums import WorkState
from traektoria.events.tutorials.permissions import check_judge, check_own

work_workflow = Workflow(
    slug="self_work",
    states=dict(WorkState.choices),
    initial=WorkState.HANDED,
    owners={
        WorkState.HANDED: "who leads the tutorial",
        WorkState.RETURNED: "the participant",
        WorkState.ACCEPTED: "nobody: it counts for hours and the certificate",
    },
    transitions=(
        Transition("accept", (WorkState.HANDED,), WorkState.ACCEPTED, _("Accept"), check_judge),
        Transition("return", (WorkState.HANDED,), WorkState.RETURNED, _("Return to be finished"), check_judge),
        Transition("hand_in", (WorkState.RETURNED, WorkState.HANDED), WorkState.HANDED, _("Hand in"), check_own),
        Transition("reconsider", (WorkState.ACCEPTED,), WorkState.HANDED, _("Look at it anew"), check_judge),
    ),
)
