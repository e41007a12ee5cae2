"""Why a deadline has no dates, in words for the person who can say them."""

from enum import StrEnum


class Reason(StrEnum):
    WHICH = "which"
    WHICH_HALF = "which_half"
    NO_PERIOD = "no_period"
    NO_SUCH_DAY = "no_such_day"
    OUTSIDE = "outside"
    NAMED_PERIOD = "named_period"
    NAMED_EVENT = "named_event"
    SINCE_WHEN = "since_when"
    VAGUE = "vague"
    ON_REQUEST = "on_request"
    BY_PLAN = "by_plan"
    OPEN = "open"
    AT_MOST = "at_most"
    UNCERTAIN = "uncertain"
    WHICH_MONTH = "which_month"
    COUNT = "count"
    CONFLICT = "conflict"
    WEEKDAY = "weekday"
    CHOICE = "choice"
    UNIT = "unit"
    NOT_UNDERSTOOD = "not_understood"
    MISTYPED = "mistyped"
    AMBIGUOUS = "ambiguous"


QUESTIONS = frozenset(Reason) - {Reason.NAMED_EVENT, Reason.ON_REQUEST, Reason.BY_PLAN, Reason.OPEN, Reason.AT_MOST}
"""Of these somebody must say or correct something; the others are so by their nature."""
_SENTENCES = {
    Reason.WHICH: "Что имеется в виду – {choices}?",
    Reason.WHICH_HALF: "Полугодие чего – учебного или календарного года?",
    Reason.NO_PERIOD: "В календаре нет дат: {what}.",
    Reason.NO_SUCH_DAY: "Такого дня в плане на {choices} нет: {what}.",
    Reason.OUTSIDE: "Срок «{what}» не относится к плану на {choices}.",
    Reason.NAMED_PERIOD: "Когда начинается и кончается период, не сказано.",
    Reason.NAMED_EVENT: "Срок зависит от события: {what}.",
    Reason.SINCE_WHEN: "От какого дня считать, не сказано.",
    Reason.VAGUE: "Точный день не назван: {what}.",
    Reason.ON_REQUEST: "Выполняется {what}.",
    Reason.BY_PLAN: "Даты в другом документе: {what}.",
    Reason.OPEN: "Выполняется {what}, без дат.",
    Reason.AT_MOST: "«Не чаще» ни к какому дню не обязывает.",
    Reason.UNCERTAIN: "Как часто именно: {what}?",
    Reason.WHICH_MONTH: "В каком месяце: {what}?",
    Reason.COUNT: "Названо сроков: {what}, а должно быть: {choices}.",
    Reason.CONFLICT: "Сказано несколько раз, как часто или когда; как это связано, не сказано.",
    Reason.WEEKDAY: "{what}, а написано: {choices}.",
    Reason.CHOICE: "Нужно выбрать: {choices}.",
    Reason.UNIT: "Сосчитать нельзя: {what}.",
    Reason.NOT_UNDERSTOOD: "Не понято: {choices}.",
    Reason.MISTYPED: "Не понято: {what}. Имеется в виду {choices}?",
    Reason.AMBIGUOUS: "Можно понять по-разному: {choices}.",
}


class Unplaced(Exception):
    """``what`` the reason is about; ``choices`` between which a person decides."""

    def __init__(self, reason: Reason, what: str = "", choices: tuple[str, ...] = ()) -> None:
        super().__init__(reason, what, choices)
        self.reason, self.what, self.choices = reason, what, choices

    @property
    def sentence(self) -> str:
        if self.reason is Reason.NAMED_PERIOD and self.what:
            return f"Когда начинается и кончается период {self.what}, не сказано."
        return _SENTENCES[self.reason].format(what=self.what.removesuffix("."), choices=" или ".join(self.choices))
