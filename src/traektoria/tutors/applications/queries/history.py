"""What happened to an application, in words, from the audit trail."""

from traektoria.core.audit import trail
from traektoria.people.history import HistoryLine, history_lines
from traektoria.tutors.applications.models import Application

LONGEST = 200


def history_of(application: Application) -> list[HistoryLine]:
    """Newest first; the many attachments of a draft are left out. Two queries."""
    shown = trail(application).exclude(event__in=("application.attach", "application.detach"))
    return history_lines(shown.order_by("-at", "-pk")[:LONGEST])
