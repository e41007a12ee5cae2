"""Scenes of audits: acts with findings of which some come again, a school that objects, one on the way, one that waits
for its day, one that ended with a part, one cancelled; a checklist of the centre's own and a newer edition."""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, Final

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from traektoria.demo.lesson_calendars import lesson_calendar
from traektoria.demo.past import days_since, lay_back, lay_rows_back
from traektoria.demo.regulations import OWN_KIND
from traektoria.demo.schools import HOME_SCHOOLS
from traektoria.demo.stage import Stage
from traektoria.organisations import zones
from traektoria.planning.audits.actions import checklists, filling, planning, replying, signing
from traektoria.planning.audits.actions.filling import GivenVerdict
from traektoria.planning.audits.actions.planning import Planned
from traektoria.planning.audits.actions.replying import ReplyText
from traektoria.planning.audits.actions.signing import Advice
from traektoria.planning.audits.content import criteria_of, sections_of
from traektoria.planning.audits.enums import WANTING, FindingState
from traektoria.planning.models import Audit, Finding, FindingReply

CENTRE: Final = "koordinator"
SIGNED: Final = time(15, 40)
"""An act is signed on the day of its audit, when everything has been seen."""
A_WHILE: Final = timedelta(hours=1)
SITE: Final = "https://school.example/attestation"
SEEN: Final = {
    1: "Раздел спрятан в меню «Документы», с главной страницы его не видно.",
    2: "Стоят даты прошлого учебного года.",
    4: "Назван только предмет, без дня и кабинета.",
}
ADVICE: Final = {
    1: "Вынести раздел на главную страницу.",
    2: "Опубликовать расписание этого года и сроки подачи заявлений.",
    4: "Указать день, время и кабинет каждой консультации.",
}
LATER: Final = "Исправить и показать на следующем аудите."
OWN: Final = (
    (
        "Наставничество",
        "У каждого молодого педагога есть наставник",
        "Смотрите приказ; фамилии не переписывайте.",
    ),
    ("Наставничество", "Встречи с наставником идут по плану", ""),
    ("Нагрузка", "В расписании есть общее время для встреч", "Хотя бы один общий час в неделю."),
)


@dataclass(frozen=True)
class Look:
    """``verdicts`` of the first criteria, the last one that of all others."""

    kind: str
    school: int
    days: int
    auditors: tuple[str, ...]
    verdicts: str
    start: time | None = time(10)


def audits_of_schools(stage: Stage) -> None:
    _own_checklist(stage)
    _site_of_the_first(stage)
    _cards_of_the_second(stage)
    _planning_of_the_third(stage)
    _act(stage, Look("exam_site", 5, 12, ("tutor3",), "yes yes yes partly unseen"), partial=True)
    clean = _act(stage, Look(OWN_KIND["slug"], 4, 9, ("tutor1",), "yes"))
    replying.acknowledge(audit=clean, by=stage.actor("direktor4"))
    _planned(stage, Look("self_analysis", 2, -3, ("tutor1", "zavuch4"), ""))
    _planned(stage, Look("exam_site", 6, 2, ("tutor3",), "", None))
    off = _planned(stage, Look("self_analysis", 7, -5, ("tutor3",), ""))
    planning.cancel_audit(audit=off, reason="Карантин в школе, новый день назначим.", by=stage.actor(CENTRE))


def _own_checklist(stage: Stage) -> None:
    by, centre = stage.actor(CENTRE), stage.population.centre
    draft = checklists.begin_edition(centre_id=centre.pk, kind=OWN_KIND["slug"], by=by)
    for section, title, hint in OWN:
        given = {"title": title, "hint": hint, "points": 2, "partly": 1}
        checklists.add_criterion(version=draft, section=section, given=given, by=by)
    checklists.publish_edition(version=draft, by=by)


def _site_of_the_first(stage: Stage) -> None:
    """Twice the same is wanting; the second act waits for the school."""
    look = Look("exam_site", 1, 75, ("tutor1", "zavuch4"), "no partly yes partly yes")
    first = _act(stage, look, photos=(1,))
    shown, dates, hours = first.findings.order_by("criterion")
    said = {shown.pk: ReplyText("agreed"), dates.pk: ReplyText("mended", "Опубликовали расписание 3 дня спустя."),
            hours.pk: ReplyText("objected", "График висит на стенде у входа.")}  # fmt: skip
    _reply(stage, first, said, "direktor1", 68)
    _close(stage, dates, FindingState.MENDED, "Открыли страницу: даты этого года.", 60)
    _close(stage, hours, FindingState.WITHDRAWN, "Стенд видели, на сайт перенесут позже.", 60)
    again = Look("exam_site", 1, 4, ("tutor1", "zavuch4"), "no yes yes yes no yes")
    _act(stage, again, photos=(1,), follows=first)


def _cards_of_the_second(stage: Stage) -> None:
    """The school agrees, has mended, and objects; the auditors have to look."""
    act = _act(stage, Look("exam_cards", 2, 20, ("tutor1",), "partly yes no yes"), photos=(1, 3))
    first, second = act.findings.order_by("criterion")
    said = {
        first.pk: ReplyText("mended", "Карты 9 «Б» заведены, приказ от понедельника."),
        second.pk: ReplyText("objected", "Отметки стоят в электронном журнале, в карты их не переносим."),
    }
    _reply(stage, act, said, "direktor2", 6)


