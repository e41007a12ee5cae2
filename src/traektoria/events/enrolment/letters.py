"""What who takes part is told: one message of a registration, with the news of the moment at which it goes, so that
what changes within ten minutes is one letter; the reminder of a date is a message of its own."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_tasks import task

from traektoria.core.tasks import ask_for
from traektoria.events.enrolment.enums import LIVE, EnrolmentState
from traektoria.events.enrolment.models import Enrolment, Seat
from traektoria.events.event.enums import STANDS, DateState, EventState
from traektoria.events.event.letters import SETTLES, page, sample
from traektoria.events.event.models import Event, EventDate
from traektoria.events.event.time_and_place import called, when_where, zone_of
from traektoria.messaging import lead_time
from traektoria.messaging.enums import UnsentReason
from traektoria.messaging.kinds import Invitation, MessageKind, Reader, Told, Withheld, kinds
from traektoria.messaging.models import Message
from traektoria.messaging.outbox import Post, post_change, post_many

MINE: Final = "events.enrolment"
SOON: Final = "events.soon"
REGISTERED, PROMOTED, CHANGED = "registered", "promoted", "changed"
AT_ONCE: Final = 20
"""More people than this are told by the worker."""


def tell(rows: Iterable[Enrolment], what: str) -> None:
    """News for each of them; told again within ten minutes it is the same letter with the newest words."""
    found = list(rows)
    if len(found) > AT_ONCE:
        ask_for(tell_by_the_worker, enrolments=[row.pk for row in found], what=what)
    else:
        _tell(found, what)


def _tell(rows: Iterable[Enrolment], what: str) -> None:
    for row in rows:
        post_change(MINE, to=row.person_id, fact=str(row.pk), enrolment=row.pk, what=what)


def tell_first(rows: Collection[Enrolment], what: str) -> None:
    """The same for those of whom nothing was told yet, which costs one query for all of them."""
    if rows:
        post_many(MINE, [Post(row.person_id, str(row.pk), {"enrolment": row.pk, "what": what}) for row in rows])


@task()
def tell_by_the_worker(*, enrolments: list[int], what: str) -> None:
    """Run again, nobody is told twice: the same news changes no message that still waits."""
    _tell(Enrolment.objects.filter(pk__in=enrolments).order_by("pk"), what)


def remind(rows: Sequence[Seat], days: int) -> None:
    """So many days before: once for each time that a date has, so that a moved one is reminded of anew."""
    post_many(SOON, [_reminder(row, days) for row in rows])


def _reminder(row: Seat, days: int) -> Post:
    start = row.date.start.isoformat()
    facts = {"seat": row.pk, "start": start, "days": days}
    return Post(row.enrolment.person_id, lead_time.fact_of(row.pk, start, days), facts)


def to_person(messages: Sequence[Message], reader: Reader) -> Iterator[Told | Withheld]:
    """Four queries."""
    keys = {message.facts["enrolment"] for message in messages}
    rows = Enrolment.objects.select_related(*_EVENT).prefetch_related("event__dates", "seats").in_bulk(keys)
    for message in messages:
        yield _of(rows.get(message.facts["enrolment"]), message.facts["what"], reader)


_EVENT = ("event__centre__municipality", "event__point", "event__room", "event__school", "school")


def _of(row: Enrolment | None, what: str, reader: Reader) -> Told | Withheld:
    if row is None or row.person_id != reader.person_id or row.state == EnrolmentState.LEFT:
        return Withheld(UnsentReason.DONE)
    if reader.actor is None or row.event.centre_id not in reader.actor.centre_ids:
        return Withheld(UnsentReason.NO_RIGHT)
    if row.event.state not in (*STANDS, EventState.CANCELLED):
        return Withheld(UnsentReason.DONE)
    return _with_time(letter(_news(row, what), _facts(row), page(row.event_id)), row)


def _news(row: Enrolment, what: str) -> str:
    """By what is so now: who is told late of a change reads of the newest one."""
    if row.event.state == EventState.CANCELLED:
        return "cancelled"
    if row.state == EnrolmentState.REMOVED:
        return "removed"
    if row.state == EnrolmentState.WAITS:
        return "waits"
    return what


def _with_time(told: Told, row: Enrolment) -> Told:
    """With the time itself, for the calendar of who takes part."""
    if row.state == EnrolmentState.IN and row.event.state in STANDS:
        return replace(told, invitation=Invitation(row._meta.label_lower, str(row.pk)))
    return told


def dates_of(row: Enrolment) -> list[EventDate]:
    """Those that the person comes on. Reads ``event.dates`` and ``seats``."""
    chosen = {one.date_id for one in row.seats.all()}
    return [one for one in row.event.dates.all() if one.pk in chosen]


def _facts(row: Enrolment) -> dict[str, str]:
    event, zone = row.event, zone_of(row.event)
    return {
        "what": called(event), "when": when_where(event, dates_of(row), zone), "why": row.why or event.why,
        "school": row.school.name if row.school else "",
    }  # fmt: skip


def letter(news: str, facts: dict[str, str], path: str) -> Told:
    title, sentence = {
        REGISTERED: _registered(facts),
        PROMOTED: (_("You have a place at an event"), _("A place has become free: %(what)s, %(when)s.") % facts),
        CHANGED: (_("An event has changed"), _("Now it is so: %(what)s, %(when)s. Look at time and place.") % facts),
        "waits": (_("You are in the waiting list"), _("%(what)s, %(when)s. A free place becomes yours.") % facts),
        "removed": (_("You are registered no longer"), _("%(what)s. Why: %(why)s") % facts),
        "cancelled": (_("An event is cancelled"), _("%(what)s does not take place. Why: %(why)s") % facts),
    }[news]
    more = () if news in ("removed", "cancelled") else (_("If you can't come, give the place back: others wait."),)
    return Told(title, (sentence, *more), path, _("Open the event"))


def _registered(facts: dict[str, str]) -> tuple[str, str]:
    if facts["school"]:
        return (
            _("Your school has registered you"),
            _("%(school)s has registered you: %(what)s, %(when)s. You may decline.") % facts,
        )
    return _("You are registered for an event"), _("You are registered: %(what)s, %(when)s.") % facts


def soon(messages: Sequence[Message], reader: Reader) -> Iterator[Told | Withheld]:
    """As long as it stands at the time that was told, and has not begun."""
    rows = Seat.objects.select_related(*(f"enrolment__{one}" for one in _EVENT), "date")
    found, now = rows.in_bulk({message.facts["seat"] for message in messages}), timezone.now()
    for message in messages:
        yield _soon(found.get(message.facts["seat"]), message.facts, reader, now)


def _soon(row: Seat | None, told: Mapping[str, Any], reader: Reader, now: datetime) -> Told | Withheld:
    if row is None or row.enrolment.state != EnrolmentState.IN or row.enrolment.event.state != EventState.ANNOUNCED:
        return Withheld(UnsentReason.DONE)
    date, event = row.date, row.enrolment.event
    if date.state != DateState.STANDING or date.start != datetime.fromisoformat(told["start"]) or date.start <= now:
        return Withheld(UnsentReason.DONE)
    if reader.actor is None or event.centre_id not in reader.actor.centre_ids:
        return Withheld(UnsentReason.NO_RIGHT)
    facts = {"what": called(event), "when": when_where(event, [date], zone_of(event))}
    return soon_letter(facts, page(event.pk), lead_time.days_of(told))


def soon_letter(facts: dict[str, str], path: str, days: int) -> Told:
    sentence = _("%(soon)s: %(what)s, %(when)s. If you can't come, say it: others wait.")
    said = sentence % {**facts, "soon": lead_time.soon(days)}
    return Told(_("Your event is soon"), (said,), path, _("Open the event"))


def live_of(event: Event, dates: Collection[int] = ()) -> list[Enrolment]:
    """Who is in or waits, of these dates or (none) of all. One query."""
    rows = Enrolment.objects.filter(event=event.pk, state__in=LIVE)
    if dates:
        rows = rows.filter(seats__date__in=dates).distinct()
    return list(rows.order_by("pk"))


kinds.add(
    MessageKind(
        slug=MINE, order=58, label=gettext_lazy("Events where I take part"),
        why=gettext_lazy("you are registered for this event, or wait for a place."), tell=to_person,
        sample=lambda: letter(PROMOTED, sample() | {"school": ""}, "/"), settle=SETTLES,
    )
)  # fmt: skip
kinds.add(
    MessageKind(
        slug=SOON, order=59,
        label=format_lazy(
            gettext_lazy("Reminders {before} an event"), before=lead_time.days_before_lazy(lead_time.EVENTS)
        ),
        why=gettext_lazy("you are registered for this event."), tell=soon,
        sample=lambda: soon_letter(sample(), "/", lead_time.DAY_BEFORE),
    )
)  # fmt: skip
