"""What there is for a teacher: events to come, materials and leaders of past ones, free hours. No count of people and
no word of anybody about anybody is read here."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.consultations.bookings.queries.free_slots import FreeFilter, free_page
from traektoria.consultations.requests.queries.duplicates import words_of
from traektoria.consultations.slots.queries.rules import rules_for
from traektoria.core.joined_rows import Joined
from traektoria.core.prepared_statements import Given, Numbers, prepared
from traektoria.core.typography import ru_moment, short_day
from traektoria.engines.recommendations import Offer, Wish
from traektoria.events.enrolment.enums import LIVE
from traektoria.events.enrolment.models import Enrolment, Seat
from traektoria.events.enrolment.policies import open_or_opening
from traektoria.events.event.enums import DateState, EventState, MaterialTime, Readers
from traektoria.events.event.models import Event, EventDate, EventLeader, EventMaterial
from traektoria.events.event.registration_days import is_early
from traektoria.organisations import zones
from traektoria.organisations.models import TutorCentre
from traektoria.people.actor import Actor, in_force
from traektoria.people.enums import Role
from traektoria.people.models import RoleAssignment
from traektoria.routes.route.enums import ActivityKind
from traektoria.tutors.statuses.queries import out_of_force

EVENTS, HOURS, PEOPLE, MATERIALS = "events", "hours", "people", "materials"
MOST, BEFORE, SLOTS = 60, timedelta(days=730), 3
ACTIVITIES = {"peer_visit": ActivityKind.LESSON_VISIT.value}
"""Kinds of regulations whose slug is another than that of the activity of a route."""
ZONE = "centre__municipality__time_zone"
COMING = (
    "pk", "centre", "kind", "kind_name", "title", "about", "subjects", "moment", ZONE, "places", "taken", "opens_on",
)  # fmt: skip
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


def offers_for(
    actor: Actor, wishes: Sequence[Wish], now: datetime, aside: Collection[tuple[str, str]] = ()
) -> list[Offered]:
    """Of the places and subjects of these wishes alone; ``aside``: pairs (wish, offer) that were put off. At most six
    queries, and those of free hours for each subject in which a consultation is agreed."""
    if not wishes or actor.person_id is None:
        return []
    places, subjects = {wish.place for wish in wishes}, sorted({wish.subject for wish in wishes})
    asked: dict[str, Any] = {"places": places, "me": actor.person_id, "now": now, "today": timezone.localdate(now)}
    asked |= {f"subject{number}": f" {one} " for number, one in enumerate(subjects)}
    coming = _coming(len(subjects)).all(limit=MOST, **asked)
    past = _past(len(subjects)).all(limit=MOST, since=now - BEFORE, **asked)
    events = [_of_event(asked["today"], *row) for row in coming]
    return [*events, *_hours(actor, wishes, now, aside), *_people(past, actor.person_id), *_materials(past)]


def _of_event(
    today: date, pk: int, centre: int, kind: str, name: str, title: str, about: str, subjects: str, moment: datetime,
    zone: str, places: int | None, taken: int | None, opens: date | None,
) -> Offered:  # fmt: skip
    here = zones.zone(zone)
    local = timezone.localtime(moment, here)
    words = tuple(words_of(f"{title} {about}"))
    full, early = places is not None and (taken or 0) >= places, is_early(opens, today)
    offer = Offer(
        f"event{pk}", centre, frozenset(subjects.split()), words, ACTIVITIES.get(kind, kind),
        timezone.localdate(moment, here),
        ready=not full and not early,
    )  # fmt: skip
    said = [name, ru_moment(local.replace(tzinfo=None))]
    if early:
        said.append(_("registration from %(day)s") % {"day": short_day(opens)})
    elif full:
        said.append(_("no places, a waiting list"))
    return Offered(offer, EVENTS, title, ", ".join(said), reverse("events:event_detail", args=[pk]))


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
    known = {one.person_id for one in rows}
    roles = _tutors().all(people=known, today=timezone.localdate()) if known else []
    away = {centre: out_of_force(known, centre) for centre in sorted({centre for _person, centre in roles})}
    tutors = {(person, centre) for person, centre in roles if person not in away[centre]}
    found: dict[tuple[int, str], Offered] = {}
    for one in sorted(rows, key=lambda one: events[one.event_id][5], reverse=True):
        _pk, centre, name, title, subjects, held, _material = events[one.event_id]
        if (one.person_id, centre) in tutors:
            offer = Offer(f"person{one.person_id}", centre, frozenset(subjects.split()), tuple(words_of(title)))
            said = {"kind": name, "title": title, "day": short_day(held)}
            detail = _("held on %(day)s: %(kind)s “%(title)s”") % said
            key = one.person_id, title
            ask = f"{reverse('consultations:booking_free')}?tutor={one.person_id}&place={centre}"
            found.setdefault(key, Offered(offer, PEOPLE, one.person.short_name, detail, ask))
    return list(found.values())


def _hours(actor: Actor, wishes: Sequence[Wish], now: datetime, aside: Collection[tuple[str, str]]) -> list[Offered]:
    """The nearest free ones of subjects in which a consultation is agreed, but for those that all its items put off."""
    wanted: dict[tuple[int, str], list[str]] = {}
    for wish in wishes:
        if wish.activity == ActivityKind.CONSULTATION:
            wanted.setdefault((wish.place, wish.subject), []).append(wish.key)
    found = []
    for (place, subject), keys in wanted.items():
        page = free_page(_CENTRES.get(place), actor.person_id, rules_for(actor, place), FreeFilter(subject), 1, now=now)
        slots = [_of_slot(slot, place, subject) for slot in page.object_list if not slot.against]
        found += [one for one in slots if not all((key, one.offer.key) in aside for key in keys)][:SLOTS]
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
def _coming(subjects: int) -> QuerySet[Event, Any]:
    """Announced, still to come, open or opening, which the person neither leads nor is registered for."""
    dates = EventDate.objects.filter(event=OuterRef("pk"), state=DateState.STANDING, start__gt=Given("now"))
    rows = Event.objects.filter(
        open_or_opening(Given("now"), Given("today")), centre__in=Numbers("places"), pupils_only=False
    ).filter(_of_subjects(subjects))
    mine = Enrolment.objects.filter(event=OuterRef("pk"), person=Given("me"), state__in=LIVE)
    led = EventLeader.objects.filter(event=OuterRef("pk"), person=Given("me"))
    rows = rows.exclude(Exists(mine)).exclude(Exists(led))
    seats = Seat.objects.filter(date__event=OuterRef("pk"), number__isnull=False).order_by().values("date")
    most = seats.annotate(found=Count("pk")).order_by("-found").values("found")[:1]
    rows = rows.annotate(
        moment=Subquery(dates.order_by("start").values("start")[:1]),
        taken=Subquery(most, output_field=IntegerField()),
    )
    return rows.order_by("moment", "pk").values_list(*COMING)


@prepared
def _past(subjects: int) -> QuerySet[Event, Any]:
    """Held ones, the newest first; whether something was left to take away."""
    dates = EventDate.objects.filter(
        event=OuterRef("pk"), held_at__isnull=False, start__gte=Given("since"), start__lte=Given("now")
    )
    rows = Event.objects.filter(Exists(dates), centre__in=Numbers("places"), pupils_only=False)
    rows = rows.filter(_of_subjects(subjects))
    after = EventMaterial.objects.filter(event=OuterRef("pk"), time=MaterialTime.AFTER, readers=Readers.CENTRE)
    rows = rows.exclude(state=EventState.CANCELLED).annotate(
        held=Subquery(dates.order_by("-start").values("start")[:1]), material=Exists(after)
    )
    return rows.order_by("-held", "-pk").values_list(*PAST)


def _of_subjects(number: int) -> Q:
    """Of one of so many subjects, or for all."""
    said = Q(subjects="")
    for place in range(number):
        said |= Q(subjects__contains=Given(f"subject{place}"))
    return said


@prepared
def _tutors() -> QuerySet[RoleAssignment, Any]:
    rows = RoleAssignment.objects.filter(
        in_force(Given("today")), person__in=Numbers("people"), role=Role.TUTOR, centre__isnull=False
    )
    return rows.order_by().values_list("person", "centre").distinct()
