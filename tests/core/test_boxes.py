"""What can't be shown fails in its own place, and the log says so without its content."""

import pytest
from django.db import DatabaseError
from django.template import engines

from traektoria.core.boxes import boxed, readable, sentence
from traektoria.core.errors import Conflict


def _fails(error: Exception) -> str:
    raise error


def test_a_box_stands_where_drawing_fails(caplog: pytest.LogCaptureFixture) -> None:
    assert boxed("chart", lambda: "<svg>") == "<svg>"
    assert str(sentence()) in boxed("chart", lambda: _fails(ValueError("Иванова, 52 балла")))
    assert "chart" in caplog.text
    assert "ValueError" in caplog.text
    assert "test_boxes.py" in caplog.text
    assert "Иванова" not in caplog.text


@pytest.mark.parametrize("error", [Conflict("занято"), DatabaseError("away")])
def test_what_the_page_answers_itself_goes_on(error: Exception) -> None:
    with pytest.raises(type(error)):
        readable("chart", lambda: _fails(error), "")


def test_a_part_of_a_template_fails_alone() -> None:
    template = engines["house"].from_string('до{% call boxed("task") %}{{ one.broken }}{% endcall %}после')

    class One:
        @property
        def broken(self) -> str:
            return _fails(ZeroDivisionError())

    shown = template.render({"one": One()})
    assert shown.startswith("до<span")
    assert str(sentence()) in shown
    assert shown.endswith("</span>после")
