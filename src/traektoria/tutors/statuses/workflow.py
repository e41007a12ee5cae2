"""States of a tutor's status."""

from django.utils.translation import gettext_lazy as _

from traektoria.core.workflow import Transition, Workflow, anyone
from traektoria.tutors.statuses.enums import StatusState
from traektoria.tutors.statuses.permissions import check_keeps_status

A, S, E = StatusState.ACTIVE, StatusState.SUSPENDED, StatusState.ENDED

status_workflow = Workflow(
    slug="tutor_status",
    states=dict(StatusState.choices),
    initial=A,
    owners={
        A: "tutor: supports teachers until the end of the term",
        S: "coordinator: resumes or ends; the tutor takes no new teachers",
        E: "nobody: a new application can be begun",
    },
    transitions=(
        Transition("suspend", (A,), S, _("Suspend"), check_keeps_status),
        Transition("resume", (S,), A, _("Resume"), check_keeps_status),
        Transition("end", (A, S), E, _("End the status"), check_keeps_status),
        Transition("release", (A, S), E, _("Release by the order"), anyone),
        Transition("lapse", (A, S), E, _("The term is over"), anyone),
    ),
)
