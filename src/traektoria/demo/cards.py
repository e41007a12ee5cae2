"""Scenes of self-analysis cards: one laid beside an audit, with a remark and a next version on the way; one that the
centre has not read yet."""

from datetime import datetime, time
from typing import Final

from traektoria.core.shared_forms import stamp
from traektoria.demo.past import days_since, lay_back, lay_rows_back
from traektoria.demo.schools import HOME_SCHOOLS
from traektoria.demo.stage import Stage
from traektoria.organisations import zones
from traektoria.planning.audits.actions import filling as auditing
from traektoria.planning.audits.actions import planning, replying, signing
from traektoria.planning.audits.actions.filling import GivenVerdict
from traektoria.planning.audits.actions.planning import Planned
from traektoria.planning.audits.actions.replying import ReplyText
from traektoria.planning.audits.actions.signing import Advice
from traektoria.planning.audits.content import criteria_of, sections_of
from traektoria.planning.models import FindingReply, SelfCard
from traektoria.planning.selfcards.actions import filling, reading

KIND: Final = "self_analysis"
AUDIT_AT: Final = time(11)
"""The act is signed on the same day, when everything has been seen."""
NOTES: Final = {
    1: "План утверждён приказом от 1 сентября, отметки ставим раз в месяц.",
    2: "Приказ об ответственных по предметам.",
    3: "График висит на сайте и у расписания.",
    4: "Есть списки групп, занятия по средам.",
    5: "Протокол объединения от октября.",
}
SEEN: Final = {
    1: "План есть, отметок за октябрь и ноябрь нет.",
    3: "График есть, в журнале консультаций записей меньше, чем дней в графике.",
}


def cards_of_schools(stage: Stage) -> None:
    first = _card(stage, 1, "direktor1", "yes yes yes partly yes no yes")
    filling.share_card(card=first, by=stage.actor("direktor1"))
    lay_back(_again(first), 34)
    reading.remark_on(
        card=first, criterion=1, words="Приложите, пожалуйста, номер приказа.", by=stage.actor("koordinator")
    )
    lay_rows_back(first.remarks.all(), 30)
    lay_back(_again(first), 30)
    _audit_of_the_first(stage, "partly yes partly partly yes no yes unseen yes")
    _card(stage, 1, "direktor1", "partly yes partly yes", most=4)
    second = _card(stage, 2, "direktor2", "yes partly yes partly yes")
    filling.share_card(card=second, by=stage.actor("direktor2"))
    lay_back(_again(second), 1)


def _card(stage: Stage, school: int, by: str, verdicts: str, most: int = 99) -> SelfCard:
    centre, actor = stage.population.centre, stage.actor(by)
    own = stage.population.schools[HOME_SCHOOLS[school - 1].digits]
    card = filling.begin_card(centre=centre, school=own, kind=KIND, by=actor)
    said = verdicts.split()
    numbers = list(criteria_of(sections_of(card.version.sections)))[:most]
    answers = {one: (said[min(at, len(said) - 1)], NOTES.get(one, "")) for at, one in enumerate(numbers)}
    return filling.save_card(card=card, answers=answers, seen=stamp(card.answers), by=actor)


def _audit_of_the_first(stage: Stage, verdicts: str) -> None:
    """Sees two things otherwise than the school did, and one not at all."""
    school, by = stage.population.schools[HOME_SCHOOLS[0].digits], stage.actor("tutor1")
    day, zone = stage.day(-26), zones.zone(stage.population.centre.municipality.time_zone)
    began, seen, signed = (datetime.combine(day, at, zone) for at in (AUDIT_AT, time(12, 30), time(15, 40)))
    planned = Planned(KIND, day, [stage.person("tutor1").pk], AUDIT_AT)
    row = planning.plan_audit(
        centre=stage.population.centre, school=school, planned=planned, by=stage.actor("koordinator")
    )
    said = verdicts.split()
    numbers = list(criteria_of(sections_of(row.version.sections)))
    given = [GivenVerdict(one, said[min(at, len(said) - 1)], note=SEEN.get(one, "")) for at, one in enumerate(numbers)]
    auditing.save_answers(audit=row, answers=given, by=by)
    advice = {one: Advice("Договориться, кто и когда ставит отметки.", "Завуч", stage.day(4)) for one in numbers}
    act = signing.sign_audit(
        audit=row, advice=advice, conclusion="Карточка в основном отражает положение дел.", partial=True,
        reply_due=stage.day(-12), by=by,
    )  # fmt: skip
    lay_rows_back(act.answers.all(), days_since(seen))
    lay_back(act, days_since(signed))
    act.act_year, act.begun_at, act.printed = day.year, began, {**act.printed, "day": day.isoformat()}
    act.save(update_fields=["act_year", "begun_at", "printed"])
    replies = {one.pk: ReplyText("agreed") for one in act.findings.all()}
    replying.reply_to_act(audit=act, replies=replies, by=stage.actor("direktor1"))
    lay_rows_back(FindingReply.objects.filter(finding__audit=act), 20)
    lay_back(act, 20)


def _again(card: SelfCard) -> SelfCard:
    return SelfCard.objects.get(pk=card.pk)
