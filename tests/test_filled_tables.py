"""The database that one test leaves to the next."""

import pytest
from django.test import TransactionTestCase

from tests import filled_tables
from tests.factories import make_centre


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_no_number_of_a_row_is_given_a_second_time(monkeypatch: pytest.MonkeyPatch) -> None:
    for counted in ({}, dict(filled_tables._counted)):
        monkeypatch.setattr(filled_tables, "_counted", counted)
        last = make_centre().pk
        filled_tables.empty(TransactionTestCase())
        assert not filled_tables.filled() or filled_tables.filled() == ["core_installation"]
        assert make_centre().pk > last
