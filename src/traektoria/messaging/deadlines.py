"""Reminders before deadlines, made of what waits (``core.Waiting``) and of nothing else.

A kind of waiting with a sentence for letters is reminded of some days before its due day. What does not wait any more,
waits for somebody else or has another day is not told: the reminder is off the list, with its reason.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_tasks import task

from traektoria.core import waiting
from traektoria.core.models import Waiting
from traektoria.core.registries import DeskGroup, Waited, WaitingKind
from traektoria.core.typography import ru_day
from traektoria.messaging.enums import Rhythm, UnsentReason
from traektoria.messaging.kinds import MessageKind, Reader, Told, Withheld, addressed
from traektoria.messaging.models import Message
from traektoria.messaging.outbox import Post, post_many

SLUG: Final = "messaging.deadline"
BEFORE: Final = timedelta(days=3)


@task()
def remind_by_the_clock() -> None:
    remind(timezone.now())


def remind(now: datetime) -> None:
    """Write a reminder for everybody for whom something waits that is due within ``BEFORE``; twice is once. One that
    was called off comes back when its thing waits again by the same day."""
    today = timezone.localdate(now)
    shown = Q(shows_from=None) | Q(shows_from__lte=today)
    rows = list(Waiting.objects.filter(shown, kind__in=list(_worded()), due__range=(today, today + BEFORE)))
    people = addressed(row.addressee for row in rows)
    posts = [_post(row, person) for row in rows for person in people.get(row.addressee, ()) if _is_for(row, person)]
    post_many(SLUG, posts, revive=(UnsentReason.DONE, UnsentReason.MOVED, UnsentReason.NO_RIGHT))


def tell(messages: Sequence[Message], reader: Reader) -> Iterator[Told | Withheld]:
    """What still waits for this reader by the same day. One query."""
    standing = _standing(messages)
    for message in messages:
        yield _told(standing.get(_key(message), ()), message, reader)


def _worded() -> dict[str, WaitingKind]:
    known = waiting.kinds().items()
    return {slug: kind for slug, kind in known if kind.letter and kind.group not in (DeskGroup.DONE, DeskGroup.WAITING)}


def _post(row: Waiting, person: int) -> Post:
    facts = {"kind": row.kind, "of": row.object_kind, "object": row.object_id, "due": _iso(row.due)}
    return Post(person, f"{row.object_kind}:{row.object_id}:{row.kind}:{_iso(row.due)}", facts)


def _is_for(row: Waiting, person: int | None) -> bool:
    return f" {person} " not in row.not_for


Key = tuple[str, str, str]


def _key(message: Message) -> Key:
    facts = message.facts
    return facts["kind"], facts["of"], facts["object"]


def _standing(messages: Sequence[Message]) -> dict[Key, list[Waiting]]:
    keys = {_key(message) for message in messages}
    named = Q(kind__in={key[0] for key in keys}, object_kind__in={key[1] for key in keys})
    found: dict[Key, list[Waiting]] = {}
    for row in Waiting.objects.filter(named, object_id__in={key[2] for key in keys}):
        found.setdefault((row.kind, row.object_kind, row.object_id), []).append(row)
    return found


def _told(rows: Iterable[Waiting], message: Message, reader: Reader) -> Told | Withheld:
    rows = list(rows)
    own = [row for row in rows if row.addressee in reader.addresses and _is_for(row, reader.person_id)]
    if not own:
        return Withheld(UnsentReason.NO_RIGHT if rows else UnsentReason.DONE)
    kind, row = _worded().get(own[0].kind), own[0]
    if kind is None or row.due is None:
        return Withheld(UnsentReason.DONE)
    if _iso(row.due) != message.facts["due"]:
        return Withheld(UnsentReason.MOVED)
    words = kind.words(_waited(row, row.due))
    return worded(str(kind.letter), row.due, words.url, words.action)


def worded(what: str, due: date, path: str, action: str) -> Told:
    day = ru_day(due)
    sentence = _("%(what)s: until %(day)s") % {"what": what, "day": day}
    return Told(_("Traektoria: until %(day)s") % {"day": day}, (sentence,), path, action)


def _waited(row: Waiting, due: date) -> Waited:
    """Without names: a letter may be read by others."""
    return Waited(row.object_id, "", "", row.facts, due, row.since, timezone.localdate())


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def sample() -> Told:
    return worded(_("An item of a learning route is due"), timezone.localdate() + BEFORE, "/", _("Open"))


DEADLINE = MessageKind(
    slug=SLUG,
    order=10,
    label=gettext_lazy("Reminders before a deadline"),
    why=gettext_lazy("something waits for you, and its day comes within three days."),
    tell=tell,
    sample=sample,
    rhythm=Rhythm.DAY,
)
