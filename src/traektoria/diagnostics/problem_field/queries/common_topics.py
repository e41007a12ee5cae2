"""Topics that many teachers of a centre have confirmed: their number alone, rounded down, from ten on.

Who they are is read nowhere: not by the school, not here. The count is of the last Monday, so that nobody sees it grow
by one on the day when a colleague has confirmed (ADR 0072).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from traektoria.core.models import AuditEvent
from traektoria.core.prepared_statements import Given, prepared
from traektoria.diagnostics.problem_field.enums import HypothesisState
from traektoria.diagnostics.problem_field.models import Hypothesis
from traektoria.engines.disclosure import MINIMUM, at_least
from traektoria.organisations import zones
from traektoria.organisations.models import TutorCentre
from traektoria.people.actor import Actor, in_force
from traektoria.people.anybody import anybody, given_of
from traektoria.people.enums import Role
from traektoria.people.models import RoleAssignment
from traektoria.people.supported_people import open_to

MOST = 20
CONFIRMED = ("hypothesis.confirm", "hypothesis.add")
"""What is added by hand is confirmed with that."""
FRESH = timedelta(days=400)
"""What was confirmed in the last school year and before this one is not what teachers ask for today."""


@dataclass(frozen=True)
class CommonTopic:
    """``people``: at least so many, of a subject and a topic as it stands in their fields."""

    subject: str
    topic: str
    people: int


def common_topics(actor: Actor, centre: TutorCentre, now: datetime) -> list[CommonTopic]:
    """The most frequent first, at most ``MOST``. Whom the actor supports is known to them, so the others must be ten
    too; the Monday is that of the centre. One query."""
    here = zones.zone(centre.municipality.time_zone)
    local = timezone.localtime(now, here)
    monday = (local - timedelta(days=local.weekday())).replace(hour=0, minute=0, second=0, microsecond=0)
    rows = _counted(actor.roles).all(
        centre=centre.pk, monday=monday, day=timezone.localdate(monday, here), since=monday - FRESH, **given_of(actor)
    )
    return _shown([CommonTopic(subject, topic, at_least(found, known=known)) for subject, topic, found, known in rows])


@prepared
def _counted(roles: frozenset[Role]) -> QuerySet[Hypothesis, Any]:
    """By subject and topic: how many teachers, and how many of them the reader supports."""
    known = Count("person", distinct=True, filter=open_to(anybody(roles)))
    counts = _confirmed().order_by().values("subject", "topic").annotate(found=Count("person", distinct=True))
    return counts.annotate(known=known).filter(found__gte=MINIMUM).values_list("subject", "topic", "found", "known")


def _shown(found: Sequence[CommonTopic]) -> list[CommonTopic]:
    return sorted((one for one in found if one.people), key=lambda one: (-one.people, one.subject, one.topic))[:MOST]


def _confirmed() -> QuerySet[Hypothesis]:
    """As it stood on Monday: of teachers who were of the centre then, and what was taken back since counts until the
    next one."""
    there = RoleAssignment.objects.filter(
        in_force(Given("day")), person=OuterRef("person"), centre=Given("centre"), role=Role.TEACHER
    )
    said = AuditEvent.objects.filter(object_kind="diagnostics.hypothesis", object_id=OuterRef("pk"))
    before = said.filter(event__in=CONFIRMED, at__lt=Given("monday"), at__gte=Given("since"))
    back = said.filter(event="hypothesis.reopen", facts__source=HypothesisState.CONFIRMED, at__gte=Given("monday"))
    stands = Q(state=HypothesisState.CONFIRMED, decided_at__lt=Given("monday"), decided_at__gte=Given("since"))
    return Hypothesis.objects.filter(stands | (Exists(back) & Exists(before)), Exists(there), centre=Given("centre"))
