"""Who is a tutor: applications, the commission, orders, the status and the profile."""

from traektoria.tutors.models.applications import Application, CriterionAnswer, CriterionEvidence
from traektoria.tutors.models.commission import (
    AgendaItem,
    Attendance,
    Commission,
    CommissionMember,
    DissentingOpinion,
    Judgement,
    Recusal,
    SealedBallot,
    Session,
    Vote,
)
from traektoria.tutors.models.statuses import StaffOrder, StatusReminder, StatusTerm, TutorProfile, TutorStatus

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
