"""Two presses at the same moment, in threads of their own, on PostgreSQL or on a SQLite file with its real locks.

Whoever comes second gets a success that changes nothing or a sentence (``DomainError``), never a broken database.
"""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.base import ContentFile

from tests.acceptance.races import together
from tests.factories import make_employment
from tests.results.samples import make_file
from tests.routes.route_factories import actor, fresh, make_draft, make_hypothesis, make_route_support, make_running
from tests.routes.support_factories import make_support
from tests.world import World
from traektoria.core.errors import DomainError
from traektoria.core.models import AuditEvent
from traektoria.organisations.sheets import csv_bytes
from traektoria.people import actions as people
from traektoria.people.models import Employment, Person, RoleAssignment
from traektoria.results import actions as results
from traektoria.results.models import Dataset, SchoolAlias
from traektoria.routes.models import (
    ItemEvidence,
    LearningRequest,
    LearningRoute,
    RouteItem,
    SupportMember,
    TutorSupport,
)
from traektoria.routes.route.actions.agreement import agree_route, propose_route, return_route
from traektoria.routes.route.actions.course import close_route
from traektoria.routes.route.actions.doing import add_file, comment_on_item, finish_item, undo_item
from traektoria.routes.route.actions.drafting import draft_route
from traektoria.routes.route.actions.editing import edit_item
from traektoria.routes.route.enums import DeficitOutcomeKind, RouteState
from traektoria.routes.supports.actions.requests import save_request
from traektoria.routes.supports.actions.supports import consent_to_support, decline_support, propose_support

pytestmark = pytest.mark.django_db(transaction=True)


def events(name: str) -> int:
    return AuditEvent.objects.filter(event=name).count()


def test_two_agreements(own_world: World) -> None:
    route = make_draft(own_world, "teacher", "other_teacher")
    propose_route(route=route, by=actor(own_world, "tutor"))
    voices = [actor(own_world, name) for name in ("teacher", "other_teacher")]
    together(*[lambda by=by: agree_route(route=route, number=1, by=by) for by in voices])  # type: ignore[misc]
    assert fresh(route).state == RouteState.RUNNING
    assert events("route.start") == 1


def test_one_agrees_while_another_returns(own_world: World) -> None:
    route = make_draft(own_world, "teacher", "other_teacher")
    propose_route(route=route, by=actor(own_world, "tutor"))
    yes, no = actor(own_world, "teacher"), actor(own_world, "other_teacher")
    together(
        lambda: agree_route(route=route, number=1, by=yes),
        lambda: return_route(route=route, number=1, reason="Иначе", by=no),
    )
    assert fresh(route).state == RouteState.DRAFT
    assert (events("route.start"), events("route.return")) == (0, 1)


def test_the_same_person_agrees_and_returns(own_world: World) -> None:
    route = make_draft(own_world)
    propose_route(route=route, by=actor(own_world, "tutor"))
    by = actor(own_world, "teacher")
    together(
        lambda: agree_route(route=route, number=1, by=by),
        lambda: return_route(route=route, number=1, reason="Иначе", by=by),
    )
    assert events("route.start") + events("route.return") == 1
    assert fresh(route).state in {RouteState.RUNNING, RouteState.DRAFT}


def test_one_proposes_while_another_edits(own_world: World) -> None:
    """What is agreed to is what stands in the items."""
    route = make_draft(own_world)
    item = route.items.all()[0]
    together(
        lambda: propose_route(route=route, by=actor(own_world, "tutor")),
        lambda: edit_item(item=item, values={"task": "Совсем другое"}, by=actor(own_world, "teacher")),
    )
    version = fresh(route).versions.get()
    told = next(line["task"] for line in version.snapshot["items"] if line["id"] == item.pk)
    assert told == RouteItem.objects.get(pk=item.pk).task


def test_two_drafts(own_world: World) -> None:
    support = make_route_support(own_world)
    make_hypothesis(own_world, own_world.accounts["teacher"].person)
    voices = [actor(own_world, name) for name in ("tutor", "teacher")]
    together(*[lambda by=by: draft_route(support=support, by=by) for by in voices])  # type: ignore[misc]
    route = LearningRoute.objects.get()
    assert route.items.count() == len(set(route.items.values_list("position", flat=True)))
    assert events("route.draft") == 1


