"""Scenes of the tutors' room: applications in every state, a commission and its sessions.

Everything is done by the room's own actions, by the person who would do it.
"""

from datetime import datetime, time, timedelta

from django.utils import timezone

from traektoria.demo.past import last_day, lay_back
from traektoria.demo.people import Population
from traektoria.demo.stage import Stage
from traektoria.organisations.models import TutorCentre
from traektoria.organisations.regulations.contents import rules_of
from traektoria.organisations.regulations.criteria import Document, Judged, Threshold, leaves
from traektoria.people.models import Person
from traektoria.tutors.applications.actions import applications, nominations
from traektoria.tutors.applications.actions import evidence as application_evidence
from traektoria.tutors.applications.actions import review as application_review
from traektoria.tutors.applications.enums import Check
from traektoria.tutors.applications.queries.checklist import checked_by_hand
from traektoria.tutors.commission.actions import composition as commission
from traektoria.tutors.commission.actions import items, sessions, voting
from traektoria.tutors.commission.enums import VoteChoice
from traektoria.tutors.commission.queries.protocol import to_keep
from traektoria.tutors.models import AgendaItem, Application, Commission, Session
from traektoria.tutors.seats.enums import SeatPost

WORDS = {
    Document: "Копия приложена, подлинник покажу на заседании.",
    Judged: "Веду школьное методическое объединение, дважды в год провожу открытые уроки для коллег района.",
    Threshold: "По трудовой книжке стаж такой же.",
}


def candidates(population: Population) -> list[str]:
    """Logins of teachers of the home centre who are not tutors and play no other part, in order."""
    own = [one for one in population.staff.values() if one.post and one.school and one.post.cohort == 2024]
    home = [one.login for one in own if one.login.startswith("uchitel")]
    return [login for login in home if population.staff[login].since.year < population.today.year - 5]


def apply_for_status(stage: Stage, login: str, centre: TutorCentre, *, submit: bool = True) -> Application:
    """A teacher fills in an application: a word on each criterion, a link where a document is asked for."""
    me = stage.actor(login)
    made = applications.start_application(centre=centre, by=me)
    subjects = list(post.subjects) if (post := stage.population.staff[login].post) else []
    words = "Хочу помогать коллегам с первыми уроками по обновлённой программе."
    applications.save_about(application=made, subjects=subjects, motivation=words, by=me)
    for leaf in leaves(rules_of(made.regulation).status.criteria):
        answer = applications.StatedAnswer(text=WORDS[type(leaf)])
        applications.save_answer(application=made, criterion=leaf.slug, answer=answer, by=me)
        if isinstance(leaf, Document):
            application_evidence.attach_link(
                application=made, criterion=leaf.slug, link=f"https://example.org/docs/{leaf.slug}", title="Скан-копия",
                by=me,
            )  # fmt: skip
    return applications.submit_application(application=made, by=me) if submit else made


def admit(stage: Stage, application: Application, by: str) -> Application:
    """Every criterion that papers show is found met, and the application is admitted."""
    rules = rules_of(application.regulation).status
    found = {
        leaf.slug: application_review.Checked(Check.MET, "по документам")
        for leaf in leaves(rules.criteria)
        if checked_by_hand(leaf, rules.procedure)
    }
    me = stage.actor(by)
    application_review.check_criteria(application=application, findings=found, by=me)
    return application_review.admit_application(application=application, by=me)


def applications_in_every_state(stage: Stage) -> None:
    """Nominated, being written, submitted, returned, withdrawn; the rest go to the commission."""
    centre, coordinator = stage.population.centre, stage.actor("koordinator")
    nominated, drafted, submitted, returned, withdrawn = candidates(stage.population)[:5]
    asked = nominations.nominate(
        centre=centre, person=stage.person(nominated), by=coordinator,
        reason="Её открытые уроки собирают учителей всего района.",
    )  # fmt: skip
    lay_back(asked, 2)
    lay_back(apply_for_status(stage, drafted, centre, submit=False), 3)
    lay_back(apply_for_status(stage, submitted, centre), 4)
    row = apply_for_status(stage, returned, centre)
    lay_back(row, 6)
    application_review.return_application(
        application=row, reason="Приложите, пожалуйста, удостоверение о курсах: ссылка не открывается.", by=coordinator
    )
    taken = apply_for_status(stage, withdrawn, centre)
    lay_back(taken, 8)
    applications.withdraw_application(application=taken, by=stage.actor(withdrawn))


