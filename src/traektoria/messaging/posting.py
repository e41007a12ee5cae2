"""Writing a message down, in the transaction of what it tells of. Nothing is asked about the reader here: how and
whether it goes is decided when it goes."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from traektoria.core.mail import mail_goes_out
from traektoria.core.tasks import ask_for
from traektoria.messaging.enums import Reason, State
from traektoria.messaging.kinds import MessageKind, kinds
from traektoria.messaging.models import Message
from traektoria.messaging.sending import send_messages

CHUNK = 500


@dataclass(frozen=True)
class Post:
    """One thing to tell one person."""

    person_id: int
    fact: str
    facts: dict[str, Any] = field(default_factory=dict)


def post_many(kind: str, posts: Iterable[Post], *, about: str = "") -> None:
    """Tell many. What was told already is told no more."""
    known, now = _known(kind), timezone.now()
    rows = [_row(known, now, one, about) for one in posts]
    Message.objects.bulk_create(rows, batch_size=CHUNK, ignore_conflicts=True)
    _ask()


@transaction.atomic
def post_change(kind: str, /, *, to: int, fact: str, about: str = "", **facts: Any) -> None:
    """Tell a person that ``fact`` has changed. While the last change still settles, it is the same message with the
    newest facts; after it went, the row waits and is unread again."""
    known, now = _known(kind), timezone.now()
    fresh = _row(known, now, Post(to, fact, facts), about)
    Message.objects.bulk_create([fresh], ignore_conflicts=True)
    row = Message.objects.select_for_update(no_key=True).get(person_id=to, address="", kind=kind, fact=fact)
    row.facts, row.about = facts, about
    if row.state != State.WAITING:
        row.made_at, row.due_at, row.batch, row.tries = now, fresh.due_at, "", 0
        row.state, row.reason, row.done_at, row.read_at = fresh.state, fresh.reason, None, None
    row.save()
    _ask()


def post_to_address(kind: str, /, *, to: str, site: str = "", **facts: Any) -> None:
    """A letter about the account itself, to one address. Nothing where mail is not set up or ``to`` is empty."""
    if to and mail_goes_out():
        Message.objects.create(address=to, kind=_known(kind).slug, fact=uuid4().hex, site=site, facts=facts)
        _ask()


def _known(slug: str) -> MessageKind:
    kind = kinds.get(slug)
    if kind is None:
        raise LookupError(slug)
    return kind


def _row(kind: MessageKind, now: datetime, one: Post, about: str) -> Message:
    row = Message(person_id=one.person_id, kind=kind.slug, fact=one.fact, facts=one.facts, about=about)
    row.made_at, row.due_at = now, now + kind.settle
    if not mail_goes_out():
        row.state, row.reason, row.done_at = State.SILENT, Reason.NO_MAIL, now
    return row


def _ask() -> None:
    if mail_goes_out():
        ask_for(send_messages)
