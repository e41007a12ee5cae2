"""Diagnostics of the demo: a September campaign that is over, one that goes on, and protocols of a tutor.

Everybody acts through the rooms' own actions, by the account of the person; only the answers are drawn.
"""

import random
from collections.abc import Iterable
from datetime import timedelta

from django.utils import timezone

from traektoria.demo.answers import Sitter, answer, points
from traektoria.demo.instruments import (
    KEEPER,
    control_work,
    fill_bank,
    observation,
    primary_work,
    questionnaire,
    talk,
)
from traektoria.demo.past import last_day, lay_rows_back
from traektoria.demo.stage import Stage
from traektoria.diagnostics.campaigns.actions import drafts, opening
from traektoria.diagnostics.campaigns.actions.invitations import invite
from traektoria.diagnostics.findings.actions import analysis
from traektoria.diagnostics.items.content import content_of, extended_of
from traektoria.diagnostics.marking import actions as marking
from traektoria.diagnostics.models import (
    Answer,
    Campaign,
    FormItem,
    Hypothesis,
    InstrumentVersion,
    Marking,
    PartAnalysis,
    Participant,
    Sitting,
)
from traektoria.diagnostics.problem_field.actions import from_campaign
from traektoria.diagnostics.protocols import actions as protocols
from traektoria.diagnostics.sittings.actions import answers, participation, sittings
from traektoria.diagnostics.sittings.enums import SittingState
from traektoria.people.actor import actor_of
from traektoria.people.models import Consent


def diagnostics_of_the_year(stage: Stage) -> None:
    """The bank, the instruments, the two campaigns, and protocols of a lesson and a talk."""
    fill_bank(stage)
    work, survey = control_work(stage), questionnaire(stage)
    september(stage, work, survey)
    running(stage, primary_work(stage))
    protocols_of_a_tutor(stage)


def september(stage: Stage, work: InstrumentVersion, survey: InstrumentVersion) -> None:
    """Teachers of mathematics sat in September; all is marked and said, and the teachers have their suppositions."""
    me = stage.actor(KEEPER)
    campaign = _campaign(stage, "Сентябрьская диагностика учителей математики", [work, survey], days=14)
    people = _teaching(stage, "math")
    invite(campaign=campaign, people=[stage.person(login).pk for login in people], by=me)
    judged = campaign.parts.get(version=work)
    drafts.change_part(
        part=judged, adaptive=False, markers=[stage.person(login) for login in ("tutor1", "tutor3", "tutor4")], by=me
    )
    campaign = opening.open_campaign(campaign=campaign, by=me)
    chance = random.Random(9)  # noqa: S311  the same demo each time
    for login in people[1:]:  # one did not find the time
        sitter = Sitter(login, chance, chance.gauss(0, 0.18))
        sit(stage, campaign, sitter)
    participation.decline_campaign(
        participant=campaign.participants.get(person=stage.person(people[0])), by=stage.actor(people[0])
    )
    opening.close_campaign(campaign=campaign, by=me)
    mark(stage, campaign, chance)
    analysis.analyse_campaign(campaign=campaign, by=me)
    from_campaign.propose_from_campaign(campaign=campaign, by=me)
    for login in people[1:16]:
        stage.confirm(login, most=2)
    _to_september(stage, campaign)


def running(stage: Stage, work: InstrumentVersion) -> None:
    """Primary school sits now: some have finished, some are in the middle, the others have not begun."""
    me = stage.actor(KEEPER)
    campaign = _campaign(stage, "Русский язык в начальной школе", [work], days=10)
    people = _teaching(stage, "primary")
    invite(campaign=campaign, people=[stage.person(login).pk for login in people], by=me)
    judges = [stage.person(login) for login in ("tutor1", "tutor2")]
    drafts.change_part(part=campaign.parts.get(), adaptive=False, markers=judges, by=me)
    campaign = opening.open_campaign(campaign=campaign, by=me)
    chance = random.Random(12)  # noqa: S311  the same demo each time
    done, going = people[4:26], people[26:31]
    for login in done:
        sit(stage, campaign, Sitter(login, chance, chance.gauss(0, 0.15)))
    for login in going:
        sit(stage, campaign, Sitter(login, chance), most=6)
    _stop_the_clock(campaign)
    marking.hand_out_answers(campaign=campaign, by=me)


def sit(stage: Stage, campaign: Campaign, sitter: Sitter, most: int | None = None) -> None:
    """Agree, answer and hand in every part; with ``most`` only so many answers are given, and nothing is handed in."""
    me = stage.actor(sitter.login)
    participant = campaign.participants.get(person=me.person_id)
    participation.give_campaign_consent(participant=participant, by=me)
    for sitting in participant.sittings.select_related("part__version"):
        begun = sittings.start_sitting(sitting=sitting, by=me)
        asked = FormItem.objects.filter(version=begun.part.version, form=begun.form).select_related(
            "item_version__item"
        )
        given = [
            answers.GivenAnswer(
                one.pk, answer(content_of(one.item_version.content), sitter, one.item_version.item.topic)
            )
            for one in asked[:most]
        ]
        answers.save_answers(sitting=begun, tab="1-demo", answers=given, by=me)
        if most is None:
            sittings.hand_in(sitting=begun, by=me)


