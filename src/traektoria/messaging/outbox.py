"""Writing a message down, in the transaction of what it tells of. Nothing is asked about the reader here: how and
whether it goes is decided when it goes."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from traektoria.core.joined_rows import Joined, RowWriter
from traektoria.core.mail import mail_goes_out
from traektoria.core.tasks import ask_for
from traektoria.messaging.delivery import send_messages
from traektoria.messaging.enums import State, UnsentReason
from traektoria.messaging.kinds import MessageKind, kinds
from traektoria.messaging.models import Message

CHUNK, FEW = 500, 20
_MESSAGES: Final = RowWriter(Message)
_STANDING: Final = Joined(Message)


@dataclass(frozen=True)
class Post:
    """One thing to tell one person."""

    person_id: int
    fact: str
    facts: dict[str, Any] = field(default_factory=dict)


@transaction.atomic(savepoint=False)
def post_many(kind: str, posts: Iterable[Post], *, about: str = "", revive: Collection[UnsentReason] = ()) -> None:
    """Tell many. What was told already is told no more; what was called off for a reason to ``revive`` waits again."""
    known, now = _known(kind), timezone.now()
    rows = [_row(known, now, one, about) for one in posts]
    _put(rows)
    for start in range(0, len(rows) if revive else 0, CHUNK):
        _revive(rows[start : start + CHUNK], revive)
    _ask()


@transaction.atomic(savepoint=False)
def post_kinds(posts: Mapping[str, Iterable[Post]]) -> None:
    """Tell many, each in the words of a kind, what nobody of them was told before. One query where they are few."""
    now = timezone.now()
    _put([_row(_known(kind), now, one, "") for kind, those in posts.items() for one in those])
    _ask()


def _put(rows: list[Message]) -> None:
    """What was told already stays as it is."""
    if len(rows) <= FEW:
        if rows:
            _MESSAGES.insert_many_new(rows)
    else:
        Message.objects.bulk_create(rows, batch_size=CHUNK, ignore_conflicts=True)


def _revive(fresh: list[Message], reasons: Collection[UnsentReason]) -> None:
    """Rows of these facts that were called off begin as the fresh ones do. One query, and one for each of them."""
    wanted = {(row.person_id, row.fact): row for row in fresh}
    called_off = Message.objects.filter(state=State.CANCELLED, reason__in=reasons, kind=fresh[0].kind, address="")
    for row in called_off.filter(fact__in={row.fact for row in fresh}).select_for_update(no_key=True):
        if one := wanted.get((row.person_id, row.fact)):
            _begin_anew(row, one)


@transaction.atomic(savepoint=False)
def post_change(kind: str, /, *, to: int, fact: str, about: str = "", **facts: Any) -> None:
    """Tell a person that ``fact`` has changed, so that it is unread again. While the last change still settles, it is
    the same message with the newest facts; after it went, or while it goes, the row waits again."""
    fresh = _row(_known(kind), timezone.now(), Post(to, fact, facts), about)
    row = _written_or_held(fresh)
    if row is None:
        _ask()
        return
    if row.state != State.WAITING:
        _begin_anew(row, fresh)
    elif (row.facts, row.about) != (facts, about):
        row.facts, row.about, row.version, row.read_at = facts, about, row.version + 1, None
        _MESSAGES.update(row, "facts", "about", "version", "read_at")
    _ask()


def _written_or_held(fresh: Message) -> Message | None:
    """None where it is written; else the message of the same fact, locked. Old ones are swept: what is swept between
    the two is written after all."""
    same = "t.person_id = %s AND t.address = '' AND t.kind = %s AND t.fact = %s"
    while not _MESSAGES.insert_new(fresh):
        if found := _STANDING.find(same, fresh.person_id, fresh.kind, fresh.fact, lock=True):
            return found[0]
    return None


def _begin_anew(row: Message, fresh: Message) -> None:
    """What has ended is news once more, with the facts of now."""
    row.facts, row.about, row.version = fresh.facts, fresh.about, row.version + 1
    row.made_at, row.due_at, row.batch, row.tries = fresh.made_at, fresh.due_at, "", 0
    row.state, row.reason, row.done_at, row.read_at = fresh.state, fresh.reason, fresh.done_at, None
    row.first_tried_at = None
    _MESSAGES.update(
        row, "facts", "about", "version", "made_at", "due_at", "batch", "tries", "state", "reason", "done_at",
        "read_at", "first_tried_at",
    )  # fmt: skip


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
        row.state, row.reason, row.done_at = State.SILENT, UnsentReason.NO_MAIL, now
    return row


def _ask() -> None:
    if mail_goes_out():
        ask_for(send_messages)
