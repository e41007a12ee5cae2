"""Figures of a closed campaign for its coordinator: how far it is, each work and questionnaire, made anew."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core.boxes import sentence
from traektoria.core.errands import answer
from traektoria.core.errors import Conflict
from traektoria.core.tasks.queries import is_open
from traektoria.diagnostics.campaigns.models import CampaignPart
from traektoria.diagnostics.campaigns.policies.order import late_until
from traektoria.diagnostics.campaigns.queries.campaigns import campaigns_kept_by, parts_read_by
from traektoria.diagnostics.findings.actions.analysis import analyse_by_the_worker, ask_to_analyse, rules_for
from traektoria.diagnostics.findings.errands import PART, part_facts, rows_of
from traektoria.diagnostics.findings.item_report import model_words, report_of
from traektoria.diagnostics.findings.queries import figures as queries
from traektoria.diagnostics.findings.survey_report import questions_of, scales_of
from traektoria.diagnostics.sittings.queries.sittings import late_may_come
from traektoria.people.enums import Role
from traektoria.people.guard import POST, ActorRequest, fetch, guard
from traektoria.results.pictures import draw


@guard(Role.COORDINATOR)
def campaign_results(request: ActorRequest, pk: int) -> HttpResponse:
    """What is made of the answers so far, what is waited for, and where to go on."""
    campaign = fetch(campaigns_kept_by(request.actor), pk=pk)
    states = queries.states_of(pk)
    context = {
        "campaign": campaign,
        "states": states,
        "waiting": sum(state.waiting for state in states),
        "judged": sum(state.judged for state in states),
        "late_until": late_until(campaign) if late_may_come(campaign, timezone.now()) else None,
        "least": rules_for(campaign).picture_least,
        "counting": is_open(analyse_by_the_worker, campaign=pk),
        "made": all(state.analysis for state in states) and bool(states),
    }
    return render(request, "diagnostics/results/campaign.html", context)


@guard(Role.COORDINATOR, methods=POST)
def campaign_analyse(request: ActorRequest, pk: int) -> HttpResponse:
    """Have the figures made, or made anew."""
    campaign = fetch(campaigns_kept_by(request.actor), pk=pk)
    ask_to_analyse(campaign=campaign, by=request.actor)
    messages.success(request, _("The count has begun: a minute as a rule. You can close the page."))
    return redirect("diagnostics:campaign_results", pk)


@guard(Role.COORDINATOR)
def part_results(request: ActorRequest, pk: int) -> HttpResponse:
    """The work with its items, the questionnaire with its scales: for those who wrote it."""
    part = fetch(parts_read_by(request.actor), pk=pk)
    analysis = getattr(part, "analysis", None)
    context: dict[str, Any] = {"part": part, "campaign": part.campaign, "title": str(part.version.instrument)}
    if analysis is not None:
        context |= {"analysis": analysis, "least": rules_for(part.campaign).picture_least}
    if analysis is not None and analysis.published_at:
        context |= _figures(part, analysis.published)
    return render(request, "diagnostics/results/part.html", context)


@guard(Role.COORDINATOR)
def part_results_xlsx(request: ActorRequest, pk: int) -> HttpResponse:
    part = fetch(parts_read_by(request.actor).filter(analysis__published_at__isnull=False), pk=pk)
    return answer(request, PART, part_facts(part), weight=rows_of(part))


def _figures(part: CampaignPart, content: dict[str, Any] | None) -> dict[str, Any]:
    if content is None:
        raise Conflict(sentence(), code="unreadable")
    facts = queries.facts_of(part)
    labels = {one["version"]: _("Task %(number)s") % {"number": one["number"]} for one in content["items"]}
    model, notes = model_words(content["model"], labels)
    reports = report_of(content, facts)
    return {
        "content": content,
        "reports": reports,
        "pictures": [(report, draw(report.chart) if report.chart else "") for report in reports],
        "model": model,
        "model_notes": notes,
        "is_modelled": bool(content["model"]["model"]),
        "questions": questions_of(content["survey"], facts),
        "scales": scales_of(content["survey"]),
    }
