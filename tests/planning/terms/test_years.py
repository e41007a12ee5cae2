"""Years in the words of a plan go on with it; years of laws and orders stay."""

import pytest

from traektoria.planning.terms.years import has_year, has_year_near, shifted

YEARS = (2026, 2027)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("План на 2026/27 учебный год", "План на 2027/28 учебный год"),
        ("План на 2026–2027 учебный год", "План на 2027–2028 учебный год"),
        ("2026 - 2027 гг.", "2027 - 2028 гг."),
        ("сентябрь 2026 г., май 2027 г.", "сентябрь 2027 г., май 2028 г."),
        ("до 31.03.2027", "до 31.03.2028"),
        ("24.11.26-28.11.26", "24.11.27-28.11.27"),
        ("по приказу 2021 года", "по приказу 2021 года"),
        ("№ 273-ФЗ от 29.12.2012", "№ 273-ФЗ от 29.12.2012"),
        ("1 раз в четверть", "1 раз в четверть"),
        ("программа на 2024–2029 годы", "программа на 2024–2029 годы"),
        ("Итоги 2025/26 учебного года", "Итоги 2026/27 учебного года"),
        ("выпуск 2022/23 года", "выпуск 2022/23 года"),
        ("12026 экземпляров", "12026 экземпляров"),
    ],
)
def test_years_of_the_plan_go_on(text: str, said: str) -> None:
    assert shifted(text, YEARS, 1) == said
    assert shifted(text, YEARS, 0) == text


@pytest.mark.parametrize(("text", "has"), [("26 августа 2020 г.", True), ("01.09.26", True), ("31 марта", False)])
def test_a_year_is_written(text: str, has: bool) -> None:
    assert has_year(text) is has


BESIDE = {"по итогам 2025 года": True, "приказ от 29.12.2012": False, "31.03.27": True, "март": False}


@pytest.mark.parametrize(("text", "near"), BESIDE.items())
def test_a_year_beside_those_of_the_plan_is_decided(text: str, near: bool) -> None:
    assert has_year_near(text, YEARS) is near
