"""Lines of approved plans that an event would fulfil and that run or are due soon: of what one is made (``events``)."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traektoria.core.prepared_statements import Given, prepared
from traektoria.core.typography import short_day
from traektoria.events.event.ideas import Idea, IdeaSource, idea_sources, kind_meant
from traektoria.events.event.permissions import can_begin
from traektoria.organisations.models import TutorCentre
from traektoria.organisations.regulations.schema import Rules
from traektoria.people.actor import Actor
from traektoria.people.anybody import anybody, given_of
from traektoria.people.enums import Role
from traektoria.planning.plans.enums import OccurrenceState, PlanState
from traektoria.planning.plans.models import ItemOccurrence, PlanItem
from traektoria.planning.plans.queries.plans import visible_to

AHEAD = timedelta(days=70)
COUNTED = " events "
COLUMNS = ("pk", "content", "phrase", "plan__title", "next")


def lines(actor: Actor, centre: TutorCentre, rules: Rules) -> list[Idea]:
    """Of the plans that the person reads: those with a term first, the nearest first. One query."""
    today = timezone.localdate()
    rows = _lines(actor.roles).all(centre=centre.pk, until=today + AHEAD, **given_of(actor))
    return [_idea(*row, today=today, rules=rules) for row in rows]


@prepared
def _lines(roles: frozenset[Role]) -> QuerySet[PlanItem, Any]:
    own = Q(owner=None) | Q(owner=Given("me"))
    plans = visible_to(anybody(roles)).filter(own, centre=Given("centre"), state=PlanState.APPROVED)
    times = ItemOccurrence.objects.filter(item=OuterRef("pk"), former=False)
    ahead = times.filter(state=OccurrenceState.OPEN, due__gte=Given("today")).order_by("due")
    rows = PlanItem.objects.filter(plan__in=plans.order_by().values("pk"), removed_in=None, counted__contains=COUNTED)
    rows = rows.annotate(next=Subquery(ahead.values("due")[:1]))
    runs = Exists(ahead.order_by().filter(start__lte=Given("today")))
    near = Q(next__lte=Given("until")) | Q(runs) | ~Q(Exists(times))
    return rows.filter(near).order_by(F("next").asc(nulls_last=True), "pk").values_list(*COLUMNS)


def waits_for_event(actor: Actor, item: PlanItem) -> bool:
    """Its page offers to make one: where the form would be filled in from it. Reads ``item.plan``. At most one
    query."""
    if COUNTED not in item.counted or not can_begin(actor, item.plan.centre_id):
        return False
    until = timezone.localdate() + AHEAD
    rows = _lines(actor.roles).all(centre=item.plan.centre_id, until=until, **given_of(actor))
    return any(row[0] == item.pk for row in rows)


def _idea(pk: int, content: str, phrase: str, plan: str, due: date | None, *, today: date, rules: Rules) -> Idea:
    said = _("until %(day)s") % {"day": short_day(due, today)} if due else phrase
    initial: dict[str, Any] = {"title": content[:200]}
    if due and due > today:
        initial["day"] = min(due, today + timedelta(days=14))
    if kind := kind_meant(content, rules):
        initial["kind"] = kind
    return Idea(str(pk), content, ", ".join(filter(None, (plan, said))), initial)


idea_sources.add(
    IdeaSource(
        "plan", 5, gettext_lazy("Lines of plans that are due"),
        gettext_lazy("No approved plan waits for an event in the next ten weeks."), lines,
    )
)  # fmt: skip
