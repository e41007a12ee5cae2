"""Every code of the engine has a Russian sentence, and its values are shown as people write them."""

import re

import pytest

from traektoria.diagnostics.items.question_problems import (
    FORMATS,
    KINDS,
    PROBLEMS,
    UNREADABLE,
    encoding_words,
    place_words,
    problem_sentence,
    unreadable_sentence,
)
from traektoria.engines.questionbanks import (
    PROBLEM_CODES,
    UNREADABLE_CODES,
    FileFormat,
    Problem,
    QuestionKind,
    UnreadableBank,
)

PLACEHOLDER = re.compile(r"%\((\w+)\)s")
CYRILLIC = re.compile("[а-яё]")


def names(description: str) -> set[str]:
    """«a weight that is no number: found» documents the parameter found."""
    return {name.strip() for name in description.rpartition(": ")[2].split(",")}


def test_every_code_is_worded() -> None:
    assert set(PROBLEMS) == set(PROBLEM_CODES)
    assert set(UNREADABLE) == set(UNREADABLE_CODES)
    assert set(KINDS) == set(QuestionKind)
    assert set(FORMATS) == set(FileFormat)


@pytest.mark.parametrize("code", PROBLEM_CODES)
def test_sentence_of_a_problem(code: str) -> None:
    wanted = set(PLACEHOLDER.findall(str(PROBLEMS[code])))
    assert wanted <= names(PROBLEM_CODES[code])
    params = {name: QuestionKind.SHORT.value if name == "kind" else "значение" for name in wanted}
    sentence = problem_sentence(Problem(3, code, params))
    assert CYRILLIC.search(sentence.replace("значение", ""))
    assert sentence.endswith(".")
    assert not PLACEHOLDER.search(sentence)


@pytest.mark.parametrize("code", UNREADABLE_CODES)
def test_sentence_of_a_refusal(code: str) -> None:
    sentence = unreadable_sentence(
        UnreadableBank(code, **({"root": "html"} if code in ("unknown_xml", "only_a_list") else {}))
    )
    assert CYRILLIC.search(sentence)
    assert "%(" not in sentence


def test_values_in_sentences() -> None:
    def said(code: str, **params: str | int) -> str:
        return problem_sentence(Problem(1, code, params))

    assert said("weights_not_whole", sum="66.5").startswith("Лучший ответ даёт 66,5 %, а должен давать 100 %.")
    assert "не больше 5 МБ" in said("picture_too_large", name="a.png", limit=5 * 2**20)
    assert said("bad_key", found="").startswith("В столбце «Верно» непонятное значение: ничего не написано.")
    assert said("ignored_parts", names="hint × 3, tries × 1").startswith(
        "Для этих частей вопросов у нас нет места: подсказки × 3, tries × 1."
    )
    assert "(закрывающий тег не подходит к открывающему)" in said("broken_xml", reason="mismatched tag")
    assert said("repeated_answer", found="а «б»\n" + "в" * 100).startswith(f"Ответ «а „б“ {'в' * 73}…» повторяется.")
    assert said("kind_guessed", kind="matching").startswith("Столбец «Тип» пуст; судя по ответам, это соответствие.")
    assert unreadable_sentence(UnreadableBank("too_large")).startswith("Файл больше 64 МБ.")


def test_places() -> None:
    whole = Problem(12, "bad_key", {"file": "a.xml"}, "Столица", 3, column="C")
    assert place_words(whole) == "Файл a.xml, строка 12, столбец C, вопрос 3 «Столица»"
    assert place_words(Problem(7, "no_text")) == "Строка 7"
    assert [encoding_words(name) for name in ("cp1251", "utf-8", "")] == ["Windows-1251", "UTF-8", ""]
