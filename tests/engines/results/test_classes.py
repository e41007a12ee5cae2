import pytest

from traektoria.engines.results.classes import normalise_class


@pytest.mark.parametrize(
    ("raw", "letter"),
    [
        ("4А", "А"),
        ("4а", "А"),
        ("А", "А"),
        ("а ", "А"),
        ("4 А", "А"),
        ("4-А", "А"),
        ("4 «А»", "А"),
        ('4"А"', "А"),
        ("4\xa0А", "А"),
        ("4A", "А"),  # Latin A
        ("A", "А"),
        ("4 класс", ""),
        ("4 класс А", "А"),
        ("4-й", ""),
        ("4", ""),
        (4, ""),
        (4.0, ""),
        ("4.0", ""),
        ("нет", ""),
        ("НЕТ", ""),
        ("", ""),
        (None, ""),
        ("-", ""),
        ("4/2", "2"),
        (2.0, "2"),
        ("4КК", "КК"),
        ("4Й", "Й"),
        ("5А", None),
        ("14А", None),
        ("выпускной", None),
        ("11", None),
    ],
)
def test_normalise_class_reads_the_letter(raw: object, letter: str | None) -> None:
    assert normalise_class(4, raw) == letter


def test_normalise_class_of_a_two_digit_grade() -> None:
    assert [normalise_class(10, raw) for raw in ("10А", "10", 10.0, "1А", "11А")] == ["А", "", "", None, None]
