"""Which school a plan means."""

import pytest

from traektoria.engines.plantables.schools import KnownSchool, looks_like_school, match_school

SCHOOLS = [
    KnownSchool(1, "МБОУ СОШ № 3 им. Горького", "Муниципальное бюджетное общеобразовательное учреждение средняя школа"),
    KnownSchool(2, "Лицей № 3"),
    KnownSchool(3, "ООШ с. Берёзовка"),
    KnownSchool(4, "СОШ № 13"),
    KnownSchool(5, "Гимназия «Радуга»"),
    KnownSchool(6, "НОШ с. Берёзовка"),
]


@pytest.mark.parametrize(
    ("text", "keys", "named"),
    [
        ("СОШ № 3", (1,), True),
        ("школа № 3", (1, 2), True),
        ("директор ООШ № 13", (), True),
        ("лицей №3", (2,), True),
        ("МБОУ СОШ № 13", (4,), True),
        ("школа 13", (4,), True),
        ("директор гимназии «Радуга»", (5,), True),
        ("школа села Берёзовка", (3, 6), True),
        ("ООШ с. Берёзовка", (3,), True),
        ("СОШ № 7", (), True),
        ("руководители ОО", (), False),
        ("администрация школ", (), False),
        ("директора школ района", (), False),
        ("все общеобразовательные организации", (), False),
    ],
)
def test_a_school_is_found_by_kind_and_number_or_by_its_words(text: str, keys: tuple[int, ...], named: bool) -> None:
    found = match_school(text, SCHOOLS)
    assert (found.keys, found.named) == (keys, named)


def test_another_organisation_is_no_school() -> None:
    assert looks_like_school("директор СОШ № 3")
    assert not looks_like_school("МКУ «Методический центр»")
