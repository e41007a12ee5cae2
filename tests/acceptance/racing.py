"""Several presses at the same moment, in threads of their own.

Whoever comes second gets a success that changes nothing or a sentence (``DomainError``), never a broken database.
"""

import threading
from collections.abc import Callable

from django.db import connection

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
