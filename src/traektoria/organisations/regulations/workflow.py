"""States of a version of the regulation."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traektoria.core.errors import Refused
from traektoria.core.workflow import Transition, Workflow
from traektoria.organisations.enums import RegulationState, Role


def check_keeps_regulation(actor: Any, regulation: Any) -> None:
    """The coordinator of the centre; the system itself (``None``) when a centre is founded."""
    if actor is not None and regulation.centre_id not in actor.centres(Role.COORDINATOR):
        raise Refused(_("The regulation is kept by the coordinator of this centre."), code="not_the_coordinator")


regulation_workflow = Workflow(
    slug="regulation",
    states=dict(RegulationState.choices),
    initial=RegulationState.DRAFT,
    owners={
        RegulationState.DRAFT: "coordinator",
        RegulationState.APPROVED: "nobody: it is in force from its day until the next version",
    },
    transitions=(
        Transition(
            "approve",
            (RegulationState.DRAFT,),
            RegulationState.APPROVED,
            gettext_lazy("Approve"),
            check_keeps_regulation,
        ),
    ),
)
