"""An Hour of methodical help as it is wished for, before any of its dates is made."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, tzinfo
from functools import cached_property

from traektoria.consultations.points.models import ConsultationPoint, PointRoom
from traektoria.engines import recurrence
from traektoria.engines.intervals import Interval
from traektoria.engines.recurrence import Rule, days_of, interval_on, meetings
from traektoria.organisations import zones
from traektoria.organisations.models import TutorCentre


@dataclass(frozen=True)
class WantedHour:
    """What is wished for: days and times by the clock of the centre's place."""

    centre: TutorCentre
    way: str
    tutors: tuple[int, ...]
    repeat: str
    first_day: date
    last_day: date
    start: time
    end: time
    slot_minutes: int
    break_minutes: int = 0
    places: int = 1
    point: ConsultationPoint | None = None
    room: PointRoom | None = None
    topic: str = ""
    subjects: tuple[str, ...] = ()
    together: bool = False
    days: tuple[date, ...] = ()

    @cached_property
    def zone(self) -> tzinfo:
        return zones.zone(self.centre.municipality.time_zone)

    @cached_property
    def dates(self) -> Sequence[tuple[date, Interval]]:
        """Each day of the rule with its hours."""
        rule = Rule(recurrence.Repeat(self.repeat), self.first_day, self.last_day, self.days)
        return [(day, interval_on(day, self.start, self.end, self.zone)) for day in days_of(rule)]

    @property
    def meetings_a_date(self) -> int:
        if not self.dates:
            return 0
        return len(meetings(self.dates[0][1], self.slot_minutes, self.break_minutes))
