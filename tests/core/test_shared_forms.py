"""One way for forms that save themselves and for words that two people write at once."""

import re
from pathlib import Path

from django.test import RequestFactory
from django.utils import translation

import traektoria
from traektoria.core.shared_forms import ChangedMeanwhile, saved_itself, saves_itself, stamp


def test_a_stamp_is_of_the_words_not_of_their_order() -> None:
    assert stamp({"a": 1, "b": "два"}) == stamp({"b": "два", "a": 1}) != stamp({"a": 1, "b": "Два"})


def test_a_form_that_saved_itself_gets_the_mark_of_what_stands_there() -> None:
    assert saves_itself(RequestFactory().post("/", headers={"X-Autosave": "1"}))
    assert not saves_itself(RequestFactory().post("/"))
    assert (saved_itself("abc").status_code, saved_itself("abc").headers["X-Seen"]) == (204, "abc")
    assert "X-Seen" not in saved_itself().headers


def test_words_that_would_be_lost_are_said() -> None:
    with translation.override("ru"):
        said = ChangedMeanwhile("mark", ["Чужие слова", ""])
    assert (said.seen, said.code, said.status) == ("mark", "changed_meanwhile", 409)
    assert said.sentence == (
        "Пока вы писали, это изменили в другом окне или другой человек. Сейчас там записано: «Чужие слова». "
        "Нажмите «Сохранить» ещё раз, чтобы остался ваш текст."
    )


def test_nobody_else_reads_the_header() -> None:
    home = Path(traektoria.__file__).parent
    reading = [path for path in home.rglob("*.py") if re.search(r"X-Autosave|X-Seen|HTTP_X_AUTO", path.read_text())]
    assert [path.relative_to(home).as_posix() for path in reading] == ["core/shared_forms.py"]
