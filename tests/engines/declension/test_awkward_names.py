"""A dash, a figure, a picture in the place of a name: declined to something, never our mistake."""

import pytest

from traektoria.engines.declension import Case, FullName, NameGender, asked_for, decline, decline_title

TYPED = (
    "-",
    "--",
    "",
    " ",
    "1 000,5",
    "-а",
    "а-",
    "😀",
    "«»",
    "\xa0",
    "ь",
    "ё",
    "Ъ-Ъ",
    "нет",
    "%",
    "\u200b",
    "'",
    "я" * 300,
)


@pytest.mark.parametrize("word", TYPED)
@pytest.mark.parametrize("gender", [None, *NameGender])
def test_anything_in_the_place_of_a_name_is_declined(word: str, gender: NameGender | None) -> None:
    for parts in ((word, "Мария", ""), ("Иванова", word, ""), ("Иванова", "Анна", word)):
        for case in Case:
            assert isinstance(decline(FullName(*parts, gender=gender), case).text, str)


@pytest.mark.parametrize("word", TYPED)
def test_anything_in_the_place_of_a_title_is_declined(word: str) -> None:
    for case in Case:
        assert isinstance(decline_title(word, case).text, str)
    assert asked_for(word) is None or isinstance(asked_for(word), str)
