"""What asks for an event: topics that many teachers have confirmed, and requests of several schools on one subject."""

from collections.abc import Sequence
from datetime import timedelta
from hashlib import blake2b
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traektoria.consultations.requests.enums import OPEN
from traektoria.consultations.requests.models import ConsultationRequest
from traektoria.core.labels import text_of
from traektoria.core.prepared_statements import Given, prepared
from traektoria.core.typography import counted
from traektoria.diagnostics.problem_field.queries.common_topics import common_topics
from traektoria.engines.disclosure import MINIMUM
from traektoria.events.drafting.models import FORGOTTEN, taken
from traektoria.events.drafting.school_requests import keep_requests
from traektoria.events.event.ideas import Idea, IdeaSource, idea_sources
from traektoria.organisations.models import TutorCentre
from traektoria.organisations.regulations.schema import Rules
from traektoria.people.actor import Actor
from traektoria.people.enums import Role, Subject
from traektoria.routes.route.draft_rules import short_topic

RECENT = timedelta(days=120)
SEVERAL = 2
"""So many schools ask for the same subject before one event for all is offered."""


def topics(actor: Actor, centre: TutorCentre, _rules: Rules) -> list[Idea]:
    """«Не меньше … учителей подтвердили эту тему»: numbers alone, and no names behind them."""
    found = common_topics(actor, centre, timezone.now())
    return [_of_topic(one.subject, one.topic, one.people) for one in found]


def _of_topic(subject: str, topic: str, people: int) -> Idea:
    key = blake2b(f"{subject}\0{topic}".encode(), digest_size=8).hexdigest()
    said = counted(people, "at least %(n)s teacher has confirmed it", "at least %(n)s teachers have confirmed it")
    name = short_topic(topic)
    initial = {"title": name[:200], "subjects": [subject]}
    return Idea(key, name, f"{text_of(Subject, subject)}: {said}", initial)


def requests(actor: Actor, centre: TutorCentre, _rules: Rules) -> list[Idea]:
    """Open requests that schools have made and no event answers yet, by subject, where several schools ask; a tutor's
    own ones. One query."""
    found: dict[str, list[Any]] = {}
    for row in _open(actor, centre):
        found.setdefault(row[0], []).append(row)
    several = [(subject, rows) for subject, rows in found.items() if len({row[1] for row in rows}) >= SEVERAL]
    several.sort(key=lambda one: (-len({row[1] for row in one[1]}), one[0]))
    return [_of_requests(subject, rows) for subject, rows in several]


def _open(actor: Actor, centre: TutorCentre) -> list[Any]:
    whole = actor.has(centre.pk, Role.COORDINATOR)
    now = timezone.now()
    return _asked(whole).all(centre=centre.pk, since=now - RECENT, fresh=now - FORGOTTEN, me=actor.person_id)


@prepared
def _asked(whole: bool) -> QuerySet[ConsultationRequest, Any]:
    rows = ConsultationRequest.objects.filter(
        centre=Given("centre"), school__isnull=False, state__in=OPEN, asked_at__gte=Given("since")
    )
    rows = rows.exclude(pk__in=taken(Given("fresh")).order_by().values("request"))
    rows = rows if whole else rows.filter(tutor=Given("me"))
    return rows.order_by("asked_at", "pk").values_list("subject", "school", "topic", "classes", "school__name", "pk")


def _of_requests(subject: str, rows: Sequence[Any]) -> Idea:
    schools = list({row[1]: row[4] for row in rows}.values())
    asked = list(dict.fromkeys(row[2] for row in rows))
    classes = list(dict.fromkeys(filter(None, (row[3] for row in rows))))
    initial = {
        "title": asked[0], "subjects": [subject], "about": "\n".join(f"– {one}" for one in asked),
        "classes": ", ".join(classes)[:60],
    }  # fmt: skip
    why = _("%(schools)s ask: %(topics)s") % {"schools": ", ".join(schools), "topics": "; ".join(asked)}
    return Idea(subject, text_of(Subject, subject), why, initial, tuple(row[5] for row in rows))


idea_sources.add(
    IdeaSource(
        "topics",
        10,
        gettext_lazy("Topics that many teachers have confirmed"),
        format_lazy(
            gettext_lazy(
                "No topic is confirmed by {least} teachers yet. Numbers are of Monday, names are shown to nobody."
            ),
            least=MINIMUM,
        ),
        topics,
    )
)
idea_sources.add(
    IdeaSource(
        "requests",
        20,
        gettext_lazy("Requests of several schools"),
        gettext_lazy("No two schools ask for consultations on the same subject."),
        requests,
        keep_requests,
    )
)
