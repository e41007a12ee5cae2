"""What waits: written with the act, in its transaction; mended by the same functions; each row once."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.db import models, transaction
from django.utils import timezone

from traektoria.core import waiting
from traektoria.core.models import Leaving, TaskWorker, Waiting
from traektoria.core.registries import (
    DeskGroup,
    Wait,
    Waited,
    WaitingKind,
    WaitingSource,
    Watch,
    Words,
    waiting_sources,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 9, 7)


def words(row: Waited) -> Words:
    return Words(row.object_id, "", "/", "")


def of_workers(workers: models.QuerySet[TaskWorker]) -> Iterable[Wait]:
    """Whoever is named «to whom:…» waits; things that leave say who else."""
    for worker in workers:
        to, _, state = worker.name.partition(":")
        if state != "done":
            yield Wait("test.worker", to, worker, facts={"state": state}, shows_until=_until(state))
    for leaving in Leaving.objects.filter(name__in=[str(worker.pk) for worker in workers]):
        yield Wait("test.leaving", "leavers", leaving.name)


def _until(state: str) -> date | None:
    return timezone.localdate() - timedelta(days=30) if state == "over" else None


@pytest.fixture(autouse=True)
def _one_source(monkeypatch: pytest.MonkeyPatch) -> Iterable[None]:
    monkeypatch.setattr(waiting_sources, "_items", {})
    kinds = tuple(WaitingKind(slug, 1, DeskGroup.SOON, words) for slug in ("test.worker", "test.leaving"))
    watch = Watch(Leaving, lambda row: [int(row.name)], frozenset({"root"}))
    source = WaitingSource("test", 1, TaskWorker, of_workers, kinds, (watch,))
    waiting.waits(source)
    yield
    for model in (TaskWorker, Leaving):
        uid = f"waiting test {model._meta.label_lower}"
        models.signals.post_save.disconnect(sender=model, dispatch_uid=uid)
        models.signals.post_delete.disconnect(sender=model, dispatch_uid=uid)


def rows() -> list[tuple[str, str, str]]:
    return sorted(Waiting.objects.values_list("kind", "addressee", "object_id"))


def make(name: str) -> TaskWorker:
    return TaskWorker.objects.create(name=name, seen_at=timezone.now())


def test_a_save_opens_changes_and_closes() -> None:
    one = make("ann:new")
    assert rows() == [("test.worker", "ann", str(one.pk))]
    since = Waiting.objects.get().since
    one.name = "ann:old"
    one.save()
    assert (Waiting.objects.get().facts, Waiting.objects.get().since) == ({"state": "old"}, since)
    one.name = "bob:old"
    one.save()
    assert rows() == [("test.worker", "bob", str(one.pk))]
    one.name = "bob:done"
    one.save()
    assert rows() == []


def test_what_is_deleted_waits_no_longer() -> None:
    make("ann:new").delete()
    assert rows() == []


def test_what_the_source_reads_of_others_is_heard() -> None:
    one = make("ann:done")
    leaving = Leaving.objects.create(root="x", name=str(one.pk), due_at=timezone.now())
    assert rows() == [("test.leaving", "leavers", str(one.pk))]
    Waiting.objects.all().delete()
    leaving.save(update_fields=["due_at"])
    assert rows() == []
    leaving.save(update_fields=["root"])
    assert rows() == [("test.leaving", "leavers", str(one.pk))]
    leaving.delete()
    assert rows() == []


def test_bulk_writes_are_told() -> None:
    one = make("ann:new")
    TaskWorker.objects.update(name="bob:new")
    assert [str(each) for each in waiting.differences()] == [
        f"missing: test.worker -> bob (core.taskworker {one.pk})",
        f"extra: test.worker -> ann (core.taskworker {one.pk})",
    ]
    waiting.renew(one)
    assert rows() == [("test.worker", "bob", str(one.pk))]
    assert not list(waiting.differences())


def test_an_act_that_fails_leaves_nothing() -> None:
    def act() -> None:
        with transaction.atomic(), waiting.gathered():
            make("ann:new")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        act()
    assert rows() == []


def test_an_act_is_asked_once(django_assert_num_queries: Callable[[int], object]) -> None:
    with waiting.gathered():
        one = make("ann:new")
        for state in ("older", "oldest"):
            one.name = f"ann:{state}"
            one.save()
        with waiting.gathered():
            make("bob:new")
        assert rows() == []
    assert [row.facts["state"] for row in Waiting.objects.order_by("addressee")] == ["oldest", "new"]


def test_mending_says_what_it_wrote(capsys: pytest.CaptureFixture[str]) -> None:
    one = make("ann:new")
    Waiting.objects.update(facts={"state": "false"})
    Waiting.objects.create(kind="test.gone", addressee="ann", object_kind="core.taskworker", object_id="0")
    Waiting.objects.create(kind="test.gone", addressee="ann", object_kind="room.gone", object_id="1")
    with pytest.raises(SystemExit):
        call_command("waiting", "--check")
    checked = capsys.readouterr().out
    assert Waiting.objects.count() == 3
    call_command("waiting", "--mend")
    assert capsys.readouterr().out == checked
    assert checked.splitlines() == [
        f"differs: test.worker -> ann (core.taskworker {one.pk})",
        "extra: test.gone -> ann (core.taskworker 0)",
        "extra: test.gone -> ann (room.gone 1)",
    ]
    assert [row.facts for row in Waiting.objects.all()] == [{"state": "new"}]
    call_command("waiting")


def test_what_is_long_over_is_forgotten_without_a_word() -> None:
    one = make("ann:over")
    assert rows() == []
    Waiting.objects.create(
        kind="test.worker",
        addressee="ann",
        object_kind="core.taskworker",
        object_id=one.pk,
        shows_until=date(2026, 1, 1),
    )
    assert not list(waiting.differences())
    assert waiting.mend() == []
    assert rows() == []


@pytest.mark.parametrize(
    ("group", "shift", "expected"),
    [
        (DeskGroup.SOON, None, DeskGroup.SOON),
        (DeskGroup.SOON, 1, DeskGroup.SOON),
        (DeskGroup.SOON, 0, DeskGroup.TODAY),
        (DeskGroup.SOON, -1, DeskGroup.TODAY),
        (DeskGroup.WAITING, -1, DeskGroup.WAITING),
        (DeskGroup.DONE, -1, DeskGroup.DONE),
    ],
)
def test_the_group_follows_the_day(group: DeskGroup, shift: int | None, expected: DeskGroup) -> None:
    due = None if shift is None else TODAY + timedelta(days=shift)
    row = Waited("1", "", "", {}, due, timezone.now(), TODAY)
    assert WaitingKind("test", 1, group, words).grouped(row) == expected


def test_a_due_day_of_which_nobody_said_whether_a_letter_reminds_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def due(rows: Iterable[TaskWorker]) -> Iterable[Wait]:
        return (Wait("test.due", "ann", row, due=timezone.localdate()) for row in rows)

    def know(letter: str = "", no_letter: str = "") -> None:
        kind = WaitingKind("test.due", 1, DeskGroup.SOON, words, letter=letter, no_letter=no_letter)
        monkeypatch.setitem(waiting_sources._items, "test", WaitingSource("test", 1, TaskWorker, due, (kind,)))

    know()
    with pytest.raises(LookupError, match=r"test\.due has a due day"), transaction.atomic():
        make("ann:new")
    know(letter="Подходит срок")
    make("ann:new")
    know(no_letter="others act")
    make("bob:new")
    assert Waiting.objects.count() == 2
