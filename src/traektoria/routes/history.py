"""The history of a support for its page: audit events in words."""

from dataclasses import dataclass
from datetime import datetime

from traektoria.core.audit import trail
from traektoria.core.registries import audit_wording
from traektoria.people.models import Account
from traektoria.routes.models import TutorSupport


@dataclass(frozen=True)
class Entry:
    """A line of the history."""

    at: datetime
    who: str
    text: str
    icon: str = ""


def support_history(support: TutorSupport) -> list[Entry]:
    """What happened to the support, oldest first. Two queries."""
    events = list(trail(support))
    accounts = Account.objects.filter(pk__in={event.actor_id for event in events}).select_related("person")
    names = {account.pk: account.get_short_name() for account in accounts}
    worded = ((event, audit_wording.get(event.event), names.get(event.actor_id or 0, "")) for event in events)
    return [Entry(event.at, name, str(wording.sentence)) for event, wording, name in worded if wording]
