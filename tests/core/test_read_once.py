"""What two tables ask of the same objects is read once, and forgotten when they are written."""

import pytest

from tests.factories import make_centre
from traektoria.core import ledgers
from traektoria.organisations.models import TutorCentre

pytestmark = pytest.mark.django_db


def test_it_is_read_once_for_all_tables_and_anew_the_next_time(monkeypatch: pytest.MonkeyPatch) -> None:
    centre, asked = make_centre(), list[object]()

    def read(keys: object) -> list[object]:
        asked.append(keys)
        return [keys]

    class Table:
        def compare(self, _model: object, keys: list[int], *, new: bool = False) -> ledgers._Compared:
            assert ledgers.read_once(read, keys) == [keys]
            return ledgers._Compared([], [], [])

        def write(self, compared: ledgers._Compared) -> None:
            assert compared.write == []

    monkeypatch.setattr(ledgers, "_of", lambda _model: [Table(), Table()])
    for times in (1, 2):
        ledgers.renew_keys(TutorCentre, [centre.pk])
        assert len(asked) == times
    assert ledgers.read_once(read, [1]) == [[1]]
    assert len(asked) == 3
