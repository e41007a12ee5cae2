"""Pages of applications: what each person reads, drafts that keep what was typed, downloads, bounded queries."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.costs import Cost, cost_of
from tests.factories import make_centre, make_employment, make_member, make_person
from tests.tutors.application_factories import PDF, make_application, make_evidence
from tests.waiting import lines_for
from tests.world import World
from traektoria.core.registries import personal_data
from traektoria.core.waiting import renew
from traektoria.people.actor import actor_of
from traektoria.people.enums import Role
from traektoria.people.models import AccessRecord
from traektoria.tutors.applications.enums import ApplicationState
from traektoria.tutors.applications.queries.applications import HANDED_IN
from traektoria.tutors.models import Application, CriterionAnswer

As = Callable[[str], Client]
S = ApplicationState
HOME = "/tutors/applications/"
DIPLOMA, SERVICE = "higher_education", "region_service"


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def address(made: Application) -> str:
    return f"{HOME}{made.pk}/"


@pytest.fixture
def draft(world: World, as_: As) -> Application:
    as_("teacher").post(f"{HOME}begin/")
    return Application.objects.get()


def test_application_begin_shows_what_is_known_and_makes_one_draft(world: World, as_: As) -> None:
    client = as_("teacher")
    shown = page(client, f"{HOME}begin/")
    assert "автономного округа" in shown
    assert "с\xa01\xa0сентября\xa02015" in shown
    for _time in range(2):
        answer = client.post(f"{HOME}begin/")
    made = Application.objects.get()
    assert answer["Location"] == client.get(f"{HOME}begin/")["Location"] == address(made)


def test_application_say_is_saved_as_it_is_typed_and_by_a_button(as_: As, draft: Application) -> None:
    client, place = as_("teacher"), f"{address(draft)}criteria/{DIPLOMA}/"
    assert client.post(place, {"text": "Диплом 2009 года"}, headers={"X-Autosave": "1"}).status_code == 204
    assert "Диплом 2009 года" in page(client, address(draft))
    answer = client.post(place, {"text": "Диплом 2010 года"})
    assert answer["Location"] == f"{address(draft)}#criterion-{DIPLOMA}"
    assert CriterionAnswer.objects.get().text == "Диплом 2010 года"


def test_application_say_keeps_a_wrong_number_on_the_page(as_: As, draft: Application) -> None:
    place = f"{address(draft)}criteria/{SERVICE}/"
    answer = as_("teacher").post(place, {"stated": "много", "text": "Трудовая книжка"})
    shown = answer.content.decode()
    assert (answer.status_code, "много" in shown, "Трудовая книжка" in shown) == (422, True, True)
    as_("teacher").post(place, {"stated": "12,5", "text": ""})
    assert str(CriterionAnswer.objects.get().stated) == "12.50"


def test_application_attach_by_file_or_link_and_wrong_files(as_: As, draft: Application) -> None:
    client, place = as_("teacher"), f"{address(draft)}criteria/{DIPLOMA}/evidence/"
    answer = client.post(place, {"file": SimpleUploadedFile("диплом.pdf", b"MZ"), "title": "Диплом"})
    assert (answer.status_code, "Содержимое файла" in answer.content.decode()) == (422, True)
    assert client.post(place, {"title": "Диплом"}).status_code == 422
    assert client.post(place, {"file": SimpleUploadedFile("диплом.pdf", PDF), "title": "Диплом"}).status_code == 302
    assert client.post(place, {"link": "https://example.org/2", "title": "Удостоверение"}).status_code == 302
    shown = page(client, address(draft))
    assert "Удостоверение" in shown
    evidence = draft.evidence.all()[0]
    assert client.post(f"{HOME}evidence/{evidence.pk}/remove/").status_code == 302
    assert draft.evidence.count() == 1


def test_application_submit_says_what_is_left(as_: As, draft: Application) -> None:
    client = as_("teacher")
    shown = page(client, address(draft))
    assert "Что осталось" in shown
    assert f"{address(draft)}submit/" not in shown
    assert client.post(f"{address(draft)}submit/").status_code == 409


def test_application_evidence_is_a_download_that_is_logged(world: World, as_: As) -> None:
    made = make_application(world.own, world.accounts["teacher"].person)
    shown = make_evidence(made, DIPLOMA)
    place = f"{HOME}evidence/{shown.pk}/"
    answer = as_("teacher").get(place)
    assert answer["Content-Disposition"].startswith("attachment")
    assert (answer["X-Content-Type-Options"], b"".join(answer.streaming_content)) == ("nosniff", PDF)
    assert not AccessRecord.objects.exists()
    list(as_("coordinator").get(place))
    record = AccessRecord.objects.get()
    assert (record.person_id, record.purpose, record.subject_kind) == (made.person_id, "status", "tutors.evidence")
    Application.objects.update(state=S.WITHDRAWN)
    assert as_("coordinator").get(place).status_code == 404


def test_application_card_is_checked_returned_and_admitted(world: World, as_: As) -> None:
    make_employment(world.accounts["other_teacher"].person, world.school)  # type: ignore[arg-type]
    made = make_application(world.own, world.accounts["other_teacher"].person)
    client, place = as_("coordinator"), address(made)
    assert "Есть в личном деле" in page(client, place)
    assert AccessRecord.objects.get().subject_kind == "tutors.application"
    facts = {f"check_{slug}": "met" for slug in ("region_service", DIPLOMA, "tutor_training", "qualification")}
    wrong = client.post(f"{place}check/", {**facts, f"check_{DIPLOMA}": "not_met"})
    assert (wrong.status_code, "почему не выполнено" in wrong.content.decode()) == (422, True)
    assert client.post(f"{place}return/", {"text": ""}).status_code == 422
    assert client.post(f"{place}check/", facts).status_code == 302
    assert client.post(f"{place}admit/", {"text": ""}).status_code == 302
    made.refresh_from_db()
    assert made.state == S.ADMITTED


def test_a_candidate_reads_why_it_was_returned(world: World, as_: As) -> None:
    made = make_application(
        world.own, world.accounts["teacher"].person, S.RETURNED, return_reason="Нет второй страницы"
    )
    assert "Нет второй страницы" in page(as_("teacher"), address(made))


@pytest.mark.parametrize("state", ["granted", "refused", "appealed", "admitted", "withdrawn"])
def test_every_state_has_its_page(world: World, as_: As, state: str) -> None:
    made = make_application(world.own, world.accounts["teacher"].person, state, decision_note="Так решили")
    assert ("Так решили" in page(as_("teacher"), address(made))) == (state in ("granted", "refused"))
    page(as_("coordinator"), address(made))


def test_a_nominator_and_an_early_coordinator_read_no_papers(world: World, as_: As) -> None:
    nominator = world.accounts["other_tutor"].person
    made = make_application(world.own, world.accounts["teacher"].person, nominated_by=nominator)
    shown = page(as_("other_tutor"), address(made))
    assert "Есть в личном деле" not in shown
    for early in (S.NOMINATED, S.DRAFT, S.WITHDRAWN):
        Application.objects.update(state=early)
        assert "Есть в личном деле" not in page(as_("coordinator"), address(made))
    assert not AccessRecord.objects.exists()


@pytest.mark.parametrize("who", ["tutor", "head"])
def test_who_may_nominate_finds_the_way_and_what_became_of_it(world: World, as_: As, who: str) -> None:
    client = as_(who)
    assert reverse("tutors:application_nominate") in page(client, "/tutors/")
    assert HOME not in page(client, "/tutors/").replace(f"{HOME}nominate/", "").replace(f"{HOME}begin/", "")
    assert "Вы ещё никого не выдвигали" in page(client, HOME)
    candidate, other = world.accounts["teacher"].person, make_member(world.own, Role.TEACHER, world.school).person
    assert candidate
    assert other
    make_application(world.own, candidate, S.DRAFT, nominated_by=world.accounts[who].person)
    make_application(world.own, other, nominated_by=world.accounts["coordinator"].person)
    assert f'href="{HOME}"' in page(client, "/tutors/")
    shown = page(client, HOME)
    assert candidate.short_name in shown
    assert other.short_name not in shown


def test_a_teacher_who_once_nominated_sees_it_and_others_are_refused(world: World, as_: As) -> None:
    assert as_("other_teacher").get(HOME).status_code == 403
    nominator = world.accounts["other_teacher"].person
    make_application(world.own, world.accounts["teacher"].person, S.DRAFT, nominated_by=nominator)
    assert "Кого вы выдвинули" in page(as_("other_teacher"), HOME)


def test_a_nominee_reads_the_consent_and_answers(world: World, as_: As) -> None:
    teacher = world.accounts["teacher"].person
    assert teacher
    client = as_("coordinator")
    answer = client.post(f"{HOME}nominate/", {"find": "1", "q": teacher.surname, "reason": "Умеет объяснять"})
    assert (answer.status_code, "Умеет объяснять" in answer.content.decode()) == (200, True)
    assert client.post(f"{HOME}nominate/", {"reason": "Умеет объяснять"}).status_code == 422
    assert client.post(f"{HOME}nominate/", {"person": teacher.pk, "reason": "Умеет объяснять"}).status_code == 302
    made = Application.objects.get()
    shown = page(as_("teacher"), address(made))
    assert "Умеет объяснять" in shown
    assert "обработку персональных данных" in shown
    as_("teacher").post(f"{address(made)}consent/")
    made.refresh_from_db()
    assert made.state == S.DRAFT


@pytest.mark.parametrize("number", [1, 3])
def test_application_list_queries(world: World, as_: As, number: int, django_assert_max_num_queries: Any) -> None:
    for _one in range(number):
        person = make_member(world.own, Role.TEACHER, world.school).person
        assert person is not None
        make_employment(person, world.school)
        make_application(world.own, person)
    client = as_("coordinator")
    client.get(HOME)
    with django_assert_max_num_queries(5):
        client.get(HOME)


@pytest.mark.django_db
def test_the_list_costs_the_same_at_three_times_the_applications() -> None:
    few, many = list_cost(30), list_cost(90)
    assert (few.status, many.status, few.queries) == (200, 200, many.queries)
    assert many.calls <= 1.25 * few.calls, (str(few), str(many))


def list_cost(number: int) -> Cost:
    """Of the first page in a centre of so many applications, in every state."""
    centre = make_centre()
    for one in range(number):
        make_application(centre, make_person(), list(HANDED_IN)[one % len(HANDED_IN)])
    client = Client()
    client.force_login(make_member(centre, Role.COORDINATOR))
    return cost_of(client, HOME)


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize("viewer", ["teacher", "coordinator"])
def test_application_detail_queries(
    world: World, as_: As, viewer: str, number: int, django_assert_max_num_queries: Any
) -> None:
    made = make_application(world.own, world.accounts["teacher"].person)
    for one in range(number):
        make_evidence(made, DIPLOMA, f"{one}.pdf") if one == 0 else make_evidence(made, f"other_{one}")
    client = as_(viewer)
    client.get(address(made))
    with django_assert_max_num_queries(14):
        client.get(address(made))


def test_application_list_filters_and_teaches(world: World, as_: As) -> None:
    client = as_("coordinator")
    assert 'class="empty"' in page(client, HOME)
    person = world.accounts["teacher"].person
    assert person
    make_application(world.own, person)
    assert person.surname in page(client, f"{HOME}?state=queue&kind=first&q={person.surname[:5]}")
    assert person.surname not in page(client, f"{HOME}?kind=renewal")
    assert "По этим условиям" in page(client, f"{HOME}?state=granted")


def lines(world: World, viewer: str) -> list[tuple[str, str]]:
    found = lines_for(actor_of(world.accounts[viewer]), kinds="tutors.")
    return [(line.group.value, line.what) for line in found]


def test_desk_says_what_is_asked_of_whom(world: World, as_: As) -> None:
    nominator = world.accounts["tutor"].person
    made = make_application(world.own, world.accounts["teacher"].person, S.NOMINATED, nominated_by=nominator)
    expected = {
        S.NOMINATED: ("today", "Вас выдвигают в тьюторы: согласны ли вы?"),
        S.DRAFT: ("soon", "Заявление на статус ещё не подано"),
        S.RETURNED: ("today", "Дополните заявление на статус"),
        S.SUBMITTED: ("waiting", "Ваше заявление рассматривают"),
    }
    for state, line in expected.items():
        Application.objects.update(state=state)
        renew(made)
        assert lines(world, "teacher") == [line]
    assert lines(world, "coordinator") == [("today", "1 заявление ждёт проверки")]


def test_desk_names_the_most_urgent_day(world: World) -> None:
    for days in (5, 40):
        submitted = timezone.now() - timedelta(days=days)
        make_application(world.own, make_member(world.own, Role.TEACHER).person, submitted_at=submitted)
    (line,) = lines_for(actor_of(world.accounts["coordinator"]), kinds="tutors.queue")
    assert (line.due, line.overdue, line.url) == (
        timezone.localdate() - timedelta(days=10),
        True,
        f"{HOME}?state=queue",
    )


def test_my_data_has_my_applications(world: World) -> None:
    made = make_application(world.own, world.accounts["teacher"].person)
    entry = personal_data.get("tutor_applications")
    assert entry is not None
    kept = entry.collect(made.person_id)
    assert [one["motivation"] for one in kept["applications"]] == [made.motivation]
    assert len(kept["answers"]) == made.answers.count()
