"""How a campaign goes, in the coordinator's hands, and the measurement that follows it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core.attempt import attempt, status_of
from traektoria.core.figures import in_tens
from traektoria.diagnostics.campaigns.actions import drafts
from traektoria.diagnostics.campaigns.enums import CampaignState
from traektoria.diagnostics.campaigns.forms import CampaignForm, RepeatForm
from traektoria.diagnostics.campaigns.models import Campaign
from traektoria.diagnostics.campaigns.queries import campaigns as queries
from traektoria.diagnostics.campaigns.views.campaigns import COORDINATOR, draft_page, fetch_campaign
from traektoria.diagnostics.sittings.queries import participation
from traektoria.people.guard import POST, ActorRequest, guard


@guard(COORDINATOR)
def campaign_detail(request: ActorRequest, pk: int) -> HttpResponse:
    """A draft: what is ready and what is missing. Then: how it goes, without anybody's answers."""
    campaign = fetch_campaign(request, pk)
    if campaign.state == CampaignState.DRAFT:
        return draft_page(request, campaign)
    return _progress(request, campaign, RepeatForm(initial=CampaignForm().initial))


def _progress(request: ActorRequest, campaign: Campaign, repeat_form: RepeatForm) -> HttpResponse:
    schools = participation.by_school(campaign)
    counts = participation.total_of(schools)
    context = {
        "campaign": campaign,
        "counts": counts,
        "declined": in_tens(participation.declined_number(campaign, counts) or 0),
        "schools": schools,
        "parts": participation.by_part(campaign),
        "kept": queries.parts_of(campaign),
        "repeat_form": repeat_form,
        "is_over": timezone.now() >= campaign.end,
    }
    return render(request, "diagnostics/campaigns/progress.html", context, status=status_of(repeat_form))


@guard(COORDINATOR, methods=POST)
def campaign_repeat(request: ActorRequest, pk: int) -> HttpResponse:
    """Measure again: the same works in the other form, the same people."""
    campaign, form = fetch_campaign(request, pk), RepeatForm(request.POST)
    made = attempt(form, lambda: drafts.repeat_campaign(campaign=campaign, by=request.actor, **form.cleaned_data))
    if made is None:
        return _progress(request, campaign, form)
    messages.success(request, _("The second measurement is prepared: check it and open it."))
    return redirect("diagnostics:campaign_detail", made.pk)
