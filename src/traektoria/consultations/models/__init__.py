"""Models of the room, by sub-room; inside the room each is imported from its own."""

from traektoria.consultations.absences.models import AbsenceStep
from traektoria.consultations.bookings.models import Booking, BookingMove, QueueLine, WaitingWish
from traektoria.consultations.hours.models import ConsultationHour, HourEdition, HourTeacher
from traektoria.consultations.points.models import ConsultationPoint, PointRoom, PointTutor
from traektoria.consultations.requests.models import ConsultationRequest, RequestFile, ReturnedRequest
from traektoria.consultations.slots.models import (
    HelpDate,
    HelpDateChange,
    HelpDateTutor,
    HelpHour,
    HelpHourTutor,
    Slot,
    TutorAbsence,
)

__all__ = [
    "AbsenceStep",
    "Booking",
    "BookingMove",
    "ConsultationHour",
    "ConsultationPoint",
    "ConsultationRequest",
    "HelpDate",
    "HelpDateChange",
    "HelpDateTutor",
    "HelpHour",
    "HelpHourTutor",
    "HourEdition",
    "HourTeacher",
    "PointRoom",
    "PointTutor",
    "QueueLine",
    "RequestFile",
    "ReturnedRequest",
    "Slot",
    "TutorAbsence",
    "WaitingWish",
]
