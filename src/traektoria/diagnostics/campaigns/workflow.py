"""The life of a campaign: prepared, open for the invited, closed by hand or by its time."""

from django.utils.translation import gettext_lazy as _

from traektoria.core.workflow import Transition, Workflow, anyone
from traektoria.diagnostics.campaigns.enums import CampaignState
from traektoria.diagnostics.campaigns.permissions import check_keeps_campaign

DRAFT, OPEN, CLOSED = CampaignState.DRAFT, CampaignState.OPEN, CampaignState.CLOSED

CAMPAIGN = Workflow(
    slug="campaign",
    states=dict(CampaignState.choices),
    initial=DRAFT,
    transitions=(
        Transition("open", (DRAFT,), OPEN, _("Open the diagnostics"), check_keeps_campaign),
        Transition("close", (OPEN,), CLOSED, _("Close the diagnostics"), check_keeps_campaign),
        Transition("lapse", (OPEN,), CLOSED, _("The window is over"), anyone),
    ),
    owners={
        DRAFT: "the coordinator: parts, people, window; nobody else sees it",
        OPEN: "the invited: consent, sit or decline; the coordinator sees participation only",
        CLOSED: "the teacher and the tutor: the results; the coordinator: groups that are large enough",
    },
)
