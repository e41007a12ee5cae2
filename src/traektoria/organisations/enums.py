"""Fixed words of the room: roles in a centre (code with stable slugs) and the kinds of periods."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """Who a person is in a centre. Rights hang on these, people see the labels."""

    ADMINISTRATOR = "administrator", _("administrator")
    COORDINATOR = "coordinator", _("coordinator of the centre")
    TUTOR = "tutor", _("tutor")
    HEAD = "head", _("head of the school")
    DEPUTY_HEAD = "deputy_head", _("deputy head")
    TEACHER = "teacher", _("teacher")
    COMMISSION_MEMBER = "commission_member", _("member of the commission")


class RegulationState(models.TextChoices):
    DRAFT = "draft", _("draft")
    APPROVED = "approved", _("approved")


class PeriodKind(models.TextChoices):
    YEAR = "year", _("school year")
    QUARTER = "quarter", _("quarter")
    TRIMESTER = "trimester", _("trimester")
    HOLIDAYS = "holidays", _("holidays")
    EXAMS = "exams", _("exams")


class ImportKind(models.TextChoices):
    SCHOOLS = "schools", _("schools")
    STAFF = "staff", _("staff")
    LISTS = "lists", _("official lists of schools")


class HelpReason(models.TextChoices):
    """Why a school is helped first: it stands in an official list. A reason to offer help, no rating."""

    LOW_RESULTS = "low_results", _("schools with low results")
    HARD_CONDITIONS = "hard_conditions", _("schools in hard social conditions")

    @property
    def short(self) -> str:
        """As the lists themselves are called."""
        return {"low_results": "ШНОР", "hard_conditions": "ШССУ"}[self.value]
