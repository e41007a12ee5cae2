"""The rules of events: in which order places are given to those who wait, and until when."""

from enum import StrEnum
from typing import Annotated

from django.utils.translation import gettext_lazy as _
from pydantic import Field

from traektoria.organisations.regulations.parts import Part, Shown


class Priority(StrEnum):
    """Who comes before the others in a waiting list, in the order in which they are named here."""

    SCHOOL = "school"
    ROUTE_ITEM = "route_item"
    SUBJECT = "subject"


class EventRules(Part):
    """Of equal rank the one who waits longer is first."""

    notice_hours: Annotated[
        int,
        Field(ge=0, le=168),
        Shown(_("A freed place goes to who waits until, hours before"), _("Later nobody is called at the last minute")),
    ] = 12
    entering_counts: Annotated[
        bool,
        Shown(_("Who enters the video meeting by our button came"), _("Who leads the event can correct it")),
    ] = True
    priority: Annotated[
        tuple[Priority, ...],
        Shown(_("First in the waiting list are"), _("In this order; of equal rank who waits longer")),
    ] = (Priority.SCHOOL, Priority.ROUTE_ITEM, Priority.SUBJECT)
    certificate_share: Annotated[
        int,
        Field(ge=1, le=100),
        Shown(
            _("A certificate is given for coming to, percent of the dates"),
            _("100: to all dates of a series; fewer dates give fewer hours"),
        ),
    ] = 100
