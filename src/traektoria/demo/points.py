"""Scenes of consultation points and the Hour of methodical help: two points that receive, one that is closed, by video,
alone and in a group, one that goes on for a month, a date that was moved and one that was dropped; the other centre has
its own."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from traektoria.consultations.models import ConsultationPoint, HelpDate, HelpHour
from traektoria.consultations.points.actions import keeping
from traektoria.consultations.points.actions.keeping import PointFacts
from traektoria.consultations.slots.actions import changing
from traektoria.consultations.slots.actions.making import make_hour
from traektoria.consultations.slots.actions.opening import open_windows
from traektoria.consultations.slots.queries.preview import outlooks
from traektoria.consultations.slots.wanted_hour import WantedHour
from traektoria.demo.stage import Stage
from traektoria.organisations.models import School, TutorCentre

SCHOOL_YEAR, MONTH = timedelta(days=170), timedelta(days=30)


def points_and_hours(stage: Stage) -> None:
    school, *others = sorted(stage.population.schools.values(), key=lambda one: one.pk)
    maths = _point(
        stage, "school", "Математика и физика", school, ["tutor1"], ["math", "physics"], "кабинет 21",
        about="Приходите с вопросом из своей работы: урок, контрольная, трудный класс. Готовиться не нужно.",
    )  # fmt: skip
    words = _point(stage, "centre", "Методкабинет центра", None, ["tutor3"], ["russian", "literature"], "методкабинет")
    closed = _point(stage, "school", "Начальная школа", others[0], ["tutor5"], ["primary"], "кабинет 4")
    why = "Ремонт до конца учебного года. Принимаем в методкабинете центра."
    keeping.close_point(point=closed, on=stage.today, reason=why, by=stage.actor("koordinator"))
    weekly = _hour(stage, "tutor1", point=maths, first=_next(stage.today, 2), start=time(15), end=time(17),
                   subjects=("math", "physics"))  # fmt: skip
    _hour(stage, "tutor3", point=words, first=_next(stage.today - MONTH, 4), start=time(15), end=time(16, 30),
          now=timezone.now() - MONTH, break_minutes=15, subjects=("russian", "literature"))  # fmt: skip
    _hour(stage, "tutor1", "tutor2", first=_next(stage.today, 3), start=time(16), end=time(17), repeat="monthly",
          slot_minutes=60, places=12, together=True, topic="Разбор заданий ОГЭ, которые не получились",
          subjects=("math",))  # fmt: skip
    open_windows()
    dates = list(weekly.dates.filter(state="standing").order_by("start"))
    changing.drop_date(date=dates[2], reason="Педагогический совет школы.", by=stage.actor("tutor1"))
    _moved(stage, dates[1])
    _foreign(stage)


def _next(day: date, weekday: int) -> date:
    """The first such weekday from the day after tomorrow on."""
    soon = day + timedelta(days=2)
    return soon + timedelta(days=(weekday - soon.weekday()) % 7)


def _point(
    stage: Stage, kind: str, name: str, school: School | None, tutors: list[str], subjects: list[str], room: str,
    about: str = "", centre: TutorCentre | None = None, by: str = "koordinator",
) -> ConsultationPoint:  # fmt: skip
    return keeping.make_point(
        centre=centre or stage.population.centre,
        facts=PointFacts(kind, name, school=school, about=about, subjects=tuple(subjects)),
        rooms=[room],
        tutors=[stage.person(one).pk for one in tutors],
        by=stage.actor(by),
    )


def _hour(
    stage: Stage, *tutors: str, first: date, start: time, end: time, point: ConsultationPoint | None = None,
    by: str = "koordinator", centre: TutorCentre | None = None, now: datetime | None = None, **fields: Any,
) -> HelpHour:  # fmt: skip
    """At the first room of the point, or by video; on all dates that are free, holidays left out. Made ``now``: one
    that goes on for a while has past dates too."""
    moment = now or timezone.now()
    wanted = WantedHour(
        **{
            "centre": centre or stage.population.centre,
            "way": "in_person" if point else "video",
            "point": point,
            "room": point.rooms.first() if point else None,
            "tutors": tuple(stage.person(one).pk for one in tutors),
            "repeat": "weekly",
            "first_day": first,
            "last_day": first + SCHOOL_YEAR,
            "start": start,
            "end": end,
            "slot_minutes": 30,
            **fields,
        }
    )
    chosen = [one.day for one in outlooks(wanted, now=moment) if one.outlook in ("free", "outside")]
    return make_hour(wanted=wanted, days=chosen, by=stage.actor(by), now=moment).hour


def _moved(stage: Stage, moved: HelpDate) -> None:
    """To the next day at the same hour, where the tutor is free."""
    reason = "В этот день я на курсах: принимаю на день позже."
    changing.move_date(date=moved, start=_later(moved.start), reason=reason, by=stage.actor("tutor1"))


def _later(moment: datetime) -> datetime:
    return moment + timedelta(days=1, hours=-1)


def _foreign(stage: Stage) -> None:
    """The other centre: a point by video, and the tutor's own hours."""
    centre = stage.population.foreign
    video = keeping.make_point(
        centre=centre, facts=PointFacts("video", "Консультации по видео", subjects=("russian",)), rooms=[],
        tutors=[stage.person("ozersk-tutor").pk], by=stage.actor("ozersk-koordinator"),
    )  # fmt: skip
    _hour(stage, "ozersk-tutor", centre=centre, by="ozersk-tutor", first=_next(stage.today, 1), start=time(14),
          end=time(15, 30), way="video", point=video, room=None)  # fmt: skip
