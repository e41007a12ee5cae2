"""What is due goes out: asked once more whether it is still so, at the reader's hour, each letter once.

A letter is claimed before it goes, so that of several processes one sends it; should that one die, it is due again
after a pause. Its Message-ID stays, so a letter that went although nobody could note it is known as the same.
"""

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import reduce
from operator import or_
from typing import Final

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django_tasks import task

from traektoria.core.mail import mail_goes_out
from traektoria.messaging import wording
from traektoria.messaging.channels import Channel, ChannelDown, Fate, Mail, Outcome, Parcel
from traektoria.messaging.enums import Rhythm, State, UnsentReason
from traektoria.messaging.kinds import MessageKind, Reader, Told, Withheld, kinds, only_an_address, readers, told
from traektoria.messaging.models import Bounce, Digest, Message, Preference, QuietHours
from traektoria.messaging.quiet_hours import QUIET_HOURS, Hours, in_time, next_digest, quiet_until

CHUNK: Final = 200
LONGEST: Final = 60
"""Minutes of the longest pause between tries."""
KEPT, KEPT_OF_ACCOUNT = timedelta(days=180), timedelta(days=30)
log = logging.getLogger(__name__)


@dataclass
class Run:
    """One run: its moment, its line, what is known of readers, what became of letters."""

    now: datetime
    channel: Channel
    people: dict[int, Reader] = field(default_factory=dict)
    wishes: dict[tuple[int, str], Rhythm] = field(default_factory=dict)
    quiet: dict[int, Hours] = field(default_factory=dict)
    sent: int = 0
    failed: int = 0

    def learn(self, rows: Iterable[Message]) -> None:
        """Who these readers are, and how they want their letters. Two queries, and one or two a reader."""
        ids = {row.person_id for row in rows if row.person_id}
        self.people |= readers(ids)
        wishes = Preference.objects.filter(person_id__in=ids).values_list("person_id", "kind", "rhythm")
        self.wishes |= {(person, kind): Rhythm(rhythm) for person, kind, rhythm in wishes}
        hours = QuietHours.objects.filter(person_id__in=ids).values_list("person_id", "begins", "ends")
        self.quiet |= {person: (begins, ends) for person, begins, ends in hours}

    def reader(self, row: Message) -> Reader | None:
        return self.people.get(row.person_id) if row.person_id else only_an_address(row.address)

    def rhythm(self, kind: MessageKind, row: Message) -> Rhythm:
        return Rhythm.AT_ONCE if kind.mandatory else self.wishes.get((row.person_id or 0, kind.slug), kind.rhythm)

    def quiet_for(self, reader: Reader) -> datetime | None:
        return quiet_until(self.now, reader.zone, self.quiet.get(reader.person_id or 0, QUIET_HOURS))


@task()
def send_messages() -> None:
    """What waits goes out."""
    if mail_goes_out():
        send_waiting()


def send_waiting(now: datetime | None = None, channel: Channel | None = None) -> tuple[int, int]:
    """Send every letter that is due; returns how many were sent and how many could not be."""
    run = Run(now or timezone.now(), channel or Mail())
    _forget(run.now)
    _give_up(run.now)
    try:
        for rows in _due(run.now):
            run.learn(rows)
            for row in rows:
                with _apart(run, [row]):
                    _single(run, row)
        for person_id, batch in _due_digests(run.now):
            rows = _of_digest(run, person_id, batch)
            with _apart(run, rows):
                _digest(run, rows, person_id, batch)
    except ChannelDown:
        waits = Message.objects.filter(state=State.WAITING, due_at__lte=run.now)
        run.failed += waits.update(reason=UnsentReason.SERVER_DOWN)
        waits.filter(first_tried_at=None).update(first_tried_at=run.now)
    finally:
        run.channel.close()
    return run.sent, run.failed


@contextmanager
def _apart(run: Run, rows: list[Message]) -> Iterator[None]:
    """A fault in one letter holds up no other: it is tried again later, and the administrator sees why it waits."""
    try:
        yield
    except ChannelDown:
        raise
    except Exception:
        log.exception("Messages %s can't be made a letter", [row.pk for row in rows])
        run.failed += len(rows)
        _later(run, rows, UnsentReason.PROGRAM)


def _due(now: datetime) -> Iterable[list[Message]]:
    """What was due when the run began, in portions; each is looked at once."""
    waits = Message.objects.filter(state=State.WAITING, due_at__lte=now, batch="").order_by("pk")
    keys = list(waits.values_list("pk", flat=True))
    for start in range(0, len(keys), CHUNK):
        yield list(waits.filter(pk__in=keys[start : start + CHUNK]))


