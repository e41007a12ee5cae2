"""What happened to something, in words, for the history on its page: the one way from the audit trail to lines."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from traektoria.core.joined_rows import Joined
from traektoria.core.models import AuditEvent
from traektoria.core.registries import event_words
from traektoria.people.models import Account

_ACCOUNTS: Final = Joined(Account, "person")


@dataclass(frozen=True)
class HistoryLine:
    """A line of the history, as the component ``timeline`` draws it."""

    at: datetime
    who: str
    text: str
    icon: str = ""


def history_lines(events: Iterable[AuditEvent], said: Callable[[AuditEvent], str] | None = None) -> list[HistoryLine]:
    """In the order of ``events``, worded by ``said``, else as their rooms do; what has no words is left out. One query
    for the names beside that of the events."""
    found = list(events)
    accounts = _ACCOUNTS.among("t.id", {one.actor_id for one in found if one.actor_id})
    names = {account.pk: account.get_short_name() for account in accounts}
    worded = ((event, said(event) if said else event_words(event.event)) for event in found)
    return [HistoryLine(event.at, names.get(event.actor_id or 0, ""), text) for event, text in worded if text]