def test_finish_twice_and_undo(own_world: World) -> None:
    item = make_running(own_world).items.all()[0]
    voices = [actor(own_world, name) for name in ("tutor", "teacher")]
    together(*[lambda by=by: finish_item(item=item, by=by) for by in voices])  # type: ignore[misc]
    assert events("item.finish") == 1
    together(lambda: undo_item(item=item, by=voices[0]), lambda: finish_item(item=item, by=voices[1]))
    row = RouteItem.objects.get(pk=item.pk)
    assert (row.state == "done") == (row.done_at is not None)


def test_closing_while_an_item_goes_back_to_work(own_world: World) -> None:
    route = make_running(own_world)
    tutor = actor(own_world, "tutor")
    items = list(route.items.all())
    for item in items:
        finish_item(item=item, by=tutor)
    outcomes = {item.hypothesis_id: (DeficitOutcomeKind.PARTLY, "") for item in items if item.hypothesis_id}
    together(
        lambda: close_route(route=route, outcomes=outcomes, conclusion="Итог", by=tutor),
        lambda: undo_item(item=items[0], by=actor(own_world, "teacher")),
    )
    row = RouteItem.objects.get(pk=items[0].pk)
    assert (fresh(route).state, row.state) in {(RouteState.CLOSED, "done"), (RouteState.RUNNING, "doing")}


def test_consent_and_refusal(own_world: World) -> None:
    tutor, teacher = (own_world.accounts[name].person for name in ("tutor", "teacher"))
    support = make_support(own_world.own, tutor, teacher, state="proposed")
    consent_to_support(support=support, by=actor(own_world, "tutor"))
    by = actor(own_world, "teacher")
    together(lambda: consent_to_support(support=support, by=by), lambda: decline_support(support=support, by=by))
    support.refresh_from_db()
    member = SupportMember.objects.get()
    assert support.state in {"declined", "ended", "active"}
    assert (support.state == "active") == (member.consented_at is not None)


def test_two_proposals_and_two_requests(own_world: World) -> None:
    tutor, teacher = (own_world.accounts[name].person for name in ("tutor", "teacher"))
    assert tutor is not None
    assert teacher is not None
    facts: dict[str, Any] = {"kind": "individual", "subject": "math", "basis": "request"}
    period = make_route_support(own_world, "other_teacher")
    facts |= {"start": period.start, "end": period.end, "centre": own_world.own, "tutor": tutor, "members": [teacher]}
    voices = [actor(own_world, name) for name in ("tutor", "teacher")]
    together(*[lambda by=by: propose_support(by=by, **facts) for by in voices])  # type: ignore[misc]
    support = TutorSupport.objects.exclude(pk=period.pk).get()
    by = voices[1]
    consent_to_support(support=support, by=by)
    together(*[lambda: save_request(support=support, text="Хочу", by=by)] * 3)
    assert LearningRequest.objects.count() == 1


def test_the_same_evidence_and_the_same_words_twice(own_world: World) -> None:
    item = make_running(own_world).items.all()[0]
    by = actor(own_world, "teacher")
    root = Path(settings.MEDIA_ROOT)
    before = set(root.rglob("*.pdf"))
    send = [lambda: add_file(item=item, file=ContentFile(b"%PDF-1.7", name="урок.pdf"), by=by)] * 3
    together(*send)
    assert ItemEvidence.objects.count() == 1
    assert len(set(root.rglob("*.pdf")) - before) == 1
    together(*[lambda: comment_on_item(item=item, text="Готово", by=by)] * 3)
    assert item.comments.count() == 1


def test_the_same_file_of_results_twice(own_world: World) -> None:
    content, name = make_file()
    folder = Path(settings.DATASETS)
    before = set(folder.iterdir()) if folder.is_dir() else set()
    by = actor(own_world, "coordinator")
    load = [lambda: results.import_file(centre=own_world.own, content=content, filename=name, by=by)] * 2
    got = together(*load)
    assert sum(isinstance(one, DomainError) for one in got) == 1
    dataset = Dataset.objects.get()
    assert set(folder.iterdir()) - before == {dataset.path}


