"""What a certificate says."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

DESIGN: Final = 1
"""The newest design, ``design1.typ``."""


class Kind(StrEnum):
    """For what it is given."""

    PARTICIPANT = "participant"
    LEADER = "leader"
    SPEAKER = "speaker"
    ORGANISER = "organiser"


@dataclass(frozen=True)
class PrintedCertificate:
    """All words of the paper. ``number`` is «2026-0015», ``replaces`` the number of the one before or empty.

    ``what``: kind of the event and its title («Мастер-класс», «Проценты без страха»). ``days``, ``place`` and
    ``length`` are words; ``length`` is empty where no hours are said. ``address``: what the QR leads to; ``check``:
    where number and ``word`` are typed by hand.
    """

    number: str
    replaces: str
    kind: Kind
    issuer: str
    town: str
    name: str
    event_kind: str
    title: str
    days: str
    place: str
    length: str
    signed_post: str
    signed_name: str
    issued_on: date
    word: str
    address: str
    check: str
    design: int = DESIGN


@dataclass(frozen=True)
class Background:
    """A picture (PNG, JPEG) or a page of PDF that fills the sheet in the place of the frame of the house."""

    content: bytes
    ending: str
