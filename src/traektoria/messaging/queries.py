"""Reading messages: the bell of a person, their wishes, the queue for the administrator."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.db import connection
from django.db.models import Case, Count, Min, Q, QuerySet, When

from traektoria.core.paging import Page, page_of
from traektoria.messaging.enums import Rhythm, State, UnsentReason
from traektoria.messaging.kinds import MessageKind, Reader, Told, kinds, told
from traektoria.messaging.models import Bounce, Message, Preference, QuietHours
from traektoria.messaging.quiet_hours import QUIET_HOURS, Hours

MOST_SHOWN = 100


@dataclass(frozen=True)
class BellLine:
    """One row of the bell: what it says now, or why it says nothing any more."""

    pk: int
    at: datetime
    what: str
    action: str
    gone: str
    is_new: bool


def rings(person_id: int | None) -> QuerySet[Message]:
    """What stands under the bell of a person, the latest first. Letters about an account alone are no person's."""
    return Message.objects.filter(person_id=person_id or 0).order_by("-made_at", "-pk")


def bell(reader: Reader, asked: str | None) -> tuple[Page[Message], list[BellLine]]:
    """A page of the bell, by what the reader may see now. One query, and those of the kinds that stand there."""
    page = page_of(rings(reader.person_id), asked)
    answers = told(page.object_list, reader)
    return page, [_line(row, answers[row.pk]) for row in page.object_list]


def _line(row: Message, answer: Any) -> BellLine:
    if isinstance(answer, Told):
        return BellLine(row.pk, row.made_at, " ".join(answer.sentences), answer.action, "", row.read_at is None)
    kind = kinds.get(row.kind)
    return BellLine(
        row.pk, row.made_at, str(kind.label) if kind else "", "", str(UnsentReason(answer.reason).label), False
    )


def unread_count(person_id: int | None) -> int:
    """What is new under the bell. One query; a page has it from the query that it begins with (people.entrance)."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {unread_sql('%s')}", [person_id])
        return int(cursor.fetchone()[0])


def unread_sql(person: str) -> str:
    """The same as a column of another statement; ``person`` is SQL for the number of the person."""
    return (
        f"(SELECT count(*) FROM messaging_message n WHERE n.person_id = {person} "  # noqa: S608 - words of ours
        f"AND n.read_at IS NULL AND n.state <> '{State.CANCELLED.value}')"
    )


def wishes(person_id: int) -> dict[str, Rhythm]:
    """How each kind comes that can be switched off. One query."""
    kept = dict(Preference.objects.filter(person_id=person_id).values_list("kind", "rhythm"))
    return {kind.slug: Rhythm(kept.get(kind.slug, kind.rhythm)) for kind in optional()}


def optional() -> list[MessageKind]:
    return [kind for kind in kinds if not kind.mandatory]


def quiet_hours(person_id: int) -> Hours:
    """One query."""
    kept: tuple[time, time] | None = (
        QuietHours.objects.filter(person_id=person_id).values_list("begins", "ends").first()
    )
    return kept or QUIET_HOURS


def goes_out(about: str) -> bool:
    """Letters of this act are on their way still. One query."""
    return Message.objects.filter(about=about, state=State.WAITING).exists()


@dataclass(frozen=True)
class QueueLine:
    """A letter that waits or gave up, without its addressee."""

    kind: str
    made_at: datetime
    due_at: datetime
    tries: int
    state: State
    reason: str


@dataclass(frozen=True)
class Queue:
    """``waiting``, ``given_up``, ``refused``: how many; ``faulty``: how many wait because of an error of the program;
    ``troubled_since``: since when the mail server takes no letters."""

    waiting: int
    given_up: int
    refused: int
    faulty: int
    troubled_since: datetime | None
    lines: Sequence[QueueLine]


TROUBLED = Q(state=State.WAITING, first_tried_at__isnull=False) & ~Q(reason=UnsentReason.PROGRAM)


def queue() -> Queue:
    """Two queries."""
    counts = Message.objects.filter(state__in=(State.WAITING, State.GIVEN_UP, State.REFUSED)).aggregate(
        waiting=Count("pk", filter=Q(state=State.WAITING)),
        given_up=Count("pk", filter=Q(state=State.GIVEN_UP)),
        refused=Count("pk", filter=Q(state=State.REFUSED)),
        faulty=Count("pk", filter=Q(state=State.WAITING, reason=UnsentReason.PROGRAM)),
        troubled_since=Min("first_tried_at", filter=TROUBLED),
    )
    rows = Message.objects.filter(state__in=(State.WAITING, State.GIVEN_UP, State.REFUSED))
    rows = rows.order_by(Case(When(first_tried_at=None, state=State.WAITING, then=1), default=0), "-state", "due_at")
    return Queue(lines=[_queued(row) for row in rows[:MOST_SHOWN]], **counts)


def _queued(row: Message) -> QueueLine:
    kind = kinds.get(row.kind)
    return QueueLine(
        kind=str(kind.label) if kind else row.kind,
        made_at=row.made_at,
        due_at=row.due_at,
        tries=row.tries,
        state=State(row.state),
        reason=str(UnsentReason(row.reason).label),
    )


def refuses_letters(address: str) -> bool:
    """The mail server said that this address does not exist. One query."""
    return bool(address) and Bounce.objects.filter(address=address).exists()
