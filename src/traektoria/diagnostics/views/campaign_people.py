"""Who is invited, who has finished, reminders; and what the head of a school sees of it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from traektoria.core.letters import mail_goes_out
from traektoria.core.paging import page_of
from traektoria.diagnostics.actions import campaigns as actions
from traektoria.diagnostics.actions.reminding import ask_to_remind
from traektoria.diagnostics.enums import CampaignState
from traektoria.diagnostics.forms.campaigns import PeopleForm
from traektoria.diagnostics.models import Campaign, Participant
from traektoria.diagnostics.queries import campaigns as queries
from traektoria.diagnostics.queries import participation
from traektoria.people.access_log import log_people
from traektoria.people.enums import HEADS, Purpose, Role
from traektoria.people.guard import BOTH, POST, ActorRequest, fetch, guard

SHOWN = 100
PER_PAGE = 50
C = Role.COORDINATOR


@guard(C, methods=BOTH)
def campaign_people(request: ActorRequest, pk: int) -> HttpResponse:
    """Choose whom to invite: the number stands there before the press; late comers are added while it is open."""
    campaign = _fetch(request, pk)
    people = queries.invitable(campaign)
    form = PeopleForm(request.GET, people=people)
    known = set(campaign.participants.values_list("person", flat=True))
    found = [one for one in form.chosen(people) if one.person_id not in known]
    if request.method == "POST":
        return _invite(request, campaign, [one.person_id for one in found])
    _log(request, campaign, [one.person_id for one in found[:SHOWN]])
    context = {
        "campaign": campaign,
        "form": form,
        "found": found,
        "shown": found[:SHOWN],
        "schools": len({one.school_id for one in found}),
        "invited": len(known),
        "teachers": len(people),
        "draft": campaign.state == CampaignState.DRAFT,
    }
    return render(request, "diagnostics/campaigns/people.html", context)


def _invite(request: ActorRequest, campaign: Campaign, found: list[int]) -> HttpResponse:
    """All that the filters found, or the ticked."""
    ticked = {int(one) for one in request.POST.getlist("person") if one.isdecimal()}
    chosen = found if "all" in request.POST else [one for one in found if one in ticked]
    if not chosen:
        messages.warning(request, _("Tick at least one person."))
        return redirect(request.get_full_path())
    number = len(actions.invite(campaign=campaign, people=chosen, by=request.actor))
    words = ngettext("%(n)s teacher invited", "%(n)s teachers invited", number) % {"n": number}
    messages.success(request, words)
    return redirect("diagnostics:campaign_participants", campaign.pk)


@guard(C)
def campaign_participants(request: ActorRequest, pk: int) -> HttpResponse:
    """Who is invited and who has finished: refusals stand among those who have not."""
    campaign = _fetch(request, pk)
    context = _list_of(request, campaign, campaign.participants.all())
    return render(request, "diagnostics/campaigns/participants.html", context)


@guard(C, methods=POST)
def participant_remove(request: ActorRequest, pk: int) -> HttpResponse:
    """Take somebody off the list of a draft."""
    kept = queries.campaigns_kept_by(request.actor).values("pk")
    row = fetch(Participant.objects.filter(campaign__in=kept).select_related("campaign__centre"), pk=pk)
    actions.take_back_invitation(participant=row, by=request.actor)
    return redirect("diagnostics:campaign_participants", row.campaign_id)


@guard(C, methods=POST)
def campaign_remind(request: ActorRequest, pk: int) -> HttpResponse:
    """The number of the reminded is not said: with it one could count who declined."""
    ask_to_remind(campaign=_fetch(request, pk), by=request.actor)
    words = _("Those who have not finished see the reminder on «My day»; nobody is reminded twice a day.")
    if not mail_goes_out():
        words += " " + _("No letters go out: mail is not set up in this installation.")
    messages.success(request, words)
    return redirect("diagnostics:campaign_detail", pk)


@guard(*HEADS)
def campaign_school(request: ActorRequest, pk: int) -> HttpResponse:
    """The head's own school: who takes part and who has finished. No answers, no results."""
    campaign = fetch(participation.campaigns_seen_from_schools(request.actor), pk=pk)
    people = participation.of_own_school(request.actor, campaign)
    context = {**_list_of(request, campaign, people), "counts": participation.counts_of(people)}
    return render(request, "diagnostics/campaigns/school.html", context)


def _list_of(request: ActorRequest, campaign: Campaign, people: Any) -> dict[str, Any]:
    shown = request.GET.get("shown", "")
    rows = participation.listed(people)
    if shown in ("finished", "unfinished"):
        rows = rows.filter(has_finished=shown == "finished")
    page = page_of(rows, PER_PAGE, request.GET.get("page"))
    draft = campaign.state == CampaignState.DRAFT
    _log(request, campaign, [row.person_id for row in page.object_list])
    return {"campaign": campaign, "page": page, "rows": page.object_list, "shown": shown, "draft": draft}


def _log(request: ActorRequest, campaign: Campaign, people: list[int]) -> None:
    """Whoever stands on the list can read who has looked at it."""
    log_people(
        by=request.actor,
        purpose=Purpose.ANALYSIS,
        kind="diagnostics.participants",
        subject_id=campaign.pk,
        people=people,
        centre_id=campaign.centre_id,
    )


def _fetch(request: ActorRequest, pk: int) -> Campaign:
    return fetch(queries.campaigns_kept_by(request.actor), pk=pk)
