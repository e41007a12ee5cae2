"""What does not agree in a lesson calendar, in a sentence; its figures as they stand in the paper."""

from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traektoria.engines.lessons.model import Contradiction, LessonColumn, Odd, Say, Scope
from traektoria.engines.plantables.model import Left, Place, Where
from traektoria.planning.imports.draft_rows import Spot
from traektoria.planning.imports.sentences import WHYS, place_words

SENTENCES: Final[dict[Odd, Any]] = {
    Odd.YEAR_HOURS: gettext_lazy("Hours by the rows: %(counted)s. Stated for the year: %(stated)s."),
    Odd.SECTION_HOURS: gettext_lazy("«%(about)s»: hours by the rows %(counted)s, stated %(stated)s."),
    Odd.WEEKS_HOURS: gettext_lazy("Hours by the rows: %(counted)s. By weeks: %(about)s = %(stated)s."),
    Odd.HOURS_UNREAD: gettext_lazy("Hours that are no number, rows: %(counted)s. They are not added up."),
    Odd.HOURS_MISSING: gettext_lazy("Rows without hours: %(counted)s. They are not added up."),
    Odd.NUMBER_GAP: gettext_lazy("No lesson has the number %(about)s."),
    Odd.NUMBER_TWICE: gettext_lazy("The number %(about)s stands twice."),
    Odd.DAY_IMPOSSIBLE: gettext_lazy("There is no such day: %(about)s."),
    Odd.DAY_UNREAD: gettext_lazy("Days that can't be read, rows: %(counted)s. They are held against nothing."),
    Odd.DAY_MISSING: gettext_lazy("Rows without a day: %(counted)s."),
    Odd.CONTROLS: gettext_lazy("Control works by the rows: %(counted)s. Stated: %(stated)s."),
    Odd.CONTROL_GAP: gettext_lazy("There is no control work No. %(about)s, though there are later ones."),
    Odd.CONTROL_TWICE: gettext_lazy("Control work No. %(about)s stands in %(counted)s places."),
}
_OFF: Final[dict[str, Any]] = {
    "sunday": gettext_lazy("%(day)s is a Sunday."),
    "public": gettext_lazy("%(day)s is a public holiday."),
    "holidays": gettext_lazy("%(day)s lies in the school holidays."),
}
_SAID: Final[dict[str, Any]] = {
    Say.WEEK: gettext_lazy("Hours a week are stated twice: %(stated)s and %(counted)s."),
    Say.WEEKS: gettext_lazy("Weeks of the year are stated twice: %(stated)s and %(counted)s."),
    Say.YEAR: gettext_lazy("Hours a year are stated twice: %(stated)s and %(counted)s."),
    Say.CONTROLS: gettext_lazy("The number of control works is stated twice: %(stated)s and %(counted)s."),
}
_TOTALS: Final[dict[str, Any]] = {
    Scope.ALL: gettext_lazy("Hours by the rows: %(counted)s. In the row of totals: %(stated)s."),
    Scope.SECTION: gettext_lazy("Hours of the section by the rows: %(counted)s. In its row of totals: %(stated)s."),
    Scope.PART: gettext_lazy("Hours of the quarter by the rows: %(counted)s. In its row of totals: %(stated)s."),
}
_ROWS: Final[dict[Where, Any]] = {
    Where.TABLE: gettext_lazy("table %(number)s, rows %(rows)s"),
    Where.SHEET: gettext_lazy("sheet %(number)s, rows %(rows)s"),
    Where.LINE: gettext_lazy("rows %(rows)s"),
}
MEANINGS: Final[dict[LessonColumn, Any]] = {
    LessonColumn.NUMBER: gettext_lazy("number of the lesson"),
    LessonColumn.THEME: gettext_lazy("theme"),
    LessonColumn.SECTION: gettext_lazy("section of the programme"),
    LessonColumn.HOURS: gettext_lazy("hours"),
    LessonColumn.DATE: gettext_lazy("day"),
    LessonColumn.CONTROL: gettext_lazy("form of control"),
    LessonColumn.OTHER: gettext_lazy("this column is not taken"),
}


def sentence_of(one: Contradiction) -> str:
    facts = {"counted": one.counted, "stated": one.stated, "about": one.about}
    if one.odd is Odd.STATED:
        return str(_SAID[one.about]) % facts
    if one.odd is Odd.TOTAL_HOURS:
        return str(_TOTALS[one.about]) % facts
    return str(SENTENCES[one.odd]) % facts if one.odd in SENTENCES else _of_days(one)


def _of_days(one: Contradiction) -> str:
    if one.odd is Odd.WEEK_OVER:
        facts = {"day": _day(one.about), "counted": one.counted, "stated": one.stated}
        return _("In the week from %(day)s there are %(counted)s hours, %(stated)s a week are stated.") % facts
    day = {"day": _day(one.counted)}
    if one.odd is Odd.DAY_OFF:
        said = str(_OFF[one.about]) % day
        return said if one.sure else f"{said} {_('These holidays are proposed and not confirmed yet.')}"
    if one.odd is Odd.DAY_OUTSIDE:
        return _("%(day)s is outside of the school year.") % day
    if one.odd is Odd.DAY_TWICE:
        return _("Two lessons on one day: %(day)s.") % day
    return _("%(day)s stands after %(before)s.") % {**day, "before": _day(one.stated)}


def _day(text: str) -> str:
    """With its year: the sentence may stand in an act for years."""
    return f"{date.fromisoformat(text):%d.%m.%Y}"


def spot_words(place: Place) -> str:
    """«таблица 1, строка 14». Sheets are told by their numbers: their names may be those of teachers."""
    if place.where is Where.SHEET:
        facts = {"number": place.number, "row": place.row}
        return (_("sheet %(number)s, row %(row)s") if place.row else _("sheet %(number)s")) % facts
    return place_words(Spot(place.where, place.number, place.name, place.row, place.last))


def places_words(places: tuple[Place, ...]) -> str:
    """«таблица 1, строки 14, 15», several tables one after another."""
    found: dict[tuple[Any, ...], list[Place]] = {}
    for one in places:
        found.setdefault((one.where, one.number, one.name), []).append(one)
    return "; ".join(_together(rows) for rows in found.values())


def _together(rows: list[Place]) -> str:
    """«таблица 1, строки 14, 15»."""
    if len(rows) == 1 or rows[0].where not in _ROWS:
        return ", ".join(map(spot_words, rows))
    return str(_ROWS[rows[0].where]) % {"number": rows[0].number, "rows": ", ".join(str(one.row) for one in rows)}


def left_words(left: Left) -> str:
    """What is not taken and why: «таблица 1, строка 3: итоги»."""
    return f"{spot_words(left.place)}: {WHYS[left.why]}"
