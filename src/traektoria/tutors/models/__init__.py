"""Who is a tutor: applications, the commission, orders, the status and the profile."""

from traektoria.tutors.applications.models import Application, CriterionAnswer, CriterionEvidence
from traektoria.tutors.commission.models import (
    AgendaItem,
    Attendance,
    DissentingOpinion,
    Judgement,
    Recusal,
    SealedBallot,
    Session,
    Vote,
)
from traektoria.tutors.orders.models import StaffOrder
from traektoria.tutors.profiles.models import TutorProfile
from traektoria.tutors.seats.models import Commission, CommissionMember
from traektoria.tutors.statuses.models import StatusReminder, StatusTerm, TutorStatus

__all__ = [
    "AgendaItem",
    "Application",
    "Attendance",
    "Commission",
    "CommissionMember",
    "CriterionAnswer",
    "CriterionEvidence",
    "DissentingOpinion",
    "Judgement",
    "Recusal",
    "SealedBallot",
    "Session",
    "StaffOrder",
    "StatusReminder",
    "StatusTerm",
    "TutorProfile",
    "TutorStatus",
    "Vote",
]
