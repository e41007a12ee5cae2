"""Hours and dates."""

import pytest

from traektoria.engines.plantables.terms import are_times, date_of, is_time, looks_like_time, without_time


@pytest.mark.parametrize(
    "text", ["14.00-14.10", "14.00–14.10", "9:30", "с 9.00 до 10.30", "в 14.00", "14.00 ч.", "10.00 – 11.45"]
)
def test_hours_are_no_date(text):
    assert is_time(text)


@pytest.mark.parametrize("text", ["10.05", "12.01–15.03", "5 сентября", "09.2026", "01.09.2026", "25.00", "май", ""])
def test_what_may_be_a_date_is_not_taken_for_hours(text):
    assert not is_time(text)


def test_a_column_with_one_sure_hour_is_one_of_hours():
    assert are_times(["10.05–10.10", "14.00–14.10"])
    assert not are_times(["10.05", "12.01"])
    assert looks_like_time("10.05–10.10")


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("5 сентября (суббота)", "5 сентября"),
        ("СЕНТЯБРЬ", "СЕНТЯБРЬ"),
        ("Сентябрь 2026 г.:", "Сентябрь 2026 г."),
        ("I четверть", "I четверть"),
        ("с 1 по 15 октября", "с 1 по 15 октября"),
        ("Работа с молодыми педагогами", ""),
        ("Раздел 1", ""),
        ("в течение года", ""),
        ("1", ""),
    ],
)
def test_a_row_over_the_table_is_a_date_or_a_section(text, date):
    assert date_of(text) == date


@pytest.mark.parametrize(
    ("text", "term", "time"),
    [
        ("5 сентября, 14.00", "5 сентября", "14.00"),
        ("5 сентября в 14.00–15.00", "5 сентября", "14.00–15.00"),
        ("до 10.05", "до 10.05", ""),
        ("1 раз в четверть", "1 раз в четверть", ""),
    ],
)
def test_hours_beside_a_day(text, term, time):
    assert without_time(text) == (term, time)
