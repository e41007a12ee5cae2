"""What a teacher wishes to learn: open items of the own route, and confirmed topics that no item serves yet."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from traektoria.consultations.requests.queries.duplicates import words_of
from traektoria.core.prepared_statements import Given, Numbers, prepared
from traektoria.core.typography import short_day
from traektoria.diagnostics.models import Hypothesis
from traektoria.diagnostics.problem_field.enums import HypothesisState
from traektoria.engines.recommendations import Wish
from traektoria.people.actor import Actor
from traektoria.people.anybody import given_of
from traektoria.people.enums import Role
from traektoria.routes.models import RouteItem
from traektoria.routes.route.draft_rules import short_topic
from traektoria.routes.route.enums import RouteState
from traektoria.routes.route.policies import LIVING, OPEN_ITEM
from traektoria.routes.tutees.models import SupportMember

ITEM = ("pk", "route__centre", "route__support__subject", "task", "deficit", "hypothesis__topic", "activity_kind",
        "deadline")  # fmt: skip
TOPIC = ("pk", "centre", "subject", "topic")
MOST = 60


@dataclass(frozen=True)
class Wished:
    """A wish as its page says it. ``item``: number of the route item, 0 for a topic."""

    wish: Wish
    item: int
    topic: int
    said: str


def wishes_of(actor: Actor) -> list[Wished]:
    """Of the person as a teacher of centres where they are one. Two queries."""
    given = given_of(actor) | {"own": actor.centres(Role.TEACHER)}
    if actor.person_id is None or not given["own"]:
        return []
    items = [_of_item(*row) for row in _items().all(limit=MOST, **given)]
    return items + [_of_topic(*row) for row in _topics().all(limit=MOST, **given)]


def _of_item(
    pk: int, centre: int, subject: str, task: str, deficit: str, topic: str | None, kind: str, due: date
) -> Wished:
    words = tuple(words_of(" ".join(filter(None, (deficit, topic)))))
    facts = {"day": short_day(due), "task": short_topic(task or deficit)}
    said = _("Item of the route until %(day)s: %(task)s") % facts
    return Wished(Wish(f"item{pk}", centre, subject, words, kind, due), pk, 0, said)


def _of_topic(pk: int, centre: int, subject: str, topic: str) -> Wished:
    said = _("Topic that you have confirmed: %(topic)s") % {"topic": short_topic(topic)}
    return Wished(Wish(f"topic{pk}", centre, subject, tuple(words_of(topic))), 0, pk, said)


@prepared
def _items() -> QuerySet[RouteItem, Any]:
    """Agreed ones of running routes of which the person is a consented teacher."""
    mine = SupportMember.objects.filter(person=Given("me"), consented_at__isnull=False).order_by().values("support")
    rows = RouteItem.objects.filter(
        route__support__in=mine, route__state=RouteState.RUNNING, route__centre__in=Numbers("own"),
        state__in=sorted(OPEN_ITEM), pending=False, removed_in__isnull=True,
    )  # fmt: skip
    return rows.order_by("deadline", "pk").values_list(*ITEM)


@prepared
def _topics() -> QuerySet[Hypothesis, Any]:
    served = RouteItem.objects.filter(hypothesis=OuterRef("pk"), route__state__in=sorted(LIVING))
    rows = Hypothesis.objects.filter(
        person=Given("me"), centre__in=Numbers("own"), state=HypothesisState.CONFIRMED
    ).exclude(Exists(served))
    return rows.order_by("-decided_at", "-pk").values_list(*TOPIC)
