"""When a meeting can be entered, and which addresses are taken."""

from datetime import datetime, timedelta
from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

from traektoria.core.errors import Conflict, Invalid
from traektoria.core.typography import ru_moment
from traektoria.video.models import ADDRESS_LENGTH, LINK_LENGTH
from traektoria.video.registries import Meeting
from traektoria.video.servers.http_get import place_of
from traektoria.video.servers.protocol import VideoTrouble
from traektoria.video.troubles import for_owner

EARLY: Final = timedelta(minutes=15)
LATE: Final = timedelta(minutes=30)
"""Before the beginning the doors open, after the end they close for who comes then."""


def check_open(meeting: Meeting, now: datetime) -> None:
    """A meeting without a time is open as long as its object is."""
    if meeting.off:
        raise Conflict(meeting.off, code="off")
    if meeting.start is not None and now < meeting.start - EARLY:
        opens = {"when": ru_moment(meeting.start - EARLY)}
        raise Conflict(_("It is too early: the meeting opens on %(when)s.") % opens, code="too_early")
    if meeting.end is not None and now >= meeting.end + LATE:
        raise Conflict(_("The meeting is over."), code="over")


def check_link(link: str) -> str:
    """A link by hand: ``https`` alone. It is never asked by us, only followed by who enters."""
    return _url(link, LINK_LENGTH, ["https"], _("The link begins with https:// and is copied whole."))


def check_address(address: str, trusted: frozenset[str]) -> str:
    """The address of a server that may be asked."""
    wrong = _("The address begins with https:// and is copied whole.")
    given = _url(address, ADDRESS_LENGTH, ["https", "http"], wrong).partition("?")[0].partition("#")[0]
    try:
        place_of(given, trusted)
    except VideoTrouble as trouble:
        raise Invalid(for_owner(trouble.trouble), code="address") from None
    return given


def _url(text: str, longest: int, schemes: list[str], wrong: str) -> str:
    given = text.strip()
    try:
        URLValidator(schemes=schemes)(given)
    except ValidationError:
        raise Invalid(wrong, code="not_a_link") from None
    if len(given) > longest or "@" in given.partition("//")[2].partition("/")[0]:
        raise Invalid(wrong, code="not_a_link")
    return given
