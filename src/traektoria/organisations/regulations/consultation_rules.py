"""The rules of consultations: within which time a request is answered, and how an hour of help is booked."""

from enum import StrEnum
from typing import Annotated, Self

from django.utils.translation import gettext_lazy as _
from pydantic import Field, model_validator

from traektoria.organisations.regulations.parts import FieldLook, Part


class CancelBy(StrEnum):
    """Who may give a booked place back."""

    PERSON = "person"
    PERSON_OR_SCHOOL = "person_or_school"


class ConsultingRules(Part):
    """Hours of answers are of working days, those of bookings go by the clock; 0 of a limit is «no limit»."""

    urgent_hours: Annotated[
        int,
        Field(ge=1, le=240),
        FieldLook(_("An urgent request is answered within, hours"), _("Hours of working days")),
    ] = 24
    answer_hours: Annotated[
        int, Field(ge=1, le=480), FieldLook(_("A request is answered within, hours"), _("Hours of working days"))
    ] = 48
    slot_minutes: Annotated[
        int,
        Field(ge=10, le=240),
        FieldLook(_("Length of a meeting, minutes"), _("Proposed for a new Hour of methodical help; each may differ")),
    ] = 30
    window_days: Annotated[
        int, Field(ge=1, le=120), FieldLook(_("Booking opens, days ahead"), _("Later dates are not offered yet"))
    ] = 28
    notice_hours: Annotated[
        int, Field(ge=0, le=168), FieldLook(_("Booking closes, hours before"), _("So that the tutor can prepare"))
    ] = 12
    most_a_person: Annotated[
        int, Field(ge=0, le=50), FieldLook(_("Bookings of one teacher a month, at most"), _("0 is no limit"))
    ] = 4
    most_a_school: Annotated[
        int, Field(ge=0, le=500), FieldLook(_("Bookings of one school a month, at most"), _("0 is no limit"))
    ] = 0
    cancel_by: Annotated[CancelBy, FieldLook(_("Who may cancel a booking"))] = CancelBy.PERSON_OR_SCHOOL
    cancel_hours: Annotated[
        int,
        Field(ge=0, le=168),
        FieldLook(_("A booking can be cancelled until, hours before"), _("Later it is asked for")),
    ] = 12
    waiting_list: Annotated[bool, FieldLook(_("There is a waiting list for hours that are full"))] = True
    offer_hours: Annotated[
        int,
        Field(ge=1, le=72),
        FieldLook(_("A freed place is kept for the next in the list, hours"), _("Then it goes to the one after")),
    ] = 6
    absences: Annotated[
        int,
        Field(ge=0, le=10),
        FieldLook(
            _("New bookings are limited after so many absences"),
            _("Only “did not come” counts, within 90 days; 0 is never"),
        ),
    ] = 0

    @model_validator(mode="after")
    def _urgent_first(self) -> Self:
        if self.urgent_hours > self.answer_hours:
            raise ValueError("urgent_later")
        return self

    @model_validator(mode="after")
    def _window_is_open(self) -> Self:
        if self.notice_hours >= self.window_days * 24:
            raise ValueError("window_closed")
        return self

    def hours(self, *, urgent: bool) -> int:
        return self.urgent_hours if urgent else self.answer_hours