def _due_digests(now: datetime) -> list[tuple[int, str]]:
    waits = Message.objects.filter(state=State.WAITING, due_at__lte=now).exclude(batch="").order_by()
    return sorted(waits.values_list("person_id", "batch").distinct())  # type: ignore[arg-type]


def _single(run: Run, row: Message) -> None:
    """One message: into a digest, till morning, off the list, or out."""
    kind, reader = kinds.get(row.kind), run.reader(row)
    if kind is None or reader is None:
        return _end([row], State.CANCELLED, UnsentReason.LEFT if kind else UnsentReason.UNKNOWN)
    if dead := _dead_link(run, kind, row):
        return _end([row], State.CANCELLED, dead)
    rhythm = run.rhythm(kind, row)
    if silent := _silence(reader, rhythm):
        return _end([row], State.SILENT, silent)
    rhythm = in_time(rhythm, run.now, reader.zone, _last_day(row))
    if rhythm != Rhythm.AT_ONCE:
        return _lay_by(run, [row], reader, rhythm)
    if not kind.mandatory and (until := run.quiet_for(reader)):
        return _put_off([row], until)
    said = _told(run, [row], reader)
    if not said:
        return None
    letter = wording.letter(kind, said[0][1], reader, row.site)
    return _send(run, [row], letter.parcel(wording.key_of(row), reader.address), lambda: _claimed(run, row))


def _dead_link(run: Run, kind: MessageKind, row: Message) -> UnsentReason:
    """Why the link that was asked for is not made any more, whoever has it tried again."""
    if kind.link_good_for is None:
        return UnsentReason.NONE
    if row.made_at < run.now - kind.link_good_for:
        return UnsentReason.TOO_OLD
    newer = Message.objects.filter(address=row.address, kind=row.kind, person_id=row.person_id, pk__gt=row.pk)
    return UnsentReason.REPLACED if newer.exists() else UnsentReason.NONE


def _last_day(row: Message) -> date | None:
    """After this day a reminder is of no use; None for what is no reminder."""
    due = row.facts.get("due")
    return date.fromisoformat(due) if due else None


def _of_digest(run: Run, person_id: int, batch: str) -> list[Message]:
    rows = list(Message.objects.filter(state=State.WAITING, person_id=person_id, batch=batch, due_at__lte=run.now))
    run.learn(rows)
    return rows


def _digest(run: Run, rows: list[Message], person_id: int, batch: str) -> None:
    """All that waits for a person for this day or week, as one letter."""
    reader, rhythm = run.people.get(person_id), Rhythm(batch.partition(":")[0])
    if reader is None:
        return _end(rows, State.CANCELLED, UnsentReason.LEFT)
    off = [row for row in rows if (kind := kinds.get(row.kind)) and run.rhythm(kind, row) == Rhythm.NEVER]
    _end(off, State.SILENT, UnsentReason.SWITCHED_OFF)
    rows = [row for row in rows if row not in off]
    if silent := _silence(reader, rhythm):
        return _end(rows, State.SILENT, silent)
    if until := run.quiet_for(reader):
        return _put_off(rows, until)
    sheet, _is_new = Digest.objects.get_or_create(person_id=person_id, period=batch, defaults={"due_at": run.now})
    if sheet.sent_at is not None:  # these came while it went
        return _lay_by(run, rows, reader, rhythm)
    said = _told(run, rows, reader)
    if not said:
        return None
    several = [(kind, one) for row, one in said if (kind := kinds.get(row.kind))]
    letter = wording.digest(several, reader, weekly=rhythm == Rhythm.WEEK)
    parcel = letter.parcel(wording.key_of_digest(person_id, batch), reader.address)
    rows = [row for row, _one in said]
    return _send(run, rows, parcel, lambda: _claimed_digest(run, sheet), pause=_pause(sheet.tries))


def _told(run: Run, rows: list[Message], reader: Reader) -> list[tuple[Message, Told]]:
    """What there still is to tell; the rest is off the list, with its reason."""
    answers, found = _answers(run, rows, reader), []
    for row in rows:
        answer = answers.get(row.pk)
        if isinstance(answer, Withheld):
            _end([row], State.CANCELLED, answer.reason)
        elif answer is not None:
            found.append((row, answer))
    return found


def _answers(run: Run, rows: list[Message], reader: Reader) -> dict[int, Told | Withheld]:
    """Asked together; where that fails, each alone, so that only the faulty ones wait."""
    found: dict[int, Told | Withheld] = {}
    if len(rows) > 1:
        try:
            return told(rows, reader)
        except Exception:
            log.warning("Messages %s are asked one by one: a room can't word one of them", [row.pk for row in rows])
    for row in rows:
        with _apart(run, [row]):
            found |= told([row], reader)
    return found


