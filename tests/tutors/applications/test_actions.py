"""The way of an application: begun once, filled in, submitted, checked, admitted, decided, appealed, renewed."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from tests.factories import make_centre, make_employment, make_member, make_regulation, make_school
from tests.tutors.application_factories import PDF, make_application, make_evidence
from tests.world import World
from traektoria.core.audit import trail
from traektoria.core.errors import Conflict, DomainError, Invalid, Refused
from traektoria.organisations.models import TutorCentre
from traektoria.organisations.regulations.contents import rules_of
from traektoria.organisations.regulations.criteria import Threshold, leaves
from traektoria.people.actor import Actor, actor_of
from traektoria.people.enums import Role
from traektoria.people.models import Account, Consent, Person
from traektoria.tutors.applications.actions.applications import (
    StatedAnswer,
    appeal_refusal,
    decide,
    save_about,
    save_answer,
    start_application,
    submit_application,
    withdraw_application,
)
from traektoria.tutors.applications.actions.evidence import (
    attach_file,
    attach_link,
    detach_evidence,
    take_earlier_answers,
)
from traektoria.tutors.applications.actions.nominations import consent_to_nomination, decline_nomination, nominate
from traektoria.tutors.applications.actions.review import (
    Checked,
    admit_application,
    check_criteria,
    refuse_application,
    return_application,
)
from traektoria.tutors.applications.enums import ApplicationState, Check
from traektoria.tutors.applications.queries.applications import checklist
from traektoria.tutors.models import Application, CriterionAnswer, CriterionEvidence, TutorStatus
from traektoria.tutors.statuses.policies import RENEWAL_OPENS

S = ApplicationState
DIPLOMA, TRAINING, SERVICE = "higher_education", "tutor_training", "region_service"


def actor(account: Account) -> Actor:
    return actor_of(account)


def person(account: Account) -> Person:
    assert account.person is not None
    return account.person


class Case:
    """A centre with a coordinator and one teacher who has worked there since 2015."""

    def __init__(self, preset: str = "yamal", **fields: Any) -> None:
        self.centre: TutorCentre = make_centre(preset=preset, **fields)
        self.school = make_school(self.centre, "СОШ № 1")
        self.teacher = make_member(self.centre, Role.TEACHER, self.school)
        make_employment(person(self.teacher), self.school)
        self.coordinator = actor(make_member(self.centre, Role.COORDINATOR))
        self.me = actor(self.teacher)

    def started(self) -> Application:
        return start_application(centre=self.centre, by=self.me)

    def filled(self) -> Application:
        """Everything that a candidate can fill in is there."""
        made = self.started()
        save_about(application=made, subjects=["math"], motivation="Читать условие", by=self.me)
        for slug in self.slugs(made):
            save_answer(application=made, criterion=slug, answer=StatedAnswer(text="В личном деле"), by=self.me)
        return made

    def slugs(self, made: Application) -> list[str]:
        found = leaves(rules_of(made.regulation).status.criteria)
        return [leaf.slug for leaf in found if not isinstance(leaf, Threshold)]

    def submitted(self) -> Application:
        return submit_application(application=self.filled(), by=self.me)

    def checked(self, result: Check = Check.MET) -> Application:
        """Submitted, and every criterion that a person checks found as ``result``."""
        made = self.submitted()
        rows = [row for row in checklist(made).rows if row.by_hand]
        findings = {row.leaf.slug: Checked(result, "так") for row in rows}
        return check_criteria(application=made, findings=findings, by=self.coordinator)


@pytest.fixture
def case(db: None) -> Case:
    return Case()


def test_start_is_one_open_application_under_the_regulation_in_force(case: Case) -> None:
    made = case.started()
    assert case.started() == made
    later = make_regulation(case.centre, "yamal", start=date(2026, 1, 1))
    assert (made.regulation_id == later.pk, case.started().regulation_id == made.regulation_id) == (False, True)
    withdraw_application(application=made, by=case.me)
    assert case.started().regulation == later


def test_start_is_for_people_of_the_centre(case: Case) -> None:
    stranger = actor(make_member(make_centre("Чужой"), Role.TEACHER))
    for refused in (stranger, case.coordinator):
        with pytest.raises(Refused):
            start_application(centre=case.centre, by=refused)


def test_submit_says_what_is_left_and_keeps_what_the_system_knows(case: Case) -> None:
    made = case.started()
    with pytest.raises(Conflict) as refusal:
        submit_application(application=made, by=case.me)
    assert refusal.value.code == "incomplete"
    made = case.submitted()
    assert (made.state, made.submitted_at is not None) == (S.SUBMITTED, True)
    kept = CriterionAnswer.objects.get(application=made, criterion=SERVICE).computed
    assert kept is not None
    assert kept >= 11
    assert submit_application(application=made, by=case.me) == made
    assert trail(made).filter(event="application.submit").count() == 1


def test_only_the_candidate_writes_and_only_while_it_is_theirs(case: Case) -> None:
    made = case.filled()
    with pytest.raises(Refused):
        save_about(application=made, subjects=[], motivation="", by=case.coordinator)
    with pytest.raises(Refused):
        save_answer(application=made, criterion="nonsense", answer=StatedAnswer(), by=case.me)
    made = submit_application(application=made, by=case.me)
    with pytest.raises(Conflict):
        save_answer(application=made, criterion=DIPLOMA, answer=StatedAnswer(text="другое"), by=case.me)


def test_return_keeps_the_notes_and_a_changed_answer_is_checked_again(case: Case) -> None:
    made = case.checked()
    findings = {DIPLOMA: Checked(Check.NOT_MET, "Нет второй страницы")}
    check_criteria(application=made, findings=findings, by=case.coordinator)
    with pytest.raises(Invalid):
        return_application(application=made, reason=" ", by=case.coordinator)
    made = return_application(application=made, reason="Дополните диплом", by=case.coordinator)
    assert (
        return_application(application=made, reason="ещё раз", by=case.coordinator).return_reason == "Дополните диплом"
    )
    save_answer(application=made, criterion=DIPLOMA, answer=StatedAnswer(text="Вот она"), by=case.me)
    answer = CriterionAnswer.objects.get(application=made, criterion=DIPLOMA)
    assert (answer.check_result, answer.check_note, answer.checked_at) == ("", "Нет второй страницы", None)
    assert CriterionAnswer.objects.get(application=made, criterion=TRAINING).check_result == Check.MET
    assert submit_application(application=made, by=case.me).return_reason == ""


def test_check_wants_a_note_and_leaves_judged_criteria_to_the_commission(case: Case) -> None:
    made = case.submitted()
    with pytest.raises(Invalid) as refusal:
        check_criteria(application=made, findings={DIPLOMA: Checked(Check.NOT_MET)}, by=case.coordinator)
    assert refusal.value.code == "note_needed"
    judged = next(slug for slug in case.slugs(made) if slug not in (DIPLOMA, TRAINING))
    with pytest.raises(Invalid) as refusal:
        check_criteria(application=made, findings={judged: Checked(Check.MET)}, by=case.coordinator)
    assert refusal.value.code == "judged"


def test_nobody_considers_their_own(case: Case) -> None:
    make_member(case.centre, Role.COORDINATOR, person=person(case.teacher))
    made, me = case.submitted(), actor(case.teacher)
    with pytest.raises(Refused):
        check_criteria(application=made, findings={DIPLOMA: Checked(Check.MET)}, by=me)
    with pytest.raises(Refused):
        admit_application(application=made, by=me)
    with pytest.raises(Refused):
        decide(application=made, granted=True, note="", by=me)


def test_admit_when_everything_is_checked(case: Case) -> None:
    made = case.submitted()
    with pytest.raises(Conflict) as refusal:
        admit_application(application=made, by=case.coordinator)
    assert refusal.value.code == "unchecked"
    withdraw_application(application=made, by=case.me)
    made = admit_application(application=case.checked(), by=case.coordinator)
    assert made.state == S.ADMITTED
    assert admit_application(application=made, by=case.coordinator) == made


def test_a_commission_may_consider_unmet_criteria_for_a_reason(case: Case) -> None:
    made = case.checked(Check.NOT_MET)
    with pytest.raises(Invalid):
        admit_application(application=made, by=case.coordinator)
    made = admit_application(application=made, reason="Сильный опыт", by=case.coordinator)
    assert (made.state, made.admission_note) == (S.ADMITTED, "Сильный опыт")


@pytest.mark.django_db
def test_an_order_needs_the_requirements_met() -> None:
    case = Case("balta")
    made = case.checked(Check.NOT_MET)
    with pytest.raises(Conflict) as refusal:
        admit_application(application=made, reason="Очень нужно", by=case.coordinator)
    assert refusal.value.code == "unmet"
    withdraw_application(application=made, by=case.me)
    made = admit_application(application=case.checked(), by=case.coordinator)
    with pytest.raises(Invalid):
        refuse_application(application=made, reason="", by=case.coordinator)
    made = refuse_application(application=made, reason="Ставки заняты", by=case.coordinator)
    assert (made.state, made.decision_note, made.decided_at is None) == (S.REFUSED, "Ставки заняты", False)


def test_where_a_commission_decides_nobody_refuses_instead(case: Case) -> None:
    made = admit_application(application=case.checked(), by=case.coordinator)
    with pytest.raises(Conflict):
        refuse_application(application=made, reason="Нет", by=case.coordinator)


def test_decide_and_appeal_within_the_term(case: Case) -> None:
    made = admit_application(application=case.checked(), by=case.coordinator)
    with pytest.raises(Invalid):
        decide(application=made, granted=False, note=" ", by=case.coordinator)
    made = decide(application=made, granted=False, note="Мало опыта", by=case.coordinator)
    with pytest.raises(Invalid):
        appeal_refusal(application=made, text=" ", by=case.me)
    appealed = appeal_refusal(application=made, text="Опыт есть", by=case.me)
    assert (appealed.state, appeal_refusal(application=appealed, text="ещё", by=case.me).appeal) == (
        S.APPEALED,
        "Опыт есть",
    )
    assert admit_application(application=appealed, by=case.coordinator).state == S.ADMITTED


def test_appeal_comes_too_late_or_beside_a_new_application(case: Case) -> None:
    made = make_application(case.centre, case.teacher.person, S.REFUSED)
    start_application(centre=case.centre, by=case.me)
    with pytest.raises(Conflict) as refusal:
        appeal_refusal(application=made, text="Опыт есть", by=case.me)
    assert refusal.value.code == "another_is_open"
    Application.objects.filter(pk=made.pk).update(decided_at=timezone.now() - timedelta(days=31))
    with pytest.raises(Conflict) as refusal:
        appeal_refusal(application=made, text="Опыт есть", by=case.me)
    assert refusal.value.code == "too_late"


def test_evidence_once_checked_by_content_and_taken_away_with_its_file(
    case: Case, django_capture_on_commit_callbacks: Any
) -> None:
    made = case.started()
    facts = {"application": made, "criterion": DIPLOMA, "title": "", "by": case.me}
    shown = attach_file(file=ContentFile(PDF, name="диплом.pdf"), **facts)
    assert attach_file(file=ContentFile(PDF, name="копия.pdf"), **facts) == shown
    assert (shown.title, shown.file_name) == ("диплом.pdf", "диплом.pdf")
    with pytest.raises(Invalid):
        attach_file(file=ContentFile(b"MZ\x90", name="диплом.pdf"), **facts)
    assert attach_link(link="https://example.org/1", **facts) == attach_link(link="https://example.org/1", **facts)
    with pytest.raises(Invalid):
        attach_link(link="javascript:alert(1)", **facts)
    storage, name = shown.file.storage, str(shown.file.name)
    with django_capture_on_commit_callbacks(execute=True):
        detach_evidence(evidence=shown, by=case.me)
    assert (storage.exists(name), made.evidence.count()) == (False, 1)


def test_something_else_shown_opens_the_check_again(case: Case) -> None:
    made = return_application(application=case.checked(), reason="Ещё", by=case.coordinator)
    attach_link(application=made, criterion=DIPLOMA, link="https://example.org/1", title="", by=case.me)
    assert CriterionAnswer.objects.get(application=made, criterion=DIPLOMA).check_result == ""


def make_status(case: Case, end: date | None, **fields: Any) -> TutorStatus:
    return TutorStatus.objects.create(
        centre=case.centre, person=person(case.teacher), regulation=case.centre.regulations.all()[0],
        start=date(2023, 9, 1), end=end, **fields,
    )  # fmt: skip


def test_renewal_begins_so_long_before_the_end(case: Case) -> None:
    today = timezone.localdate()
    status = make_status(case, today + RENEWAL_OPENS + timedelta(days=1))
    with pytest.raises(Conflict) as refusal:
        case.started()
    assert refusal.value.code == "too_early"
    TutorStatus.objects.update(end=today + RENEWAL_OPENS)
    assert case.started().renews == status


@pytest.mark.parametrize(
    ("end", "fields", "code"),
    [
        (None, {}, "no_term"),
        (date(2027, 1, 1), {"state": "suspended", "suspended_from": date(2026, 1, 1)}, "suspended"),
    ],
)
def test_no_renewal_of_these(case: Case, end: date | None, fields: dict[str, Any], code: str) -> None:
    make_status(case, end, **fields)
    with pytest.raises(Conflict) as refusal:
        case.started()
    assert refusal.value.code == code


def test_no_renewal_where_the_regulation_has_none(case: Case) -> None:
    make_regulation(case.centre, "yamal", start=date(2026, 1, 1), status={"renewable": False})
    make_status(case, timezone.localdate() + timedelta(days=10))
    with pytest.raises(Conflict) as refusal:
        case.started()
    assert refusal.value.code == "not_renewable"
    TutorStatus.objects.update(state="ended", ended_on=timezone.localdate())
    assert case.started().renews is None


def test_renewal_after_the_end_takes_the_earlier_answers_and_leaves_them(
    case: Case, django_capture_on_commit_callbacks: Any
) -> None:
    earlier = make_application(case.centre, case.teacher.person, S.GRANTED)
    shown = make_evidence(earlier, DIPLOMA)
    status = make_status(case, date(2026, 8, 31), state="ended", ended_on=date(2026, 8, 31))
    made = case.started()
    assert made.renews == status
    for _time in range(2):
        take_earlier_answers(application=made, by=case.me)
    copy = CriterionEvidence.objects.get(application=made)
    made.refresh_from_db()
    assert (copy.file.name, made.subjects, made.answers.count()) == (shown.file.name, ["math"], earlier.answers.count())
    with django_capture_on_commit_callbacks(execute=True):
        detach_evidence(evidence=copy, by=case.me)
    shown.refresh_from_db()
    assert shown.file.storage.exists(str(shown.file.name))


def test_a_nomination_waits_for_consent_which_is_a_record_of_its_own(case: Case) -> None:
    made = nominate(centre=case.centre, person=person(case.teacher), reason="Умеет объяснять", by=case.coordinator)
    again = nominate(centre=case.centre, person=person(case.teacher), reason="ещё", by=case.coordinator)
    assert (made.state, again) == (S.NOMINATED, made)
    with pytest.raises(Conflict):
        save_about(application=made, subjects=["math"], motivation="", by=case.me)
    with pytest.raises(Refused):
        consent_to_nomination(application=made, by=case.coordinator)
    made = consent_to_nomination(application=made, by=case.me)
    assert consent_to_nomination(application=made, by=case.me).state == S.DRAFT
    given = Consent.objects.get()
    assert (given.person, given.kind, case.centre.name in given.text) == (case.teacher.person, "nomination", True)
    withdraw_application(application=made, by=case.me)
    given.refresh_from_db()
    assert given.withdrawn_at is not None


def test_a_nomination_is_declined_without_a_trace_of_consent(case: Case) -> None:
    made = nominate(centre=case.centre, person=person(case.teacher), reason="", by=case.coordinator)
    for _time in range(2):
        assert decline_nomination(application=made, by=case.me).state == S.WITHDRAWN
    assert not Consent.objects.exists()


def test_who_nominates_whom(world: World) -> None:
    teacher, other = world.accounts["teacher"], world.accounts["other_teacher"]
    foreign = make_member(world.own, Role.HEAD)
    centre = world.own
    refused: list[tuple[Account, Person, type[DomainError]]] = [
        (other, person(teacher), Refused),
        (foreign, person(teacher), Refused),
        (world.accounts["foreign_coordinator"], person(teacher), Refused),
        (world.accounts["coordinator"], person(world.accounts["foreign_teacher"]), Invalid),
    ]
    for account, nominee, error in refused:
        with pytest.raises(error):
            nominate(centre=centre, person=nominee, reason="Почему", by=actor(account))
    made = nominate(centre=centre, person=person(teacher), reason="Почему", by=actor(world.accounts["head"]))
    with pytest.raises(Conflict):
        nominate(centre=centre, person=person(teacher), reason="Почему", by=actor(world.accounts["tutor"]))
    assert made.nominated_by == world.accounts["head"].person


def test_nobody_nominates_themselves(case: Case) -> None:
    make_member(case.centre, Role.TUTOR, person=person(case.teacher))
    with pytest.raises(Invalid):
        nominate(centre=case.centre, person=person(case.teacher), reason="", by=actor(case.teacher))


def test_a_stated_number_is_kept_as_it_was_said(case: Case) -> None:
    made = case.started()
    answer = StatedAnswer(Decimal("2.50"), "Трудовая книжка")
    for _time in range(2):
        save_answer(application=made, criterion=SERVICE, answer=answer, by=case.me)
    kept = CriterionAnswer.objects.get(application=made)
    assert (kept.stated, kept.text) == (Decimal("2.50"), "Трудовая книжка")
