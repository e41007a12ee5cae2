"""The fixed wording of the card. It is a Russian office form by law (53-FZ), so it isn't translated."""

from .model import RouteKind, SigningParty, Standing

CARD = "КАРТА"
TITLES = {
    RouteKind.INDIVIDUAL: "индивидуального образовательного маршрута",
    RouteKind.GROUP: "группового образовательного маршрута",
}
GROUP_OF = "группы «{name}»"
VERSION = "Редакция № {number} от {date}"
UNSENT = "Проект на {date}, ещё не согласован"
WAITING = ", ждёт согласования"
AGREED = ", согласована {date}"
PROPOSED = "Предложена редакция № {number} от {date}, она ждёт согласования"
ENDED = {
    Standing.CLOSED: "Маршрут завершён {date}",
    Standing.STOPPED: "Маршрут прекращён {date}",
}

AGREED_STAMP = "СОГЛАСОВАНО"
SIGNATURE_LINE = "_" * 22
AGREED_ON = "согласовано {date}"

TEACHER = "Педагог"
SCHOOL = "Образовательная организация"
POSITION = "Должность"
CATEGORY = "Квалификационная категория"
SERVICE = "Педагогический стаж"
SUBJECT_AND_CLASSES = "Предмет, классы"
COURSES = "Повышение квалификации за последние 3 года"
TUTOR = "Тьютор"
PERIOD = "Период реализации"
PERIOD_VALUE = "с {start} по {end}"
BASIS = "Основание"
REQUEST = "Образовательный заказ педагога"
GROUP_REQUEST = "Образовательный заказ группы"

MEMBERS = "Состав группы"
MEMBERS_HEAD = ("№", "Фамилия, имя, отчество", SCHOOL, POSITION, "Категория", "Стаж", SUBJECT_AND_CLASSES, COURSES)
GOALS = "Цели маршрута"
PLAN = "План восполнения профессиональных дефицитов"
PLAN_HEAD = (
    "№",
    "Профессиональный дефицит",
    "Задача",
    "Мероприятие, форма",
    "Ресурс, оператор",
    "Срок",
    "Ожидаемый результат",
    "Форма представления",
    "Отметка о выполнении",
)
PROGRESS = "Ход реализации"
PROGRESS_VALUE = "На {date} выполнено пунктов: {done} из {total}."
OUTCOMES = "Итоги по дефицитам"
OUTCOMES_HEAD = ("№", "Профессиональный дефицит", "Итог", "По чему видно")
CONCLUSION = "Вывод"
REFLECTION = "Рефлексия"
REFLECTION_NOTE = "Приведены только те записи, которыми педагог решил поделиться."
PARTIES = {
    SigningParty.TEACHER: "Педагог",
    SigningParty.TUTOR: "Тьютор",
    SigningParty.HEAD: "Руководитель образовательной организации",
}
DONE = "Выполнено\n{date}"
