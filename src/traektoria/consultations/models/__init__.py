"""Models of the room, by sub-room; inside the room each is imported from its own."""

from traektoria.consultations.hours.models import ConsultationHour, HourEdition, HourTeacher
from traektoria.consultations.requests.models import ConsultationRequest, ReturnedRequest

__all__ = ["ConsultationHour", "ConsultationRequest", "HourEdition", "HourTeacher", "ReturnedRequest"]
