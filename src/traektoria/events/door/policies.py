"""When the door of a date can be kept, and when somebody can say by the code that they are there."""

from datetime import datetime, timedelta
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core.errors import Conflict, twin
from traektoria.core.files import PICTURES
from traektoria.core.kept_files import FileRule
from traektoria.core.typography import clock, ru_moment
from traektoria.events.event.enums import STANDS, EventState
from traektoria.events.event.models import Event, EventDate
from traektoria.events.event.policies import BEFORE, check_guests
from traektoria.events.event.time_and_place import zone_of

EVENING = timedelta(hours=12)
PHOTOS: Final = FileRule(PICTURES, most=20, drawn_anew=True)
"""Of one signed sheet."""


def check_door(date: EventDate) -> None:
    """The list can be opened, before the date too: it is opened at home and works without a line at the door."""
    if date.event.state not in STANDS:
        raise Conflict(_("The door is opened for an announced event."), code="state")
    if not date.stands:
        raise Conflict(_("This date does not take place."), code="dropped")
    check_guests(date.event)


def keeps_door(date: EventDate, now: datetime) -> bool:
    """Whether the way to the door is offered: until the evening of the date is over."""
    going = date.event.state in (EventState.ANNOUNCED, EventState.HELD) and date.end + EVENING > now
    return going and date.stands and not date.event.pupils_only


def opens_at(date: EventDate) -> datetime:
    return date.start - BEFORE


def check_hour(date: EventDate, now: datetime) -> None:
    """The code is taken from half an hour before until the end. Raises ``Conflict``: with the hour, by the clock of the
    place, for who is early."""
    check_door(date)
    opens, zone = opens_at(date), zone_of(date.event)
    if now < opens:
        here = timezone.localtime(opens, zone).replace(tzinfo=None)
        if timezone.localdate(opens, zone) == timezone.localdate(now, zone):
            raise Conflict(_("It opens at %(when)s.") % {"when": clock(here)}, code="early")
        raise Conflict(_("It opens on %(when)s.") % {"when": ru_moment(here)}, code="early")
    if now >= date.end:
        text = _("It ended at %(when)s. Who was there is marked by who leads the event: tell them.")
        raise Conflict(text % {"when": clock(timezone.localtime(date.end, zone).replace(tzinfo=None))}, code="over")


def check_place(event: Event, taken: int) -> None:
    """Somebody without a registration comes in where a place is free."""
    if event.places is not None and taken >= event.places:
        raise Conflict(_("All places are taken: speak with who leads the event."), code="full")


takes_codes = twin(check_hour)
