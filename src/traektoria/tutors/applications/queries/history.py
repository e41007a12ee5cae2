"""What happened to an application, in words, from the audit trail."""

from dataclasses import dataclass
from datetime import datetime

from traektoria.core.audit import trail
from traektoria.core.registries import audit_wording
from traektoria.people.models import Account
from traektoria.tutors.applications.models import Application

LONGEST = 200


@dataclass(frozen=True)
class Entry:
    """A line of the history."""

    at: datetime
    who: str
    text: str


def history_of(application: Application) -> list[Entry]:
    """Newest first; the many attachments of a draft are left out. Two queries."""
    shown = trail(application).exclude(event__in=("application.attach", "application.detach"))
    events = list(shown.order_by("-at", "-pk")[:LONGEST])
    accounts = Account.objects.select_related("person").in_bulk({one.actor_id for one in events if one.actor_id})
    names = {pk: account.get_short_name() for pk, account in accounts.items()}
    worded = ((one, audit_wording.get(one.event)) for one in events)
    return [Entry(one.at, names.get(one.actor_id or 0, ""), str(words.sentence)) for one, words in worded if words]
