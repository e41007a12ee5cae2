"""A visitor writes down what was seen; who gave the lesson counts it for the own route."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core import audit
from traektoria.core.errors import Conflict, Invalid, Refused
from traektoria.events.event.locks import locked_event
from traektoria.events.event.models import Event
from traektoria.events.event.permissions import leads
from traektoria.events.event.time_and_place import called
from traektoria.events.observing.criteria import SeenInLesson, criteria_of
from traektoria.events.observing.models import LessonObservation
from traektoria.events.observing.policies import check_observable, check_visited
from traektoria.people.actor import Actor, acting
from traektoria.routes.models import ItemEvidence, RouteItem
from traektoria.routes.route.actions.doing import add_link


@transaction.atomic
def observe_lesson(
    *, event: Event, marks: Mapping[str, str], takes: str = "", asks: str = "", by: Actor, now: datetime | None = None
) -> LessonObservation:
    """One form a visitor; saved again it is what was written last. Side effects: audit. Raises ``Refused``,
    ``Conflict``, ``Invalid``."""
    row = locked_event(event.pk)
    check_visited(by, row)
    check_observable(row, now or timezone.now())
    known = {slug: marks.get(slug, "") for slug, _title in criteria_of(row)}
    if any(said not in SeenInLesson.values for said in known.values()):
        raise Invalid(_("Mark each line; what you have not seen is an answer too."), code="not_marked")
    facts = {"marks": known, "takes": takes.strip(), "asks": asks.strip()}
    made, new = LessonObservation.objects.update_or_create(event=row, person_id=acting(by), defaults=facts)
    audit.record("event.observe" if new else "event.observe_anew", row, by=by)
    return made


@transaction.atomic
def count_observations(*, event: Event, item: RouteItem, link: str, by: Actor) -> ItemEvidence:
    """Who gave the lesson says that what visitors saw shows something of an item of their own route; ``link`` is the
    address of the forms. Twice is once. Side effects: those of evidence, audit. Raises ``Refused``, ``Conflict``."""
    if not leads(by, event):
        raise Refused(_("This is counted by who gave the lesson."), code="not_the_leader")
    number = LessonObservation.objects.filter(event=event.pk).count()
    if not number:
        raise Conflict(_("Nobody has filled in the form yet."), code="nothing_seen")
    note = _("%(lesson)s: forms of visitors, %(number)s") % {"lesson": called(event), "number": number}
    audit.record("event.observations_counted", event, by=by)
    return add_link(item=item, link=link, note=note[:300], by=by)