def _planning_of_the_third(stage: Stage) -> None:
    """On the way; meanwhile the checklist has got a newer edition."""
    going = _filled(stage, Look("calendar_deficits", 3, 0, ("tutor1",), "no yes partly"), most=3, photos=(1,))
    lesson_calendar(stage, going, by="tutor1")
    by = stage.actor(CENTRE)
    draft = checklists.begin_edition(centre_id=going.centre_id, kind=going.kind, by=by)
    given = {"title": "Практикумы по трудным темам названы в плане", "hint": "", "points": 1, "partly": 0}
    checklists.add_criterion(version=draft, section="Трудности учеников", given=given, by=by)
    checklists.drop_criterion(version=draft, number=3, by=by)
    checklists.publish_edition(version=draft, by=by)


def _planned(stage: Stage, look: Look, follows: Audit | None = None) -> Audit:
    """``days`` ago, or ahead where they are negative."""
    people = [stage.person(one).pk for one in look.auditors]
    planned = Planned(look.kind, stage.day(-look.days), people, look.start)
    school = stage.population.schools[HOME_SCHOOLS[look.school - 1].digits]
    return planning.plan_audit(
        centre=stage.population.centre, school=school, planned=planned, by=stage.actor(CENTRE), follows=follows
    )


def _filled(
    stage: Stage, look: Look, *, most: int = 99, photos: tuple[int, ...] = (), follows: Audit | None = None
) -> Audit:
    row = _planned(stage, look, follows)
    by, said = stage.actor(look.auditors[0]), look.verdicts.split()
    criteria = criteria_of(sections_of(row.version.sections))
    given = []
    for place, (number, one) in enumerate(list(criteria.items())[:most]):
        verdict = said[min(place, len(said) - 1)]
        note = SEEN.get(number, "") if row.kind == "exam_site" and verdict in WANTING else ""
        given.append(GivenVerdict(number, verdict, note=note, address=SITE if one.asks_address else ""))
    filling.save_answers(audit=row, answers=given, by=by)
    for number in photos:
        filling.attach_file(audit=row, criterion=number, file=_shot(number), by=by)
    row.refresh_from_db()
    return row


def _act(stage: Stage, look: Look, *, partial: bool = False, **more: Any) -> Audit:
    """Filled, signed and laid back to its day."""
    row = _filled(stage, look, **more)
    advice = {
        number: Advice(
            ADVICE.get(number, LATER) if row.kind == "exam_site" else LATER,
            "Заместитель директора по УВР", stage.day(21 - look.days),
        )
        for number in criteria_of(sections_of(row.version.sections))
    }  # fmt: skip
    conclusion = "Подготовка идёт; замечания можно исправить за три недели."
    signed = signing.sign_audit(
        audit=row, advice=advice, conclusion=conclusion, reply_due=stage.day(14 - look.days), partial=partial,
        by=stage.actor(look.auditors[0]),
    )  # fmt: skip
    day = stage.day(-look.days)
    zone = zones.zone(stage.population.centre.municipality.time_zone)
    begun, ended = (datetime.combine(day, at, zone) for at in (look.start or time(10), SIGNED))
    for rows in (signed.answers.all(), signed.files.all()):
        lay_rows_back(rows, days_since(begun + A_WHILE))
    lay_back(signed, days_since(ended))
    signed.act_year, signed.begun_at, signed.printed = day.year, begun, {**signed.printed, "day": day.isoformat()}
    signed.save(update_fields=["act_year", "begun_at", "printed"])
    return signed


def _reply(stage: Stage, act: Audit, said: Mapping[int, ReplyText], login: str, days: int) -> None:
    replying.reply_to_act(audit=act, replies=said, by=stage.actor(login))
    lay_rows_back(FindingReply.objects.filter(finding__audit=act), days)
    lay_back(act, days)


def _close(stage: Stage, finding: Finding, state: FindingState, note: str, days: int) -> None:
    replying.close_finding(finding=finding, state=state, note=note, by=stage.actor("tutor1"))
    finding.refresh_from_db()
    lay_back(finding, days)


def _shot(number: int) -> SimpleUploadedFile:
    """A stand with sheets on it, as a telephone would take it."""
    picture = Image.new("RGB", (1600, 1200), "#d9d3c7")
    pen = ImageDraw.Draw(picture)
    pen.rectangle((120, 90, 1480, 1080), fill="#8fa3b5", outline="#4f6272", width=18)
    for place in range(6 + number):
        left, top = 200 + place % 4 * 320, 170 + place // 4 * 300
        pen.rectangle((left, top, left + 250, top + 250), fill="#fbfaf5", outline="#9a9a92", width=3)
        for line in range(7):
            pen.line((left + 25, top + 35 + line * 28, left + 220 - line * 9, top + 35 + line * 28), "#6b6b66", 5)
    made = io.BytesIO()
    picture.save(made, "JPEG", quality=80)
    return SimpleUploadedFile("Что увидели.jpg", made.getvalue(), "image/jpeg")