def commission_of_the_centre(stage: Stage) -> None:
    """A commission: a signed session with both decisions and an appeal, one that goes on, one that is planned."""
    made = _commission(stage)
    _signed_session(stage, made, [_admitted(stage, login, 42) for login in _next(stage, 5, 2)])
    _open_session(stage, made, [_admitted(stage, login, 9) for login in _next(stage, 7, 3)])
    later = _admitted(stage, _next(stage, 10, 1)[0], 5)
    planned = _session(stage, made, 6)
    sessions.add_to_agenda(session=planned, application=later, by=stage.actor("koordinator"))


def _admitted(stage: Stage, login: str, days: int) -> Application:
    """Submitted so many days ago, admitted two days later."""
    made = apply_for_status(stage, login, stage.population.centre)
    lay_back(made, days)
    made = admit(stage, made, "koordinator")
    lay_back(made, days - 2)
    return made


SEATS = (
    ("direktor1", SeatPost.CHAIR, "school_staff", "директор школы"),
    ("direktor4", SeatPost.DEPUTY, "school_staff", "директор лицея"),
    ("zavuch3", SeatPost.MEMBER, "union", "председатель первичной профсоюзной организации"),
    ("tutor9", SeatPost.MEMBER, "methodist", "методист"),
    ("tutor10", SeatPost.MEMBER, "methodist", "методист"),
)


def _commission(stage: Stage) -> Commission:
    """It works from the last seventh of September before its first session, by an order of a few days before."""
    me, start = stage.actor("koordinator"), last_day(stage.today, 9, 7, before=45)
    order = f"приказ управления образования от {start - timedelta(days=4):%d.%m.%Y} №\N{NO-BREAK SPACE}211"
    made = commission.form_commission(
        centre=stage.population.centre, name="Комиссия по присвоению статуса «Тьютор»", basis=order, start=start, by=me
    )
    for login, post, kind, position in SEATS:
        commission.add_member(
            commission=made, person=stage.person(login), kind=kind, position=position, post=post, by=me
        )
    commission.add_member(
        commission=made, person=stage.person("koordinator"), kind="methodist", position="координатор центра",
        post=SeatPost.SECRETARY, votes=False, by=me,
    )  # fmt: skip
    commission.add_new_member(
        commission=made, name={"surname": "Учредителева", "given": "Вера", "patronymic": "Павловна"},
        kind="authority", position="главный специалист управления образования", by=me,
    )  # fmt: skip
    for login in ("koordinator", *(seat[0] for seat in SEATS)):
        stage.actors.pop(login, None)  # roles have changed
    made = commission.begin_commission(commission=made, by=stage.actor("koordinator"))
    made.members.update(start=start)
    lay_back(made, (stage.today - start).days)
    return made


def _next(stage: Stage, start: int, number: int) -> list[str]:
    return candidates(stage.population)[start : start + number]


def _session(stage: Stage, made: Commission, days: int) -> Session:
    moment = timezone.make_aware(datetime.combine(stage.day(days), time(15)))
    return sessions.plan_session(
        commission=made, held_at=moment, place="Методический центр, каб. 12", by=stage.actor("koordinator")
    )


def _begun(stage: Stage, session: Session, asked: list[Application]) -> list[AgendaItem]:
    """The session is open: everybody came but one."""
    me = stage.actor("koordinator")
    agenda = [sessions.add_to_agenda(session=session, application=one, by=me) for one in asked]
    absent = stage.person("zavuch3").pk
    ticks = {
        one.member_id: (one.member.person_id != absent, "на курсах" if one.member.person_id == absent else "")
        for one in session.attendance.select_related("member")
    }
    sessions.set_attendance(session=session, ticks=ticks, by=me)
    sessions.open_session(session=session, by=me)
    return agenda


def _voters(stage: Stage, item: AgendaItem) -> list[str]:
    """Who came and is not recused."""
    recused = set(item.recusals.values_list("member__person", flat=True))
    return [seat[0] for seat in SEATS if seat[0] != "zavuch3" and stage.person(seat[0]).pk not in recused]


