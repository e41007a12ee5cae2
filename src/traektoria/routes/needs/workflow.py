"""States of a request for a tutor."""

from django.utils.translation import gettext_lazy as _

from traektoria.core.workflow import Transition, Workflow, anyone
from traektoria.routes.needs.enums import NeedState
from traektoria.routes.needs.permissions import check_withdraw_need

need_workflow = Workflow(
    slug="need",
    states=dict(NeedState.choices),
    initial=NeedState.OPEN,
    owners={
        NeedState.OPEN: "coordinator",
        NeedState.OFFERED: "the tutor and the teachers who are asked",
        NeedState.MET: "nobody: the support goes on",
        NeedState.WITHDRAWN: "nobody: it can only be read",
    },
    transitions=(  # all but «withdraw» follow from the supports of the request: actions.settle_need
        Transition("offer", (NeedState.OPEN,), NeedState.OFFERED, _("Offer a tutor"), anyone),
        Transition("reopen", (NeedState.OFFERED,), NeedState.OPEN, _("Look for a tutor again"), anyone),
        Transition("meet", (NeedState.OPEN, NeedState.OFFERED), NeedState.MET, _("The support has begun"), anyone),
        Transition("withdraw", (NeedState.OPEN,), NeedState.WITHDRAWN, _("Take the request back"), check_withdraw_need),
        Transition(
            "lapse", (NeedState.OPEN, NeedState.OFFERED), NeedState.WITHDRAWN, _("Nobody wants it any longer"), anyone
        ),
    ),
)
