"""Several presses at the same moment, in threads of their own.

Whoever comes second gets a success that changes nothing or a sentence (``DomainError``), never a broken database.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection, models, transaction
from django.db.backends.utils import CursorWrapper

from traektoria.core.errors import DomainError

Call = Callable[[], object]


def together(*calls: Call) -> list[object]:
    """Call all at once; what each returned or raised."""
    start, results_of = threading.Barrier(len(calls)), [None] * len(calls)

    def run(number: int, call: Call) -> None:
        start.wait()
        try:
            results_of[number] = call()  # type: ignore[call-overload]
        except Exception as error:
            results_of[number] = error  # type: ignore[call-overload]
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number, call)) for number, call in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    broken = [one for one in results_of if isinstance(one, Exception) and not isinstance(one, DomainError)]
    assert not broken, broken
    return list(results_of)


@contextmanager
def waiting_for(rows: models.QuerySet[models.Model], call: Call) -> Iterator[None]:
    """Hold these rows until ``call``, in a thread of its own, waits for one of them; then do the body, let them go and
    wait for the end of the call. PostgreSQL only: what the body can lock with ``nowait`` the call has not locked yet.
    """
    got: list[object] = []
    with transaction.atomic():
        list(rows.select_for_update(of=("self",)))
        thread = threading.Thread(target=lambda: got.extend(together(call)))
        thread.start()
        with connection.cursor() as cursor:
            while not _somebody_waits(cursor):
                assert thread.is_alive(), got
                time.sleep(0.01)
        yield
    thread.join(60)
    assert got


def _somebody_waits(cursor: CursorWrapper) -> bool:
    cursor.execute("SELECT 1 FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))")
    return cursor.fetchone() is not None
