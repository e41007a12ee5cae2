"""The history of a support, or of a request for a tutor, for its page: audit events in words."""

from dataclasses import dataclass, replace
from datetime import datetime

from traektoria.core.audit import trail
from traektoria.core.models import AuditEvent
from traektoria.core.registries import audit_wording
from traektoria.people.models import Account
from traektoria.routes.models import SupportNeed, TutorSupport


@dataclass(frozen=True)
class Entry:
    """A line of the history."""

    at: datetime
    who: str
    text: str
    icon: str = ""


def support_history(support: TutorSupport) -> list[Entry]:
    """What happened to the support, oldest first. Two queries."""
    return _entries(list(trail(support)))


def need_history(need: SupportNeed, *, by_name: bool) -> list[Entry]:
    """What happened to the request, oldest first. Two queries. Without names for those who asked: who declined an
    offer is nobody's business at school."""
    entries = _entries(list(trail(need)))
    return entries if by_name else [replace(entry, who="") for entry in entries]


def _entries(events: list[AuditEvent]) -> list[Entry]:
    accounts = Account.objects.filter(pk__in={event.actor_id for event in events}).select_related("person")
    names = {account.pk: account.get_short_name() for account in accounts}
    worded = ((event, audit_wording.get(event.event), names.get(event.actor_id or 0, "")) for event in events)
    return [Entry(event.at, name, str(wording.sentence)) for event, wording, name in worded if wording]