def _judged(stage: Stage, item: AgendaItem, points: int) -> None:
    """Points of each member for each judged criterion."""
    criteria = [one for one in leaves(rules_of(item.application.regulation).status.criteria) if isinstance(one, Judged)]
    for place, login in enumerate(_voters(stage, item)):
        given = {one.slug: (max(0, min(one.most, points - (place + k) % 2)), "") for k, one in enumerate(criteria)}
        items.give_points(item=item, given=given, by=stage.actor(login))


def _absent_outsider(stage: Stage, session: Session) -> None:
    """The member from the authority left early: the others decide."""
    outsider = session.attendance.get(member__person__surname="Учредителева").member_id
    sessions.set_attendance(session=session, ticks={outsider: (False, "срочный вызов")}, by=stage.actor("koordinator"))


def _signed_session(stage: Stage, made: Commission, asked: list[Application]) -> None:
    """One status granted, one refused and appealed; the protocol is signed."""
    me, chair = stage.actor("koordinator"), stage.actor("direktor1")
    session = _session(stage, made, -30)
    agenda = _begun(stage, session, asked)
    _absent_outsider(stage, session)
    for item, granted in zip(agenda, (True, False), strict=True):
        items.begin_item(item=item, by=me)
        _judged(stage, item, 2 if granted else 1)
        items.reveal_judgements(item=item, by=me)
        items.save_discussion(item=item, text="Кандидат рассказал о работе с коллегами и ответил на вопросы.", by=me)
        voting.open_vote(item=item, by=me)
        for place, login in enumerate(_voters(stage, item)):
            choice = VoteChoice.FOR if granted else (VoteChoice.ABSTAINED, VoteChoice.AGAINST)[bool(place)]
            voting.cast_vote(item=item, choice=choice, by=stage.actor(login))
        voting.count_votes(item=item, by=me)
        reasons = "" if granted else "Опыт работы с коллегами других школ пока не подтверждён документами."
        voting.decide_item(item=item, reasons=reasons, start=stage.day(-29), by=me)
    sessions.close_session(session=session, by=me)
    sessions.sign_protocol(session=session, by=chair)
    sessions.sign_protocol(session=session, by=me)
    _was_held(session, 30)
    refused = asked[1]
    appealed = applications.appeal_refusal(
        application=refused, text="Прилагаю отзывы трёх школ о совместных уроках, их не было в заявлении.",
        by=stage.actor(_login(stage, refused.person)),
    )  # fmt: skip
    lay_back(appealed, 3)


def _was_held(session: Session, days: int) -> None:
    """Move what was done in a moment to the days when it would have been done."""
    past = timezone.now() - timedelta(days=days)
    Session.objects.filter(pk=session.pk).update(
        opened_at=past, closed_at=past + timedelta(hours=1), signed_at=past + timedelta(days=1)
    )
    session.attendance.filter(protocol_signed_at__isnull=False).update(protocol_signed_at=past + timedelta(days=1))
    session.refresh_from_db()
    session.printed = {}
    session.printed = to_keep(session, signed_at=session.signed_at)
    session.save(update_fields=["printed"])
    session.items.update(decided_at=past + timedelta(minutes=50))
    for application in Application.objects.filter(agenda__session=session):
        lay_back(application, days)


def _open_session(stage: Stage, made: Commission, asked: list[Application]) -> None:
    """Today: on one item the vote goes on secretly, the second waits, the third is postponed."""
    me = stage.actor("koordinator")
    session = _session(stage, made, 0)
    agenda = _begun(stage, session, asked)
    _absent_outsider(stage, session)
    items.postpone_item(item=agenda[2], reason="Кандидат на больничном.", by=me)
    items.begin_item(item=agenda[0], by=me)
    _judged(stage, agenda[0], 2)
    items.reveal_judgements(item=agenda[0], by=me)
    items.set_secret(item=agenda[0], secret=True, by=me)
    voting.open_vote(item=agenda[0], by=me)
    for login in _voters(stage, agenda[0])[1:3]:
        voting.cast_vote(item=agenda[0], choice=VoteChoice.FOR, by=stage.actor(login))


def _login(stage: Stage, person: Person) -> str:
    return next(login for login, one in stage.population.persons.items() if one.pk == person.pk)
