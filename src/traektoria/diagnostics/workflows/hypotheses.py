"""The life of a hypothesis: proposed, then confirmed or dropped by the teacher or the tutor; it can be taken back."""

from django.utils.translation import gettext_lazy as _

from traektoria.core.workflow import Transition, Workflow
from traektoria.diagnostics.enums import HypothesisState
from traektoria.diagnostics.permissions.hypotheses import reopens, works_on

PROPOSED, CONFIRMED, DROPPED = HypothesisState.PROPOSED, HypothesisState.CONFIRMED, HypothesisState.DROPPED

HYPOTHESIS = Workflow(
    slug="hypothesis",
    states=dict(HypothesisState.choices),
    initial=PROPOSED,
    transitions=(
        Transition("confirm", (PROPOSED,), CONFIRMED, _("Yes, this is about me"), works_on),
        Transition("drop", (PROPOSED,), DROPPED, _("No, I disagree"), works_on),
        Transition("reopen", (CONFIRMED, DROPPED), PROPOSED, _("Take back"), reopens),
    ),
    owners={
        PROPOSED: "the teacher (with the tutor): confirms or drops",
        CONFIRMED: "the teacher and the tutor: the problem field of a route",
        DROPPED: "nobody: it is kept with the reason, and can be taken back",
    },
)
