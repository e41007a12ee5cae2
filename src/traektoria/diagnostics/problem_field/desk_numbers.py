"""What of the whole room waits for a person: numbers of everything in one query, so that «My day» stays cheap."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, DateTimeField, IntegerField, Min, Model, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from traektoria.diagnostics.campaigns.enums import CampaignState
from traektoria.diagnostics.campaigns.models import Participant
from traektoria.diagnostics.campaigns.queries.campaigns import own_school
from traektoria.diagnostics.findings.queries.figures import campaigns_without_figures
from traektoria.diagnostics.findings.queries.findings import told_lately
from traektoria.diagnostics.marking.queries import markings_of
from traektoria.diagnostics.problem_field.enums import HypothesisState
from traektoria.diagnostics.problem_field.models import Hypothesis
from traektoria.diagnostics.problem_field.queries.hypotheses import datasets_to_propose, retold_to, visible_to
from traektoria.diagnostics.protocols.queries import unfinished_of, unread_by
from traektoria.diagnostics.sittings.queries import participation
from traektoria.diagnostics.sittings.queries.participation import Going
from traektoria.diagnostics.sittings.queries.works import wanted_sittings
from traektoria.people.actor import Actor
from traektoria.people.enums import Role
from traektoria.people.models import Person

NOTHING = Going()


@dataclass(frozen=True)
class Waits:
    """Numbers of what waits: for a teacher, a tutor, a coordinator, a head."""

    suppositions: int = 0
    told: int = 0
    to_discuss: int = 0
    first_to_discuss: int = 0
    retold: int = 0
    first_retold: int = 0
    works: int = 0
    to_read: int = 0
    to_finish: int = 0
    to_mark: int = 0
    datasets: int = 0
    first_dataset: int = 0
    figures: int = 0
    first_figures: int = 0
    centre: Going = NOTHING
    school: Going = NOTHING


def waits_of(actor: Actor, now: datetime) -> Waits:
    """One query; none for those for whom nothing can wait."""
    wanted = _numbers(actor, now)
    if actor.person_id is None or not wanted:
        return Waits()
    own = Person.objects.filter(pk=actor.person_id).annotate(**wanted).values(*wanted)
    found: dict[str, Any] = own.first() or {}
    plain = {name: value for name, value in found.items() if "__" not in name}
    return Waits(**plain, centre=_going(found, "centre"), school=_going(found, "school"))


def _numbers(actor: Actor, now: datetime) -> dict[str, Any]:
    made: dict[str, Any] = {}
    if actor.is_teacher or actor.is_tutor:
        retold = retold_to(actor, now)
        made |= {"retold": _number(retold), "first_retold": _scalar(retold, Min("person"))}
    if actor.is_teacher:
        proposed = Hypothesis.objects.filter(person=actor.person_id, state=HypothesisState.PROPOSED)
        made |= {"suppositions": _number(proposed), "works": _number(wanted_sittings(actor, now))}
        made["told"] = _number(told_lately(actor, now))
        made["to_read"] = _number(unread_by(actor))
    if actor.is_tutor:
        talks = visible_to(actor).filter(state=HypothesisState.DISCUSSED).exclude(person=actor.person_id)
        made |= {"to_discuss": _number(talks), "first_to_discuss": _scalar(talks, Min("person"))}
        marking = markings_of(actor).filter(done_at__isnull=True)
        made |= {"to_finish": _number(unfinished_of(actor)), "to_mark": _number(marking)}
    if actor.is_coordinator:
        centres = actor.centres(Role.COORDINATOR)
        datasets, bare = datasets_to_propose(actor), campaigns_without_figures(actor)
        made |= {"datasets": _number(datasets), "first_dataset": _scalar(datasets, Min("pk"))}
        made |= {"figures": _number(bare), "first_figures": _scalar(bare, Min("pk"))}
        made |= _watched("centre", Participant.objects.filter(campaign__centre__in=centres))
    if actor.is_head:
        made |= _watched("school", Participant.objects.filter(own_school(actor)))
    return made


def _watched(name: str, people: QuerySet[Participant]) -> dict[str, Any]:
    going = people.filter(campaign__state=CampaignState.OPEN)
    done = participation.with_progress(going).filter(has_finished=True)
    return {
        f"{name}__campaigns": _scalar(going, Count("campaign", distinct=True)),
        f"{name}__invited": _number(going),
        f"{name}__done": _number(done),
        f"{name}__first": _scalar(going, Min("campaign")),
        f"{name}__end": Subquery(_whole(going, Min("campaign__end")), output_field=DateTimeField()),
    }


def _going(found: dict[str, Any], name: str) -> Going:
    values = {key.split("__")[1]: value for key, value in found.items() if key.startswith(f"{name}__")}
    return Going(**values)


def _number(rows: QuerySet[Any]) -> Coalesce:
    return _scalar(rows, Count("pk"))


def _scalar(rows: QuerySet[Any], what: Any) -> Coalesce:
    return Coalesce(Subquery(_whole(rows, what), output_field=IntegerField()), 0)


def _whole(rows: QuerySet[Model], what: Any) -> Any:
    """One group of all rows, to stand inside another query."""
    return rows.order_by().annotate(_all=Value(1)).values("_all").annotate(_found=what).values("_found")
