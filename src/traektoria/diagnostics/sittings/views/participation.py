"""Who is invited, who has finished, reminders; and what the head of a school sees of it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from traektoria.core.mail import mail_goes_out
from traektoria.core.paging import page_of
from traektoria.diagnostics.campaigns.enums import CampaignState
from traektoria.diagnostics.campaigns.models import Campaign
from traektoria.diagnostics.campaigns.queries.campaigns import campaigns_seen_from_schools, of_own_school
from traektoria.diagnostics.campaigns.views.people import COORDINATOR, fetch_campaign, log_list
from traektoria.diagnostics.sittings.actions.reminders import mark_unfinished
from traektoria.diagnostics.sittings.letters import about
from traektoria.diagnostics.sittings.queries import participation
from traektoria.messaging.queries import goes_out
from traektoria.people.enums import HEADS
from traektoria.people.guard import POST, ActorRequest, fetch, guard


@guard(COORDINATOR)
def campaign_participants(request: ActorRequest, pk: int) -> HttpResponse:
    """Who is invited and who has finished: refusals stand among those who have not."""
    campaign = fetch_campaign(request, pk)
    context = _list_of(request, campaign, campaign.participants.all())
    return render(request, "diagnostics/campaigns/participants.html", context)


@guard(COORDINATOR, methods=POST)
def campaign_remind(request: ActorRequest, pk: int) -> HttpResponse:
    """The number of the reminded is not said: with it one could count who declined. Pressed again, it says how far the
    letters are."""
    mark_unfinished(fetch_campaign(request, pk), request.actor)
    words = _("Those who have not finished see the reminder on «My day»; nobody is reminded twice a day.")
    if not mail_goes_out():
        words += " " + _("No letters go out: mail is not set up in this installation.")
    elif goes_out(about(pk)):
        words += " " + _("Letters are on their way; at night they wait till morning.")
    else:
        words += " " + _("All letters have gone.")
    messages.success(request, words)
    return redirect("diagnostics:campaign_detail", pk)


@guard(*HEADS)
def campaign_school(request: ActorRequest, pk: int) -> HttpResponse:
    """The head's own school: who takes part and who has finished. No answers, no results."""
    campaign = fetch(campaigns_seen_from_schools(request.actor), pk=pk)
    people = of_own_school(request.actor, campaign)
    context = {**_list_of(request, campaign, people), "counts": participation.counts_of(people)}
    return render(request, "diagnostics/campaigns/school.html", context)


def _list_of(request: ActorRequest, campaign: Campaign, people: Any) -> dict[str, Any]:
    shown = request.GET.get("shown", "")
    rows = participation.listed(people)
    if shown in ("finished", "unfinished"):
        rows = rows.filter(has_finished=shown == "finished")
    page = page_of(rows, request.GET.get("page"))
    draft = campaign.state == CampaignState.DRAFT
    log_list(request, campaign, [row.person_id for row in page.object_list])
    return {"campaign": campaign, "page": page, "rows": page.object_list, "shown": shown, "draft": draft}
