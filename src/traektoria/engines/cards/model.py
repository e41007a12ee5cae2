"""What the card is made of: facts and words, already chosen by the room above. Texts are plain, never markup."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class RouteKind(StrEnum):
    """Whose route it is."""

    INDIVIDUAL = "individual"
    GROUP = "group"


class Standing(StrEnum):
    """Where the printed version stands. What nobody has agreed to yet is a draft and gets no code."""

    DRAFT = "draft"
    WAITING = "waiting"
    AGREED = "agreed"
    CLOSED = "closed"
    STOPPED = "stopped"


class SigningParty(StrEnum):
    """Who puts a signature under the card; the head's one stands at the top («СОГЛАСОВАНО»)."""

    TEACHER = "teacher"
    TUTOR = "tutor"
    HEAD = "head"


@dataclass(frozen=True)
class CardTeacher:
    """A teacher of the route. ``name_genitive`` and ``position_genitive`` stand in the title of an individual card.

    ``service_years`` are full years of teaching service; ``courses`` are those of the last three years.
    """

    name: str
    name_genitive: str
    school: str
    position: str
    position_genitive: str
    category: str = ""
    service_years: int | None = None
    courses: tuple[str, ...] = ()
    subject: str = ""
    classes: str = ""


@dataclass(frozen=True)
class CardTutor:
    """Who supports the teacher."""

    name: str
    position: str


@dataclass(frozen=True)
class CardRequest:
    """A learning request in the teacher's own words; ``who`` is named on the card of a group only."""

    text: str
    who: str = ""


@dataclass(frozen=True)
class CardItem:
    """One line of the route. A deadline that was never a date stays as it was written."""

    deficit: str
    task: str
    activity: str
    resource: str
    deadline: date | str
    expected_result: str
    showing_form: str
    done_on: date | None = None
    evidence: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class CardProgress:
    """How many of the items were done on a day."""

    done: int
    total: int
    on: date


@dataclass(frozen=True)
class CardReflection:
    """An entry of the journal which its author chose to share. Private entries never come here."""

    on: date
    text: str
    who: str = ""


@dataclass(frozen=True)
class CardOutcome:
    """What became of a deficit when the route was closed."""

    deficit: str
    outcome: str
    note: str = ""


@dataclass(frozen=True)
class CardSignature:
    """A place for a signature: a short name, a position, the date of agreement or ``None`` for a blank line."""

    party: SigningParty
    short_name: str
    position: str = ""
    agreed_on: date | None = None


@dataclass(frozen=True)
class RouteCard:
    """All that is printed on a card. ``group_name`` is needed by a group card; empty parts are left out or dashed.

    A card is made of one version, and says which: ``version_date`` is the day it was proposed (of a draft, the day it
    is printed), ``agreed_on`` that of the last word, None where it is not agreed; ``ended_on``: the route was closed
    or stopped; ``proposed``: the number and the day of a newer version that waits for agreement.
    """

    centre: str
    municipality: str
    kind: RouteKind
    version: int
    version_date: date
    teachers: tuple[CardTeacher, ...]
    tutor: CardTutor
    start: date
    end: date
    basis: tuple[str, ...]
    requests: tuple[CardRequest, ...]
    goals: tuple[str, ...]
    items: tuple[CardItem, ...]
    signatures: tuple[CardSignature, ...]
    group_name: str = ""
    progress: CardProgress | None = None
    reflections: tuple[CardReflection, ...] = ()
    outcomes: tuple[CardOutcome, ...] = ()
    conclusion: str = ""
    standing: Standing = Standing.AGREED
    agreed_on: date | None = None
    ended_on: date | None = None
    proposed: tuple[int, date] | None = None

    @property
    def is_draft(self) -> bool:
        """Nobody has agreed to what is printed."""
        never = self.standing is Standing.STOPPED and self.agreed_on is None
        return never or self.standing in (Standing.DRAFT, Standing.WAITING)
