"""Conclusions of a campaign taken into the problem field: by the teacher, or proposed to everybody."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from traektoria.diagnostics.campaigns.queries.campaigns import campaigns_kept_by
from traektoria.diagnostics.findings.queries import findings as queries
from traektoria.diagnostics.problem_field.actions import from_campaign as actions
from traektoria.people.enums import Role
from traektoria.people.guard import POST, ActorRequest, fetch, guard


@guard(Role.TEACHER, Role.TUTOR, methods=POST, own_hand=True)
def finding_take(request: ActorRequest, pk: int) -> HttpResponse:
    """Take a topic into the problem field."""
    finding = fetch(queries.findings_open_to(request.actor), pk=pk)
    actions.take_topic(finding=finding, by=request.actor)
    messages.success(request, _("“%(topic)s” is in the problem field now.") % {"topic": finding.topic})
    return redirect("diagnostics:feedback", finding.sitting.token)


@guard(Role.COORDINATOR, methods=POST)
def campaign_propose(request: ActorRequest, pk: int) -> HttpResponse:
    """Propose from the campaign; how many people got something is not said: two presses would tell who withdrew."""
    campaign = fetch(campaigns_kept_by(request.actor), pk=pk)
    actions.propose_from_campaign(campaign=campaign, by=request.actor)
    messages.success(request, _("Done: each person sees their own suppositions in their problem field."))
    return redirect("diagnostics:campaign_results", pk)
