"""The made-up places: two districts with tutor centres, and two more that only stand in the regional files."""

from dataclasses import dataclass

LETTERS = "АБВ"


@dataclass(frozen=True)
class DemoMunicipality:
    """A municipality; ``code`` as in FIS OKO."""

    code: str
    name: str


@dataclass(frozen=True)
class DemoSchool:
    """``letters`` is the number of classes in a parallel; ``ability`` shifts all its pupils, in logits."""

    digits: str
    name: str
    full_name: str
    place: DemoMunicipality
    letters: int
    ability: float = 0.0


HOME = DemoMunicipality("reg99_m001", "Приреченский район")
FOREIGN = DemoMunicipality("reg99_m002", "Озёрский район")
OTHERS = (DemoMunicipality("reg99_m003", "Заречный район"), DemoMunicipality("reg99_m004", "город Светлоград"))
_OWNER = "Муниципальное бюджетное общеобразовательное учреждение"


def _school(
    digits: str, place: DemoMunicipality, short: str, kind: str, village: str, letters: int, ability: float
) -> DemoSchool:
    number = f" {short.split(' ', 1)[1]}" if " " in short else ""
    full = f"{_OWNER} «{kind}{number}» {village} муниципального образования «{place.name}»"
    return DemoSchool(digits, f"{short} {village}", full, place, letters, ability)


_SECONDARY = "Средняя общеобразовательная школа"
_BASIC = "Основная общеобразовательная школа"
HOME_SCHOOLS = (
    _school("990101", HOME, "СОШ № 1", _SECONDARY, "с. Ясное", 2, 0.1),
    _school("990102", HOME, "СОШ № 2", _SECONDARY, "с. Ясное", 2, 0.0),
    _school("990103", HOME, "Гимназия № 3", "Гимназия", "с. Ясное", 3, 0.3),
    _school("990104", HOME, "Лицей № 4", "Лицей", "п. Речной", 3, 0.35),
    _school("990105", HOME, "СОШ № 5", _SECONDARY, "п. Речной", 2, -0.1),
    _school("990106", HOME, "СОШ № 6", _SECONDARY, "с. Луговое", 2, 0.0),
    _school("990107", HOME, "СОШ № 7", _SECONDARY, "с. Каменка", 2, -0.15),
    _school("990108", HOME, "СОШ № 8", _SECONDARY, "ст. Полевая", 2, 0.05),
    _school("990109", HOME, "СОШ № 9", _SECONDARY, "с. Берёзовка", 2, -0.05),
    _school("990110", HOME, "СОШ № 10", _SECONDARY, "д. Дубки", 2, 0.1),
    _school("990111", HOME, "ООШ № 11", _BASIC, "х. Тихий", 1, -0.2),
    _school("990112", HOME, "ООШ № 12", _BASIC, "с. Заозёрное", 1, -0.1),
)
FOREIGN_SCHOOLS = (
    _school("990201", FOREIGN, "СОШ № 1", _SECONDARY, "с. Озёрное", 2, 0.0),
    _school("990202", FOREIGN, "СОШ № 2", _SECONDARY, "с. Кувшинки", 1, 0.1),
    _school("990203", FOREIGN, "ООШ № 3", _BASIC, "д. Камыши", 1, -0.1),
)
OTHER_SCHOOLS = tuple(
    _school(f"990{place}0{number}", OTHERS[place - 3], f"СОШ № {number}", _SECONDARY, village, 2, ability)
    for place, number, village, ability in (
        (3, 1, "с. Заречье", 0.0),
        (3, 2, "с. Мостовое", -0.1),
        (4, 1, "г. Светлоград", 0.2),
        (4, 2, "г. Светлоград", 0.1),
        (4, 3, "г. Светлоград", 0.0),
    )
)
LONE = OTHERS[0]
LONE_SCHOOL = OTHER_SCHOOLS[0]
"""The school that keeps tutors of its own: a centre of one school."""
ALL_SCHOOLS = HOME_SCHOOLS + FOREIGN_SCHOOLS + OTHER_SCHOOLS
