"""When one can register for an event, give the place back; who stands before whom in its waiting list."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Protocol

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core.errors import Conflict, Invalid, twin
from traektoria.core.prepared_statements import Given, Numbers, prepared
from traektoria.core.typography import short_day
from traektoria.events.enrolment.models import Enrolment
from traektoria.events.event.enums import DateState, EventState
from traektoria.events.event.models import Event, EventDate
from traektoria.events.event.policies import of_centre
from traektoria.events.event.registration_days import is_early, is_over, not_over
from traektoria.events.event.rules import rules_of_event
from traektoria.events.event.time_and_place import zone_of
from traektoria.organisations.lists.queries import reasons_of
from traektoria.organisations.models import School
from traektoria.organisations.regulations.event_rules import EventRules, Priority
from traektoria.people.actor import in_force
from traektoria.people.models import Employment, RoleAssignment
from traektoria.routes.needs.queries import teachers_of_school

MOST_AT_ONCE = 200


class Waiting(Protocol):
    """What the order needs of who waits: a registration, or its columns alone."""

    @property
    def person_id(self) -> int: ...

    @property
    def work_id(self) -> int | None: ...

    @property
    def item_id(self) -> int | None: ...


def event_rules(event: Event) -> EventRules:
    """Of the regulation under which it was written. At most one query, then none."""
    return rules_of_event(event).event_rules


def coming_dates(event: Event, now: datetime) -> list[EventDate]:
    """Those that stand and have not begun. Reads ``event.dates``."""
    return [one for one in event.dates.all() if one.stands and one.start > now]


def check_open(event: Event, now: datetime, *, kept: bool = False) -> None:
    """Registration is open. ``kept``: who keeps the event registers until the last date begins."""
    if event.state != EventState.ANNOUNCED:
        raise Conflict(_("One registers for an announced event."), code="state")
    if not coming_dates(event, now):
        raise Conflict(_("All dates have begun: registration is over."), code="begun")
    if kept:
        return
    today = _today(event, now)
    if is_early(event.opens_on, today):
        text = _("Registration opens on %(day)s.") % {"day": short_day(event.opens_on)}
        raise Conflict(text, code="not_open")
    if is_over(event.closes_on, today):
        raise Conflict(_("Registration was open until %(day)s.") % {"day": short_day(event.closes_on)}, code="closed")


def open_or_opening(now: Any, today: Any) -> Q:
    """``check_open`` in SQL, of who does not keep the event: one can register, or will from a later day on."""
    coming = EventDate.objects.filter(event=OuterRef("pk"), state=DateState.STANDING, start__gt=now)
    return Q(Exists(coming), not_over(today), state=EventState.ANNOUNCED)


def why_not_open(event: Event, now: datetime, *, kept: bool = False) -> str:
    """The sentence of ``check_open``; empty where one can register."""
    try:
        check_open(event, now, kept=kept)
    except Conflict as refusal:
        return refusal.sentence
    return ""


def can_open(event: Event, now: datetime, *, kept: bool = False) -> bool:
    return not why_not_open(event, now, kept=kept)


def _today(event: Event, now: datetime) -> date:
    return timezone.localdate(now, zone_of(event))


def check_chosen(event: Event, chosen: Collection[int], now: datetime) -> list[EventDate]:
    """The dates that are meant: all that are to come, or the chosen ones of them."""
    coming = coming_dates(event, now)
    wanted = [one for one in coming if not chosen or one.pk in chosen]
    if len(wanted) != (len(set(chosen)) if chosen else len(coming)):
        raise Conflict(_("Some of these dates do not take place any more: look at them anew."), code="dates")
    return wanted


def check_people(event: Event, people: Collection[int], school: School | None) -> None:
    """People of the centre today, of the school that registers; not its leaders."""
    if not people:
        raise Invalid(_("Choose whom to register."), code="nobody")
    if len(people) > MOST_AT_ONCE:
        raise Invalid(_("At most %(most)s people at once.") % {"most": MOST_AT_ONCE}, code="too_many")
    if {one.person_id for one in event.leads.all()} & set(people):
        raise Invalid(_("Who leads the event is there anyway."), code="leads")
    if school is not None:
        found = teachers_of_school(event.centre_id, school).filter(pk__in=people).count()
    else:
        found = len(of_centre(people, event.centre_id))
    if found != len(set(people)):
        raise Invalid(_("Somebody of these is not there now."), code="not_there")


def check_leaving(row: Enrolment, now: datetime) -> None:
    """The place can be given back until the last date begins."""
    if not row.is_live:
        raise Conflict(_("This registration is over."), code="over")
    if not coming_dates(row.event, now):
        raise Conflict(_("The event has begun: who came is marked there."), code="begun")


def schools_of(people: Collection[int], event: Event) -> dict[int, int]:
    """Where each works, among the schools of the centre; else the school of their role there. Two queries."""
    centre = event.centre
    given: dict[str, Any] = {"people": people, "today": timezone.localdate()}
    served = {"school": centre.school_id} if centre.school_id else {"municipality": centre.municipality_id}
    return dict(_roles().all(centre=centre.pk, **given)) | dict(_work(*served).all(**served, **given))


@prepared
def _roles() -> QuerySet[RoleAssignment, Any]:
    rows = RoleAssignment.objects.filter(
        in_force(Given("today")), person__in=Numbers("people"), centre=Given("centre"), school__isnull=False
    )
    return rows.order_by("-start", "-pk").values_list("person_id", "school_id")


@prepared
def _work(served: str) -> QuerySet[Employment, Any]:
    """``served``: whether the centre is of one school, or of a municipality."""
    rows = Employment.objects.filter(in_force(Given("today")), person__in=Numbers("people"))
    place = {"school": Given("school")} if served == "school" else {"school__municipality": Given("municipality")}
    return rows.filter(**place).order_by("start", "pk").values_list("person_id", "school_id")


def priorities(event: Event, rows: Sequence[Waiting], teach: Mapping[int, Collection[str]]) -> dict[int, int]:
    """By person: the less, the earlier, as the regulation says it. ``teach``: subjects of each person. At most two
    queries, and no call a person: seventeen hundred may wait for one event."""
    counted = event_rules(event).priority
    who: dict[Priority, list[int]] = {}
    if Priority.SCHOOL in counted:
        helped = _helped(event, {row.work_id for row in rows if row.work_id})
        who[Priority.SCHOOL] = [row.person_id for row in rows if row.work_id in helped]
    if Priority.ROUTE_ITEM in counted:
        who[Priority.ROUTE_ITEM] = [row.person_id for row in rows if row.item_id is not None]
    if Priority.SUBJECT in counted:
        wanted = {*event.subject_list}
        who[Priority.SUBJECT] = [person for person, subjects in teach.items() if wanted & {*subjects}]
    ranks = dict.fromkeys([row.person_id for row in rows], len(Priority))
    for place, one in reversed(list(enumerate(Priority))):
        ranks |= dict.fromkeys(who.get(one, ()), place)
    return ranks


def subjects_count(event: Event) -> bool:
    """Whether it matters to the order who teaches what."""
    return bool(event.subjects) and Priority.SUBJECT in event_rules(event).priority


def _helped(event: Event, schools: Collection[int]) -> set[int]:
    """Those of the schools that the regulation helps first, by their official lists."""
    first = rules_of_event(event).support.first
    found = reasons_of(event.centre_id, schools) if first and schools else {}
    return {school for school, lists in found.items() if any(one.reason in first for one in lists)}


def notice_of(event: Event) -> timedelta:
    return timedelta(hours=event_rules(event).notice_hours)


can_leave_now = twin(check_leaving)
