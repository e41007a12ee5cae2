"""How a room above tells of its meetings."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from traektoria.core.registries import Registry
from traektoria.organisations.models import TutorCentre
from traektoria.people.actor import Actor
from traektoria.video.enums import Part


@dataclass(frozen=True)
class Meeting:
    """As one person may know it. ``part``: as what they enter, None for who only looks. ``title`` is read by whoever
    enters and by the owner of the server: no topic, no name. ``off``: why nobody enters, whatever the hour. ``page``
    and ``called`` are where the object itself is shown, and the words of the way there."""

    pk: int
    centre: TutorCentre
    title: str
    part: Part | None
    page: str
    called: str
    start: datetime | None = None
    end: datetime | None = None
    off: str = ""

    @property
    def is_moderator(self) -> bool:
        return self.part == Part.MODERATOR


@dataclass(frozen=True)
class MeetingKind:
    """``slug`` stands in the address; ``find(actor, pk)`` in a bounded number of queries, None for who may not know."""

    slug: str
    order: int
    find: Callable[[Actor, int], Meeting | None]


@dataclass(frozen=True)
class EntryHeard:
    """Who is told that somebody has entered a meeting of ``kind``: ``heard(actor, pk)``, once or often."""

    slug: str
    order: int
    kind: str
    heard: Callable[[Actor, int], None]


entries_heard: Registry[EntryHeard] = Registry("who hears of entries")
meeting_kinds: Registry[MeetingKind] = Registry("kinds of video meetings")


def meeting_address(kind: str, pk: int) -> str:
    """The page of the meeting: what pages and letters link to."""
    return reverse("video:meeting", args=[kind, pk])
