"""The fixed wording of official papers. They are Russian by law (53-FZ), so it isn't translated."""

LANGUAGE = "ru-RU"
DASH = "—"
MONTHS = (
    "января", "февраля", "марта", "апреля", "мая", "июня",
    "июля", "августа", "сентября", "октября", "ноября", "декабря",
)  # fmt: skip
YEARS = ("год", "года", "лет")

DRAFT = "ПРОЕКТ"
#: A first column under this head numbers the rows and stands in the middle.
NUMBER_HEAD = "№"
NUMBER = "№ {number}"
BULLET = "–"
BLANK_DATE = "«___» __________ 20___ г."
ACQUAINTED = "Ознакомлены:"
ACQUAINTED_WITH_ORDER = "С приказом ознакомлены:"
VERIFY_CODE = "Код проверки документа: {code}"
VERIFY_URL = "Проверить: {url}"
PAGE = "стр."
OF = "из"
