"""What there is for a teacher: events to come, materials and leaders of past ones, free hours. No count of people and
no word of anybody about anybody is read here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.consultations.bookings.queries.free import Asked, free_page
from traektoria.consultations.requests.queries.duplicates import words_of
from traektoria.consultations.slots.queries.rules import rules_for
from traektoria.core.joined import Joined
from traektoria.core.prepared import Given, Numbers, prepared
from traektoria.core.typography import ru_moment, short_day
from traektoria.engines.recommending import Offer, Wish
from traektoria.events.enrolment.enums import LIVE
from traektoria.events.enrolment.models import Enrolment
from traektoria.events.event.enums import DateState, EventState, MaterialTime
from traektoria.events.event.models import Event, EventDate, EventLeader, EventMaterial
from traektoria.organisations.models import TutorCentre
from traektoria.people.actor import Actor, in_force
from traektoria.people.enums import Role
from traektoria.people.models import RoleAssignment
from traektoria.routes.route.enums import ActivityKind

EVENTS, HOURS, PEOPLE, MATERIALS = "events", "hours", "people", "materials"
MOST, BEFORE, SLOTS, PLACES = 60, timedelta(days=730), 3, 2
ACTIVITIES = {"peer_visit": ActivityKind.LESSON_VISIT.value}
"""Kinds of regulations whose slug is another than that of the activity of a route."""
COMING = ("pk", "centre", "kind", "kind_name", "title", "about", "subjects", "moment")
PAST = ("pk", "centre", "kind_name", "title", "subjects", "held", "material")
_CENTRES = Joined(TutorCentre, "municipality")
_LEADS = Joined(EventLeader, "person")


@dataclass(frozen=True)
class Offered:
    """An offer as its page says it. ``address``: of its page, to which the item of a route is added."""

    offer: Offer
    group: str
    title: str
    detail: str
    address: str


def offers_for(actor: Actor, wishes: Sequence[Wish], now: datetime) -> list[Offered]:
    """Of the places and subjects of these wishes alone. At most five queries, and those of free hours."""
    if not wishes or actor.person_id is None:
        return []
    places = {wish.place for wish in wishes}
    coming = _coming().all(limit=MOST, places=places, me=actor.person_id, now=now, today=timezone.localdate(now))
    past = _past().all(limit=MOST, places=places, me=actor.person_id, now=now, since=now - BEFORE)
    events = [_of_event(*row) for row in coming]
    return [*events, *_hours(actor, wishes, now), *_people(past, actor.person_id), *_materials(past)]


def _of_event(
    pk: int, centre: int, kind: str, name: str, title: str, about: str, subjects: str, moment: datetime
) -> Offered:
    day = timezone.localdate(moment)
    words = tuple(words_of(f"{title} {about}"))
    offer = Offer(f"event{pk}", centre, frozenset(subjects.split()), words, ACTIVITIES.get(kind, kind), day)
    detail = f"{name}, {ru_moment(moment)}"
    return Offered(offer, EVENTS, title, detail, reverse("events:event_detail", args=[pk]))


def _materials(past: Sequence[Any]) -> list[Offered]:
    found = []
    for pk, centre, name, title, subjects, held, material in past:
        if material:
            offer = Offer(f"material{pk}", centre, frozenset(subjects.split()), tuple(words_of(title)))
            detail = _("materials of %(day)s: %(kind)s") % {"day": short_day(held), "kind": name}
            found.append(Offered(offer, MATERIALS, title, detail, reverse("events:event_detail", args=[pk])))
    return found


def _people(past: Sequence[Any], me: int) -> list[Offered]:
    """Tutors of today who led what was held: by their newest event on each topic. Two queries, none without events."""
    events = {row[0]: row for row in past}
    rows = [one for one in _LEADS.among("t.event_id", list(events), order="t.id") if one.person_id != me]
    tutors = set(_tutors().all(people={one.person_id for one in rows}, today=timezone.localdate())) if rows else set()
    found: dict[tuple[int, str], Offered] = {}
    for one in sorted(rows, key=lambda one: events[one.event_id][5], reverse=True):
        _pk, centre, name, title, subjects, held, _material = events[one.event_id]
        if (one.person_id, centre) in tutors:
            offer = Offer(f"person{one.person_id}", centre, frozenset(subjects.split()), tuple(words_of(title)))
            said = {"kind": name, "title": title, "day": short_day(held)}
            detail = _("held on %(day)s: %(kind)s “%(title)s”") % said
            key = one.person_id, title
            ask = f"{reverse('consultations:request_new')}?as=teacher"
            found.setdefault(key, Offered(offer, PEOPLE, one.person.short_name, detail, ask))
    return list(found.values())


def _hours(actor: Actor, wishes: Sequence[Wish], now: datetime) -> list[Offered]:
    """The nearest free ones of subjects in which a consultation is agreed."""
    wanted = [wish for wish in wishes if wish.activity == ActivityKind.CONSULTATION]
    pairs = list(dict.fromkeys((wish.place, wish.subject) for wish in wanted))[:PLACES]
    found = []
    for place, subject in pairs:
        centre = _CENTRES.get(place)
        page = free_page(centre, actor.person_id, rules_for(actor, place), Asked(subject), 1, now=now)
        free = [slot for slot in page.object_list if not slot.against][:SLOTS]
        found += [_of_slot(slot, place, subject) for slot in free]
    return found


def _of_slot(slot: Any, place: int, subject: str) -> Offered:
    words = tuple(words_of(slot.topic))
    offer = Offer(
        f"slot{slot.pk}", place, frozenset({subject}), words, ActivityKind.CONSULTATION, _day_of(slot.start)
    )  # fmt: skip
    detail = ", ".join(filter(None, (slot.name, slot.place, slot.topic)))
    return Offered(offer, HOURS, ru_moment(slot.start), detail, reverse("consultations:booking_new", args=[slot.pk]))


def _day_of(moment: datetime) -> date:
    return timezone.localdate(moment)


@prepared
def _coming() -> QuerySet[Event, Any]:
    """Announced, still to come, open or opening, which the person neither leads nor is registered for."""
    dates = EventDate.objects.filter(event=OuterRef("pk"), state=DateState.STANDING, start__gt=Given("now"))
    rows = Event.objects.filter(
        Q(closes_on=None) | Q(closes_on__gte=Given("today")), Exists(dates), centre__in=Numbers("places"),
        state=EventState.ANNOUNCED, pupils_only=False,
    )  # fmt: skip
    mine = Enrolment.objects.filter(event=OuterRef("pk"), person=Given("me"), state__in=LIVE)
    led = EventLeader.objects.filter(event=OuterRef("pk"), person=Given("me"))
    rows = rows.exclude(Exists(mine)).exclude(Exists(led))
    rows = rows.annotate(moment=Subquery(dates.order_by("start").values("start")[:1]))
    return rows.order_by("moment", "pk").values_list(*COMING)


@prepared
def _past() -> QuerySet[Event, Any]:
    """Held ones, the newest first; whether something was left to take away."""
    dates = EventDate.objects.filter(
        event=OuterRef("pk"), held_at__isnull=False, start__gte=Given("since"), start__lte=Given("now")
    )
    rows = Event.objects.filter(Exists(dates), centre__in=Numbers("places"), pupils_only=False)
    after = EventMaterial.objects.filter(event=OuterRef("pk"), time=MaterialTime.AFTER)
    rows = rows.exclude(state=EventState.CANCELLED).annotate(
        held=Subquery(dates.order_by("-start").values("start")[:1]), material=Exists(after)
    )
    return rows.order_by("-held", "-pk").values_list(*PAST)


@prepared
def _tutors() -> QuerySet[RoleAssignment, Any]:
    rows = RoleAssignment.objects.filter(
        in_force(Given("today")), person__in=Numbers("people"), role=Role.TUTOR, centre__isnull=False
    )
    return rows.order_by().values_list("person", "centre").distinct()
