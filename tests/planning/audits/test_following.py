"""What follows from audits: who is due, what waits for whom, letters once, whose turn, people who change and leave."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.letters import deliver
from tests.planning.audits.audit_factories import KIND, filled, numbers, planned, signed, with_audits
from tests.routes.route_factories import actor
from tests.waiting import lines_for, what_differs
from tests.world import World
from traektoria.core.errors import Invalid, Refused
from traektoria.messaging.models import Message
from traektoria.people.actor import actor_of
from traektoria.people.enums import Role
from traektoria.people.models import RoleAssignment
from traektoria.planning.audits.actions.filling import GivenVerdict, save_answers
from traektoria.planning.audits.actions.planning import begin_audit, change_auditors
from traektoria.planning.audits.actions.replying import ReplyText, close_finding, reply_to_act
from traektoria.planning.audits.content import criteria_of, sections_of
from traektoria.planning.audits.enums import AuditState, FindingState
from traektoria.planning.audits.farewell import settle_person
from traektoria.planning.audits.kinds import due_of, kinds_of
from traektoria.planning.audits.queries.act import kept_facts
from traektoria.planning.audits.queries.audits import audit_page, find_audit, visible_to
from traektoria.planning.audits.queries.board import board_of
from traektoria.planning.audits.queries.findings import finding_page, past_of
from traektoria.planning.models import Audit, AuditAuditor, ChecklistVersion, Finding
from traektoria.planning.terms.calendars import window

pytestmark = pytest.mark.django_db
As = Callable[[str], Client]


def of(world: World, who: str) -> list[str]:
    return [line.what for line in lines_for(actor(world, who), kinds="planning.")]


def person(world: World, who: str) -> int:
    found = world.accounts[who].person_id
    assert found
    return found


# Who is due


def test_a_floor_goes_from_audit_to_audit_and_a_quarter_is_one_each(world: World) -> None:
    with_audits(world.own)
    kinds, plan = kinds_of(world.own.pk), window(world.own, 2026, school=True)
    assert due_of(kinds["exam_cards"], [], plan) == date(2026, 11, 1)
    first = due_of(kinds["exam_cards"], [date(2026, 10, 20)], plan)
    assert first is not None
    assert first > date(2026, 12, 1)
    quarter = due_of(kinds["exam_site"], [], plan)
    assert quarter is not None
    later = due_of(kinds["exam_site"], [quarter - timedelta(days=3)], plan)
    assert later is not None
    assert later > quarter + timedelta(days=20)


def test_the_board_says_when_it_was_and_when_it_will_be(world: World) -> None:
    act = signed(world, "yes")
    ahead = planned(world, day=timezone.localdate() + timedelta(days=9))
    kinds, _page, rows = board_of(world.own, timezone.localdate(), None)
    row = next(one for one in rows if one.school == world.school.pk)
    cell = next(one for one in row.cells if one.kind.slug == KIND)
    assert {one.slug for one in kinds} >= {KIND, "exam_site"}
    assert (cell.last, cell.planned) == ((act.pk, act.day), (ahead.pk, ahead.day))
    assert cell.due is None or cell.due > timezone.localdate()


def test_the_board_says_that_an_appointed_audit_did_not_come(as_: As, world: World) -> None:
    audit = planned(world, day=timezone.localdate())
    Audit.objects.filter(pk=audit.pk).update(day=timezone.localdate() - timedelta(days=2))
    page = as_("coordinator").get(reverse("planning:audit_board")).content.decode()
    assert "акта ещё нет" in page


# What waits, and letters


def test_each_has_their_turn_on_the_desk(world: World) -> None:
    audit = filled(world, "no yes")
    assert [one for one in of(world, "tutor") if one.startswith("Аудит")]
    act = signed(world, audit=audit)
    assert not [one for one in of(world, "tutor") if one.startswith("Аудит")]
    assert [one for one in of(world, "head") if "Ответить на акт" in one]
    finding = act.findings.get()
    reply_to_act(audit=act, replies={finding.pk: ReplyText("agreed")}, by=actor(world, "head"))
    assert [one for one in of(world, "deputy_head") if "Исправить" in one]
    reply_to_act(audit=act, replies={finding.pk: ReplyText("mended", "Завели карты")}, by=actor(world, "head"))
    assert not [one for one in of(world, "head") if "Исправить" in one]
    assert [one for one in of(world, "tutor") if "исправ" in one]
    close_finding(finding=finding, state=FindingState.MENDED, note="Видели", by=actor(world, "tutor"))
    assert not [one for one in of(world, "tutor") if "исправ" in one]
    assert not what_differs()


def test_letters_go_once_and_say_nothing_of_what_was_found(world: World) -> None:
    act = signed(world)
    finding = act.findings.get()
    deliver()
    told = [letter for letter in mail.outbox if "акт" in letter.subject.lower()]
    assert len(told) == len({letter.to[0] for letter in told})
    assert not [letter for letter in mail.outbox if "Завести карты" in letter.body or finding.title in letter.body]
    before = len(mail.outbox)
    deliver()
    assert len(mail.outbox) == before
    for _time in range(2):
        said = {finding.pk: ReplyText("objected", "Карты есть")}
        reply_to_act(audit=act, replies=said, by=actor(world, "head"))
    assert Message.objects.filter(kind="planning.audit_replied").count() == 1


def test_the_school_is_told_once_when_its_findings_are_closed(world: World) -> None:
    act = signed(world, "no no")
    for finding in act.findings.all():
        close_finding(finding=finding, state=FindingState.MENDED, note="Проверено", by=actor(world, "tutor"))
        close_finding(finding=finding, state=FindingState.MENDED, note="Проверено", by=actor(world, "tutor"))
    told = Message.objects.filter(kind="planning.finding_closed")
    assert set(told.values_list("person_id", flat=True)) == {person(world, "head"), person(world, "deputy_head")}
    assert told.count() == 2
    assert not [one for one in told if "Проверено" in str(one.facts)]
    deliver()
    assert set(told.values_list("reason", flat=True)).isdisjoint({"done", "no_right"})


def test_a_letter_about_an_audit_that_was_signed_meanwhile_does_not_go(world: World) -> None:
    audit = planned(world)
    signed(world, audit=filled(world, "yes", audit=audit))
    deliver()
    assert not [letter for letter in mail.outbox if "назначен" in letter.subject.lower()]


def test_whose_turn_and_what_is_repeated(as_: As, world: World) -> None:
    signed(world)
    act = signed(world)
    finding = act.findings.get()
    assert finding.times == 2

    def shown(show: str, who: str = "coordinator") -> list[tuple[int, str]]:
        return [(one.pk, one.turn) for one in finding_page(actor(world, who), None, show)]

    assert len(shown("open")) == 2
    assert shown("again") == [(finding.pk, "школа знакомится с актом")]
    assert not shown("auditors")
    reply_to_act(audit=act, replies={finding.pk: ReplyText("objected", "Есть")}, by=actor(world, "head"))
    assert shown("auditors") == [(finding.pk, "аудиторы разбирают возражение")]
    assert finding.pk not in [pk for pk, _turn in shown("school")]
    close_finding(finding=finding, state=FindingState.WITHDRAWN, note="Есть", by=actor(world, "tutor"))
    assert shown("over") == [(finding.pk, "закрыто")]
    Finding.objects.exclude(pk=finding.pk).update(due=timezone.localdate() - timedelta(days=2))
    assert len(shown("late")) == 1
    assert not shown("open", "foreign_coordinator")
    assert not shown("open", "other_tutor")
    page = as_("head").get(reverse("planning:finding_list")).content.decode()
    assert "школа знакомится с актом" in page


def test_criteria_stand_beside_those_of_earlier_acts(world: World) -> None:
    signed(world, "no yes")
    audits, rows = past_of(filled(world, "yes no"))
    assert len(audits) == 2
    assert rows[0].verdicts == ("no", "yes")


# People


def test_others_audit_on_and_the_answers_stay(world: World) -> None:
    audit = filled(world, "no yes")
    change_auditors(audit=audit, auditors=[person(world, "other_tutor")], by=actor(world, "coordinator"))
    with pytest.raises(Refused):
        save_answers(audit=audit, answers=[GivenVerdict(1, "yes")], by=actor(world, "tutor"))
    save_answers(audit=audit, answers=[GivenVerdict(1, "yes")], by=actor(world, "other_tutor"))
    assert audit.answers.count() == 5
    assert of(world, "other_tutor")
    with pytest.raises(Invalid):
        change_auditors(audit=audit, auditors=[person(world, "head")], by=actor(world, "coordinator"))
    with pytest.raises(Invalid):
        change_auditors(audit=audit, auditors=[], by=actor(world, "coordinator"))


def leaves(world: World, who: str) -> None:
    RoleAssignment.objects.filter(person=person(world, who)).delete()
    settle_person(person(world, who), None)


def test_who_leaves_audits_nothing_and_the_coordinator_names_another(world: World) -> None:
    audit, act = planned(world), signed(world, kind="exam_site")
    finding = act.findings.get()
    reply_to_act(audit=act, replies={finding.pk: ReplyText("objected", "Есть")}, by=actor(world, "head"))
    leaves(world, "tutor")
    assert not AuditAuditor.objects.filter(audit__in=[audit, act]).exists()
    assert [one for one in of(world, "coordinator") if "Некому провести аудит" in one]
    assert [one for one in of(world, "coordinator") if "возража" in one.lower()]
    assert [one.name for one in kept_facts(Audit.objects.get(pk=act.pk)).auditors]
    change_auditors(audit=audit, auditors=[person(world, "other_tutor")], by=actor(world, "coordinator"))
    assert not [one for one in of(world, "coordinator") if "Некому провести аудит" in one]
    assert not what_differs()


def test_who_keeps_a_role_in_the_centre_keeps_their_audits(world: World) -> None:
    audit = planned(world)
    settle_person(person(world, "tutor"), None)
    assert audit.auditors.count() == 1


def test_an_auditor_who_comes_to_head_the_school_audits_it_no_more(world: World) -> None:
    audit = planned(world)
    RoleAssignment.objects.create(
        person_id=person(world, "tutor"), role=Role.HEAD, centre=world.own, school=world.school,
        start=timezone.localdate(),
    )  # fmt: skip
    with pytest.raises(Refused):
        save_answers(audit=audit, answers=[GivenVerdict(1, "yes")], by=actor_of(world.accounts["tutor"]))


def test_a_head_in_another_centre_reads_no_act_of_this_one(world: World) -> None:
    """A parallel post: head of the same school in a second centre of the municipality, and tutor there."""
    act = signed(world)
    account = world.accounts["foreign_head"]
    RoleAssignment.objects.filter(person=account.person_id).update(school=world.school)
    stranger = actor_of(account)
    assert not visible_to(stranger).filter(pk=act.pk).exists()
    assert find_audit(stranger, pk=act.pk) is None
    assert not audit_page(stranger, None).object_list
    assert find_audit(actor(world, "head"), pk=act.pk) is not None


# A visit that nobody has planned


def begun(world: World, who: str = "tutor", **more: object) -> Audit:
    said = {"kind": KIND, "day": timezone.localdate(), "token": uuid4(), "version": None, **more}
    return begin_audit(centre=world.own, school=world.school, by=actor(world, who), **said)  # type: ignore[arg-type]


def test_a_begun_visit_is_one_however_often_it_comes(world: World) -> None:
    with_audits(world.own)
    token = uuid4()
    first, second = begun(world, token=token), begun(world, token=token)
    assert first.pk == second.pk
    assert first.state == AuditState.PLANNED
    told = set(Message.objects.filter(kind="planning.audit_planned").values_list("person_id", flat=True))
    assert {person(world, "coordinator"), person(world, "head")} <= told
    with pytest.raises(Refused):
        begun(world, "other_tutor", token=token)


def test_it_keeps_the_edition_with_which_the_device_began(world: World) -> None:
    audit = signed(world, "yes")
    newer = ChecklistVersion.objects.create(
        checklist=audit.version.checklist, number=2, sections=audit.version.sections, published_at=timezone.now()
    )
    assert begun(world, version=audit.version_id).version_id == audit.version_id
    assert begun(world).version_id == newer.pk
    assert numbers(audit) == list(criteria_of(sections_of(newer.sections)))


def test_heads_of_other_schools_begin_nothing_by_themselves(world: World) -> None:
    with_audits(world.own)
    for who in ("head", "deputy_head", "teacher", "foreign_tutor"):
        with pytest.raises(Refused):
            begun(world, who)


def test_a_device_is_answered_in_json_whatever_happens(as_: As, world: World) -> None:
    audit = planned(world)
    body = {"device": "phone", "answers": [{"criterion": 1, "sequence": 5, "verdict": "yes"}]}
    url = reverse("planning:audit_save", args=[audit.token])
    change_auditors(audit=audit, auditors=[person(world, "other_tutor")], by=actor(world, "coordinator"))
    answer = as_("tutor").post(url, body, content_type="application/json")
    assert answer.status_code == 404
    assert "остал" in answer.json()["sentence"]
    asked = {"criterion": 1, "sha256": "0" * 64}
    attach = reverse("planning:audit_attach", args=[audit.token])
    assert as_("other_tutor").post(attach, asked).json() == {"missing": True}
    begin = reverse("planning:audit_begin_save")
    for broken in ({}, {"token": "x"}, {"token": str(uuid4()), "centre": "a"}):
        assert as_("tutor").post(begin, broken, content_type="application/json").status_code == 422


def test_an_audit_that_was_held_before_its_day_has_the_day_of_the_signature(world: World) -> None:
    audit = planned(world, day=timezone.localdate() + timedelta(days=5))
    assert signed(world, "yes", audit=audit).day == timezone.localdate()


def test_a_centre_without_audits_says_so_to_who_begins(as_: As, world: World) -> None:
    page = as_("tutor").get(reverse("planning:audit_begin"))
    assert page.status_code == 200
    assert "Виды аудита добавляет в положение центра координатор" in page.content.decode()
