"""Places, doubts and refusals in words."""

from functools import lru_cache
from typing import Any, Final

from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from traektoria.core.figures import MEGABYTE
from traektoria.core.typography import counted
from traektoria.engines.plantables.limits import FILES
from traektoria.engines.plantables.model import Doubt, PlanColumn, Where, WhyLeftOut
from traektoria.engines.tables.errors import Unreadable
from traektoria.planning.imports.draft_rows import DeadlineRead, LeftOut, Somebody, Spot

MEANINGS: Final[dict[str, Any]] = {
    PlanColumn.NUMBER: pgettext_lazy("plan", "Number"),
    PlanColumn.CONTENT: pgettext_lazy("plan", "What is done"),
    PlanColumn.TERM: gettext_lazy("Deadline"),
    PlanColumn.RESPONSIBLE: gettext_lazy("Responsible"),
    PlanColumn.DIRECTION: gettext_lazy("Direction of work"),
    PlanColumn.PRODUCT: gettext_lazy("Expected product"),
    PlanColumn.MONTH: gettext_lazy("deadline, where it is marked"),
    PlanColumn.NOTE: pgettext_lazy("plan", "Note"),
    PlanColumn.OTHER: gettext_lazy("put to the content, with its heading"),
}
DOUBTS: Final[dict[str, Any]] = {
    Doubt.NO_CONTENT: gettext_lazy("what is done is not said"),
    Doubt.NO_TERM: gettext_lazy("no deadline is said"),
    Doubt.TERM_NOT_UNDERSTOOD: gettext_lazy("the deadline is not understood"),
    Doubt.TIME_NOT_DATE: gettext_lazy("hours are said, but no day"),
    Doubt.TERM_FROM_ABOVE: gettext_lazy("the deadline stood in a row above"),
    Doubt.FROM_MARKS: gettext_lazy("the deadline is what is marked in the columns"),
    Doubt.CONTINUED: gettext_lazy("put together from several rows"),
    Doubt.REPEATED: gettext_lazy("the same measure once more, as in the table"),
    Doubt.SPLIT: gettext_lazy("divided by us: there was no table"),
    Doubt.SHIFTED: gettext_lazy("cells stand beside their columns"),
    Doubt.WORD_JOINED: gettext_lazy("a broken word was joined"),
    Doubt.DAMAGED: gettext_lazy("a cell can't be read"),
    Doubt.PICTURE: gettext_lazy("there is a picture in the row"),
}
SAID_BY_THE_TERM: Final = frozenset({Doubt.NO_TERM, Doubt.TERM_NOT_UNDERSTOOD})
"""The deadline itself says what is not understood in it."""
WHYS: Final[dict[str, Any]] = {
    WhyLeftOut.HEADING: gettext_lazy("the headings once more"),
    WhyLeftOut.NUMBERS: gettext_lazy("numbers of the columns"),
    WhyLeftOut.TOTAL: gettext_lazy("totals"),
    WhyLeftOut.SIGNATURE: gettext_lazy("signature"),
    WhyLeftOut.OTHER_TABLE: gettext_lazy("another table: no columns of a plan"),
    WhyLeftOut.HIDDEN_SHEET: gettext_lazy("a hidden sheet"),
    WhyLeftOut.HIDDEN_TEXT: gettext_lazy("hidden text"),
    WhyLeftOut.TEXT: gettext_lazy("text beside the table"),
    WhyLeftOut.PICTURE: gettext_lazy("a picture"),
    WhyLeftOut.ATTACHED: gettext_lazy("something inserted that can't be read"),
    WhyLeftOut.TOO_MANY: gettext_lazy("too many rows"),
}
READ_ALL_THE_SAME: Final = frozenset({WhyLeftOut.HIDDEN_ROWS, WhyLeftOut.HIDDEN_COLUMN})
"""What is named though it was taken."""
TOO_LONG: Final[dict[str, Any]] = {
    "number": pgettext_lazy("plan", "Number"),
    "section": gettext_lazy("Section"),
    "content": pgettext_lazy("plan", "What is done"),
    "phrase": gettext_lazy("Deadline"),
    "who": gettext_lazy("Responsible"),
    "direction": gettext_lazy("Direction of work"),
    "product": gettext_lazy("Expected product"),
}
_OF_A_ROW: Final[dict[str, Any]] = {
    "due": gettext_lazy("Deadline"),
    "who": gettext_lazy("Responsible"),
    "product": gettext_lazy("Expected product"),
    "ask": gettext_lazy("say what is meant"),
    "correct": gettext_lazy("Correct"),
    "right": gettext_lazy("It is right so"),
    "leave": gettext_lazy("Leave it out"),
    "after_all": gettext_lazy("Move it after all"),
}
_ELSEWHERE: Final[dict[str, Any]] = {
    "hdr": gettext_lazy("header of the page"),
    "ftr": gettext_lazy("footer of the page"),
    "footnote": gettext_lazy("footnote"),
    "endnote": gettext_lazy("footnote"),
}
_REFUSED: Final[dict[str, Any]] = {
    "empty": gettext_lazy("The file is empty."),
    "old_word": gettext_lazy("This is a document of an old Word (.doc). Open it in Word and save it as DOCX."),
    "old_excel": gettext_lazy("This is a table of an old Excel (.xls). Open it and save it as XLSX."),
    "old_office": gettext_lazy("This is a file of an old office program. Open it there and save it as DOCX or XLSX."),
    "binary_workbook": gettext_lazy("This is a table in a binary format (.xlsb). Open it and save it as XLSX."),
    "encrypted": gettext_lazy("The file is protected by a password. Take the protection off and save it anew."),
    "macros": gettext_lazy("The file has macros in it. Save it without macros, as DOCX or XLSX."),
    "open_document": gettext_lazy("This is a file of OpenDocument (.odt, .ods). Save it as DOCX or XLSX."),
    "rich_text": gettext_lazy("This is an RTF document. Open it and save it as DOCX."),
    "web_page": gettext_lazy("This is a web page. Copy its table and paste it here."),
    "picture": gettext_lazy("This is a picture. Take the plan as a document, or paste its text."),
    "scanned": gettext_lazy(
        "This PDF is a scan: pictures and no text. Take the file it was printed from, or paste the text."
    ),
    "archive": gettext_lazy("This is an archive. Unpack it and choose the plan itself."),
    "damaged_pdf": gettext_lazy("This PDF can't be read. Copy the table out of it and paste it here."),
    "not_a_plan": gettext_lazy("This is no document and no table. Choose a DOCX, XLSX, PDF or CSV."),
    "not_a_table": gettext_lazy("This is no document and no table. Choose a DOCX, XLSX, PDF or CSV."),
    "no_plan": gettext_lazy(
        "No plan was found: neither a table with «Content» and «Deadlines» nor numbered lines with deadlines."
    ),
    "all_hidden": gettext_lazy("All sheets of the file are hidden. Unhide the one with the plan and save it again."),
    "encoding": gettext_lazy("The letters of the file can't be read. Save it as DOCX or XLSX."),
    "html": gettext_lazy("This is a web page. Copy its table and paste it here."),
}  # fmt: skip


