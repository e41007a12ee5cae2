"""Tasks: once for the same facts, again after trouble, by the clock, and nothing lost with a killed worker."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError
from django.utils import timezone
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from traektoria.core.models import TaskWorker
from traektoria.core.tasks import ask_for, fate, queries
from traektoria.core.tasks.backend import OnceBackend, key_of
from traektoria.core.tasks.kinds import TaskKind, task_kinds
from traektoria.core.tasks.worker import Worker, do_what_is_due

pytestmark = pytest.mark.django_db
DONE: list[int] = []
WORD = "Иванова Мария"
PATHS_IN_ROWS = {
    "consultations.bookings.tasks.tend_bookings",
    "consultations.slots.tasks.open_windows_by_the_worker",
    "core.errands.doing.do_errand",
    "core.errands.execution.do_errand",
    "core.errands.tending.tend_errands",
    "core.errands.upkeep.tend_errands",
    "core.installation.counting.count_tables",
    "core.installation.table_counts.count_tables",
    "core.mending.mend_what_waits",
    "core.repairs.mend_what_waits",
    "core.tasks.fate.forget",
    "diagnostics.findings.actions.analysis.analyse_by_the_worker",
    "diagnostics.findings.actions.hourly.keep_campaigns_by_the_clock",
    "documents.facts.offer_documents",
    "events.attendance.tasks.forget_guests",
    "events.attendance.tasks.hold_dates",
    "events.enrolment.letters.tell_by_the_worker",
    "events.enrolment.tasks.tend_events",
    "events.feedback.tasks.ask_for_feedback",
    "messaging.deadlines.remind_by_the_clock",
    "messaging.delivery.send_messages",
    "messaging.sending.send_messages",
    "people.sessions.forget_sessions",
    "planning.plans.tasks.date_plans_by_the_clock",
    "planning.plans.tasks.date_plans_of",
    "tutors.register.tasks.keep_statuses_by_the_clock",
}
"""Of every task of every release. A task that moves keeps its line: ``TaskKind.was`` names the path of before."""


@task()
def count(number: int) -> int:
    DONE.append(number)
    if number < 0:
        raise ValueError(WORD)
    if number > 100:
        count.enqueue(number=number)  # asked for while it runs
        DONE.append(0)
    return number


@task()
def hourly() -> None:
    DONE.append(1)
    if len(DONE) == 1:
        raise OSError


@pytest.fixture(autouse=True)
def _nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    DONE.clear()
    kind = TaskKind("test.hour", 1, "Каждый час", hourly, every=timedelta(hours=1), past=timedelta(minutes=15))
    monkeypatch.setattr(task_kinds, "_items", {kind.slug: kind})


def row_of(path: str) -> DBTaskResult[..., Any]:
    return DBTaskResult.objects.get(task_path__endswith=path)


def due_now(path: str) -> None:
    DBTaskResult.objects.filter(task_path__endswith=path).update(run_after=timezone.now())


def without_the_clock() -> int:
    worker, done = Worker("one"), 0
    while worker.do_one():
        done += 1
    return done


def test_the_same_facts_are_one_task() -> None:
    for number in (1, 1, 2, 1):
        count.enqueue(number=number)
    assert without_the_clock() == 2
    assert sorted(DONE) == [1, 2]
    count.enqueue(number=1)
    assert without_the_clock() == 1, "after it ended it begins anew"
    assert DBTaskResult.objects.count() == 2


def test_what_is_asked_for_in_the_middle_is_done_once_more(monkeypatch: pytest.MonkeyPatch) -> None:
    count.enqueue(number=101)
    worker = Worker("one")
    assert worker.do_one()
    assert row_of("count").status == TaskResultStatus.READY
    monkeypatch.setattr(fate, "begin_anew", lambda row, due: None)
    assert worker.do_one()
    assert DONE == [101, 0, 101, 0]


def test_nothing_is_asked_for_without_the_commit(django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=False):
        ask_for(count, number=1)
        assert not DBTaskResult.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        ask_for(count, number=1)
    assert DBTaskResult.objects.count() == 1


def test_a_busy_database_spoils_no_answer(
    django_capture_on_commit_callbacks: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_given: Any) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr(OnceBackend, "_task_to_db_task", busy)
    with django_capture_on_commit_callbacks(execute=True):
        ask_for(count, number=1)


def test_what_gave_up_stays_on_the_page_however_much_was_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "MOST_SHOWN", 3)
    count.enqueue(number=-1)
    DBTaskResult.objects.update(status=TaskResultStatus.FAILED, run_after=timezone.now() - timedelta(days=2))
    for number in range(1, 6):
        count.enqueue(number=number)
    assert without_the_clock() == 5
    assert [line.state for line in queries.lines()] == ["failed", "done", "done"]


def test_trouble_is_tried_again_with_pauses_and_then_waits_for_a_person(caplog: pytest.LogCaptureFixture) -> None:
    count.enqueue(number=-1)
    for pause in fate.PAUSES:
        before = timezone.now()
        assert without_the_clock() == 1
        row = row_of("count")
        assert row.status == TaskResultStatus.READY
        assert row.run_after >= before + pause
        assert without_the_clock() == 0, "not before its time"
        due_now("count")
    assert without_the_clock() == 1
    row = row_of("count")
    assert (row.status, row.exception_class_path) == (TaskResultStatus.FAILED, "builtins.ValueError")
    assert "test_tasks.py" in row.traceback
    assert WORD not in row.traceback + caplog.text, "the words of an error may name a person"
    assert queries.failed_count() == 1
    with pytest.raises(CommandError):
        call_command("tasks")


def test_the_clock_goes_on_after_trouble() -> None:
    fate.put_on_schedule()
    fate.put_on_schedule()
    assert DBTaskResult.objects.count() == 1
    assert without_the_clock() == 1
    assert row_of("hourly").exception_class_path == "builtins.OSError"
    due_now("hourly")
    assert without_the_clock() == 1
    row = row_of("hourly")
    assert (row.status, row.worker_ids, row.exception_class_path) == (TaskResultStatus.READY, [], "")
    assert (row.run_after.minute, row.run_after.second) == (15, 0)
    assert timezone.now() < row.run_after <= timezone.now() + timedelta(hours=1)


@pytest.mark.parametrize(
    ("now", "then"), [("10:14", "10:15"), ("10:15", "11:15"), ("23:59", "00:15"), ("00:00", "00:15")]
)
def test_the_next_time_by_the_clock(now: str, then: str) -> None:
    kind = task_kinds.get("test.hour")
    assert kind is not None
    moment = datetime.combine(datetime(2026, 9, 1), datetime.strptime(now, "%H:%M").time(), UTC)
    following = kind.next_after(moment)
    assert following is not None
    assert f"{following:%H:%M}" == then
    assert moment < following <= moment + timedelta(hours=1)


def test_what_a_killed_worker_held_is_done_by_another() -> None:
    count.enqueue(number=1)
    killed = Worker("killed")
    killed.live(timezone.now())
    assert killed._claimed() is not None
    other = Worker("other")
    other.live(timezone.now())
    assert row_of("count").status == TaskResultStatus.RUNNING, "it may still be at work"
    TaskWorker.objects.filter(name="killed").update(seen_at=timezone.now() - 2 * fate.LOST)
    other.live(timezone.now())
    assert row_of("count").exception_class_path.endswith("WorkerLost")
    due_now("count")
    assert without_the_clock() == 2
    assert 1 in DONE


def test_a_worker_is_seen_while_it_lives() -> None:
    assert queries.worker_seen() == queries.Sign(None, lives=False)
    Worker("one").live(timezone.now())
    assert queries.worker_seen().lives
    do_what_is_due()
    TaskWorker.objects.update(seen_at=timezone.now() - 2 * fate.LOST)
    assert not queries.worker_seen().lives


def test_what_was_done_long_ago_is_forgotten() -> None:
    count.enqueue(number=1)
    count.enqueue(number=2)
    assert without_the_clock() == 2
    DBTaskResult.objects.filter(args_kwargs__kwargs__number=1).update(finished_at=timezone.now() - 2 * fate.FORGOTTEN)
    fate.forget.call()
    assert DBTaskResult.objects.count() == 1


def _under_the_path_of_before(status: TaskResultStatus, **more: Any) -> None:
    path = "traektoria.test.hourly"
    more = {"args_kwargs": {"args": [], "kwargs": {}}, "id": key_of(path), "run_after": timezone.now()} | more
    DBTaskResult.objects.create(task_path=path, backend_name="default", status=status, **more)


@pytest.fixture
def _moved(monkeypatch: pytest.MonkeyPatch) -> None:
    kind = replace(next(iter(task_kinds)), was="traektoria.test.hourly")
    monkeypatch.setattr(task_kinds, "_items", {kind.slug: kind})


@pytest.mark.usefixtures("_moved")
@pytest.mark.parametrize("status", [TaskResultStatus.READY, TaskResultStatus.FAILED])
def test_what_an_earlier_release_left_is_done_under_the_path_of_now(status: TaskResultStatus) -> None:
    DONE.append(0)
    _under_the_path_of_before(status, worker_ids=["one"] * 7)
    assert do_what_is_due() == 1
    assert DONE == [0, 1]
    row = DBTaskResult.objects.get()
    assert (row.pk, row.status, row.worker_ids) == (key_of(hourly.module_path), TaskResultStatus.READY, [])
    assert queries.failed_count() == 0


@pytest.mark.usefixtures("_moved")
def test_its_facts_stay_and_what_was_done_or_runs_is_not_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    kind = replace(next(iter(task_kinds)), work=count, every=None)
    monkeypatch.setattr(task_kinds, "_items", {kind.slug: kind})
    for number, status in enumerate(TaskResultStatus):
        facts = {"args": [], "kwargs": {"number": number}}
        _under_the_path_of_before(status, args_kwargs=facts, id=key_of("traektoria.test.hourly", **facts))
    fate.take_over()
    asked = {number for number, status in enumerate(TaskResultStatus) if status.value in ("READY", "FAILED")}
    assert without_the_clock() == 2
    assert set(DONE) == asked
    left = DBTaskResult.objects.get(task_path="traektoria.test.hourly")
    assert left.status == TaskResultStatus.RUNNING, "its worker may live; reaped, it waits and is taken over"


def test_every_task_has_a_name_for_people(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    import ast
    from pathlib import Path

    import traektoria

    root = Path(traektoria.__file__).parent
    tasks = {
        f"{'.'.join(path.relative_to(root.parent).with_suffix('').parts)}.{node.name}"
        for path in root.rglob("*.py")
        if "task(" in (text := path.read_text(encoding="utf-8"))
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef)
        and any(isinstance(one, ast.Call) and getattr(one.func, "id", "") == "task" for one in node.decorator_list)
    }
    assert tasks == {kind.work.module_path for kind in task_kinds}
    former = {kind.was for kind in task_kinds if kind.was}
    assert not former & tasks
    assert {path.removeprefix("traektoria.") for path in tasks | former} == PATHS_IN_ROWS
