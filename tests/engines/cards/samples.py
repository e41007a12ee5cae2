"""Made-up cards: an individual one in the middle of its work, and a closed one of a group."""

from dataclasses import replace
from datetime import date

from traektoria.engines.cards import (
    CardItem,
    CardOutcome,
    CardProgress,
    CardReflection,
    CardRequest,
    CardSignature,
    CardTeacher,
    CardTutor,
    RouteCard,
    RouteKind,
    SigningParty,
)

TEACHER = CardTeacher(
    name="Иванова Мария Петровна",
    name_genitive="Ивановой Марии Петровны",
    school='МБОУ "Средняя общеобразовательная школа № 5 им. А. П. Вымышленного"',
    position="учитель математики",
    position_genitive="учителя математики",
    category="первая, 12.03.2024",
    service_years=21,
    courses=(
        "«Формирование функциональной грамотности на уроках математики», 36 ч, 2024 г.",
        "«Подготовка экспертов ОГЭ по математике», 24 ч, 2025 г.",
    ),
    subject="математика",
    classes="5А, 5Б, 8В",
)
ITEMS = (
    CardItem(
        deficit="Решение текстовых задач на движение и совместную работу (задание 10 ВПР, 8 класс)",
        task="Освоить приёмы обучения моделированию условия задачи",
        activity="Мастер-класс",
        resource="Муниципальный тьюторский центр, тьютор Н. В. Орлова",
        deadline=date(2026, 10, 15),
        expected_result="В работе есть три способа моделирования условия; учащиеся 8В составляют модель без подсказки",
        showing_form="Открытый урок",
        done_on=date(2026, 10, 12),
        evidence=("Технологическая карта урока", "https://example.org/lessons/2026/modelirovanie-uslovia-zadachi"),
    ),
    CardItem(
        deficit="Геометрия: свойства четырёхугольников, доказательные рассуждения",
        task="Подобрать систему заданий по теме «Четырёхугольники» разного уровня",
        activity="Консультация",
        resource="Консультационный пункт",
        deadline=date(2026, 11, 20),
        expected_result="Банк из 24 заданий с критериями оценивания",
        showing_form="Методическая разработка",
    ),
    CardItem(
        deficit="Формирующее оценивание: критериальная обратная связь",
        task="Научиться давать обратную связь по критериям, известным ученику заранее",
        activity="Взаимопосещение уроков",
        resource="МБОУ СОШ № 2, учитель П. С. Громов",
        deadline="до конца II четверти",
        expected_result="Листы самооценки по двум темам",
        showing_form="Листы наблюдения",
    ),
    CardItem(
        deficit="Здоровьесберегающие и частнометодические высокопрофессиональные компетенции",
        task="Спланировать урок с учётом утомляемости",
        activity="Самообразование",
        resource="Библиотека центра",
        deadline=date(2027, 2, 1),
        expected_result="План урока",
        showing_form="Самоанализ",
    ),
)
INDIVIDUAL = RouteCard(
    centre='Муниципальный тьюторский центр МКУ "Информационно-методический центр"',
    municipality="Приозёрный муниципальный округ",
    kind=RouteKind.INDIVIDUAL,
    version=2,
    version_date=date(2026, 9, 5),
    teachers=(TEACHER,),
    tutor=CardTutor("Орлова Надежда Викторовна", "методист, учитель математики высшей категории"),
    start=date(2026, 9, 10),
    end=date(2027, 5, 25),
    basis=("Диагностика профессиональных дефицитов от 3 сентября 2026 г.", "Результаты ВПР 2026 г., 8 класс"),
    requests=(CardRequest("Хочу, чтобы мои восьмиклассники перестали бояться задач на движение.\nИ чтобы я тоже."),),
    goals=(
        "Освоить приёмы обучения решению текстовых задач.",
        "Собрать систему разноуровневых заданий по геометрии.",
    ),
    items=ITEMS,
    signatures=(
        CardSignature(SigningParty.TEACHER, "Иванова М. П.", "учитель математики", date(2026, 9, 5)),
        CardSignature(SigningParty.TUTOR, "Орлова Н. В.", "методист", date(2026, 9, 6)),
        CardSignature(SigningParty.HEAD, "Петров И. С.", "Директор МБОУ СОШ № 5"),
    ),
    progress=CardProgress(1, 4, date(2026, 10, 20)),
    reflections=(CardReflection(date(2026, 10, 13), "На открытом уроке впервые не я рисовала схему, а ученики."),),
)
GROUP = replace(
    INDIVIDUAL,
    kind=RouteKind.GROUP,
    group_name="Учителя математики 5–6 классов",
    teachers=(TEACHER, replace(TEACHER, name="Гусь Илья Никитич", service_years=None, courses=(), category="")),
    requests=(CardRequest("Разобрать задачи.", "Иванова М. П."), CardRequest("Научиться оценивать.", "Гусь И. Н.")),
    outcomes=(
        CardOutcome("Текстовые задачи", "восполнен", "Параллельная работа: 14 из 20 против 8 из 20"),
        CardOutcome("Обратная связь", "восполнен частично"),
    ),
    conclusion="Продолжить работу над оцениванием в следующем учебном году.",
)
