"""The life of a hypothesis: proposed, confirmed or dropped at once or after a talk; it can be taken back."""

from django.utils.translation import gettext_lazy as _

from traektoria.core.workflow import Transition, Workflow, anyone
from traektoria.diagnostics.problem_field.enums import HypothesisState
from traektoria.diagnostics.problem_field.permissions import check_is_about, check_reopens, check_works_on

PROPOSED, DISCUSSED = HypothesisState.PROPOSED, HypothesisState.DISCUSSED
CONFIRMED, DROPPED = HypothesisState.CONFIRMED, HypothesisState.DROPPED

HYPOTHESIS = Workflow(
    slug="hypothesis",
    states=dict(HypothesisState.choices),
    initial=PROPOSED,
    transitions=(
        Transition("confirm", (PROPOSED, DISCUSSED), CONFIRMED, _("I want support"), check_works_on),
        Transition("drop", (PROPOSED, DISCUSSED), DROPPED, _("There is another cause"), check_works_on),
        Transition("discuss", (PROPOSED,), DISCUSSED, _("Talk it over with the tutor"), check_is_about),
        Transition("withdraw", (PROPOSED, DISCUSSED), DROPPED, _("Withdraw after a recount"), anyone),
        Transition("reopen", (CONFIRMED, DROPPED, DISCUSSED), PROPOSED, _("Take back"), check_reopens),
    ),
    owners={
        PROPOSED: "the teacher (with the tutor): confirms or drops",
        DISCUSSED: "the teacher and the tutor: they talk, then either of them writes down what came of it",
        CONFIRMED: "the teacher and the tutor: the problem field of a route",
        DROPPED: "nobody: it is kept with the reason, and can be taken back; the system withdraws what nobody decided",
    },
)
