"""Models of the room, by sub-room; inside the room each is imported from its own."""

from traektoria.events.announcements.models import Announcement
from traektoria.events.attendance.models import Attendance, AttendanceMark, DoorGuest
from traektoria.events.certificates.models import BadgeKey, Certificate, CertificateBackground
from traektoria.events.door.models import SheetPhoto
from traektoria.events.drafting.models import AnsweredRequest
from traektoria.events.enrolment.models import Enrolment, EventLine, Seat
from traektoria.events.event.models import (
    Event,
    EventDate,
    EventDateChange,
    EventLeader,
    EventMaterial,
    EventSchool,
)
from traektoria.events.feedback.models import EventFeedback
from traektoria.events.observing.models import LessonObservation
from traektoria.events.recommended.models import PutOff
from traektoria.events.results.models import ContestResult
from traektoria.events.tutorials.models import (
    SelfTask,
    SelfWork,
    Tutorial,
    TutorialProgramme,
    TutorialVersion,
    WorkFile,
    WorkTurn,
)

__all__ = [
    "Announcement",
    "AnsweredRequest",
    "Attendance",
    "AttendanceMark",
    "BadgeKey",
    "Certificate",
    "CertificateBackground",
    "ContestResult",
    "DoorGuest",
    "Enrolment",
    "Event",
    "EventDate",
    "EventDateChange",
    "EventFeedback",
    "EventLeader",
    "EventLine",
    "EventMaterial",
    "EventSchool",
    "LessonObservation",
    "PutOff",
    "Seat",
    "SelfTask",
    "SelfWork",
    "SheetPhoto",
    "Tutorial",
    "TutorialProgramme",
    "TutorialVersion",
    "WorkFile",
    "WorkTurn",
]
