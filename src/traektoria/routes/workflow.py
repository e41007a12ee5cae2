"""States of a route and of its items: the table first, the doors are the actions."""

from django.utils.translation import gettext_lazy as _

from traektoria.core.workflow import Transition, Workflow, anyone
from traektoria.routes.enums import ItemState, NeedState, RouteState, SupportState
from traektoria.routes.permissions import (
    check_end_support,
    check_lead,
    check_party,
    check_withdraw_need,
    check_work,
    check_work_on_item,
)

DRAFT, PROPOSED, RUNNING = RouteState.DRAFT, RouteState.PROPOSED, RouteState.RUNNING
PAUSED, CLOSED, STOPPED = RouteState.PAUSED, RouteState.CLOSED, RouteState.STOPPED
OPEN = (ItemState.PLANNED, ItemState.DOING)

route_workflow = Workflow(
    slug="route",
    states=dict(RouteState.choices),
    initial=DRAFT,
    owners={
        DRAFT: "tutor and teacher",
        PROPOSED: "the parties that have not said their word",
        RUNNING: "teacher",
        PAUSED: "tutor and teacher",
        CLOSED: "nobody: it can only be read",
        STOPPED: "nobody: it can only be read",
    },
    transitions=(
        Transition("propose", (DRAFT,), PROPOSED, _("Propose"), check_work),
        Transition("return", (PROPOSED,), DRAFT, _("Return"), anyone),  # any awaited party: actions.agreement checks
        Transition("withdraw", (PROPOSED,), DRAFT, _("Take the proposal back"), check_work),
        Transition("release", (PROPOSED,), DRAFT, _("Nobody is left to agree"), anyone),
        Transition("start", (PROPOSED,), RUNNING, _("I agree"), anyone),  # the last word of the parties
        Transition("pause", (RUNNING,), PAUSED, _("Pause"), check_work),
        Transition("resume", (PAUSED,), RUNNING, _("Resume"), check_work),
        Transition("close", (RUNNING,), CLOSED, _("Close"), check_lead),
        Transition("stop", (DRAFT, PROPOSED, RUNNING, PAUSED), STOPPED, _("Stop"), check_work),
    ),
)

item_workflow = Workflow(
    slug="item",
    states=dict(ItemState.choices),
    initial=ItemState.PLANNED,
    owners={
        ItemState.PLANNED: "teacher",
        ItemState.DOING: "teacher",
        ItemState.DONE: "nobody, but it can be taken back into work",
        ItemState.CANCELLED: "nobody, but it can be taken back into work",
    },
    transitions=(
        Transition("start", (ItemState.PLANNED,), ItemState.DOING, _("Start"), check_work_on_item),
        Transition("finish", OPEN, ItemState.DONE, _("Mark as done"), check_work_on_item),
        Transition(
            "undo", (ItemState.DONE, ItemState.CANCELLED), ItemState.DOING, _("Back to work"), check_work_on_item
        ),
        Transition(
            "cancel", (ItemState.PLANNED, ItemState.DOING), ItemState.CANCELLED, _("Cancel"), check_work_on_item
        ),
    ),
)

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
    transitions=(  # all but «withdraw» follow from the supports of the request: actions.needs.settle_need
        Transition("offer", (NeedState.OPEN,), NeedState.OFFERED, _("Offer a tutor"), anyone),
        Transition("reopen", (NeedState.OFFERED,), NeedState.OPEN, _("Look for a tutor again"), anyone),
        Transition("meet", (NeedState.OPEN, NeedState.OFFERED), NeedState.MET, _("The support has begun"), anyone),
        Transition("withdraw", (NeedState.OPEN,), NeedState.WITHDRAWN, _("Take the request back"), check_withdraw_need),
        Transition(
            "lapse", (NeedState.OPEN, NeedState.OFFERED), NeedState.WITHDRAWN, _("Nobody wants it any longer"), anyone
        ),
    ),
)
