"""Protocols: written by the tutor alone, shared with the teacher, seen by nobody else."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests.diagnostics.campaign_factories import make_instrument, make_item
from tests.diagnostics.protocol_factories import make_form, make_protocol
from tests.routes.support_factories import make_support
from tests.world import World
from traektoria.core.errors import Conflict, Invalid, Refused
from traektoria.core.models import AuditEvent
from traektoria.core.registries import personal_data
from traektoria.desk.waiting import lines_of
from traektoria.diagnostics.models import Hypothesis, InstrumentVersion, Protocol
from traektoria.diagnostics.protocols import actions
from traektoria.diagnostics.protocols.queries import protocols_visible_to
from traektoria.people.actor import actor_of
from traektoria.people.models import AccessRecord, Person
from traektoria.routes.models import TutorSupport

As = Callable[[str], Client]
LIST = "/diagnostics/protocols/"


@pytest.fixture
def teacher(world: World) -> Person:
    person = world.accounts["teacher"].person
    assert person is not None
    make_support(world.own, world.accounts["tutor"].person, person)
    return person


@pytest.fixture
def form(world: World) -> InstrumentVersion:
    return make_form(world.own)


def _kept(world: World, form: InstrumentVersion, **fields: bool) -> Protocol:
    return make_protocol(form, world.accounts["teacher"].person, world.accounts["tutor"].person, **fields)


def test_a_protocol_from_the_first_press_to_a_supposition(
    as_: As, world: World, teacher: Person, form: InstrumentVersion
) -> None:
    tutor, own = as_("tutor"), as_("teacher")
    begun = tutor.post(f"{LIST}people/{teacher.pk}/new/", {"version": form.pk, "held_on": "2026-11-12", "about": "5А"})
    row = Protocol.objects.get()
    page = f"{LIST}{row.pk}/"
    assert begun["Location"] == page
    level, said = form.items.order_by("position")
    filled = {"held_on": "2026-11-12", "about": "5А, дроби", "conclusion": "Хорошо слышат друг друга"}
    filled |= {f"i{level.pk}-step": "2", f"i{said.pk}-text": "Больше времени на вопросы"}
    assert tutor.post(f"{page}write/", filled, headers={"X-Autosave": "1"}).status_code == 204
    row.refresh_from_db()
    assert row.answers == {str(level.pk): {"step": 2}, str(said.pk): {"text": "Больше времени на вопросы"}}
    assert own.get(page).status_code == 404
    assert tutor.post(f"{page}write/", {**filled, "go": "share"}).status_code == 302
    read = own.get(page).content.decode()
    for words in ("названа", "Больше времени на вопросы", "Хорошо слышат друг друга", "Отметить прочитанным"):
        assert words in read
    assert own.post(f"{page}read/").status_code == 302
    row.refresh_from_db()
    assert row.read_at is not None
    shown = tutor.get(page).content.decode()
    assert f"/diagnostics/people/{teacher.pk}/add/?topic=" in shown
    prefilled = tutor.get(f"/diagnostics/people/{teacher.pk}/add/?topic=Цель урока&note=Карта").content.decode()
    assert "Цель урока" in prefilled
    assert not Hypothesis.objects.exists()
    opened = AccessRecord.objects.filter(subject_kind="diagnostics.protocol", person_id=teacher.pk)
    assert set(opened.values_list("actor_name", flat=True)) == {actor_of(world.accounts["tutor"]).name}


def test_nobody_but_the_author_sees_a_draft(world: World, teacher: Person, form: InstrumentVersion) -> None:
    draft, shared = _kept(world, form), _kept(world, form, shared=True)
    seen = {
        name: set(protocols_visible_to(actor_of(account)).values_list("pk", flat=True))
        for name, account in world.accounts.items()
    }
    assert {name: rows for name, rows in seen.items() if rows} == {
        "tutor": {draft.pk, shared.pk},
        "teacher": {shared.pk},
    }


def test_another_tutor_who_supports_reads_what_is_shared(
    world: World, teacher: Person, form: InstrumentVersion
) -> None:
    _kept(world, form)
    shared = _kept(world, form, shared=True)
    other = actor_of(world.accounts["other_tutor"])
    make_support(world.own, world.accounts["other_tutor"].person, teacher)
    assert list(protocols_visible_to(other)) == [shared]
    with pytest.raises(Refused):
        actions.take_back_protocol(protocol=shared, by=other)


def test_after_the_support_the_author_reads_and_changes_nothing(
    as_: As, world: World, teacher: Person, form: InstrumentVersion
) -> None:
    draft = _kept(world, form)
    TutorSupport.objects.update(state="ended")
    by = actor_of(world.accounts["tutor"])
    assert "не сопровождаете" in as_("tutor").get(f"{LIST}{draft.pk}/").content.decode()
    for act in (actions.share_protocol, actions.discard_protocol):
        with pytest.raises(Refused):
            act(protocol=draft, by=by)


def test_share_take_back_and_read(world: World, teacher: Person, form: InstrumentVersion) -> None:
    tutor, own = actor_of(world.accounts["tutor"]), actor_of(world.accounts["teacher"])
    row = _kept(world, form)
    actions.share_protocol(protocol=row, by=tutor)
    actions.share_protocol(protocol=row, by=tutor)
    with pytest.raises(Conflict):
        actions.write_protocol(protocol=row, answers={}, by=tutor, conclusion="")
    assert actions.take_back_protocol(protocol=row, by=tutor).shared_at is None
    actions.share_protocol(protocol=row, by=tutor)
    with pytest.raises(Refused):
        actions.confirm_read(protocol=row, by=tutor)
    for _again in range(2):
        assert actions.confirm_read(protocol=row, by=own).read_at
    with pytest.raises(Conflict):
        actions.take_back_protocol(protocol=row, by=tutor)
    events = AuditEvent.objects.filter(object_kind="diagnostics.protocol").values_list("event", flat=True)
    assert sorted(events) == ["protocol.read", "protocol.share", "protocol.share", "protocol.take_back"]


def test_an_empty_protocol_is_not_shared(as_: As, world: World, teacher: Person, form: InstrumentVersion) -> None:
    row = _kept(world, form)
    with pytest.raises(Invalid):
        actions.share_protocol(
            protocol=actions.write_protocol(
                protocol=row, answers={}, by=actor_of(world.accounts["tutor"]), conclusion=""
            ),
            by=actor_of(world.accounts["tutor"]),
        )
    answer = as_("tutor").post(f"{LIST}{row.pk}/write/", {"held_on": "2026-11-12", "go": "share"}, follow=True)
    assert "Протокол пуст" in answer.content.decode()


@pytest.mark.parametrize(
    "data",
    [{"held_on": ""}, {"held_on": "2126-01-01"}, {"held_on": "2026-11-12", "about": "я" * 301}],
)
def test_wrong_words_are_said(
    as_: As, world: World, teacher: Person, form: InstrumentVersion, data: dict[str, str]
) -> None:
    row = _kept(world, form)
    client, page = as_("tutor"), f"{LIST}{row.pk}/write/"
    assert client.post(page, data).status_code == 422
    assert client.post(page, data, headers={"X-Autosave": "1"}).status_code == 422
    level = form.items.order_by("position")[0]
    wrong = client.post(page, {"held_on": "2026-11-12", f"i{level.pk}-step": "9"})
    assert wrong.status_code == 422


def test_only_published_forms_of_the_centre_in_use(as_: As, world: World, teacher: Person) -> None:
    version = make_form(world.own)
    newer = InstrumentVersion.objects.create(
        instrument=version.instrument, number=2, state="published", published_at=timezone.now()
    )
    other = [make_form(world.foreign), make_form(world.own, published=False)]
    archived = make_form(world.own)
    archived.instrument.archived = True
    archived.instrument.save()
    make_instrument(world.own, [make_item(world.own)])
    page = as_("tutor").get(f"{LIST}people/{teacher.pk}/new/").content.decode()
    offered = [one.pk for one in (version, newer, archived, *other) if f'value="{one.pk}"' in page]
    assert offered == [newer.pk]
    with pytest.raises(Invalid):
        actions.begin_protocol(
            person=teacher, version=other[0], held_on=date(2026, 11, 12), by=actor_of(world.accounts["tutor"])
        )


def test_without_forms_the_tutor_learns_whom_to_ask(as_: As, teacher: Person) -> None:
    assert "координатор" in as_("tutor").get(f"{LIST}people/{teacher.pk}/new/").content.decode()


def test_desk_and_personal_data(world: World, teacher: Person, form: InstrumentVersion) -> None:
    _kept(world, form)
    shared = _kept(world, form, shared=True)
    draft = Protocol.objects.get(state="draft")
    reader, tutor = actor_of(world.accounts["teacher"]), actor_of(world.accounts["tutor"])
    today = timezone.localdate()
    assert [line.url for line in lines_of(reader, today) if LIST in line.url] == [f"{LIST}{shared.pk}/"]
    assert f"{LIST}{draft.pk}/" in [line.url for line in lines_of(tutor, today)]
    for nobody in ("head", "coordinator", "other_tutor"):
        assert not [line for line in lines_of(actor_of(world.accounts[nobody]), today) if LIST in line.url]
    kept = personal_data.get("diagnostics_protocols")
    assert kept is not None
    assert [(row["conclusion"], row["answers"]) for row in kept.collect(teacher.pk)] == [
        ("Всё идёт", {"Цель урока": ["не названа"]})
    ]


@pytest.mark.parametrize("number", [1, 3])
def test_list_queries(
    as_: As,
    world: World,
    teacher: Person,
    form: InstrumentVersion,
    number: int,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for _one in range(number):
        _kept(world, form, shared=True)
    for viewer in ("tutor", "teacher"):
        client = as_(viewer)
        client.get(LIST)
        with django_assert_max_num_queries(9):
            client.get(LIST)


def test_an_empty_form_is_printed(as_: As, world: World, form: InstrumentVersion) -> None:
    page = as_("tutor").get(f"{LIST}forms/{form.pk}/blank/").content.decode()
    assert "принята детьми" in page
    assert "Чего вы ждёте?" in page
