"""«Диагностики» of the invited person: what waits and what is done; one screen before anything is asked."""

from hashlib import sha256

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.diagnostics.campaigns.consent import ConsentPage, consent_page
from traektoria.diagnostics.campaigns.models import Participant
from traektoria.diagnostics.sittings.actions import participation as actions
from traektoria.diagnostics.sittings.queries import works as queries
from traektoria.people.guard import POST, ActorRequest, guard


@guard()
def work_list(request: ActorRequest) -> HttpResponse:
    """The person's own campaigns; everybody may open it, for whoever left a school keeps the right to withdraw."""
    found = queries.own_campaigns(request.actor, timezone.now())
    context = {"wanted": [one for one in found if one.wants], "other": [one for one in found if not one.wants]}
    return render(request, "diagnostics/works/list.html", context)


@guard()
def work_detail(request: ActorRequest, pk: int) -> HttpResponse:
    """The screen of consent; after it the works of this campaign. ``pk`` is the campaign's."""
    one = queries.own_campaign(_fetch(request, pk), timezone.now())
    page = consent_page(one.campaign, [row.sitting.part for row in one.works])
    context = {"one": one, "consent": page, "seal": _seal(page), "text": one.participant.consent}
    return render(request, "diagnostics/works/detail.html", context)


@guard(methods=POST, own_hand=True)
def work_consent(request: ActorRequest, pk: int) -> HttpResponse:
    """Agree to the words that were shown; where they have changed meanwhile, they are shown again first. The only work
    is opened at once: its own page begins it."""
    row = _fetch(request, pk)
    one = queries.own_campaign(row, timezone.now())
    page = consent_page(row.campaign, [work.sitting.part for work in one.works])
    if request.POST.get("seal") != _seal(page):
        messages.warning(request, _("What you agree to has changed meanwhile. Please read it again."))
        return redirect("diagnostics:work_detail", pk)
    actions.give_campaign_consent(participant=row, text=page.text, by=request.actor)
    if one.is_on and len(one.works) == 1:
        return redirect("diagnostics:sitting", one.works[0].sitting.token)
    return redirect("diagnostics:work_detail", pk)


@guard(methods=POST, own_hand=True)
def work_decline(request: ActorRequest, pk: int) -> HttpResponse:
    actions.decline_campaign(participant=_fetch(request, pk), by=request.actor)
    messages.success(
        request, _("You don't take part; nothing follows from it. While it goes on, you can change your mind.")
    )
    return redirect("diagnostics:work_list")


@guard(methods=POST, own_hand=True)
def work_withdraw(request: ActorRequest, pk: int) -> HttpResponse:
    actions.withdraw_from_campaign(participant=_fetch(request, pk), by=request.actor)
    messages.success(request, _("The consent is withdrawn, your answers in this diagnostics are erased."))
    return redirect("diagnostics:work_list")


def _fetch(request: ActorRequest, pk: int) -> Participant:
    return queries.own_invitation(request.actor, pk)


def _seal(page: ConsentPage) -> str:
    return sha256(page.text.encode()).hexdigest()[:16]
