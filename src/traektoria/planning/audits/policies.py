"""When something can be done with an audit."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Final

from django.utils.translation import gettext as _

from traektoria.core.errors import Conflict, Invalid, twin
from traektoria.core.files import PICTURES
from traektoria.core.kept_files import FileRule
from traektoria.core.typography import counted
from traektoria.planning.audits.models import Audit, ChecklistVersion, Finding
from traektoria.planning.lessons.kept_calendar import topics_of
from traektoria.planning.lessons.models import LessonCalendar

AHEAD = timedelta(days=400)
FILES: Final = FileRule((*PICTURES, "pdf", "docx", "xlsx", "pptx", "odt"), most=12, drawn_anew=True)
"""To one criterion. No video: place and time of the shot can't be taken out of it."""


def check_open(audit: Audit) -> None:
    if audit.is_signed:
        raise Conflict(_("The act is signed: its answers are not changed any more."), code="signed")
    if not audit.is_open:
        raise Conflict(_("The audit is cancelled: nothing is written down any more."), code="cancelled")


def check_signed(audit: Audit) -> None:
    if not audit.is_signed:
        raise Conflict(_("The act is not signed yet."), code="not_signed")


def check_day(day: date, today: date) -> None:
    if not today - AHEAD < day < today + AHEAD:
        raise Invalid(_("The day is more than a year away."), code="too_far")


def check_auditors(people: Collection[int], allowed: Collection[int]) -> None:
    if not people:
        raise Invalid(_("Say who audits."), code="no_auditor")
    if not set(people) <= set(allowed):
        raise Invalid(_("An auditor is somebody of the centre, and not of the school itself."), code="not_of_centre")


def check_seen(unseen: int, asked: int, *, partial: bool) -> None:
    """4.4: nothing is signed that nobody looked at, unless the act says how much was seen."""
    if unseen == asked:
        raise Invalid(_("Nothing was looked at yet: there is nothing to sign."), code="nothing_seen")
    if unseen and not partial:
        named = counted(unseen, "%(n)s criterion was not looked at", "%(n)s criteria were not looked at")
        raise Invalid(
            _("%(named)s. Look at the rest, or mark that you finish with a part.") % {"named": named}, code="unseen"
        )


def check_take_away(calendar: LessonCalendar) -> None:
    """The school's own calendar: what the auditors have said of it goes with it."""
    if calendar.by_school and (calendar.said or any(one.by_hand for one in topics_of(calendar))):
        raise Conflict(_("The auditors are looking at this lesson calendar already: it stays."), code="looked_at")


can_take_away = twin(check_take_away)


def check_draft(version: ChecklistVersion) -> None:
    if version.published_at is not None:
        raise Conflict(_("This edition is published and is not changed. Begin a new one."), code="published")


def check_finding_open(finding: Finding) -> None:
    if not finding.is_open:
        raise Conflict(_("This finding is closed already."), code="closed")
