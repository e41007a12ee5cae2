"""Programmes of tutorials: written, released, held; what is held does not change with them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import time, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml.html import fromstring

from tests.consultations.slot_factories import monday
from tests.diagnostics.result_factories import make_work
from tests.events import event_factories
from tests.events.event_factories import draft, facts, hours, rules
from tests.events.tutorial_factories import MODULES, programme, released, tasks, tutorial
from tests.routes.need_factories import person
from tests.routes.route_factories import actor
from tests.world import World
from traektoria.core.errors import Conflict, Invalid, Refused
from traektoria.diagnostics.campaigns.enums import CampaignState
from traektoria.diagnostics.models import Instrument
from traektoria.events.event.actions.dating import move_dates
from traektoria.events.event.actions.steps import announce_event
from traektoria.events.event.actions.writing import copy_event
from traektoria.events.models import Event, EventDate, SelfTask, Tutorial
from traektoria.events.tutorials.actions.holding import (
    TaskFacts,
    hold_programme,
    name_campaigns,
    remove_task,
    write_task,
)
from traektoria.events.tutorials.actions.programmes import (
    ProgrammeFacts,
    edit_programme,
    put_aside,
    release_programme,
    remove_module,
    write_module,
)
from traektoria.events.tutorials.content import modules_of
from traektoria.events.tutorials.policies import due_of
from traektoria.events.tutorials.queries.entry_and_exit import campaigns_for
from traektoria.organisations.regulations.contents import preset, preset_names
from traektoria.organisations.regulations.schema import EventKind

pytestmark = pytest.mark.django_db
As = Callable[[str], Client]
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _rules(world: World) -> None:
    rules(world)


def test_a_version_is_released_once_and_never_changes(world: World) -> None:
    row, by = programme(world), actor(world, "tutor")
    first = release_programme(programme=row, by=by)
    assert release_programme(programme=row, by=by).pk == first.pk
    write_module(programme=row, place=1, module=replace(MODULES[0], title="Иначе"), by=by)
    second = release_programme(programme=row, by=actor(world, "coordinator"))
    first.refresh_from_db()
    titles = [[one.title for one in modules_of(version.content["modules"])] for version in (first, second)]
    assert titles == [["Часть числа", "Число по его части"], ["Иначе", "Число по его части"]]
    assert (first.number, second.number) == (1, 2)


def test_a_page_of_an_hour_ago_and_somebody_else_change_nothing(world: World) -> None:
    row, by = programme(world), actor(world, "tutor")
    with pytest.raises(Conflict):
        remove_module(programme=row, place=1, by=by, edition=1)
    for stranger in ("other_tutor", "teacher", "foreign_tutor"):
        with pytest.raises(Refused):
            remove_module(programme=row, place=1, by=actor(world, stranger))
    with pytest.raises(Invalid):
        edit_programme(programme=row, facts=ProgrammeFacts("Доли", materials="Сборник без адреса"), by=by)
    row.refresh_from_db()
    assert len(row.modules) == 2


def test_another_tutor_holds_it_and_the_event_has_everything(world: World) -> None:
    version = released(world)
    dates = [hours(monday(week)) for week in (2, 4)]
    event = hold_programme(version=version, facts=facts(world, "other_tutor"), dates=dates,
                           by=actor(world, "other_tutor"))  # fmt: skip
    assert [(one.meeting, one.title, one.days, one.minutes) for one in tasks(event)] == [
        (1, "Подобрать пять задач", 7, 120),
        (2, "Провести урок", 5, 45),
    ]
    assert [one.title for one in event.materials.all()] == ["Сборник задач"]
    copy = copy_event(event=event, first_day=monday(8), by=actor(world, "coordinator"))
    assert [(one.meeting, one.title) for one in tasks(copy)] == [(one.meeting, one.title) for one in tasks(event)]
    assert Tutorial.objects.get(event=copy).version == version


def test_a_day_for_each_meeting_by_the_form(world: World, as_: As) -> None:
    version = released(world)
    address = f"/events/tutorials/{version.programme_id}/hold/"
    first = monday(3)
    sent = {
        "kind": "master_class", "title": "Доли и проценты", "where": "elsewhere", "place": "зал", "start": "15:00",
        "day": first.isoformat(), "leaders": person(world, "tutor").pk, "level": "municipal",
    }  # fmt: skip
    assert as_("tutor").get(address).status_code == 200
    answer = as_("tutor").post(address, sent | {"more_days": ""})
    assert answer.status_code == 422
    assert not Event.objects.exists()
    more = f"{first + 14 * DAY:%d.%m.%Y}"
    assert as_("tutor").post(address, sent | {"more_days": more}).status_code == 302
    event = Event.objects.get()
    assert [one.minutes for one in event.dates.order_by("start")] == [90, 60]
    assert event.title == "Доли и проценты"
    put_aside(programme=version.programme, aside=True, by=actor(world, "tutor"))
    assert as_("tutor").get(address).status_code == 409


def test_the_term_moves_with_the_meeting(world: World) -> None:
    event = tutorial(world, "teacher")
    first, task = event.dates.order_by("start")[0], tasks(event)[0]
    day = timezone.localdate(first.start)
    assert due_of(task, event.dates.all(), event) == day + 7 * DAY
    to = hours(monday(3))
    move_dates(date=first, to=to, reason="Карантин", scope="one", by=actor(world, "tutor"))
    assert due_of(task, EventDate.objects.filter(event=event), event) == monday(3) + 7 * DAY


def test_lengths_of_meetings_outlive_a_title_and_a_move(world: World, as_: As) -> None:
    """The form shows the hours of the first alone: what it does not show is not overwritten."""
    modules = [replace(MODULES[0], minutes=number) for number in (90, 60, 45)]
    days = [monday(week) for week in (2, 4, 6)]
    dates = [hours(day, end=end) for day, end in zip(days, (time(16, 30), time(16), time(15, 45)), strict=True)]
    version = released(world, modules=modules)
    event = hold_programme(version=version, facts=facts(world), dates=dates, by=actor(world, "tutor"))

    def edited(**changes: str) -> list[tuple[int, int]]:
        client, address = as_("tutor"), f"/events/{event.pk}/edit/"
        form = next(one for one in fromstring(client.get(address).content.decode()).forms if "title" in one.fields)
        assert client.post(address, {**dict(form.form_values()), **changes}).status_code == 302
        return [(one.pk, one.minutes) for one in event.dates.order_by("start")]

    before = [(one.pk, one.minutes) for one in event.dates.order_by("start")]
    assert edited(title="Другое название") == before
    assert [minutes for _pk, minutes in edited(day=(monday(2) + DAY).isoformat())] == [90, 60, 45]
    assert [minutes for _pk, minutes in edited(end="16:40")] == [100, 70, 55]
    event = announce_event(event=Event.objects.get(pk=event.pk), by=actor(world, "tutor"))
    second = event.dates.order_by("start")[1]
    to = hours(monday(5), end=time(16, 20))
    move_dates(date=second, to=to, reason="Карантин", scope="following", by=actor(world, "tutor"))
    assert [one.minutes for one in event.dates.order_by("start")] == [100, 80, 65]
    with pytest.raises(Invalid):
        move_dates(date=EventDate.objects.get(pk=second.pk), to=hours(monday(5), end=time(15, 10)), reason="Карантин",
                   scope="following", by=actor(world, "tutor"))  # fmt: skip


def test_campaigns_are_named_by_the_coordinator_alone(world: World, as_: As) -> None:
    """Their published figures open to who leads the tutorial: of its subjects, and never of a draft."""
    event, by = tutorial(world, "teacher", subjects=("math",)), actor(world, "coordinator")
    maths, whole = make_work(world.own), make_work(world.own)
    other, draft = make_work(world.own), make_work(world.own, state=CampaignState.DRAFT, opened_at=None)
    foreign = make_work(world.foreign)
    for campaign, subject in ((maths, "math"), (whole, ""), (other, "physics"), (draft, "math"), (foreign, "math")):
        Instrument.objects.filter(versions__parts__campaign=campaign).update(subject=subject)
    for stranger in ("tutor", "other_tutor", "teacher", "head", "foreign_coordinator"):
        with pytest.raises(Refused):
            name_campaigns(event=event, entry=maths, exit=None, by=actor(world, stranger))
    for campaign in (other, draft, foreign):
        with pytest.raises(Invalid):
            name_campaigns(event=event, entry=campaign, exit=None, by=by)
    assert set(campaigns_for(event)) == {maths, whole}
    assert as_("tutor").get(f"/events/{event.pk}/diagnostics/").status_code == 403
    address = f"/events/{event.pk}/diagnostics/"
    assert as_("coordinator").post(address, {"entry": other.pk}).status_code == 422
    assert as_("coordinator").post(address, {"entry": maths.pk}).status_code == 302
    assert Tutorial.objects.get(event=event).entry == maths


def test_a_task_is_written_and_taken_away_until_somebody_hands_it_in(world: World) -> None:
    event, by = tutorial(world, "teacher"), actor(world, "tutor")
    with pytest.raises(Invalid):
        write_task(event=event, facts=TaskFacts("Ещё", 3, 7, 60), by=by)
    with pytest.raises(Refused):
        write_task(event=event, facts=TaskFacts("Ещё", 1, 7, 60), by=actor(world, "other_tutor"))
    made = write_task(event=event, facts=TaskFacts("Ещё", 1, 7, 60), by=by)
    for _press in range(2):
        remove_task(task=made, by=by)
    assert SelfTask.objects.filter(event=event).count() == 2


def test_a_page_of_an_hour_ago_holds_and_rewrites_nothing(world: World, as_: As) -> None:
    """A version released meanwhile, a programme put aside, a task that somebody else has changed."""
    version, by = released(world), actor(world, "tutor")
    row = version.programme
    write_module(programme=row, place=1, module=replace(MODULES[0], title="Иначе"), by=by)
    newest = release_programme(programme=row, by=by)
    dates = [hours(monday(week)) for week in (2, 4)]
    with pytest.raises(Conflict) as refused:
        hold_programme(version=version, facts=facts(world), dates=dates, by=by)
    assert refused.value.code == "changed_meanwhile"
    page, sent = f"/events/tutorials/{row.pk}/hold/", {
        "kind": "master_class", "title": "Доли", "where": "elsewhere", "place": "зал", "start": "15:00",
        "day": monday(3).isoformat(), "more_days": f"{monday(5):%d.%m.%Y}", "leaders": person(world, "tutor").pk,
        "level": "municipal", "version": "1",
    }  # fmt: skip
    answer = as_("tutor").post(page, sent)
    assert (answer.status_code, "редакция 2" in answer.content.decode().lower()) == (409, True)
    event = hold_programme(version=newest, facts=facts(world), dates=dates, by=by)
    task, address = tasks(event)[0], f"/events/tasks/{tasks(event)[0].pk}/edit/"
    form = next(one for one in fromstring(as_("tutor").get(address).content.decode()).forms if "title" in one.fields)
    opened = dict(form.form_values())
    assert as_("coordinator").post(address, {**opened, "title": "Подобрать семь задач"}).status_code == 302
    assert as_("tutor").post(address, {**opened, "minutes": "600"}).status_code == 409
    task.refresh_from_db()
    assert (task.title, task.minutes) == ("Подобрать семь задач", 120)
    put_aside(programme=row, aside=True, by=by)
    with pytest.raises(Conflict):
        hold_programme(version=newest, facts=facts(world), dates=dates, by=by)


def test_the_shelf_asks_as_much_for_three_as_for_one(world: World, as_: As) -> None:
    client = as_("coordinator")
    programme(world, title="Первая")
    client.get("/events/tutorials/")
    with CaptureQueriesContext(connection) as one:
        client.get("/events/tutorials/")
    for title in ("Вторая", "Третья"):
        released(world, title=title)
    with CaptureQueriesContext(connection) as three:
        client.get("/events/tutorials/")
    assert len(three) == len(one)
    assert "Вторая" not in as_("foreign_coordinator").get("/events/tutorials/").content.decode()


KINDS = {
    "master_class", "seminar", "workshop", "training", "round_table", "open_lesson", "webinar", "conference", "contest",
    "peer_visit", "internship", "supervision", "tutorial",
}  # fmt: skip


@pytest.mark.parametrize("name", preset_names())
def test_every_preset_has_all_kinds_of_events(name: str) -> None:
    kinds = {one.slug: one for one in preset(name).events}
    named = kinds.keys() | ({"seminar"} if "training_seminar" in kinds else set())
    assert named >= KINDS
    assert any(one.pupils for one in kinds.values())
    assert [one.slug for one in kinds.values() if one.results] == ["contest"]
    assert [one.slug for one in kinds.values() if one.modular] == ["tutorial"]


def test_versions_written_before_kinds_could_say_so_are_read_as_they_were(world: World) -> None:
    """They are told so once, by the migration; what says it already stays."""
    rules(world)
    version = world.own.regulations.latest("pk")
    slugs = ("contest", "tutorial", "festival")
    version.content["events"] = [{"slug": slug, "title": "Вид"} for slug in slugs]
    version.content["events"].append({"slug": "contest", "title": "Вид", "results": False})
    version.save(update_fields=["content"])
    import_module("traektoria.organisations.migrations.0002_kinds_say_what_they_are").by_slug(apps, None)
    version.refresh_from_db()
    said = [(one["results"], one["modular"]) for one in version.content["events"]]
    assert said == [(True, False), (False, True), (False, False), (False, False)]


def test_a_kind_that_says_nothing_is_neither_a_contest_nor_a_tutorial() -> None:
    """Whatever its slug."""
    for slug in ("contest", "tutorial"):
        kind = EventKind.model_validate({"slug": slug, "title": "Вид"})
        assert (kind.results, kind.modular) == (False, False)


def test_what_a_kind_is_follows_from_the_regulation_and_not_from_its_slug(
    world: World, as_: As, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An own kind is a contest, another one a tutorial, where the regulation says so."""
    own = [
        {"slug": "contest", "title": "Конкурс", "results": False},
        {"slug": "festival", "title": "Фестиваль", "results": True},
        {"slug": "lab", "title": "Лаборатория", "modular": True},
    ]
    monkeypatch.setattr(event_factories, "KINDS", [*event_factories.KINDS, *own])
    rules(world)
    assert draft(world, kind="festival").has_results
    assert not draft(world, kind="contest").has_results
    page = as_("tutor").get(f"/events/tutorials/{released(world).programme_id}/hold/")
    assert page.context["form"].initial["kind"] == "lab"
