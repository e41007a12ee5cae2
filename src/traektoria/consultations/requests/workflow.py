"""States of a request for a consultation, and who holds it in each."""

from django.utils.translation import gettext_lazy as _

from traektoria.consultations.requests.enums import OPEN, RequestState
from traektoria.consultations.requests.permissions import check_answer, check_coordinate, check_withdraw
from traektoria.core.workflow import Transition, Workflow, anyone

request_workflow = Workflow(
    slug="consultation",
    states=dict(RequestState.choices),
    initial=RequestState.ASKED,
    owners={
        RequestState.ASKED: "coordinator",
        RequestState.ASSIGNED: "the tutor to whom it is given",
        RequestState.TAKEN: "the tutor, who holds the consultation",
        RequestState.HELD: "nobody: it can only be read",
        RequestState.DECLINED: "nobody: it can only be read",
        RequestState.WITHDRAWN: "nobody: it can only be read",
    },
    transitions=(
        Transition("assign", (RequestState.ASKED,), RequestState.ASSIGNED, _("Give to a tutor"), check_coordinate),
        Transition("address", (RequestState.ASKED,), RequestState.ASSIGNED, _("To the tutor of the route"), anyone),
        Transition("recall", OPEN[1:], RequestState.ASKED, _("Take back from the tutor"), check_coordinate),
        Transition("take", OPEN[1:], RequestState.TAKEN, _("Take and answer"), check_answer),
        Transition("book", OPEN, RequestState.TAKEN, _("An hour is booked for it"), anyone),
        Transition("follow", (RequestState.TAKEN,), RequestState.TAKEN, _("The booked hour is moved"), anyone),
        Transition("substitute", (RequestState.TAKEN,), RequestState.TAKEN, _("Another tutor gives the hour"), anyone),
        Transition("unbook", (RequestState.TAKEN,), RequestState.ASSIGNED, _("The booked hour is cancelled"), anyone),
        Transition("free", (RequestState.TAKEN,), RequestState.ASKED, _("Cancelled, the tutor is not there"), anyone),
        Transition(
            "return",
            (RequestState.ASSIGNED, RequestState.TAKEN),
            RequestState.ASKED,
            _("Return to the coordinator"),
            check_answer,
        ),
        Transition("lose", OPEN[1:], RequestState.ASKED, _("The tutor has left"), anyone),
        Transition("suspend", OPEN[1:], RequestState.ASKED, _("The tutor takes nobody now"), anyone),
        Transition("hold", OPEN[1:], RequestState.HELD, _("The consultation was held"), check_answer),
        Transition("reopen", (RequestState.HELD,), RequestState.TAKEN, _("The hour was withdrawn"), check_answer),
        Transition("decline", OPEN, RequestState.DECLINED, _("Decline with a reason"), check_coordinate),
        Transition("withdraw", OPEN, RequestState.WITHDRAWN, _("Take the request back"), check_withdraw),
        Transition("lapse", OPEN, RequestState.WITHDRAWN, _("Nobody wants it any longer"), anyone),
    ),
)
