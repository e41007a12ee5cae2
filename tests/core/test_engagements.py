"""What is fixed in time: written with the act, cancelled when it is told no longer, kept sixty days; clashes."""

import random
from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import models
from django.utils import timezone

from tests.thoroughness import rounds
from traektoria.core import ledgers
from traektoria.core.engagements import (
    KEPT,
    Engaged,
    EngagementKind,
    EngagementRead,
    EngagementSource,
    EngagementWords,
    clashes,
    engagement_sources,
    engages,
)
from traektoria.core.models import Engagement, TaskWorker
from traektoria.engines.intervals import Interval

pytestmark = pytest.mark.django_db
NINE = datetime(2026, 9, 7, 9, tzinfo=ZoneInfo("Europe/Moscow"))


def words(row: EngagementRead) -> EngagementWords:
    return EngagementWords(row.object_id, "", "/")


def of_workers(workers: models.QuerySet[TaskWorker]) -> Iterable[Engaged]:
    """«ann,bob:0-60»: their minutes after nine; a number alone is not busy; «?» is not confirmed; «~»: of a series."""
    for worker in workers:
        who, _, when = worker.name.partition(":")
        if when:
            first, last = (NINE + timedelta(minutes=int(one)) for one in when.strip("?~").split("-"))
            for to in who.split(","):
                yield Engaged(
                    "test.work", to, worker, None, first, last, busy=not to.isdecimal(), tentative="?" in when,
                    series="s" if "~" in when else "", original=first,
                )  # fmt: skip


@pytest.fixture(autouse=True)
def _one_source(monkeypatch: pytest.MonkeyPatch) -> Iterable[None]:
    monkeypatch.setattr(engagement_sources, "_items", {})
    engages(EngagementSource("test", 1, TaskWorker, of_workers, (EngagementKind("test.work", 1, "работа", words),)))
    yield
    uid = f"engagements test {TaskWorker._meta.label_lower}"
    models.signals.post_save.disconnect(sender=TaskWorker, dispatch_uid=uid)
    models.signals.post_delete.disconnect(sender=TaskWorker, dispatch_uid=uid)


def make(name: str) -> TaskWorker:
    return TaskWorker.objects.create(name=name, seen_at=timezone.now())


def rename(worker: TaskWorker, name: str) -> None:
    worker.name = name
    worker.save()


def rows() -> list[tuple[str, str, int]]:
    return list(Engagement.objects.order_by("addressee").values_list("addressee", "state", "sequence"))


def at(first: int, last: int) -> Interval:
    return Interval(NINE + timedelta(minutes=first), NINE + timedelta(minutes=last))


def test_a_save_fixes_moves_and_cancels() -> None:
    one = make("ann,bob:0-60")
    assert rows() == [("ann", "fixed", 0), ("bob", "fixed", 0)]
    rename(one, "ann,bob:0-60")
    assert rows() == [("ann", "fixed", 0), ("bob", "fixed", 0)], "nothing changed: no calendar has to hear of it"
    rename(one, "ann:30-90")
    assert rows() == [("ann", "fixed", 1), ("bob", "cancelled", 1)]
    rename(one, "ann:30-90")
    assert rows() == [("ann", "fixed", 1), ("bob", "cancelled", 1)]
    rename(one, "ann,bob:30-90?")
    assert rows() == [("ann", "tentative", 2), ("bob", "tentative", 2)]
    one.delete()
    assert rows() == [("ann", "cancelled", 3), ("bob", "cancelled", 3)]
    assert not list(ledgers.differences())


def test_what_is_cancelled_goes_after_sixty_days() -> None:
    make("ann:0-60").delete()
    make("bob:0-60").delete()
    Engagement.objects.filter(addressee="bob").update(changed_at=timezone.now() - KEPT - timedelta(minutes=1))
    assert ledgers.mend() == []
    assert rows() == [("ann", "cancelled", 1)]


