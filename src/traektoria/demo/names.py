"""Made-up people: common Russian surnames, given names and patronymics, combined by chance. Nobody real is meant."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


SURNAMES = _words("""
Александров Алексеев Андреев Антонов Афанасьев Баранов Белов Беляев Богданов Борисов Васильев Виноградов Власов
Волков Воробьёв Гаврилов Герасимов Голубев Григорьев Гусев Давыдов Данилов Денисов Дмитриев Дорофеев Егоров Ершов
Ефимов Жданов Жуков Зайцев Захаров Зимин Зуев Иванов Ильин Калинин Карпов Киселёв Ковалёв Козлов Комаров Коновалов
Королёв Крылов Кудрявцев Кузнецов Кузьмин Лазарев Лебедев Логинов Макаров Максимов Марков Мартынов Матвеев Медведев
Мельников Миронов Михайлов Морозов Назаров Некрасов Никитин Николаев Новиков Орлов Осипов Павлов Панов Петров Поляков
Пономарёв Попов Потапов Прохоров Родионов Романов Рыбаков Савельев Сазонов Семёнов Сергеев Сидоров Смирнов Соболев
Соколов Соловьёв Сорокин Степанов Субботин Тарасов Тимофеев Титов Тихонов Третьяков Трофимов Ушаков Фадеев Фёдоров
Филатов Фомин Фролов Чернов Шестаков Широков Щербаков Яковлев
""")
WOMEN = _words("""
Александра Алла Анастасия Анна Валентина Валерия Вера Виктория Галина Дарья Евгения Екатерина Елена Зинаида Инна Ирина
Ксения Лариса Лидия Любовь Людмила Марина Мария Надежда Наталья Нина Оксана Ольга Полина Светлана Софья Тамара Татьяна
Юлия
""")
MEN = _words("""
Александр Алексей Андрей Антон Борис Вадим Валерий Виктор Владимир Геннадий Денис Дмитрий Евгений Игорь Кирилл
Максим Михаил Николай Олег Павел Пётр Роман Сергей Степан Юрий
""")
PATRONYMICS = _words("""
Александров Алексеев Анатольев Андреев Борисов Вадимов Валентинов Викторов Владимиров Геннадьев Дмитриев Евгеньев
Иванов Игорев Константинов Леонидов Михайлов Николаев Олегов Павлов Петров Романов Сергеев Степанов Фёдоров Юрьев
""")


@dataclass(frozen=True)
class Name:
    """``gender`` is a value of ``people.enums.Gender``."""

    surname: str
    given: str
    patronymic: str
    gender: str


def names(seed: int, share_of_men: float = 0.14) -> Iterator[Name]:
    """Names without end, none twice."""
    chance = Random(seed)  # noqa: S311 (made up)
    taken = set()
    while True:
        name = _man(chance) if chance.random() < share_of_men else _woman(chance)
        if name not in taken:
            taken.add(name)
            yield name


def _woman(chance: Random) -> Name:
    return Name(chance.choice(SURNAMES) + "а", chance.choice(WOMEN), chance.choice(PATRONYMICS) + "на", "female")


def _man(chance: Random) -> Name:
    return Name(chance.choice(SURNAMES), chance.choice(MEN), chance.choice(PATRONYMICS) + "ич", "male")