def _silence(reader: Reader, rhythm: Rhythm) -> UnsentReason:
    """Why no letter goes to this reader; what stands under the bell stays there."""
    if rhythm == Rhythm.NEVER:
        return UnsentReason.SWITCHED_OFF
    return UnsentReason.NONE if reader.address else UnsentReason.NO_ADDRESS


def _send(
    run: Run, rows: list[Message], parcel: Parcel, claim: Callable[[], bool], *, pause: timedelta | None = None
) -> None:
    """Nothing goes to an address of which the mail server said that it does not exist. The log names no address."""
    if Bounce.objects.filter(address=parcel.to).exists():
        return _end(rows, State.REFUSED, UnsentReason.BAD_ADDRESS)
    run.channel.open()
    if not claim():
        return None
    fate = _fate(run.channel, parcel)
    if fate.outcome == Outcome.DELIVERED:
        run.sent += 1
        with transaction.atomic():
            Digest.objects.filter(person_id=rows[0].person_id or 0, period=rows[0].batch).update(sent_at=run.now)
            return _end(rows, State.SENT, UnsentReason.NONE)
    run.failed += 1
    log.warning("Message %s (%s) was not sent: %s", rows[0].pk, rows[0].kind, fate.reason)
    if fate.bad_address:
        Bounce.objects.get_or_create(address=parcel.to, defaults={"code": fate.code, "at": run.now})
    if fate.outcome == Outcome.REFUSED:
        return _end(rows, State.REFUSED, fate.reason)
    return _later(run, rows, fate.reason, pause)


def _fate(channel: Channel, parcel: Parcel) -> Fate:
    try:
        return channel.deliver(parcel)
    except ChannelDown:
        raise
    except Exception:  # a letter that can't be written as mail holds up no other
        log.exception("A letter can't be made")
        return Fate(Outcome.LATER, UnsentReason.PROGRAM)


def _claimed(run: Run, row: Message) -> bool:
    mine = _waiting([row]).filter(tries=row.tries, due_at=row.due_at)
    return bool(mine.update(tries=F("tries") + 1, due_at=run.now + _pause(row.tries)))


def _claimed_digest(run: Run, sheet: Digest) -> bool:
    mine = Digest.objects.filter(pk=sheet.pk, sent_at=None, tries=sheet.tries, due_at__lte=run.now)
    return bool(mine.update(tries=F("tries") + 1, due_at=run.now + _pause(sheet.tries)))


def _pause(tries: int) -> timedelta:
    return timedelta(minutes=min(2 ** min(tries, 10), LONGEST))


def _end(rows: list[Message], state: State, reason: UnsentReason) -> None:
    _waiting(rows).update(state=state, reason=reason, done_at=timezone.now())


def _later(run: Run, rows: list[Message], reason: UnsentReason, pause: timedelta | None = None) -> None:
    """After a claim the pause is written already; what was not claimed gets it here: its own, or the one of the digest,
    so that all of it goes as one letter then."""
    for row in rows:
        mine = _waiting([row]).filter(due_at__lte=run.now)
        mine.update(due_at=run.now + (pause or _pause(row.tries)), tries=F("tries") + 1)
    _waiting(rows).update(reason=reason)
    _waiting(rows).filter(first_tried_at=None).update(first_tried_at=run.now)


def _put_off(rows: list[Message], until: datetime) -> None:
    _waiting(rows).update(due_at=until)


def _lay_by(run: Run, rows: list[Message], reader: Reader, rhythm: Rhythm) -> None:
    batch, due = next_digest(rhythm, run.now, reader.zone)
    _waiting(rows).update(batch=batch, due_at=due)


def _waiting(rows: list[Message]) -> QuerySet[Message]:
    """Those of the rows that wait still and tell what was read: one that changed meanwhile goes once more."""
    by_version: dict[int, list[int]] = {}
    for row in rows:
        by_version.setdefault(row.version, []).append(row.pk)
    asked = [Q(version=version, pk__in=keys) for version, keys in by_version.items()]
    return Message.objects.filter(reduce(or_, asked, Q(pk__in=[])), state=State.WAITING)


def _give_up(now: datetime) -> None:
    """A letter that could not be sent for so long is not sent any more, unless the administrator wishes it."""
    for kind in kinds:
        tried = Message.objects.filter(state=State.WAITING, kind=kind.slug, first_tried_at__lt=now - kind.good_for)
        tried.update(state=State.GIVEN_UP, done_at=now)


def _forget(now: datetime) -> None:
    """What was told long ago. Letters about accounts go sooner."""
    Message.objects.filter(done_at__lt=now - KEPT).delete()
    Message.objects.filter(person_id=None, done_at__lt=now - KEPT_OF_ACCOUNT).delete()
    Digest.objects.filter(sent_at__lt=now - KEPT).delete()