def row_words() -> dict[str, str]:
    """Words that each row of a preview says, looked up once a page."""
    return {name: str(said) for name, said in _OF_A_ROW.items()}


def when_words(told: DeadlineRead) -> str:
    """«1 раз в четверть: I четверть, II четверть, III четверть и ещё 1 раз»."""
    if not told.dates:
        return told.paraphrase
    more = told.times - len(told.dates)
    words = f"{told.paraphrase}: {', '.join(dict.fromkeys(told.dates))}"
    return f"{words} {_more_times(more, get_language())}" if more else words


@lru_cache(maxsize=256)
def _more_times(number: int, _language: str | None) -> str:
    return counted(number, "and %(n)s more time", "and %(n)s more times")


def unknown_words(one: Somebody) -> tuple[str, str]:
    """An icon and a sentence for somebody whom we do not know, or know several times."""
    return _unknown_words(one.text[:60], one.is_school, bool(one.several), get_language())


@lru_cache(maxsize=1024)
def _unknown_words(text: str, is_school: bool, several: bool, _language: str | None) -> tuple[str, str]:
    if is_school and several:
        return "school", _("«%(text)s»: which school? Several may be meant; write its whole name") % {"text": text}
    if is_school:
        return "school", _("«%(text)s»: no such school in the centre; correct the name, or it stays as text") % {
            "text": text
        }
    if several:
        return "user-search", _("«%(text)s»: several are called so") % {"text": text}
    return "type", _("«%(text)s» stays as text") % {"text": text}


def place_words(spot: Spot) -> str:
    """«таблица 2, строка 14»."""
    return _place_words(spot.where, spot.number, spot.name, spot.row, spot.last, get_language())


@lru_cache(maxsize=4096)
def _place_words(where: str, number: int, name: str, row: int, last: int, _language: str | None) -> str:
    """A preview says the same places again and again."""
    spot = Spot(where, number, name, row, last)
    facts = {"number": spot.number, "name": spot.name, "row": _rows(spot)}
    if spot.where == Where.TABLE:
        return _("table %(number)s, row %(row)s") % facts if spot.row else _("table %(number)s") % facts
    if spot.where == Where.SHEET:
        return _("sheet «%(name)s», row %(row)s") % facts if spot.row else _("sheet «%(name)s»") % facts
    if spot.where == Where.PAGE:
        return _("page %(number)s, row %(row)s") % facts if spot.row else _("page %(number)s") % facts
    if spot.where == Where.LINE:
        return _("lines %(row)s") % facts if spot.last else _("line %(row)s") % facts
    if spot.where == Where.PARAGRAPH:
        return _("paragraphs %(row)s") % facts if spot.last else _("paragraph %(row)s") % facts
    return str(_ELSEWHERE.get(spot.name, spot.name))


def hidden_words(one: LeftOut) -> str:
    """«лист «План», строки 5–7», «лист «План», столбец C»."""
    place = place_words(one.spot)
    return _("%(place)s, column %(column)s") % {"place": place, "column": one.text} if one.text else place


def _rows(spot: Spot) -> str:
    return f"{spot.row}–{spot.last}" if spot.last else str(spot.row)


def refusal(error: Unreadable) -> str:
    """Why the file is not read, and what to do: one sentence."""
    facts = error.params
    if error.code in {"too_large", "zip_bomb", "too_long"}:
        size = {"megabytes": FILES.file_bytes // MEGABYTE}
        return _("It is too large: up to %(megabytes)s MB, and a million letters. Leave only the plan in it.") % size
    if error.code == "too_many_pages":
        return _("There are more than %(limit)s pages in it. Leave only those with the plan.") % facts
    if error.code in {"too_many_rows", "too_many_columns", "too_sparse"}:
        return _("The table is too large for a plan. Leave only the rows and columns of the plan in it.")
    if error.code == "quoting":
        return _("A quotation mark in row %(row)s can't be understood. Save the table as XLSX.") % facts
    return str(
        _REFUSED.get(error.code, _("The file is damaged and can't be opened. Save it once more in its program."))
    )


def read_words(number: int) -> str:
    return counted(number, "%(n)s row is read", "%(n)s rows are read")
