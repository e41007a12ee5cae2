"""States of an application: from the candidate's wish, or a nomination, to the decision."""

from django.utils.translation import gettext_lazy as _

from traektoria.core.workflow import Transition, Workflow
from traektoria.tutors.applications.enums import ApplicationState
from traektoria.tutors.applications.permissions import check_candidate, check_considers, check_decides

S = ApplicationState

application_workflow = Workflow(
    slug="application",
    states=dict(S.choices),
    initial=S.DRAFT,
    owners={
        S.NOMINATED: "candidate: consents or declines",
        S.DRAFT: "candidate",
        S.SUBMITTED: "secretary of the commission, or the coordinator: checks the papers",
        S.RETURNED: "candidate: completes",
        S.ADMITTED: "commission, head or coordinator: decides",
        S.GRANTED: "nobody: the status goes on",
        S.REFUSED: "candidate: may appeal within the term of the regulation",
        S.APPEALED: "secretary: puts it before the commission again",
        S.WITHDRAWN: "nobody: a new one can be begun",
    },
    transitions=(
        Transition("consent", (S.NOMINATED,), S.DRAFT, _("Consent to the nomination"), check_candidate),
        Transition("submit", (S.DRAFT, S.RETURNED), S.SUBMITTED, _("Submit"), check_candidate),
        Transition("return", (S.SUBMITTED, S.ADMITTED), S.RETURNED, _("Return for completion"), check_considers),
        Transition("admit", (S.SUBMITTED, S.APPEALED), S.ADMITTED, _("Admit for consideration"), check_considers),
        Transition("grant", (S.ADMITTED,), S.GRANTED, _("Grant the status"), check_decides),
        Transition("refuse", (S.ADMITTED,), S.REFUSED, _("Refuse the status"), check_decides),
        Transition("appeal", (S.REFUSED,), S.APPEALED, _("Appeal"), check_candidate),
        Transition(
            "withdraw",
            (S.NOMINATED, S.DRAFT, S.SUBMITTED, S.RETURNED, S.ADMITTED, S.APPEALED),
            S.WITHDRAWN,
            _("Withdraw"),
            check_candidate,
        ),
    ),
)
