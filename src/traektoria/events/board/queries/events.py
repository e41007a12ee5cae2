"""The list of events: what is to come, one's own, what is prepared, what is over; by kind, subject and month."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from traektoria.core.joined_rows import Joined
from traektoria.core.labels import text_of, texts_of
from traektoria.core.paging import Page, replaced
from traektoria.core.prepared_statements import Given, prepared
from traektoria.core.typography import counted, ru_moment
from traektoria.engines.days import months_later
from traektoria.events.enrolment.enums import LIVE, EnrolmentState
from traektoria.events.enrolment.models import Enrolment, Seat
from traektoria.events.enrolment.queries.enrolments import LOOKS as MINE_LOOKS
from traektoria.events.event.enums import PUBLIC, STANDS, WRITTEN, DateState, EventState, Way
from traektoria.events.event.models import Event, EventDate, EventLeader
from traektoria.events.event.queries.events import visible_to
from traektoria.people.actor import Actor
from traektoria.people.anybody import anybody, given_of
from traektoria.people.enums import Role, Subject

COMING, MINE, DRAFTS, OVER = "coming", "mine", "drafts", "over"
COLUMNS = (
    "pk", "state", "kind_name", "title", "way", "point__name", "room__name", "school__name", "place", "subjects",
    "places", "centre__name", "moment", "last", "standing", "taken", "mine",
)  # fmt: skip
LOOKS: dict[str, tuple[str, str]] = {
    EventState.DRAFT: ("neutral", "pencil"),
    EventState.PROPOSED: ("warning", "hourglass"),
    EventState.ANNOUNCED: ("success", "megaphone"),
    EventState.HELD: ("info", "users"),
    EventState.CLOSED: ("neutral", "check"),
    EventState.CANCELLED: ("danger", "x"),
}
"""Kind and icon of the chip of each state."""
GOES: tuple[str, str] = ("success", "clock")
_LEADS = Joined(EventLeader, "person")
MONTHS = 12


@dataclass(frozen=True)
class Wanted:
    """Filters of the list, from the address; ``month`` is its first day."""

    kind: str = ""
    subject: str = ""
    month: date | None = None


@dataclass(frozen=True)
class EventRow:
    """A line of the list. ``moment``: of the next date, or of the last one where none is to come."""

    pk: int
    state: str
    kind_name: str
    title: str
    way: str
    point: str | None
    room: str | None
    school: str | None
    place: str
    subjects: str
    places: int | None
    centre: str
    moment: datetime | None
    last: datetime | None
    standing: int | None
    taken: int | None
    mine: str | None
    leaders: tuple[str, ...] = ()

    @property
    def goes_on(self) -> bool:
        """It is so until its date ends, whatever is marked at the door already."""
        return self.state in STANDS and self.moment is not None and self.moment <= timezone.now()

    @property
    def state_label(self) -> str:
        return _("goes on now") if self.goes_on else text_of(EventState, self.state)

    @property
    def look(self) -> tuple[str, str]:
        return GOES if self.goes_on else LOOKS[self.state]

    @property
    def where(self) -> str:
        if self.way == Way.VIDEO:
            return _("by video")
        return ", ".join(filter(None, (self.point, self.room, self.school, self.place)))

    @property
    def when(self) -> str:
        moment = self.moment or self.last
        return ru_moment(timezone.localtime(moment)) if moment else ""

    @property
    def more(self) -> str:
        return counted(self.standing, "%(n)s meeting", "%(n)s meetings") if self.standing and self.standing > 1 else ""

    @property
    def mine_look(self) -> tuple[str, str]:
        """Of the chip: one is registered, or waits."""
        return MINE_LOOKS[self.mine or ""]

    @property
    def mine_label(self) -> str:
        return text_of(EnrolmentState, self.mine) if self.mine else ""

    @property
    def free(self) -> str:
        """Of an announced event: how many places are free on the next date."""
        if self.state != EventState.ANNOUNCED:
            return ""
        if self.places is None:
            return _("places for everybody")
        left = max(self.places - (self.taken or 0), 0)
        return counted(left, "%(n)s place is free", "%(n)s places are free") if left else _("no places, a waiting list")

    @property
    def subject_labels(self) -> str:
        return ", ".join(texts_of(Subject, self.subjects.split()))


def lists_of(actor: Actor) -> list[str]:
    return [COMING, MINE, *([DRAFTS] if prepares(actor) else []), OVER]


def prepares(actor: Actor) -> bool:
    return actor.is_tutor or actor.is_coordinator or Role.HEAD in actor.roles


def event_page(actor: Actor, asked: object, kind: str, wanted: Wanted, now: datetime) -> Page[EventRow]:
    """Two queries."""
    since, until = _month(wanted.month)
    statement = _listed(actor.roles, kind, bool(wanted.kind), bool(wanted.subject), wanted.month is not None)
    found = statement.page(
        asked, now=now, kind=wanted.kind, subject=f" {wanted.subject} ", since=since, until=until, **given_of(actor)
    )
    rows = [EventRow(*columns) for columns in found]
    return replaced(found, _with_leaders(rows))


def _month(first: date | None) -> tuple[datetime, datetime]:
    day = first or timezone.localdate().replace(day=1)
    return _midnight(day), _midnight(months_later(day, 1))


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def _with_leaders(rows: Sequence[EventRow]) -> list[EventRow]:
    names: dict[int, list[str]] = {}
    for one in _LEADS.among("t.event_id", [row.pk for row in rows], order="t.id"):
        names.setdefault(one.event_id, []).append(one.person.short_name)
    return [replace(row, leaders=tuple(names.get(row.pk, ()))) for row in rows]


@prepared
def _listed(roles: frozenset[Role], kind: str, by_kind: bool, by_subject: bool, by_month: bool) -> QuerySet[Event, Any]:
    dates = EventDate.objects.filter(event=OuterRef("pk"), state=DateState.STANDING).order_by("start")
    coming = dates.filter(end__gt=Given("now"))
    standing = dates.order_by().values("event").annotate(found=Count("pk")).values("found")
    mine = Enrolment.objects.filter(event=OuterRef("pk"), person=Given("me"), state__in=LIVE)
    rows = _of_kind(visible_to(anybody(roles)), kind, coming)
    if by_kind:
        rows = rows.filter(kind=Given("kind"))
    if by_subject:
        rows = rows.filter(Q(subjects="") | Q(subjects__contains=Given("subject")))
    if by_month:
        rows = rows.filter(Exists(dates.filter(start__gte=Given("since"), start__lt=Given("until"))))
    found: QuerySet[Any, Any] = rows.annotate(
        moment=Subquery(coming.values("start")[:1]),
        last=Subquery(dates.order_by("-start").values("start")[:1]),
        taken=Subquery(_taken(coming), output_field=IntegerField()),
        mine=Subquery(mine.values("state")[:1]),
        standing=Subquery(standing, output_field=IntegerField()),
    )
    order = ("-last", "-pk") if kind == OVER else ("moment", "last", "pk")
    return found.order_by(*order).values_list(*COLUMNS)


def _taken(coming: QuerySet[EventDate]) -> QuerySet[Any, Any]:
    """Places that the next date has taken."""
    seats = Seat.objects.filter(date=OuterRef("pk"), number__isnull=False).order_by().values("date")
    number: QuerySet[Any, Any] = seats.annotate(found=Count("pk")).values("found")
    return coming.annotate(taken=Subquery(number, output_field=IntegerField())).values("taken")[:1]


def _of_kind(rows: QuerySet[Event], kind: str, coming: QuerySet[EventDate]) -> QuerySet[Event]:
    if kind == DRAFTS:
        return rows.filter(state__in=WRITTEN)
    if kind == OVER:
        return rows.filter(state__in=PUBLIC).filter(Q(state=EventState.CANCELLED) | ~Exists(coming))
    stands = rows.filter(Exists(coming), state__in=STANDS)
    if kind == MINE:
        led = EventLeader.objects.filter(person=Given("me")).order_by().values("event")
        comes = Enrolment.objects.filter(person=Given("me"), state__in=LIVE).order_by().values("event")
        return stands.filter(Q(pk__in=led) | Q(pk__in=comes))
    return stands


def months_offered(kind: str, today: date) -> list[tuple[str, str]]:
    """This one and those to come; of what is over, those before."""
    step = -1 if kind == OVER else 1
    days = [months_later(today.replace(day=1), step * number) for number in range(MONTHS)]
    return [(f"{day:%Y-%m}", date_format(day, "F Y").lower()) for day in days]


def chosen_month(text: str) -> date | None:
    """None for what is no month."""
    try:
        return datetime.strptime(text, "%Y-%m").date()
    except ValueError:
        return None
