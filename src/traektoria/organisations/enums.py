"""Fixed words of the room: roles in a centre (code with stable slugs) and the kinds of periods."""

from collections.abc import Mapping
from typing import Final

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from traektoria.engines.deadlines.calendar import PeriodKind


class Role(models.TextChoices):
    """Who a person is in a centre. Rights hang on these, people see the labels."""

    ADMINISTRATOR = "administrator", _("administrator")
    COORDINATOR = "coordinator", _("coordinator of the centre")
    TUTOR = "tutor", _("tutor")
    HEAD = "head", _("head of the school")
    DEPUTY_HEAD = "deputy_head", _("deputy head")
    TEACHER = "teacher", _("teacher")
    COMMISSION_MEMBER = "commission_member", _("member of the commission")


EVERYBODY: Final = (
    Role.COORDINATOR, Role.TUTOR, Role.HEAD, Role.DEPUTY_HEAD, Role.TEACHER, Role.COMMISSION_MEMBER,
)  # fmt: skip
"""Who holds a role in a centre: a role more is written in here, or sees nothing of what is for all."""


class RegulationState(models.TextChoices):
    DRAFT = "draft", _("draft")
    APPROVED = "approved", _("approved")


PERIODS: Final[Mapping[PeriodKind, Promise]] = {
    PeriodKind.YEAR: _("school year"),
    PeriodKind.QUARTER: _("quarter"),
    PeriodKind.TRIMESTER: _("trimester"),
    PeriodKind.HOLIDAYS: _("holidays"),
    PeriodKind.EXAMS: _("exams"),
}
"""Kinds of periods are those that deadlines know; here they have their words."""
PERIOD_CHOICES: Final = [(kind.value, PERIODS[kind]) for kind in PeriodKind]
"""A kind without its word is no kind: nothing starts."""


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
