"""When and where an event is, in a few words."""

from collections.abc import Iterable, Sequence
from datetime import date as day_of
from datetime import datetime, tzinfo

from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core.typography import counted, ru_moment
from traektoria.events.event.models import Event, EventDate
from traektoria.organisations import zones


def first_day(event: Event) -> day_of | None:
    """Of the dates that stand, by the clock of the centre; None without any. Reads ``dates``."""
    starts = [one.start for one in event.dates.all() if one.stands]
    return timezone.localdate(min(starts), zone_of(event)) if starts else None


def place(event: Event) -> str:
    """«методкабинет, каб. 12»; reads ``point``, ``room``, ``school``."""
    if event.by_video:
        return _("by video")
    parts = (event.point, event.room, event.school)
    return ", ".join(filter(None, [*(str(part.name) for part in parts if part), event.place]))


def zone_of(event: Event) -> tzinfo:
    """Of the municipality of the centre. Reads ``centre.municipality``."""
    return zones.zone(event.centre.municipality.time_zone)


def when(date: EventDate, zone: tzinfo | None = None) -> str:
    """«3 декабря, 15:00» by the clock of ``zone``, else of whoever reads."""
    return _moment(date.start, zone)


def _moment(start: datetime, zone: tzinfo | None) -> str:
    return ru_moment(timezone.localtime(start, zone).replace(tzinfo=None))


def dates_in_words(dates: Iterable[EventDate], zone: tzinfo | None = None) -> str:
    """The first of those that stand, and how many more there are."""
    return starts_in_words([one.start for one in dates if one.stands], zone)


def starts_in_words(starts: Sequence[datetime], zone: tzinfo | None = None) -> str:
    if not starts:
        return ""
    first, more = _moment(starts[0], zone), len(starts) - 1
    if not more:
        return first
    return _("%(when)s and %(more)s") % {"when": first, "more": counted(more, "%(n)s more date", "%(n)s more dates")}


def when_where(event: Event, dates: Iterable[EventDate], zone: tzinfo | None = None) -> str:
    return ", ".join(filter(None, (dates_in_words(dates, zone), place(event))))


def called(event: Event) -> str:
    """«Мастер-класс «Проценты без страха»»."""
    return _("%(kind)s “%(title)s”") % {"kind": event.kind_name, "title": event.title}
