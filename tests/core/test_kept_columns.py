"""Columns of JSON of a known shape: what is of another one is told and read as empty, what is not there is not told."""

import logging

import pytest
from django.db import connection
from django.db.models.expressions import Col

from traektoria.people.models import Person

FIELD = Person._meta.get_field("name_cases")


def _read(value: str | None) -> object:
    return FIELD.from_db_value(value, Col("people_person", FIELD), connection)


@pytest.mark.parametrize(
    ("stored", "found"), [('{"genitive": "Ивановой"}', {"genitive": "Ивановой"}), ("{}", {}), (None, None)]
)
def test_what_fits_is_read_in_silence(stored: str | None, found: object, caplog: pytest.LogCaptureFixture) -> None:
    """None is a row that an outer join did not find."""
    assert _read(stored) == found
    assert caplog.records == []


@pytest.mark.parametrize("stored", ["[]", '"text"', "null", '{"genitive": [1]}'])
def test_another_shape_is_told_without_its_content(stored: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        assert _read(stored) == {}
    assert "people.Person.name_cases" in caplog.text
    assert "text" not in caplog.text.replace("traektoria", "")
