"""Who came first writes first, and who waits too long is told that others write."""

import threading

import pytest
from django.db import OperationalError

from tests.patience import until
from traektoria.core.patience import Turns, is_busy


def test_they_write_in_the_order_in_which_they_came() -> None:
    turns, done = Turns(), list[int]()

    def write(number: int) -> None:
        with turns.wait(60):
            done.append(number)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(5)]
    with turns.wait(60):
        for number, thread in enumerate(threads):
            thread.start()
            until(lambda number=number: len(turns) == number + 2)
        with pytest.raises(OperationalError) as refusal, turns.wait(0):
            raise AssertionError
        assert is_busy(refusal.value)
        assert done == []
    for thread in threads:
        thread.join()
    assert (done, len(turns)) == ([0, 1, 2, 3, 4], 0)