def mark(stage: Stage, campaign: Campaign, chance: random.Random) -> None:
    """Each marker judges what was handed out; where two differ too much, the third one's word stands."""
    logins = {person.pk: login for login, person in stage.population.persons.items()}
    marking.hand_out_answers(campaign=campaign, by=stage.actor(KEEPER))
    waiting = Marking.objects.filter(answer__sitting__part__campaign=campaign, done_at=None)
    while rows := list(waiting.select_related("answer__form_item__item_version")):
        for row in rows:
            content = extended_of(row.answer.form_item.item_version.content)
            good = "нулю" in row.answer.value.get("text", "")
            given = points(content, chance, good)
            marking.give_points(marking=row, points=given, by=stage.actor(logins[row.marker_id]))


def protocols_of_a_tutor(stage: Stage) -> None:
    """An observed lesson that the teacher has read about, and a talk that is still being written down."""
    lesson, conversation = observation(stage), talk(stage)
    tutor, teacher = stage.actor("tutor1"), stage.person("uchitel2")
    seen = protocols.begin_protocol(
        person=teacher,
        version=lesson,
        held_on=stage.day(-12),
        about="Русский язык, 4 класс: текст и его план",
        by=tutor,
    )
    marks = {str(item.pk): {"step": 2 + place % 2} for place, item in enumerate(lesson.items.all())}
    protocols.write_protocol(
        protocol=seen,
        answers=marks,
        conclusion="Дети охотно работают с текстом. Дальше: пусть план составляют сами, сначала в парах.",
        by=tutor,
    )
    protocols.share_protocol(protocol=seen, by=tutor)
    protocols.confirm_read(protocol=seen, by=stage.actor("uchitel2"))
    protocols.begin_protocol(
        person=teacher, version=conversation, held_on=stage.day(-1), about="Разговор после урока", by=tutor
    )


def _campaign(stage: Stage, title: str, versions: Iterable[InstrumentVersion], days: int) -> Campaign:
    now = timezone.now()
    campaign = drafts.create_campaign(
        centre=stage.population.centre,
        title=title,
        purpose="Чтобы маршруты на год шли от того, что нужно вам самим.",
        basis="План работы тьюторского центра на учебный год",
        start=now - timedelta(hours=2),
        end=now + timedelta(days=days),
        by=stage.actor(KEEPER),
    )
    for version in versions:
        drafts.add_part(campaign=campaign, version=version, by=stage.actor(KEEPER))
    return campaign


def _teaching(stage: Stage, subject: str) -> list[str]:
    """Logins of the centre's teachers of a subject, in the order of the people."""
    ours = {digits for digits, school in stage.population.schools.items() if school.municipality_id == _place(stage)}
    return [
        staff.login
        for staff in stage.population.staff.values()
        if staff.post and staff.school and staff.school.digits in ours and subject in staff.post.subjects
        and staff.login in stage.population.accounts
    ]  # fmt: skip


def _place(stage: Stage) -> int:
    return stage.population.centre.municipality_id


def _stop_the_clock(campaign: Campaign) -> None:
    """Those who are in the middle have taken their pause: their clock stands still until they come."""
    for sitting in Sitting.objects.filter(part__campaign=campaign, state=SittingState.RUNNING).select_related(
        "participant__person"
    ):
        account = sitting.participant.person.account
        sittings.pause_sitting(sitting=sitting, by=actor_of(account))


def _to_september(stage: Stage, campaign: Campaign) -> None:
    """Lay the whole campaign back to the middle of the last September."""
    days = (stage.today - last_day(stage.today, 9, 15, before=14)).days
    sat = Sitting.objects.filter(part__campaign=campaign)
    chance = random.Random(15)  # noqa: S311  the same demo each time
    for sitting in sat:
        sitting.seconds = chance.randint(22, 58) * 60
        sitting.finished_at = sitting.started_at and sitting.started_at + timedelta(seconds=sitting.seconds)
    Sitting.objects.bulk_update(sat, ["seconds", "finished_at"])
    consents = Consent.objects.filter(pk__in=Participant.objects.filter(campaign=campaign).values("consent"))
    for rows in (
        Campaign.objects.filter(pk=campaign.pk),
        Participant.objects.filter(campaign=campaign),
        consents,
        sat,
        Answer.objects.filter(sitting__in=sat),
        Marking.objects.filter(answer__sitting__in=sat),
        PartAnalysis.objects.filter(part__campaign=campaign),
        Hypothesis.objects.filter(sitting__in=sat),
    ):
        lay_rows_back(rows, days)
