"""Whose clock it is: a municipality has its time zone; «today», the hours and the deadlines of a centre are its own.

A request runs by the clock of the person's centre (``people.middleware``); of a person with centres in two zones, by
that of the centre whose thing the page is about (``turn_to``). What nobody asks for (papers, letters, daily commands)
says ``in_time_of``. Where no zone is written, that of the installation counts.
"""

import csv
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core.registries import Watch
from traektoria.organisations.models import Municipality, TutorCentre

MOSCOW = "Europe/Moscow"
LAST_REGION = 95
_FILE = Path(__file__).parent / "data" / "time_zones.csv"


@cache
def _table() -> dict[str, frozenset[str]]:
    """Zone → numbers of the regions where most people live by it."""
    with _FILE.open(encoding="utf-8") as file:
        return {row["zone"]: frozenset(row["regions"].split()) for row in csv.DictReader(file)}


def names() -> list[str]:
    return list(_table())


def usual_of(region_code: str) -> str:
    """The zone of most people of a region; "" for a number that no region has."""
    code = region_code.strip().zfill(2)
    known = next((zone for zone, regions in _table().items() if code in regions), "")
    return known or (MOSCOW if code.isdecimal() and 0 < int(code) <= LAST_REGION else "")


def zone(name: str) -> tzinfo:
    """By its name; a name that this computer does not know, or none, is the installation's zone."""
    return ZoneInfo(name) if name in _table() else timezone.get_default_timezone()


@dataclass(frozen=True)
class Days:
    """What day it is in the installation's zone, and where it is another one; so from ``since`` until ``until``."""

    own: date
    others: tuple[tuple[date, tuple[str, ...]], ...]
    since: datetime
    until: datetime


_days: tuple[tzinfo, Days] | None = None


def days() -> Days:
    """Worked out once, until the day turns in the first of the zones."""
    global _days
    now, here = timezone.now(), timezone.get_default_timezone()
    if _days is None or _days[0] is not here or not _days[1].since <= now < _days[1].until:
        _days = here, _days_at(now, here)
    return _days[1]


def _days_at(now: datetime, here: tzinfo) -> Days:
    by_day: dict[date, list[str]] = {}
    for name in names():
        by_day.setdefault(timezone.localdate(now, zone(name)), []).append(name)
    own = timezone.localdate(now, here)
    turns = [_turn(now, each) for each in (here, *map(zone, names()))]
    others = tuple((day, tuple(there)) for day, there in sorted(by_day.items()) if day != own)
    return Days(own, others, now, min(turns))


def _turn(now: datetime, there: tzinfo) -> datetime:
    """The next midnight."""
    return datetime.combine(timezone.localdate(now, there) + timedelta(days=1), time(), there)


@contextmanager
def in_time_of(centre: TutorCentre) -> Iterator[None]:
    """Days and hours inside are those of the centre."""
    with timezone.override(zone(centre.municipality.time_zone)):
        yield


def zone_watch(model: type[Model], municipality: str = "centre__municipality", **which: object) -> Watch:
    """Of what is written by the clock of its centre, ``which`` rows are asked anew when that clock is another one."""

    def there(changed: Municipality) -> QuerySet[Model, Any]:
        rows = model._default_manager.filter(**{municipality: changed.pk}, **which)
        return rows.values_list("pk", flat=True)

    return Watch(Municipality, there, frozenset({"time_zone"}))


#: The zones of the centres of whoever asks, where they are not all one: ``people.middleware`` says them.
of_centres: ContextVar[Mapping[int, str]] = ContextVar("zones of centres", default={})  # noqa: B039 (never changed)


def turn_to(thing: Model) -> None:
    """From here to the end of the request the clock is that of the centre of ``thing``. No query: one's own centres
    are known, and a thing is of the centre that it, or what it was loaded with, names."""
    known = of_centres.get()
    centre = _centre_of(thing) if known else None
    if centre is not None and centre in known:
        timezone.activate(zone(known[centre]))


def _centre_of(thing: Model) -> int | None:
    """Breadth first over what is loaded: an item of an agenda is of the centre of its session."""
    near = [thing]
    for _step in range(4):
        for one in near:
            if isinstance(one, TutorCentre):
                return one.pk
            if isinstance(getattr(one, "centre_id", None), int):
                return one.centre_id  # type: ignore[attr-defined, no-any-return]
        near = [held for one in near for held in one._state.fields_cache.values() if isinstance(held, Model)]
    return None


def zones_in_use() -> list[str]:
    """The zones of all municipalities, the installation's as "". One query."""
    return sorted(set(Municipality.objects.order_by().values_list("time_zone", flat=True).distinct()) | {""})


def installation() -> str:
    """The same of the installation's own zone."""
    name = timezone.get_default_timezone_name()
    return dict(choices()).get(name, name)


def choices() -> list[tuple[str, str]]:
    """For a form: «Екатеринбург, UTC+5», from west to east."""
    now = timezone.now()
    cities = {
        "Europe/Kaliningrad": _("Kaliningrad"), "Europe/Moscow": _("Moscow"), "Europe/Samara": _("Samara"),
        "Asia/Yekaterinburg": _("Yekaterinburg"), "Asia/Omsk": _("Omsk"), "Asia/Novosibirsk": _("Novosibirsk"),
        "Asia/Krasnoyarsk": _("Krasnoyarsk"), "Asia/Irkutsk": _("Irkutsk"), "Asia/Yakutsk": _("Yakutsk"),
        "Asia/Vladivostok": _("Vladivostok"), "Asia/Magadan": _("Magadan"), "Asia/Kamchatka": _("Kamchatka"),
        "Europe/Saratov": _("Saratov"), "Europe/Astrakhan": _("Astrakhan"), "Europe/Ulyanovsk": _("Ulyanovsk"),
    }  # fmt: skip
    known = [(name, ZoneInfo(name).utcoffset(now) or timedelta()) for name in names()]
    return [
        (name, f"{cities.get(name, name)}, UTC+{offset // timedelta(hours=1)}")
        for name, offset in sorted(known, key=lambda pair: pair[1])
    ]
