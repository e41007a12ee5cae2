"""States of a commission."""

from django.utils.translation import gettext_lazy as _

from traektoria.core.workflow import Transition, Workflow
from traektoria.tutors.seats.enums import CommissionState
from traektoria.tutors.seats.permissions import check_forms

C = CommissionState

commission_workflow = Workflow(
    slug="commission",
    states=dict(C.choices),
    initial=C.FORMING,
    owners={
        C.FORMING: "coordinator: names members, chair and secretary",
        C.WORKING: "secretary: plans sessions, until the end of the term",
        C.DISSOLVED: "nobody: its protocols stay",
    },
    transitions=(
        Transition("begin", (C.FORMING,), C.WORKING, _("The commission begins to work"), check_forms),
        Transition("dissolve", (C.FORMING, C.WORKING), C.DISSOLVED, _("Dissolve the commission"), check_forms),
    ),
)