def test_a_school_is_mapped_twice(own_world: World) -> None:
    by = actor(own_world, "coordinator")
    schools = [own_world.school, None]
    together(
        *[lambda one=one: results.map_school(centre=own_world.own, code="sch1", school=one, by=by) for one in schools]  # type: ignore[misc]
    )
    assert SchoolAlias.objects.filter(code="sch1").count() == 1


def test_a_table_of_staff_is_written_twice(own_world: World) -> None:
    by = actor(own_world, "coordinator")
    head = ["Фамилия", "Имя", "Отчество", "Школа", "Должность"]
    rows = [[f"Новикова-{number}", "Анна", "Ильинична", own_world.school.name, "учитель"] for number in range(20)]
    drafts = [
        people.keep_staff_table(source=csv_bytes([head, *rows]), file_name="s.csv", centre=own_world.own, by=by)
        for _time in range(2)
    ]
    together(*[lambda: people.write_staff_table(token=drafts[0].pk, by=by)] * 2)
    assert Person.objects.filter(surname__startswith="Новикова").count() == 20
    together(*[lambda one=one: people.write_staff_table(token=one.pk, by=by) for one in drafts])  # type: ignore[misc]
    assert Employment.objects.filter(person__surname__startswith="Новикова").count() == 20


def test_two_different_uploads_of_the_same_staff(own_world: World) -> None:
    by = actor(own_world, "coordinator")
    rows = [["Фамилия", "Имя", "Отчество", "Школа", "Должность"],
            ["Новикова", "Анна", "Ильинична", own_world.school.name, "учитель"]]  # fmt: skip
    drafts = [
        people.keep_staff_table(source=csv_bytes(rows), file_name="s.csv", centre=own_world.own, by=by)
        for _time in range(2)
    ]
    together(*[lambda one=one: people.write_staff_table(token=one.pk, by=by) for one in drafts])  # type: ignore[misc]
    assert Person.objects.filter(surname="Новикова").count() == 1


def test_a_role_and_a_password_are_given_twice(own_world: World) -> None:
    by = actor(own_world, "coordinator")
    person = own_world.accounts["teacher"].person
    assert person is not None
    facts: dict[str, Any] = {"person": person, "centre": own_world.own, "by": by}
    start = RoleAssignment.objects.filter(person=person)[0].start
    together(*[lambda: people.assign_role(role="tutor", start=start, **facts)] * 2)
    assert RoleAssignment.objects.filter(person=person, role="tutor").count() == 1
    stranger = people.add_person(centre=own_world.own, surname="Без", given="Входа", by=by)
    make_employment(stranger, own_world.school)
    facts["person"] = stranger
    together(*[lambda: people.give_password(**facts)] * 2)
    assert stranger.account is not None


def test_a_role_with_an_end_is_given_once(own_world: World) -> None:
    by, person = actor(own_world, "coordinator"), own_world.accounts["teacher"].person
    assert person is not None
    period = make_route_support(own_world)
    facts: dict[str, Any] = {"person": person, "centre": own_world.own, "by": by, "start": period.start}
    together(*[lambda: people.assign_role(role="tutor", end=period.end, **facts)] * 2)
    assert RoleAssignment.objects.filter(person=person, role="tutor").count() == 1


def test_first_passwords_of_a_school_twice(own_world: World) -> None:
    """Each person's password stands in one of the two files only, and opens."""
    by = actor(own_world, "coordinator")
    staff = [people.add_person(centre=own_world.own, surname=f"Новикова-{n}", given="Анна", by=by) for n in range(3)]
    for person in staff:
        make_employment(person, own_world.school)
    give = [lambda: people.give_passwords(people=staff, centre=own_world.own, by=by)] * 2
    got: list[Any] = together(*give)
    given = [one for file in got for one in file]
    assert sorted(person.pk for person, _account, _password in given) == sorted(person.pk for person in staff)
    for _person, account, password in given:
        account.refresh_from_db()
        assert account.check_password(password)
