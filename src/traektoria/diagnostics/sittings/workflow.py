"""The life of a sitting: begun, paused, handed in, or over by the clock; or entered from paper."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from traektoria.core.workflow import Transition, Workflow, anyone
from traektoria.diagnostics.sittings.enums import SittingState
from traektoria.diagnostics.sittings.permissions import check_enters_paper, check_sits

NEW, RUNNING, PAUSED = SittingState.NEW, SittingState.RUNNING, SittingState.PAUSED
SUBMITTED, EXPIRED = SittingState.SUBMITTED, SittingState.EXPIRED
OVER: tuple[str, ...] = (SUBMITTED, EXPIRED)

_steps: tuple[Any, ...] = (
    Transition("start", (NEW,), RUNNING, _("Begin"), check_sits),
    Transition("pause", (RUNNING,), PAUSED, _("Pause"), check_sits),
    Transition("resume", (PAUSED,), RUNNING, _("Go on"), check_sits),
    Transition("hand_in", (RUNNING, PAUSED), SUBMITTED, _("Hand in"), check_sits),
    Transition("expire", (RUNNING, PAUSED), EXPIRED, _("The time is over"), anyone),
    Transition("reopen", (EXPIRED,), PAUSED, _("The window was prolonged"), anyone),
    Transition("enter_paper", (NEW,), SUBMITTED, _("Enter from paper"), check_enters_paper),
)
SITTING = Workflow(
    slug="sitting",
    states=dict(SittingState.choices),
    initial=NEW,
    transitions=_steps,
    owners={
        NEW: "the invited person; without their consent it stays so",
        RUNNING: "the person: answers are saved one by one; the server's clock runs",
        PAUSED: "the person: the clock stands still, nothing of the work is shown; here too after a prolonged window",
        SUBMITTED: "markers (extended answers), then the analysis",
        EXPIRED: "the same; late answers that waited for a line are still taken for some minutes",
    },
)
