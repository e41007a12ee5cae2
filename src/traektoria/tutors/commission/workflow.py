"""States of a session and of an item of its agenda."""

from django.utils.translation import gettext_lazy as _

from traektoria.core.workflow import Transition, Workflow, anyone
from traektoria.tutors.commission.enums import AgendaState, SessionState
from traektoria.tutors.commission.permissions import check_leads, check_leads_item, check_plans

S, I = SessionState, AgendaState  # noqa: E741

session_workflow = Workflow(
    slug="commission_session",
    states=dict(S.choices),
    initial=S.PLANNED,
    owners={
        S.PLANNED: "secretary: agenda and attendance",
        S.OPEN: "chair and secretary: lead it item by item",
        S.CLOSED: "chair and secretary: sign the protocol; a member may add a dissenting opinion",
        S.SIGNED: "nobody: the protocol is never edited",
        S.CANCELLED: "nobody: its applications wait for another session",
    },
    transitions=(
        Transition("open", (S.PLANNED,), S.OPEN, _("Open the session"), check_leads),
        Transition("close", (S.OPEN,), S.CLOSED, _("Close the session"), check_leads),
        Transition("sign", (S.CLOSED,), S.SIGNED, _("Sign the protocol"), anyone),
        Transition("cancel", (S.PLANNED,), S.CANCELLED, _("The session did not take place"), check_plans),
    ),
)

_UNDECIDED = (I.WAITING, I.JUDGING, I.DISCUSSED, I.VOTING, I.COUNTED)

item_workflow = Workflow(
    slug="agenda_item",
    states=dict(I.choices),
    initial=I.WAITING,
    owners={
        I.WAITING: "chair and secretary: begin it",
        I.JUDGING: "each voting member: gives points, blind",
        I.DISCUSSED: "chair: discussion, then the vote",
        I.VOTING: "each voting member: votes once",
        I.COUNTED: "secretary: writes the decision with its reasons",
        I.DECIDED: "nobody: never edited; an appeal is a new item",
        I.POSTPONED: "secretary: puts the application on another agenda",
    },
    transitions=(
        Transition("judge", (I.WAITING,), I.JUDGING, _("Members judge"), check_leads_item),
        Transition("discuss", (I.WAITING,), I.DISCUSSED, _("Begin the item"), check_leads_item),
        Transition("reveal", (I.JUDGING,), I.DISCUSSED, _("Open the judgements"), check_leads_item),
        Transition("vote", (I.DISCUSSED,), I.VOTING, _("Begin the vote"), check_leads_item),
        Transition("repeat", (I.VOTING,), I.VOTING, _("Hold the vote again"), check_leads_item),
        Transition("count", (I.VOTING,), I.COUNTED, _("Close the vote"), check_leads_item),
        Transition("decide", (I.COUNTED,), I.DECIDED, _("Write the decision"), check_leads_item),
        Transition("postpone", _UNDECIDED, I.POSTPONED, _("Postpone"), check_leads_item),
        Transition("drop", (I.WAITING,), I.POSTPONED, _("The session did not take place"), anyone),
    ),
)
