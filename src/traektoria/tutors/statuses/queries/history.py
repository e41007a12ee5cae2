"""The history of a status or an order for its page: audit events in words."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Model

from traektoria.core.audit import trail
from traektoria.core.registries import audit_wording
from traektoria.people.models import Account


@dataclass(frozen=True)
class Entry:
    """A line of the history."""

    at: datetime
    who: str
    text: str


def history_of_status(row: Model) -> list[Entry]:
    """What happened, oldest first. Two queries."""
    events = list(trail(row))
    accounts = Account.objects.filter(pk__in={event.actor_id for event in events}).select_related("person")
    names = {account.pk: account.get_short_name() for account in accounts}
    worded = ((event, audit_wording.get(event.event)) for event in events)
    return [
        Entry(event.at, names.get(event.actor_id or 0, ""), str(wording.sentence))
        for event, wording in worded
        if wording
    ]
