"""A campaign in the coordinator's hands: prepared, shown as people will see it, opened, closed, repeated."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core.attempt import attempt, status_of
from traektoria.core.errors import Invalid
from traektoria.core.paging import page_of
from traektoria.diagnostics.campaigns.actions import drafts
from traektoria.diagnostics.campaigns.actions import opening as actions
from traektoria.diagnostics.campaigns.consent import consent_page
from traektoria.diagnostics.campaigns.enums import CampaignState
from traektoria.diagnostics.campaigns.forms import CampaignForm, PartEditForm, PartForm, ProlongForm
from traektoria.diagnostics.campaigns.models import Campaign, CampaignPart
from traektoria.diagnostics.campaigns.queries import campaigns as queries
from traektoria.diagnostics.campaigns.queries.campaigns import campaigns_seen_from_schools
from traektoria.diagnostics.campaigns.queries.obstacles import markers_needed, obstacles
from traektoria.diagnostics.instruments.enums import InstrumentKind
from traektoria.organisations.queries import centre_of
from traektoria.organisations.zones import turn_to
from traektoria.people.enums import HEADS, Role
from traektoria.people.guard import BOTH, POST, ActorRequest, fetch, guard

COORDINATOR = Role.COORDINATOR


@guard(COORDINATOR, *HEADS)
def campaign_list(request: ActorRequest) -> HttpResponse:
    """Campaigns of the coordinator's centre; for a head those in which their teachers are invited."""
    page = queries.page_of_kept(request.actor, request.GET.get("page"))
    seen = campaigns_seen_from_schools(request.actor) if request.actor.is_head else None
    schools = () if seen is None else page_of(seen, request.GET.get("schools"))
    context = {"page": page, "rows": page.object_list, "schools": schools}
    return render(request, "diagnostics/campaigns/list.html", context)


@guard(COORDINATOR, methods=BOTH)
def campaign_new(request: ActorRequest) -> HttpResponse:
    form = CampaignForm(request.POST or None)
    if request.method == "POST":
        centre = centre_of(request.actor)
        made = attempt(form, lambda: drafts.create_campaign(centre=centre, by=request.actor, **form.cleaned_data))
        if made:
            return redirect("diagnostics:campaign_detail", made.pk)
    return render(request, "diagnostics/campaigns/new.html", {"form": form}, status=status_of(form))


def draft_page(request: ActorRequest, campaign: Campaign, part_form: PartForm | None = None) -> HttpResponse:
    parts = queries.parts_of(campaign)
    have = [part.version.instrument_id for part in parts]
    versions = queries.versions_to_sit(campaign.centre_id).exclude(instrument__in=have)
    form = part_form or PartForm(versions=versions)
    context = {
        "campaign": campaign,
        "parts": [(part, markers_needed(part)) for part in parts],
        "lacks": obstacles(campaign, timezone.now()),
        "invited": campaign.participants.count(),
        "part_form": form,
        "has_versions": versions.exists(),
    }
    return render(request, "diagnostics/campaigns/draft.html", context, status=status_of(form))


@guard(COORDINATOR, methods=BOTH)
def campaign_edit(request: ActorRequest, pk: int) -> HttpResponse:
    """Facts of a draft; of an open campaign only a later end."""
    campaign = fetch_campaign(request, pk)
    if campaign.state == CampaignState.OPEN:
        return _prolong(request, campaign)
    form = CampaignForm(request.POST or None, campaign=campaign)
    if request.method == "POST":
        changed = attempt(
            form, lambda: drafts.change_campaign(campaign=campaign, by=request.actor, **form.cleaned_data)
        )
        if changed:
            return redirect("diagnostics:campaign_detail", pk)
    context = {"form": form, "campaign": campaign}
    return render(request, "diagnostics/campaigns/edit.html", context, status=status_of(form))


def _prolong(request: ActorRequest, campaign: Campaign) -> HttpResponse:
    form = ProlongForm(request.POST or None, campaign=campaign)
    if request.method == "POST":
        later = attempt(form, lambda: drafts.prolong_campaign(campaign=campaign, end=form.end, by=request.actor))
        if later:
            messages.success(request, _("The invited see the new last day."))
            return redirect("diagnostics:campaign_detail", campaign.pk)
    context = {"form": form, "campaign": campaign}
    return render(request, "diagnostics/campaigns/edit.html", context, status=status_of(form))


