"""How a phrase is read: its words, what people type, what is not understood and where it stands."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.costs import calls_of
from tests.thoroughness import rounds
from traektoria.engines.deadlines.date_relations import At
from traektoria.engines.deadlines.letters import same_letters
from traektoria.engines.deadlines.lexicon import WORDS
from traektoria.engines.deadlines.model import Compound
from traektoria.engines.deadlines.paraphrases import paraphrase
from traektoria.engines.deadlines.places import Day, Month, Unit
from traektoria.engines.deadlines.reader import LONGEST, parse
from traektoria.engines.deadlines.rhythm_model import Recurring, Span

MONTHS = {
    1: "январь января январю январём январе янв. янв", 2: "февраль февраля февралю февралём феврале фев. февр.",
    3: "март марта марту мартом марте мар.", 4: "апрель апреля апрелю апрелем апреле апр.", 5: "май мая маю маем мае",
    6: "июнь июня июню июнем июне июн.", 7: "июль июля июлю июлем июле июл.",
    8: "август августа августу августом августе авг.",
    9: "сентябрь сентября сентябрю сентябрём сентябре сент. сен.", 10: "октябрь октября октябрю октябрём октябре окт.",
    11: "ноябрь ноября ноябрю ноябрём ноябре нояб. ноя.", 12: "декабрь декабря декабрю декабрём декабре дек.",
}  # fmt: skip


@pytest.mark.parametrize("month", MONTHS)
def test_months_are_known_in_all_cases_and_abbreviated(month: int) -> None:
    for form in MONTHS[month].split():
        assert parse(f"5 {form} 2026 г.").deadline == At(Day(5, month, 2026)), form
        assert parse(f"в {form.rstrip('.').upper()}").deadline in (At(Month(month)), None), form
    nominative, *_, prepositional = [form for form in MONTHS[month].split() if not form.endswith(".")][:5]
    assert parse(nominative).deadline == parse(f"в {prepositional}").deadline == At(Month(month))


@pytest.mark.parametrize(
    "text",
    ["не реже 1 раза в 2 месяца", "Не реже одного раза в два месяца", "не реже, чем один раз в два месяца",
     "не реже чем раз в 2 месяца", "не менее одного раза в 2 месяца", "минимум 1 раз в два месяца",
     "НЕ РЕЖЕ ОДНОГО В ДВА МЕСЯЦА",
     "не  реже\u00a01 раза в\n2 месяца", "не реже 1 раза в 2 мес.", "нe рeжe 1 рaзa в 2 мecяцa",
     "«не реже 1 раза в 2 месяца»"],
)  # fmt: skip
def test_a_floor_is_said_in_many_ways(text: str) -> None:
    floor = parse("не реже одного в два месяца").deadline
    assert isinstance(floor, Recurring)
    assert (floor.count, floor.per, floor.bound) == (1, Span(2, Unit.MONTH), "at_least")
    assert parse(text).deadline == floor


@pytest.mark.parametrize("dash", ["-", "–", "—", "−", " - ", " – ", "- ", " —", "‑"])
def test_any_dash_is_a_dash(dash: str) -> None:
    assert parse(f"сентябрь{dash}май").deadline == parse("с сентября по май").deadline


@pytest.mark.parametrize("number", ["2", "II", "ІІ", "2-я", "2-ая", "вторая", "Вторая", "во 2-й", "во второй", "ll"])
def test_the_second_quarter_has_many_names(number: str) -> None:
    assert parse(f"{number} четверть").deadline == parse("II четверть").deadline is not None


@pytest.mark.parametrize(
    "text", ["2025/26 уч. год", "2025-2026 учебный год", "2025–2026 уч.год", "2025/2026 учебный год", "2025/26 уч. г."]
)
def test_a_school_year_has_many_names(text: str) -> None:
    assert paraphrase(parse(text).deadline or parse("май").deadline or pytest.fail("nothing")) == (
        "в течение 2025/26 учебного года"
    )


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("1–2 методических цикла", [("методических цикла", 4, 22)]),
        ("Ноябрь (9 классы)", [("классы", 10, 16)]),
        ("9 класс – январь, 11 класс – май", [("класс", 2, 7), ("класс", 21, 26)]),
        ("с 31.09 по 10.10", [("31.09", 2, 7)]),
        ("октябрь, ноябрь, 14:00", [("14:00", 17, 22)]),
        ("каждый", []),
        ("", []),
        ("  ", []),
    ],
)
def test_what_is_not_understood_is_named_by_its_place(text: str, unknown: list[tuple[str, int, int]]) -> None:
    found = parse(text)
    assert (found.deadline, found.choices) == (None, ())
    if unknown:
        assert [(words.text, words.start, words.end) for words in found.unknown] == unknown
    assert all(text[words.start : words.end] == words.text for words in found.unknown)


@pytest.mark.parametrize(
    ("text", "choices"),
    [
        ("до мая", ["не позднее мая", "до начала мая"]),
        ("до конца года", ["до конца учебного года", "до конца декабря"]),
        ("2 полугодие 2021 года", ["II полугодие календарного 2021 года", "II полугодие 2020/21 учебного года"]),
    ],
)
def test_what_has_two_readings_is_a_question(text: str, choices: list[str]) -> None:
    found = parse(text)
    assert found.deadline is None
    assert [paraphrase(choice) for choice in found.choices] == choices


def test_a_year_at_the_end_of_a_list_is_that_of_all() -> None:
    assert parse("октябрь, ноябрь 2025 года").deadline == Compound((At(Month(10, 2025)), At(Month(11, 2025))))
    assert parse("ноябрь, март 2026 года").deadline is None


@pytest.mark.parametrize("text", ["по вторникам", "последний четверг месяца", "в конце четверти"])
def test_what_is_implied_is_noted(text: str) -> None:
    assert parse(text).implied is (text != "по вторникам")


def test_too_long_a_text_is_no_phrase() -> None:
    found = parse("сентябрь, " * 60)
    assert (found.deadline, found.unknown[0].start) == (None, LONGEST)


_words = st.sampled_from(sorted(WORDS))
_marks = st.sampled_from([",", ";", "-", "(", ")", "/", "1", "2", "15", "2025", "01.09", "I", "\n", "и"])
_bits = st.one_of(_words, _marks)


@settings(max_examples=rounds(60, 300), deadline=None)
@given(st.lists(_bits, max_size=25).map(" ".join))
def test_any_words_are_read_or_named_and_said_again(text: str) -> None:
    found = parse(text)
    assert all(0 <= words.start < words.end <= len(text) for words in found.unknown)
    readings = [found.deadline] if found.deadline else found.choices
    assert len({paraphrase(one) for one in readings}) == len(readings)


@settings(max_examples=rounds(40, 200), deadline=None)
@given(st.text(max_size=80))
def test_any_text_keeps_its_length_and_raises_nothing(text: str) -> None:
    assert len(same_letters(text)) == len(text)
    parse(text)


@pytest.mark.parametrize(
    "text",
    [
        "май, " * 60,
        "1, " * 100 + "мая",
        "с 1 по " * 40,
        "раз в " * 60,
        "по запросу и " * 25,
        "(" * 300,
        "до мая или " * 30,
    ],
)
def test_a_long_list_is_read_in_few_steps(text: str) -> None:
    assert calls_of(lambda: parse(text[:LONGEST])) < 600_000


@pytest.mark.parametrize(
    ("phrase", "named"),
    [("октябрь (15, 22, 29)", ["15, 22, 29"]), ("1 раз (октябрь)", ["октябрь"]), ("май (", ["май"]), (") май", ["май"]),
     ("май (по графику) (", ["май", "по графику"])],
)  # fmt: skip
def test_what_is_not_understood_is_never_a_bracket_alone(phrase: str, named: list[str]) -> None:
    """«Не понято: «)».» would say nothing."""
    assert [words.text for words in parse(phrase).unknown] == named
