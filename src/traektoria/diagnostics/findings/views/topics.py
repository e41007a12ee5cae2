"""The picture of a campaign by topic and school: for the coordinator who plans help."""

from django.http import HttpResponse
from django.shortcuts import render

from traektoria.core.errands import answer
from traektoria.diagnostics.campaigns.queries.campaigns import campaigns_kept_by
from traektoria.diagnostics.findings.actions.analysis import rules_for
from traektoria.diagnostics.findings.errands import TOPICS, log_topics, topics_facts
from traektoria.diagnostics.findings.topic_sheets import pictures_of
from traektoria.people.enums import Purpose, Role
from traektoria.people.guard import ActorRequest, fetch, guard


@guard(Role.COORDINATOR)
def campaign_topics(request: ActorRequest, pk: int) -> HttpResponse:
    campaign = fetch(campaigns_kept_by(request.actor), pk=pk)
    log_topics(request.actor, campaign, Purpose.ANALYSIS)
    rules = rules_for(campaign)
    context = {
        "campaign": campaign,
        "works": list(pictures_of(campaign)),
        "least": rules.picture_least,
        "least_true": rules.expressed_from,
    }
    return render(request, "diagnostics/results/topics.html", context)


@guard(Role.COORDINATOR)
def campaign_topics_xlsx(request: ActorRequest, pk: int) -> HttpResponse:
    campaign = fetch(campaigns_kept_by(request.actor), pk=pk)
    rows = sum(len(one.lines) + len(one.heat.rows) for one in pictures_of(campaign))
    return answer(request, TOPICS, topics_facts(campaign), weight=rows)
