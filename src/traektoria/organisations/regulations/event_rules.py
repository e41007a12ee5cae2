"""The rules of events: in which order places are given to those who wait, and until when; what is asked after them."""

from enum import StrEnum
from typing import Annotated

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from pydantic import Field

from traektoria.engines.fewvoices import FEWEST_VOICES
from traektoria.organisations.regulations.parts import FieldLook, Line, Named, Part


class Priority(StrEnum):
    """Who comes before the others in a waiting list, in the order in which they are named here."""

    SCHOOL = "school"
    ROUTE_ITEM = "route_item"
    SUBJECT = "subject"


class Question(Named):
    """Asked of who came; one of its answers is chosen."""

    options: Annotated[
        tuple[Line, ...], Field(min_length=2, max_length=5), FieldLook(_("Answers"), _("One on each line"), lines=4)
    ]


class EventRules(Part):
    """Of equal rank the one who waits longer is first."""

    notice_hours: Annotated[
        int,
        Field(ge=0, le=168),
        FieldLook(
            _("A freed place goes to who waits until, hours before"), _("Later nobody is called at the last minute")
        ),
    ] = 12
    entering_counts: Annotated[
        bool,
        FieldLook(_("Who enters the video meeting by our button came"), _("Who leads the event can correct it")),
    ] = True
    priority: Annotated[
        tuple[Priority, ...],
        FieldLook(_("First in the waiting list are"), _("In this order; of equal rank who waits longer")),
    ] = (Priority.SCHOOL, Priority.ROUTE_ITEM, Priority.SUBJECT)
    certificate_share: Annotated[
        int,
        Field(ge=1, le=100),
        FieldLook(
            _("A certificate is given for coming to, percent of the dates"),
            _("100: to all dates of a series; fewer dates give fewer hours"),
        ),
    ] = 100
    self_work_share: Annotated[
        int,
        Field(ge=0, le=100),
        FieldLook(
            _("A certificate of a tutorial is given for accepted self-work, percent of the tasks"),
            _("0: for coming alone"),
        ),
    ] = 100
    self_work_counts: Annotated[
        bool,
        FieldLook(
            _("Accepted self-work counts in hours"),
            _("As many minutes as the task says, beside those of the meetings"),
        ),
    ] = True
    feedback_days: Annotated[
        int,
        Field(ge=0, le=60),
        FieldLook(
            _("Who came is asked how it was, for so many days after the last date"),
            format_lazy(
                _("Then the answers are shown once, without names, from {least} people on; 0: nothing is asked"),
                least=FEWEST_VOICES,
            ),
        ),
    ] = 14
    feedback: Annotated[
        tuple[Question, ...],
        Field(max_length=3),
        FieldLook(
            _("Own questions to who came"), _("None: of what use it was, whether it will be used, what to change")
        ),
    ] = ()
    observation: Annotated[
        tuple[Named, ...],
        Field(max_length=20),
        FieldLook(
            _("What visitors of an open lesson look at"), _("None: six usual things, from the aim to the outcome")
        ),
    ] = ()
