"""Results of a person, and of a contest."""

from typing import Any

from django.db.models import QuerySet

from traektoria.core.paging import Page, page_of
from traektoria.events.event.models import Event
from traektoria.events.results.models import ContestResult
from traektoria.events.results.permissions import keeps_results, visible_to
from traektoria.events.results.policies import Contest
from traektoria.people.actor import Actor


def results_of(person: int, asked: object) -> Page[ContestResult]:
    """The newest first, in whatever centre. One query."""
    return page_of(ContestResult.objects.filter(person=person).select_related("centre", "by"), asked)


def results_at(actor: Actor, contest: Contest, asked: object) -> Page[ContestResult]:
    """One's own; all for who keeps them. One query."""
    own = {} if keeps_results(actor, contest) else {"person": actor.person_id or 0}
    rows = ContestResult.objects.filter(**of_contest(contest), **own).select_related("person", "by")
    return page_of(rows, asked)


def own_at(actor: Actor, contest: Contest) -> ContestResult | None:
    return ContestResult.objects.filter(person=actor.person_id or 0, **of_contest(contest)).first()


def of_contest(contest: Contest) -> dict[str, Any]:
    """Fields of its results."""
    return {"event" if isinstance(contest, Event) else "announcement": contest.pk}


def readable(actor: Actor) -> QuerySet[ContestResult]:
    return visible_to(actor).select_related(
        "centre__municipality", "person", "event__centre__municipality", "announcement__centre__municipality"
    )
