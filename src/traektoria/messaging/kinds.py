"""What a room tells this one about its messages, and what ``people`` tells about who reads them.

A kind says at the moment of sending, and each time the bell is opened, what there is to tell to this reader now: the
one place where right, membership and «is it still so» are asked.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta, tzinfo
from typing import Any

from django.utils import timezone

from traektoria.core.registries import Registry
from traektoria.messaging.enums import Rhythm, UnsentReason
from traektoria.messaging.models import Message

FEW_DAYS = timedelta(days=5)
"""So long a letter is tried, as mail servers do."""


@dataclass(frozen=True)
class Invitation:
    """The time that a letter is about: the reader's row of ``core.Engagement`` because of this object goes with it as a
    file for the calendar (``invitations``)."""

    object_kind: str
    object_id: str


@dataclass(frozen=True)
class Told:
    """What a letter says: sentences in plain text and one button. ``path`` is an address of this installation.

    What is restricted is named and not shown: whoever may, reads it on the page behind the button.
    """

    subject: str
    sentences: tuple[str, ...]
    path: str
    action: str
    invitation: Invitation | None = None


@dataclass(frozen=True)
class Withheld:
    """Nothing is told (any more), and why."""

    reason: UnsentReason


@dataclass(frozen=True)
class Reader:
    """Whoever gets messages. ``actor`` is ``people.actor.Actor`` and None for an address alone; ``addresses`` are the
    words under which ``core.Waiting`` finds the person."""

    person_id: int | None
    address: str
    zone: tzinfo
    addresses: Collection[str] = ()
    actor: Any = None


@dataclass(frozen=True)
class MessageKind:
    """``tell(messages, reader)`` answers each of the messages, in their order, in a bounded number of queries.

    ``why`` says to the reader why they get it. ``mandatory``: it goes at once, by night too, and nobody can switch it
    off. ``in_app``: it is told to a person, so it stands under the bell; else to an address alone. ``settle``: changes
    of one fact within this time are one letter. ``link_good_for``: so long from its asking the link of the letter may
    work; later, or after a newer one to the same address, it is sent by nobody. ``sample`` is what the catalogue shows.
    """

    slug: str
    order: int
    label: Any  # lazy string
    why: Any  # lazy string
    tell: Callable[[Sequence[Message], Reader], Iterable[Told | Withheld]]
    sample: Callable[[], Told]
    rhythm: Rhythm = Rhythm.AT_ONCE
    mandatory: bool = False
    in_app: bool = True
    settle: timedelta = timedelta()
    good_for: timedelta = FEW_DAYS
    link_good_for: timedelta | None = None


@dataclass(frozen=True)
class Directory:
    """Who is who, told by the room that keeps people. ``readers(person_ids)``: those with an account, by their id.
    ``addressed(words)``: the persons whom each word of ``core.Waiting`` names now."""

    slug: str
    order: int
    readers: Callable[[Iterable[int]], Mapping[int, Reader]]
    addressed: Callable[[Iterable[str]], Mapping[str, Collection[int]]]


kinds: Registry[MessageKind] = Registry("kinds of messages")
directories: Registry[Directory] = Registry("directory of readers")


def told(messages: Sequence[Message], reader: Reader) -> dict[int, Told | Withheld]:
    """What each message says to this reader now. Messages of one kind are asked together."""
    by_kind: dict[str, list[Message]] = {}
    for message in messages:
        by_kind.setdefault(message.kind, []).append(message)
    found: dict[int, Told | Withheld] = {}
    for slug, rows in by_kind.items():
        kind = kinds.get(slug)
        said = kind.tell(rows, reader) if kind else [Withheld(UnsentReason.UNKNOWN)] * len(rows)
        found |= {row.pk: one for row, one in zip(rows, said, strict=True)}
    return found


def readers(person_ids: Iterable[int]) -> dict[int, Reader]:
    wanted = set(person_ids)
    return {key: one for directory in directories for key, one in directory.readers(wanted).items()} if wanted else {}


def addressed(words: Iterable[str]) -> dict[str, Collection[int]]:
    wanted = set(words)
    return {word: ids for directory in directories for word, ids in directory.addressed(wanted).items()}


def only_an_address(address: str) -> Reader:
    return Reader(None, address, timezone.get_default_timezone())
