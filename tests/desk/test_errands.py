"""Long work that a person asks for: once, with its progress, kept a week, by the rights of the moment, never half."""

from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import transaction
from django.http import Http404
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tests.errands import taken
from tests.world import World
from traektoria.core.errands import Doing, Made, Shown, ask, execution, is_light, places, requests, settle, upkeep
from traektoria.core.errors import Invalid
from traektoria.core.models import Errand, ErrandState, TaskWorker
from traektoria.core.registries import ErrandKind, errand_kinds
from traektoria.core.tasks import fate
from traektoria.core.tasks.worker import Worker, do_what_is_due
from traektoria.people.actor import actor_of
from traektoria.people.errands import LIST
from traektoria.people.models import AccessRecord, RoleAssignment

pytestmark = pytest.mark.django_db
ASKED = "/people/staff.csv"


@pytest.fixture
def heavy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every list of the staff is a long one."""
    kind = errand_kinds.get(LIST)
    assert kind is not None
    monkeypatch.setitem(errand_kinds._items, LIST, replace(kind, light=0))


@pytest.fixture
def kind(monkeypatch: pytest.MonkeyPatch) -> ErrandKind:
    """A kind of the tests: does what ``run`` of its facts says."""

    def run(given: Doing) -> Made | Shown:
        given.progress(1, 3)
        match given.facts["run"]:
            case "refuse":
                raise Invalid("В таблице нет строк.")
            case "break":
                raise ValueError("Иванова Мария")
            case "gone":
                raise Http404
            case "sent":
                return Made(given.source(), "one.csv", "text/csv", 1)
        return (
            Shown("/results/", "Записано.") if given.facts["run"] == "show" else Made(b"1;2", "one.csv", "text/csv", 1)
        )

    made = ErrandKind("test.kind", 1, "Проба", 0, lambda actor, facts: None, run)
    monkeypatch.setitem(errand_kinds._items, "test.kind", made)
    return made


def asked_by(world: World, run: str, viewer: str = "coordinator") -> Errand:
    return ask("test.kind", {"run": run}, by=actor_of(world.accounts[viewer]))


def now(row: Errand) -> Errand:
    return Errand.objects.get(pk=row.pk)


def alive() -> None:
    TaskWorker.objects.update_or_create(name="one", defaults={"seen_at": timezone.now()})


@pytest.mark.usefixtures("heavy")
def test_a_long_list_is_offered_made_once_found_on_the_desk_and_taken(
    world: World, as_: Any, django_capture_on_commit_callbacks: Any
) -> None:
    client: Client = as_("coordinator")
    page = client.get(ASKED)
    assert page.status_code == 200
    assert not Errand.objects.exists(), "reading writes nothing"
    with django_capture_on_commit_callbacks(execute=True):
        first = client.post("/work/ask/", {"seal": page.context["seal"]})
        second = client.post("/work/ask/", {"seal": page.context["seal"]})
    assert first["Location"] == second["Location"]
    row = Errand.objects.get()
    assert "Делается" in client.get("/").content.decode()
    do_what_is_due()
    row = now(row)
    assert (row.state, row.file_name) == (ErrandState.DONE, "staff.csv")
    assert client.get(ASKED)["Location"] == first["Location"], "what was made is found at the same address"
    assert "Файл готов" in client.get("/").content.decode()
    logged = AccessRecord.objects.count()
    file = taken(client, row)
    assert file["Content-Disposition"].startswith("attachment")
    assert client.post(f"{first['Location']}file/").streaming, "no file is read whole into memory"
    assert world.school.name in file.content.decode("utf-8-sig")
    assert AccessRecord.objects.count() == logged + 2
    assert "Файл готов" not in client.get("/").content.decode()
    assert taken(client, row).content == file.content, "as often as it is wanted"
    assert as_("foreign_coordinator").post(f"{first['Location']}file/").status_code == 404
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"{first['Location']}again/")
    assert now(row).state == ErrandState.ASKED
    do_what_is_due()
    assert now(row).file != row.file
    assert {path.name for path in places.folder_of(row.pk).iterdir()} == {now(row).file}


@pytest.mark.usefixtures("heavy")
def test_the_right_is_asked_when_it_is_done_and_when_it_is_taken(
    world: World, as_: Any, django_capture_on_commit_callbacks: Any
) -> None:
    account = world.accounts["coordinator"]
    client, facts = as_("coordinator"), {"centre": world.own.pk, "form": "csv"}
    with django_capture_on_commit_callbacks(execute=True):
        made = ask(LIST, facts, by=actor_of(account))
    do_what_is_due()
    with django_capture_on_commit_callbacks(execute=True):
        asked = ask(LIST, {**facts, "form": "xlsx"}, by=actor_of(account))
    RoleAssignment.objects.filter(person=account.person).update(end=timezone.localdate() - timedelta(days=1))
    do_what_is_due()
    assert now(asked).state == ErrandState.FAILED
    assert "координатор" in now(asked).said
    assert client.post(f"/work/{made.pk}/file/").status_code == 403
    assert now(made).state == ErrandState.DONE


@pytest.mark.usefixtures("kind")
def test_what_cannot_be_done_says_why_and_begins_anew(
    world: World, as_: Any, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        rows = [asked_by(world, run) for run in ("refuse", "gone", "show")]
    do_what_is_due()
    refused, gone, shown = map(now, rows)
    assert [refused.state, gone.state, shown.state] == ["failed", "failed", "done"]
    client = as_("coordinator")
    page = client.get(f"/work/{refused.pk}/").content.decode()
    assert "В таблице нет строк." in page.replace("\xa0", " ")
    assert "Не получилось: Проба" in client.get("/").content.decode()
    client.post(f"/work/{refused.pk}/leave/")
    client.post(f"/work/{gone.pk}/leave/")
    assert "Не получилось: Проба" not in client.get("/").content.decode()
    polled = client.get(f"/work/{shown.pk}/", headers={"HX-Request": "true"})
    assert polled["HX-Redirect"] == "/results/"
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(f"/work/{refused.pk}/again/").status_code == 302
    assert now(refused).state == ErrandState.ASKED
    assert client.post(f"/work/{refused.pk}/again/").status_code == 409


@pytest.mark.usefixtures("kind")
def test_an_error_of_the_program_is_tried_again_and_then_given_up(
    world: World, as_: Any, django_capture_on_commit_callbacks: Any, caplog: pytest.LogCaptureFixture
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        row = asked_by(world, "break")
    worker = Worker("one")
    worker.live(timezone.now())
    for _try in fate.PAUSES:
        while worker.do_one():
            pass
        assert now(row).state == ErrandState.ASKED
        task = DBTaskResult.objects.filter(pk=upkeep.task_key(row.pk))
        assert "попытка" in as_("coordinator").get(f"/work/{row.pk}/").content.decode()
        task.update(run_after=timezone.now())
    while worker.do_one():
        pass
    assert now(row).state == ErrandState.FAILED
    assert "Иванова" not in now(row).said + caplog.text


@pytest.mark.usefixtures("kind")
def test_who_was_thought_dead_writes_nothing_over_who_came_after(
    world: World, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        row = asked_by(world, "make")
    slow = execution._begun(row.pk)
    assert slow is not None
    execution.do_errand.call(errand=str(row.pk))
    assert (now(row).state, now(row).attempt) == (ErrandState.DONE, 2)
    with pytest.raises(execution.Overtaken):
        execution._tell(slow, 1, 2)
    with pytest.raises(execution.Overtaken):
        execution._end(slow, Made(b"old", "old.csv", "text/csv"))
    assert places.result_of(now(row)).read() == b"1;2"


@pytest.mark.usefixtures("kind")
def test_a_queue_that_stands_is_seen_and_progress_too(
    world: World, as_: Any, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        row = asked_by(world, "make")
    client = as_("coordinator")
    assert "Очередь стоит" in client.get(f"/work/{row.pk}/").content.decode()
    alive()
    assert "Очередь стоит" not in client.get(f"/work/{row.pk}/").content.decode()
    begun = execution._begun(row.pk)
    assert begun is not None
    execution._tell(begun, 120, 480)
    page = client.get(f"/work/{row.pk}/").content.decode().replace("\xa0", " ")
    assert "Идёт: 120 из 480" in page
    assert 'http-equiv="refresh"' in page, "without a script the page loads itself"


@pytest.mark.usefixtures("kind")
def test_what_was_lost_is_asked_for_again_and_a_week_clears(
    world: World, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=False):
        row = asked_by(world, "make")
    later = timezone.now() + 2 * upkeep.SETTLED
    assert upkeep.ask_again_for_lost(later) == 1
    assert upkeep.ask_again_for_lost(later) == 0
    do_what_is_due()
    folder = places.folder_of(row.pk)
    assert folder.is_dir()
    assert upkeep.clear_old(timezone.now() + timedelta(days=6)) == 0
    assert upkeep.clear_old(timezone.now() + timedelta(days=8)) == 1
    assert not folder.exists()
    assert not Errand.objects.exists()


@pytest.mark.usefixtures("kind")
def test_answered_elsewhere_leaves_the_desk(world: World, django_capture_on_commit_callbacks: Any) -> None:
    by = actor_of(world.accounts["coordinator"])
    with django_capture_on_commit_callbacks(execute=True):
        row = asked_by(world, "show")
    do_what_is_due()
    settle("/results/", by=actor_of(world.accounts["foreign_coordinator"]))
    assert now(row).seen_at is None
    settle("/results/", by=by)
    assert now(row).seen_at is not None


def test_what_is_light_is_decided_by_the_kind() -> None:
    assert is_light(LIST, 500)
    assert not is_light(LIST, 501)


def test_an_offer_of_somebody_else_is_none(world: World, as_: Any, heavy: None) -> None:
    seal = as_("coordinator").get(ASKED).context["seal"]
    assert as_("foreign_coordinator").post("/work/ask/", {"seal": seal}).status_code == 404
    assert as_("coordinator").post("/work/ask/", {"seal": seal + "1"}).status_code == 404


def sent(world: World) -> Errand:
    """The same table once more."""
    return ask("test.kind", {"run": "sent"}, by=actor_of(world.accounts["coordinator"]), source=b"3;4")


@pytest.mark.usefixtures("kind")
def test_the_same_table_sent_in_the_moment_its_errand_ends_is_done_again(
    world: World, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        row = sent(world)
    real, again = places.keep_only, []

    def once_more(*facts: Any) -> Any:
        if not again:
            again.append(True)
            with django_capture_on_commit_callbacks(execute=True):
                sent(world)
        return real(*facts)

    monkeypatch.setattr(places, "keep_only", once_more)
    do_what_is_due()
    do_what_is_due()
    assert (now(row).state, now(row).said) == (ErrandState.DONE, "")
    assert places.result_of(now(row)).read() == b"3;4"
    assert {path.name for path in places.folder_of(row.pk).iterdir()} == {now(row).file}


@pytest.mark.usefixtures("kind")
def test_an_errand_that_ends_between_the_look_and_the_lock_begins_with_what_was_sent(
    world: World, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        row = sent(world)

    def lock() -> Any:
        do_what_is_due()
        return transaction.atomic()

    with monkeypatch.context() as ending, django_capture_on_commit_callbacks(execute=True):
        ending.setattr(requests, "transaction", SimpleNamespace(atomic=lock))
        sent(world)
    assert now(row).state == ErrandState.ASKED
    do_what_is_due()
    assert (now(row).state, now(row).said) == (ErrandState.DONE, "")
    assert places.result_of(now(row)).read() == b"3;4"


@pytest.mark.usefixtures("kind")
def test_pressed_again_while_it_waits_what_was_sent_stays_one_file(world: World) -> None:
    row = sent(world)
    assert sent(world).pk == row.pk
    assert len(list(places.folder_of(row.pk).iterdir())) == 1
