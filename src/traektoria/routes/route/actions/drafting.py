"""Drafting a route from the confirmed problem field in one click."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core import audit, waiting
from traektoria.core.text import search_key
from traektoria.diagnostics.items.enums import CompetenceBlock
from traektoria.diagnostics.models import Hypothesis
from traektoria.organisations.regulations.contents import rules_of
from traektoria.people.actor import Actor
from traektoria.routes.categories.actions import propose_categories
from traektoria.routes.route.deadlines import spread
from traektoria.routes.route.draft_rules import STRENGTHS, Deficit, draft_lines, short_topic
from traektoria.routes.route.models import LearningRoute, RouteItem
from traektoria.routes.route.permissions import check_draft
from traektoria.routes.route.policies import check_active
from traektoria.routes.route.queries.route import confirmed_field, holidays, living_route
from traektoria.routes.tutees.models import TutorSupport


@transaction.atomic
def draft_route(*, support: TutorSupport, by: Actor) -> LearningRoute:
    """The living route of the support, drafted now if there is none.

    Goals come from the deficits, items from the drafting rules (``route.draft_rules``),
    deadlines are spread over what is left of the period outside of holidays. Side effect: an audit event. A second
    press returns the same route.
    """
    support = (
        TutorSupport.objects.select_for_update(of=("self",), no_key=True)
        .select_related("regulation")
        .get(pk=support.pk)
    )
    check_draft(by, support)
    return living_route(support) or make_draft(support=support, by=by)


def make_draft(*, support: TutorSupport, by: Actor) -> LearningRoute:
    """Of a locked support that has no living route; whose word it is, the caller has checked."""
    check_active(support)
    deficits = confirmed_field(support)
    route = _new_route(support, deficits)
    items = _items(route, deficits)
    waiting.renew(*RouteItem.objects.bulk_create(items))
    propose_categories(support)
    audit.record("route.draft", route, by=by, items=len(items), deficits=len(deficits))
    return route


def _new_route(support: TutorSupport, deficits: list[Hypothesis]) -> LearningRoute:
    rules = rules_of(support.regulation).support
    return LearningRoute.objects.create(
        centre_id=support.centre_id,
        support=support,
        title=_("%(name)s: %(subject)s") % {"subject": support.get_subject_display(), "name": support.title},
        goals=_goals(deficits),
        start=support.start,
        end=support.end,
        head_agrees=rules.head_agrees,
        deficit_plan=rules.deficit_plan,
    )


def _goals(deficits: list[Hypothesis]) -> str:
    """One goal a line, one for each competence block. The teachers' requests are not among them: the head reads goals
    (``tutees.readers``), and a request is between the teacher and the tutor until its author adds it
    (``editing.add_own_goal``)."""
    goals = []
    for block in CompetenceBlock:
        topics = dict.fromkeys(short_topic(deficit.topic) for deficit in deficits if deficit.block == block)
        if topics:
            goals.append(_("Strengthen %(block)s: %(topics)s") % {"block": block.label, "topics": "; ".join(topics)})
    return "\n".join(goals)


def _items(route: LearningRoute, hypotheses: list[Hypothesis]) -> list[RouteItem]:
    lines = draft_lines(merged(hypotheses))
    start = min(max(route.start, timezone.localdate()), route.end)
    days: list[date] = spread(start, route.end, len(lines), holidays(route, start, route.end)) if lines else []
    return [
        RouteItem(route=route, position=place, deadline=day, **vars(line))
        for place, (line, day) in enumerate(zip(lines, days, strict=True), 1)
    ]


def merged(hypotheses: Iterable[Hypothesis]) -> list[Deficit]:
    """The same topic of several teachers is one deficit, as strong as the strongest of them."""

    def key(hypothesis: Hypothesis) -> tuple[str, str]:
        return hypothesis.block, search_key(hypothesis.topic)

    found = []
    for _same, group in groupby(sorted(hypotheses, key=lambda one: (*key(one), one.pk)), key):
        rows = list(group)
        strongest = min(rows, key=lambda one: (STRENGTHS.index(one.strength), one.pk))
        found.append(Deficit(strongest.pk, strongest.block, strongest.strength, strongest.topic))
    return sorted(found, key=lambda deficit: deficit.hypothesis_id)
