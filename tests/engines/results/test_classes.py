import pytest

from traektoria.engines.results.classes import class_parts, normalise_class, one_spelling


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


@pytest.mark.parametrize(
    ("raw", "parts"),
    [
        ("5А", (5, "А")), ("5 «а» класс", (5, "А")), ("5a", (5, "А")), ("А", (None, "А")), ("5", (5, "")),
        ("5/2", (5, "2")), ("10-1", (10, "1")), ("выпускной", (None, "ВЫПУСКНОЙ")), ("нет", (None, "")),
        (None, (None, "")), ("5 класс", (5, "")), ("11 «Б» кл.", (11, "Б")),
    ],
)  # fmt: skip
def test_the_parts_of_a_name(raw: object, parts: tuple[int | None, str]) -> None:
    assert class_parts(raw) == parts


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (["5 А", "5а", "5 «А» класс", "5А"], ["5А"] * 4),
        (["5 А", "5 А", "5а"], ["5А"] * 3),  # also where nobody has written it plainly
        (["5a", "5а", "5-а"], ["5А"] * 3),  # a Latin letter among them
        (["5 А", "5 Б"], ["5 А", "5 Б"]),  # written in one way each: as written
        (["А", "5А", "Б"], ["5А", "5А", "Б"]),
        (["А", "5А", "6А"], ["А", "5А", "6А"]),  # of which grade the bare letter is nobody knows
        (["5", "5 класс", None, "нет"], ["5", "5", None, "нет"]),
        (["5/1", "5/1", "5-1", "51"], ["5/1", "5/1", "5/1", "51"]),
        (["Выпускной", "Выпускной", "выпускной"], ["Выпускной"] * 3),
    ],
)
def test_one_class_has_one_spelling(written: list[str | None], shown: list[str | None]) -> None:
    assert one_spelling(["s"] * len(written), written) == shown


def test_classes_of_different_schools_are_not_one() -> None:
    assert one_spelling(["a", "a", "b"], ["5А", "5 а", "5 а"]) == ["5А", "5А", "5 а"]
