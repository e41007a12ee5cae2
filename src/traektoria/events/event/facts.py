"""What is written of an event, as a form or a copy gives it."""

from dataclasses import dataclass

from traektoria.consultations.points.models import ConsultationPoint, PointRoom
from traektoria.events.event.enums import Level, Way
from traektoria.organisations.models import School
from traektoria.organisations.regulations.schema import EventKind, Rules


@dataclass(frozen=True)
class EventFacts:
    """Everything that is configured but for the dates: what a copy takes over, and a test compares."""

    kind: str
    title: str
    leaders: tuple[int, ...]
    way: str = Way.IN_PERSON
    point: ConsultationPoint | None = None
    room: PointRoom | None = None
    school: School | None = None
    place: str = ""
    places: int | None = None
    per_school: int | None = None
    about: str = ""
    level: str = Level.MUNICIPAL
    subjects: tuple[str, ...] = ()
    classes: str = ""
    categories: tuple[str, ...] = ()
    opens_before: int | None = None
    closes_before: int | None = None
    programme: str = ""
    schools: tuple[int, ...] = ()


PLAIN = ("title", "way", "point", "room", "school", "place", "places", "per_school", "about", "level",
         "classes", "programme")  # fmt: skip
"""Fields of the row that are as the facts say them."""


def kinds_of(rules: Rules, *, also: str = "") -> dict[str, EventKind]:
    """Kinds that can be announced under these rules, by slug; ``also``: one that an event has already."""
    return {
        one.slug: one for one in rules.events if (one.announced and not one.archived) or (also and one.slug == also)
    }


def words_of(values: tuple[str, ...]) -> str:
    """« math physics », so that « math » is found in it."""
    return f" {' '.join(sorted(values))} " if values else ""
