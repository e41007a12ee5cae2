"""States of a route and of its items: the table first, the doors are the actions."""

from django.utils.translation import gettext_lazy as _

from traektoria.core.workflow import Transition, Workflow, anyone
from traektoria.routes.route.enums import ItemState, RouteState
from traektoria.routes.route.permissions import check_lead, check_work, check_work_on_item

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
