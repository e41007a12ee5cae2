"""The database that one test leaves to the next."""

import pytest
from django.test import TransactionTestCase

from tests import emptying
from tests.factories import make_centre


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_no_number_of_a_row_is_given_a_second_time(monkeypatch: pytest.MonkeyPatch) -> None:
    for counted in ({}, dict(emptying._counted)):
        monkeypatch.setattr(emptying, "_counted", counted)
        last = make_centre().pk
        emptying.empty(TransactionTestCase())
        assert not emptying.filled() or emptying.filled() == ["core_installation"]
        assert make_centre().pk > last
