"""States of an event, and who holds it in each. That it runs, or is over, follows from its dates."""

from django.utils.translation import gettext_lazy as _

from traektoria.core.workflow import Transition, Workflow, anyone
from traektoria.events.event.enums import OPEN, EventState
from traektoria.events.event.permissions import check_approve, check_coordinate, check_keep, check_lead

event_workflow = Workflow(
    slug="event",
    states=dict(EventState.choices),
    initial=EventState.DRAFT,
    owners={
        EventState.DRAFT: "who leads it",
        EventState.PROPOSED: "the head of the school whose own centre it is, else the coordinator",
        EventState.ANNOUNCED: "who leads it; teachers register",
        EventState.HELD: "who leads it, until everybody is marked",
        EventState.CLOSED: "nobody: it can only be read",
        EventState.CANCELLED: "nobody: it can only be read",
    },
    transitions=(
        Transition("announce", (EventState.DRAFT,), EventState.ANNOUNCED, _("Announce"), check_keep),
        Transition("propose", (EventState.DRAFT,), EventState.PROPOSED, _("Send for approval"), check_keep),
        Transition("recall", (EventState.PROPOSED,), EventState.DRAFT, _("Take back"), check_keep),
        Transition("approve", (EventState.PROPOSED,), EventState.ANNOUNCED, _("Approve"), check_approve),
        Transition("return", (EventState.PROPOSED,), EventState.DRAFT, _("Return with a reason"), check_approve),
        Transition("hold", (EventState.ANNOUNCED,), EventState.HELD, _("It took place"), anyone),
        Transition("unhold", (EventState.HELD,), EventState.ANNOUNCED, _("It did not take place"), anyone),
        Transition("close", (EventState.HELD,), EventState.CLOSED, _("Close"), check_lead),
        Transition("reopen", (EventState.CLOSED,), EventState.HELD, _("Open anew"), check_coordinate),
        Transition("cancel", OPEN, EventState.CANCELLED, _("Cancel the event"), check_keep),
    ),
)
