"""What a server of video meetings can do, whichever it is: the rooms above know nothing else of it."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol


class Trouble(StrEnum):
    """What can be wrong with a server; ``troubles`` of the room says it in words."""

    ADDRESS = "address"  # not one that may be asked
    UNREACHABLE = "unreachable"
    CERTIFICATE = "certificate"
    TIMEOUT = "timeout"
    REDIRECT = "redirect"
    NOT_FOUND = "not_found"
    SERVER = "server"  # an error of its own
    TOO_LARGE = "too_large"
    UNCLEAR = "unclear"  # not what such a server answers
    SECRET = "secret"  # noqa: S105
    REFUSED = "refused"


class VideoTrouble(Exception):
    """A server could not be asked or said no. Holds neither address nor secret, so that it may be logged."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble


@dataclass(frozen=True)
class Room:
    """A meeting. ``name`` is ours, unguessable and the same for good; ``title`` is what its guests read; ``back`` is
    where they come to when they leave; ``record``: a moderator may switch recording on. ``key`` is of this meeting and
    known to nobody else."""

    name: str
    title: str
    back: str = ""
    record: bool = False
    key: str = field(default="", repr=False)


@dataclass(frozen=True)
class Guest:
    """Who enters: ``key`` tells persons of one name apart and says nothing else of them."""

    key: str
    name: str
    moderator: bool = False


class VideoServer(Protocol):
    """Each call but ``join`` asks the server and may raise ``VideoTrouble``."""

    def check(self) -> None:
        """Ask something that only who knows the secret may ask, where there is such a thing."""

    def create(self, room: Room) -> None:
        """Make the meeting; made twice, also by two at once, it is one."""

    def join(self, room: Room, guest: Guest) -> str:
        """The address of this guest alone. Asks nobody."""

    def is_running(self, room: Room) -> bool:
        """Whether somebody is there now; False where the server does not tell."""

    def end(self, room: Room) -> None:
        """For everybody; one that has ended, or never was, is no trouble."""

    def recordings(self, room: Room) -> list[str]:
        """Addresses of what was recorded, the latest first."""