@guard(COORDINATOR)
def campaign_preview(request: ActorRequest, pk: int) -> HttpResponse:
    """What an invited person will see: the screen of consent."""
    campaign = fetch_campaign(request, pk)
    context = {"campaign": campaign, "consent": consent_page(campaign)}
    return render(request, "diagnostics/campaigns/preview.html", context)


@guard(COORDINATOR, methods=POST)
def campaign_part_add(request: ActorRequest, pk: int) -> HttpResponse:
    campaign = fetch_campaign(request, pk)
    form = PartForm(request.POST, versions=queries.versions_to_sit(campaign.centre_id))
    if attempt(form, lambda: drafts.add_part(campaign=campaign, by=request.actor, **form.cleaned_data)):
        return redirect("diagnostics:campaign_detail", pk)
    return draft_page(request, campaign, form)


@guard(COORDINATOR, methods=BOTH)
def campaign_part_edit(request: ActorRequest, pk: int) -> HttpResponse:
    """Who marks; in a draft also whether the next item is chosen by the answers."""
    part = _fetch_part(request, pk)
    can_adapt = (
        part.campaign.state == CampaignState.DRAFT and part.version.instrument.kind == InstrumentKind.CONTROL_WORK
    )
    tutors = queries.tutors_of_centre(part.campaign.centre_id)
    needed = markers_needed(part)
    form = PartEditForm(request.POST or None, part=part, tutors=tutors, judged=bool(needed), can_adapt=can_adapt)
    if request.method == "POST":
        changed = attempt(form, lambda: drafts.change_part(part=part, by=request.actor, **form.facts()))
        if changed:
            return redirect("diagnostics:campaign_detail", part.campaign_id)
    context = {"form": form, "part": part, "campaign": part.campaign, "needed": needed}
    return render(request, "diagnostics/campaigns/part.html", context, status=status_of(form))


@guard(COORDINATOR, methods=POST)
def campaign_part_remove(request: ActorRequest, pk: int) -> HttpResponse:
    part = _fetch_part(request, pk)
    drafts.remove_part(part=part, by=request.actor)
    return redirect("diagnostics:campaign_detail", part.campaign_id)


@guard(COORDINATOR, methods=POST)
def campaign_open(request: ActorRequest, pk: int) -> HttpResponse:
    """What is missing is said on the page of the draft."""
    campaign = fetch_campaign(request, pk)
    try:
        actions.open_campaign(campaign=campaign, by=request.actor)
    except Invalid as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _("The diagnostics is open: the invited see it on «My day»."))
    return redirect("diagnostics:campaign_detail", pk)


@guard(COORDINATOR, methods=POST)
def campaign_close(request: ActorRequest, pk: int) -> HttpResponse:
    actions.close_campaign(campaign=fetch_campaign(request, pk), by=request.actor)
    messages.success(request, _("The diagnostics is closed."))
    return redirect("diagnostics:campaign_detail", pk)


@guard(COORDINATOR, methods=POST)
def campaign_copy(request: ActorRequest, pk: int) -> HttpResponse:
    """The same again, a year later."""
    made = drafts.copy_campaign(campaign=fetch_campaign(request, pk), by=request.actor)
    messages.success(request, _("A copy is prepared. Check the window, and choose whom to invite."))
    return redirect("diagnostics:campaign_detail", made.pk)


@guard(COORDINATOR, methods=POST)
def campaign_discard(request: ActorRequest, pk: int) -> HttpResponse:
    drafts.discard_campaign(campaign=fetch_campaign(request, pk), by=request.actor)
    messages.success(request, _("The draft is deleted."))
    return redirect("diagnostics:campaign_list")


def fetch_campaign(request: ActorRequest, pk: int) -> Campaign:
    try:
        found = queries.kept_campaign(request.actor, pk)
    except Campaign.DoesNotExist as missing:
        raise Http404 from missing
    turn_to(found)
    return found


def _fetch_part(request: ActorRequest, pk: int) -> CampaignPart:
    kept = queries.campaigns_kept_by(request.actor).values("pk")
    rows = CampaignPart.objects.filter(campaign__in=kept).select_related("campaign__centre")
    return fetch(queries.with_marking(rows), pk=pk)
