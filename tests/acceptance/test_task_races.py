"""Workers and askers at the same moment: nothing twice, nothing lost."""

from itertools import count as numbers
from threading import Lock

import pytest
from django.db import connection
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from tests.acceptance.races import together
from traektoria.core.tasks.worker import Worker

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="the tests' SQLite lives in memory and has one writer"),
]
DONE: list[int] = []
_lock = Lock()


@task()
def note(number: int) -> None:
    with _lock:
        DONE.append(number)


def work(name: str) -> int:
    worker = Worker(name)
    return next(done for done in numbers() if not worker.do_one())


def test_workers_share_what_is_due() -> None:
    DONE.clear()
    for number in range(40):
        note.enqueue(number=number)
    together(*(lambda name=name: work(name) for name in "abc"))  # type: ignore[misc]
    while work("last"):  # what another held while it looked
        pass
    assert sorted(DONE) == list(range(40))


def test_askers_at_once_make_one_task() -> None:
    DONE.clear()
    together(*[lambda: note.enqueue(number=1)] * 5)
    assert DBTaskResult.objects.count() == 1
    assert work("one") == 1
    assert DONE == [1]
