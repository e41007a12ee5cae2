"""Of what results are said, and when."""

from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _

from traektoria.core.errors import Conflict, twin
from traektoria.core.files import PICTURES
from traektoria.core.kept_files import FileRule
from traektoria.events.announcements.models import Announcement
from traektoria.events.attendance.policies import ended_at
from traektoria.events.event.enums import STANDS
from traektoria.events.event.models import Event

Contest = Event | Announcement
SCANS: Final = FileRule(("pdf", *PICTURES))
"""Of diplomas: one of a result."""


def check_takes_results(contest: Contest, now: datetime) -> None:
    """An own contest that is over, an outer event whose announcement stands. Reads ``dates``."""
    if isinstance(contest, Announcement):
        if contest.withdrawn_at is not None:
            raise Conflict(_("The announcement is withdrawn: no results are written down."), code="withdrawn")
        return
    if not contest.has_results:
        raise Conflict(_("Results are written down of contests only."), code="no_contest")
    end = ended_at(contest)
    if contest.state not in STANDS or end is None:
        raise Conflict(_("This event was not held."), code="state")
    if end > now:
        raise Conflict(_("The contest is not over yet."), code="not_over")


takes_results = twin(check_takes_results)