def test_a_dropped_date_stays_while_its_series_does() -> None:
    """Its changes count to the number of the series, and that may not go down."""
    one, other = make("ann:0-60~"), make("ann:60-90~")
    one.delete()
    Engagement.objects.update(changed_at=timezone.now() - KEPT - timedelta(days=1))
    ledgers.mend()
    assert sorted(rows()) == [("ann", "cancelled", 1), ("ann", "fixed", 0)]
    rename(other, "ann:60-90")
    ledgers.mend()
    assert rows() == [("ann", "fixed", 1)]


def test_what_comes_back_after_sixty_days_goes_on_under_its_number() -> None:
    one = make("ann,bob:0-60")
    rename(one, "bob:0-60")
    Engagement.objects.update(changed_at=timezone.now() - KEPT - timedelta(days=1))
    ledgers.mend()
    assert rows() == [("ann", "cancelled", 1), ("bob", "fixed", 0)]
    rename(one, "ann,bob:0-60")
    assert rows() == [("ann", "fixed", 2), ("bob", "fixed", 0)]


@pytest.mark.parametrize("seed", range(rounds(4, 20)))
def test_whoever_holds_it_its_number_never_goes_down(seed: int) -> None:
    """Of each person, and of the last word of all of them, through random acts and months."""
    luck = random.Random(seed)
    one, seen, last = make("ann:0-60"), dict[str, int](), 0
    for _act in range(40):
        if luck.random() < 0.2:
            Engagement.objects.update(changed_at=timezone.now() - KEPT - timedelta(days=1))
            ledgers.mend()
        who = ",".join(sorted(luck.sample(["ann", "bob", "cleo"], luck.randint(0, 3))))
        rename(one, f"{who}:{luck.choice(['0-60', '30-90', '0-60?'])}" if who else "")
        now = {addressee: number for addressee, _state, number in rows()}
        assert all(now.get(person, -1) >= number for person, number in seen.items())
        assert max(now.values()) >= last
        standing = [number for _who, state, number in rows() if state != "cancelled"]
        changed = now != seen
        assert not changed or max(now.values()) > last or not seen, "what is changed has the last number"
        seen, last = now, max(now.values())
        assert all(number <= last for number in standing)
    assert not list(ledgers.differences())


def test_what_was_written_otherwise_is_found_and_mended() -> None:
    one = make("ann:0-60")
    TaskWorker.objects.update(name="bob:0-60")
    found = [
        f"missing: test.work -> bob (core.taskworker {one.pk})",
        f"extra: test.work -> ann (core.taskworker {one.pk})",
    ]
    assert [str(each) for each in ledgers.differences()] == found
    assert [str(each) for each in ledgers.mend()] == found
    assert not list(ledgers.differences())
    assert rows() == [("ann", "cancelled", 1), ("bob", "fixed", 1)]


def test_clashes_are_half_open_and_one_query(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    one, other = make("ann:0-60"), make("bob:60-90?")
    make("7:0-90")
    make("ann:20-30").delete()

    def found(to: list[str], *asked: Interval, besides: TaskWorker | None = None) -> list[str]:
        with django_assert_num_queries(1):
            return [row.object_id for row in clashes(to, *asked, besides=besides)]

    ann, bob = str(one.pk), str(other.pk)
    assert found(["ann", "bob", "7"], at(30, 61)) == [ann, bob]
    assert found(["ann"], at(60, 90)) == found(["bob"], at(30, 60)) == [], "what touches does not clash"
    assert found(["ann", "bob"], at(-60, 0)) == []
    assert found(["ann"], at(-10, 100)) == found(["ann"], at(10, 20)) == [ann]
    assert found(["ann", "bob"], at(-60, 0), at(90, 120)) == [], "nothing between two intervals"
    assert found(["ann"], at(-60, 0), at(59, 60)) == [ann]
    assert found(["ann", "bob"], at(0, 90), besides=one) == [bob]
