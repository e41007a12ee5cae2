"""Choosing whom to invite."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from traektoria.core.text import whole_number
from traektoria.diagnostics.campaigns.actions.invitations import invite, take_back_invitation
from traektoria.diagnostics.campaigns.enums import CampaignState
from traektoria.diagnostics.campaigns.forms import PeopleForm
from traektoria.diagnostics.campaigns.models import Campaign, Participant
from traektoria.diagnostics.campaigns.queries import campaigns as queries
from traektoria.people.access_log import log_people
from traektoria.people.enums import Purpose, Role
from traektoria.people.guard import BOTH, POST, ActorRequest, fetch, guard

MOST_SHOWN = 100
COORDINATOR = Role.COORDINATOR


@guard(COORDINATOR, methods=BOTH)
def campaign_people(request: ActorRequest, pk: int) -> HttpResponse:
    """Choose whom to invite: the number stands there before the press; late comers are added while it is open."""
    campaign = fetch_campaign(request, pk)
    people = queries.invitable(campaign)
    form = PeopleForm(request.GET, people=people)
    known = set(campaign.participants.values_list("person", flat=True))
    found = [one for one in form.chosen(people) if one.person_id not in known]
    if request.method == "POST":
        return _invite(request, campaign, [one.person_id for one in found])
    log_list(request, campaign, [one.person_id for one in found[:MOST_SHOWN]])
    context = {
        "campaign": campaign,
        "form": form,
        "found": found,
        "shown": found[:MOST_SHOWN],
        "schools": len({one.school_id for one in found}),
        "invited": len(known),
        "teachers": len(people),
        "draft": campaign.state == CampaignState.DRAFT,
    }
    return render(request, "diagnostics/campaigns/people.html", context)


def _invite(request: ActorRequest, campaign: Campaign, found: list[int]) -> HttpResponse:
    """All that the filters found, or the ticked."""
    ticked = set(map(whole_number, request.POST.getlist("person")))
    chosen = found if "all" in request.POST else [one for one in found if one in ticked]
    if not chosen:
        messages.warning(request, _("Tick at least one person."))
        return redirect(request.get_full_path())
    number = len(invite(campaign=campaign, people=chosen, by=request.actor))
    words = ngettext("%(n)s teacher invited", "%(n)s teachers invited", number) % {"n": number}
    messages.success(request, words)
    return redirect("diagnostics:campaign_participants", campaign.pk)


@guard(COORDINATOR, methods=POST)
def participant_remove(request: ActorRequest, pk: int) -> HttpResponse:
    """Take somebody off the list of a draft."""
    kept = queries.campaigns_kept_by(request.actor).values("pk")
    row = fetch(Participant.objects.filter(campaign__in=kept).select_related("campaign__centre"), pk=pk)
    take_back_invitation(participant=row, by=request.actor)
    return redirect("diagnostics:campaign_participants", row.campaign_id)


def log_list(request: ActorRequest, campaign: Campaign, people: list[int]) -> None:
    """Whoever stands on the list can read who has looked at it."""
    log_people(
        by=request.actor,
        purpose=Purpose.ANALYSIS,
        kind="diagnostics.participants",
        subject_id=campaign.pk,
        people=people,
        centre_id=campaign.centre_id,
    )


def fetch_campaign(request: ActorRequest, pk: int) -> Campaign:
    return fetch(queries.campaigns_kept_by(request.actor), pk=pk)
