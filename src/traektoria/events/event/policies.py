"""When an event can be written, announced, moved, cancelled and closed."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.consultations.slots.queries.busy_times import busy_room
from traektoria.core.errors import Conflict, Invalid, twin
from traektoria.core.kept_files import FileRule
from traektoria.core.prepared_statements import Given, Numbers, prepared
from traektoria.core.typography import counted, ru_moment
from traektoria.engines.intervals import Interval
from traektoria.events.event.enums import OPEN, STANDS, WRITTEN, DateState, EventState, Way
from traektoria.events.event.facts import MOST_PLACES, EventFacts
from traektoria.events.event.models import Event, EventDate
from traektoria.events.event.programme import minutes_of
from traektoria.events.event.registries import event_rests, event_users
from traektoria.organisations.models import TutorCentre
from traektoria.people.actor import in_force
from traektoria.people.enums import HEADS, Role
from traektoria.people.models import RoleAssignment

MOST_DATES, MOST_LEADERS, LONGEST = 60, 30, timedelta(hours=14)
LEADERS = (Role.TUTOR, Role.COORDINATOR, Role.TEACHER, *HEADS)
FILES: Final = FileRule(or_link=True)
"""Materials: they are counted together with addresses."""


def check_facts(centre: TutorCentre, facts: EventFacts, length: timedelta | None = None) -> None:
    """``length`` of the shortest date."""
    if not facts.title.strip():
        raise Invalid(_("Say what the event is called."), code="no_title")
    if not facts.leaders:
        raise Invalid(_("Say who leads the event."), code="no_leader")
    if len(facts.leaders) > MOST_LEADERS:
        raise Invalid(_("At most %(most)s people lead an event.") % {"most": MOST_LEADERS}, code="too_many_leaders")
    if len(of_centre(facts.leaders, centre.pk)) != len(set(facts.leaders)):
        raise Invalid(_("Somebody of the leaders is not of the centre now."), code="leader_left")
    in_place = facts.point or facts.school or facts.place
    if facts.way == Way.IN_PERSON and not in_place:
        raise Invalid(_("Say where the event takes place."), code="no_place")
    _check_places(facts)
    minutes = minutes_of(facts.programme)
    if length is not None and minutes * 60 > length.total_seconds():
        said = counted(minutes, "The programme takes %(n)s minute", "The programme takes %(n)s minutes")
        raise Invalid(_("%(said)s, longer than the event itself.") % {"said": said}, code="programme_too_long")


def _check_places(facts: EventFacts) -> None:
    if facts.places is not None and not 1 <= facts.places <= MOST_PLACES:
        raise Invalid(_("From 1 to %(most)s places.") % {"most": MOST_PLACES}, code="places")
    if facts.per_school is not None and facts.places is not None and facts.per_school > facts.places:
        raise Invalid(_("A school can't have more places than the event."), code="per_school")


def of_centre(people: Collection[int], centre_id: int) -> set[int]:
    """Those of them who hold a role in the centre today. One query."""
    return {person for (person,) in _of_centre().all(people=people, centre=centre_id, today=timezone.localdate())}


@prepared
def _of_centre() -> QuerySet[RoleAssignment, Any]:
    rows = RoleAssignment.objects.filter(
        in_force(Given("today")), person__in=Numbers("people"), centre=Given("centre"), role__in=LEADERS
    )
    return rows.order_by().values_list("person_id")


def check_dates(dates: Sequence[Interval]) -> None:
    """Some, not too many, one after another."""
    if not dates:
        raise Invalid(_("Say when the event takes place."), code="no_dates")
    if len(dates) > MOST_DATES:
        raise Invalid(_("At most %(most)s dates of one event.") % {"most": MOST_DATES}, code="too_many_dates")
    if any(one.length > LONGEST for one in dates):
        raise Invalid(_("A date is too long: write each day as a date of its own."), code="too_long")
    if any(one.clashes(other) for one, other in pairwise(sorted(dates))):
        raise Invalid(_("Two dates of the event are at the same time."), code="dates_at_once")


def as_long(date: Interval, length: timedelta) -> Interval:
    """From the same beginning on. Raises ``Invalid`` where nothing is left of it."""
    if length <= timedelta():
        raise Invalid(_("It ends before it begins."), code="too_short")
    return Interval(date.start, date.start + length)


def check_room(event: Event, dates: Sequence[Interval]) -> None:
    """Nothing else is in the room then. Under the lock of the room."""
    if event.room_id is None:
        return
    for one in dates:
        others = EventDate.objects.filter(
            event__room=event.room_id, event__state__in=STANDS, state=DateState.STANDING, start__lt=one.end,
            end__gt=one.start,
        ).exclude(event=event)  # fmt: skip
        if busy_room(event.room_id, one) or others.exists():
            when = ru_moment(timezone.localtime(one.start))
            raise Conflict(_("The room is taken then: %(when)s.") % {"when": when}, code="room_taken")


def check_edit(event: Event) -> None:
    if event.state not in OPEN:
        raise Conflict(_("This event is over: it can only be read."), code="over")


def check_redate(event: Event) -> None:
    """All dates written anew: of what nobody has read yet."""
    if event.state not in WRITTEN:
        raise Conflict(_("The event is announced: move or drop a date, so that everybody is told."), code="announced")


def check_edition(event: Event, number: int | None) -> None:
    """The page was opened before somebody else changed the event. None: asked by no page."""
    if number is not None and number != event.number:
        raise Conflict(
            _("Somebody has changed the event meanwhile: look at it and change it anew."), code="changed_meanwhile"
        )


def check_announce(event: Event, now: datetime) -> None:
    standing = [one for one in event.dates.all() if one.stands]
    if not standing:
        raise Conflict(_("Name a date first."), code="no_dates")
    if standing[0].start <= now:
        raise Conflict(_("The first date has begun already: write another one."), code="begun")
    leaders = [one.person_id for one in event.leads.all()]
    if len(of_centre(leaders, event.centre_id)) != len(leaders):
        raise Conflict(_("Somebody of the leaders is not of the centre now."), code="leader_left")


def check_way_of_announcing(event: Event, *, asks: bool) -> None:
    """A kind that needs approval is sent for it, any other is announced at once."""
    if event.approval and not asks:
        raise Conflict(_("This kind of event is announced after it is approved."), code="needs_approval")
    if asks and not event.approval:
        raise Conflict(_("This kind of event needs no approval: announce it."), code="no_approval")


def check_coming_date(date: EventDate, now: datetime) -> None:
    """It can still be moved."""
    check_dropping(date)
    if date.start <= now:
        raise Conflict(_("This date has begun."), code="begun")


def check_drop(date: EventDate, now: datetime) -> None:
    """``check_dropping``, and of what has begun nobody is marked to have come. At most two queries."""
    check_dropping(date)
    came = sum(user.came(date.pk) for user in event_users) if date.start <= now else 0
    if came:
        said = counted(came, "%(n)s person is marked as having come", "%(n)s people are marked as having come")
        raise Conflict(_("%(said)s: take the marks back first.") % {"said": said}, code="came")


def check_dropping(date: EventDate) -> None:
    """It does not take place, or did not: nobody has said that it did."""
    if date.event.state != EventState.ANNOUNCED:
        raise Conflict(_("Dates of an announced event are moved and dropped; others are just changed."), code="state")
    if not date.stands:
        raise Conflict(_("This date does not take place."), code="dropped")
    if date.held_at is not None:
        raise Conflict(_("It is written down that this date took place."), code="held")


def check_cancel(event: Event, now: datetime) -> None:
    if event.state not in OPEN:
        raise Conflict(_("This event is over: it can only be read."), code="over")
    if event.dates.filter(held_at__isnull=False).exists():
        raise Conflict(_("One date was held already: drop those that are still to come."), code="held")


def check_held(date: EventDate, now: datetime) -> None:
    """It can be said of it that it took place, and who came: from half an hour before its beginning."""
    if date.event.state not in (EventState.ANNOUNCED, EventState.HELD):
        raise Conflict(_("Who came is marked at an announced event that is not closed."), code="state")
    if not date.stands:
        raise Conflict(_("This date does not take place."), code="dropped")
    if date.start - BEFORE > now:
        raise Conflict(_("It has not begun: who came is marked from half an hour before."), code="not_begun")


def check_guests(event: Event) -> None:
    """Names are typed at the door. Of an event for pupils only teachers of the centre are marked, by the list."""
    if event.pupils_only:
        raise Conflict(_("Of pupils only their number is kept: say it on the page of the event."), code="pupils")


def check_close(event: Event, now: datetime) -> None:
    left = event.dates.filter(Q(end__gt=now) | Q(held_at=None), state=DateState.STANDING)
    if left.exists():
        raise Conflict(_("Say of each date first that it took place."), code="not_held")
    if event.pupils_only and event.dates.filter(state=DateState.STANDING, pupils=None).exists():
        raise Conflict(_("Say of each date how many pupils came, 0 where none did."), code="no_pupils")
    for rest in event_rests:
        rest.check(event, now)


def why_goes_on(event: Event, now: datetime) -> str:
    """What keeps an event open whose dates are over; empty: nothing."""
    try:
        for rest in event_rests:
            rest.check(event, now)
    except Conflict as refusal:
        return refusal.sentence
    return ""


BEFORE = timedelta(minutes=30)
"""From when on who came is marked, and the code at the door is taken."""
can_edit = twin(check_edit)
can_cancel = twin(check_cancel)
is_coming = twin(check_coming_date)
can_drop = twin(check_dropping)
can_be_held = twin(check_held)
can_close = twin(check_close)
