"""What a campaign says to one person: the feedback page, their own answers, topics taken into the problem field."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from traektoria.core.errors import Refused
from traektoria.diagnostics.campaigns.enums import CampaignState
from traektoria.diagnostics.campaigns.queries.campaigns import campaigns_kept_by
from traektoria.diagnostics.findings.actions.analysis import rules_for
from traektoria.diagnostics.findings.feedback import feedback_of
from traektoria.diagnostics.findings.own_answers import may_be_shown, own_answers
from traektoria.diagnostics.findings.queries import findings as queries
from traektoria.diagnostics.problem_field.actions import from_campaign as actions
from traektoria.diagnostics.problem_field.queries.hypotheses import suppositions_from
from traektoria.diagnostics.sittings.models import Sitting
from traektoria.people.access_log import log_access
from traektoria.people.enums import Purpose, Role
from traektoria.people.guard import POST, ActorRequest, fetch, guard


@guard(own_hand=True)
def feedback(request: ActorRequest, token: str) -> HttpResponse:
    """One screen of all that the person sat in the campaign; for the person and the tutor who supports them."""
    sitting = fetch(queries.sittings_open_to(request.actor), token=token)
    person = sitting.participant.person
    mine = person.pk == request.actor.person_id
    if not mine:
        _log(request, sitting)
    found = feedback_of(sitting.participant, rules_for(sitting.participant.campaign), request.actor, suppositions_from)
    closed = sitting.participant.campaign.state == CampaignState.CLOSED
    shown = [one for one in found.sittings if closed and one.started_at and may_be_shown(one)]
    works = [one for one in shown if one.part.version.instrument.kind == "control_work"]
    context = {"sitting": sitting, "person": person, "mine": mine, "found": found, "works": works}
    return render(request, "diagnostics/feedback/page.html", context)


@guard(own_hand=True)
def feedback_answers(request: ActorRequest, token: str) -> HttpResponse:
    """The own answers with the key, after the closing, where the instrument shows them."""
    sitting = fetch(queries.sittings_open_to(request.actor), token=token)
    if sitting.participant.campaign.state != CampaignState.CLOSED or not may_be_shown(sitting):
        raise Refused(
            _("Answers are shown after the diagnostics is closed, where the centre allows it."), code="hidden"
        )
    mine = sitting.participant.person_id == request.actor.person_id
    if not mine:
        _log(request, sitting)
    context = {"sitting": sitting, "mine": mine, "answers": own_answers(sitting)}
    return render(request, "diagnostics/feedback/answers.html", context)


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


def _log(request: ActorRequest, sitting: Sitting) -> None:
    """Somebody else's results are opened with a purpose, and the person can read it."""
    log_access(
        by=request.actor, purpose=Purpose.SUPPORT, kind="diagnostics.feedback", subject_id=sitting.pk,
        person_id=sitting.participant.person_id,
    )  # fmt: skip
