"""Words of the engine of question banks, which has codes and figures only: problems, refusals, kinds, formats.

A sentence says what is wrong and what to do; `place_words` says where. Values of the file come quoted.
"""

import re
from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traektoria.core.figures import MEGABYTE, figure
from traektoria.core.typography import quote
from traektoria.engines.questionbanks import LIMITS, FileFormat, Problem, QuestionKind, UnreadableBank
from traektoria.engines.tables.errors import Unreadable as TableUnreadable
from traektoria.organisations.sheet_words import unreadable_sentence as table_sentence

PROBLEMS: Mapping[str, Promise] = {
    "no_text": gettext_lazy("The question has no text. Write it."),
    "text_from_name": gettext_lazy("The question has no text, so its name is taken for it. Is it the question itself?"),
    "too_long": gettext_lazy("The question and its answers are longer than %(limit)s characters. Shorten or split it."),
    "too_many_answers": gettext_lazy("There are more than %(limit)s answers. Leave fewer, or split the question."),
    "too_few_answers": gettext_lazy("Too few answers: %(count)s, at least %(needed)s are needed. Add some."),
    "no_right_answer": gettext_lazy("No answer is marked as right. Mark the right one."),
    "several_right": gettext_lazy(
        "One answer is to be chosen, and %(count)s are fully right. Leave one, or ask for several answers."
    ),
    "weights_not_whole": gettext_lazy(
        "The best that can be got is %(sum)s %%, not 100 %%. Correct the weights of the right answers."
    ),
    "bad_weight": gettext_lazy("The weight %(found)s is not a number from −100 to 100. Correct it."),
    "not_a_number": gettext_lazy("%(found)s is not a number. Write figures: 3.14, or a range, 1..5."),
    "reversed_range": gettext_lazy("The ends of %(found)s stood the wrong way round and were swapped. Check them."),
    "empty_answer": gettext_lazy("An answer without a text is left out. Write its text or delete it."),
    "repeated_answer": gettext_lazy("The answer %(found)s stands there twice. Delete or change one of them."),
    "mixed_formats": gettext_lazy(
        "The format %(format)s does not fit here, so the text is kept as it is written. "
        "Write all parts of a question in one format: plain, html, markdown or moodle."
    ),
    "unsupported_type": gettext_lazy(
        "We have no questions of the type %(type)s. Make it another one, e.g. a choice or a short answer."
    ),
    "read_as_single": gettext_lazy(
        "One answer has 100 %% and the others 0 %%, so it is read as a choice of one. "
        "If there are to be several right answers, share 100 %% among them."
    ),
    "too_many_questions": gettext_lazy(
        "From here on nothing is read: a file may hold at most %(limit)s questions. Split the file."
    ),
    "too_many_problems": gettext_lazy(
        "Only the first %(limit)s problems are listed. Correct them and check the file again."
    ),
    "unclosed_brace": gettext_lazy("{ is opened and not closed. Put } after the last answer; in a text write \\{."),
    "unopened_brace": gettext_lazy("} stands without { before it. Put { before the first answer; in a text write \\}."),
    "several_answer_blocks": gettext_lazy(
        "There are two lists of answers in braces. Leave one; braces of a formula are written \\{ and \\}."
    ),
    "not_separated": gettext_lazy(
        "There is no empty line before this question; it is read as a new one. Put an empty line before it."
    ),
    "blank_line_inside": gettext_lazy(
        "There is an empty line among the answers; they are read on below it. Delete the empty line."
    ),
    "unclosed_name": gettext_lazy("The name begins with :: and does not end with ::. Put :: after it."),
    "unescaped_mark": gettext_lazy("= or # in %(found)s is read as a part of the text. Write \\= or \\# there."),
    "answer_without_mark": gettext_lazy(
        "There is no mark before %(found)s. Put = before a right answer and ~ before a wrong one."
    ),
    "pair_without_arrow": gettext_lazy("%(found)s is not a pair. Write: = left -> right."),
    "bad_own_mark": gettext_lazy("The mark %(found)s in the comment is not understood. Correct it or delete it."),
    "option_without_question": gettext_lazy("The answer %(found)s stands before any question. Write the question."),
    "no_answer_line": gettext_lazy(
        "After the answers there is no line with the key. Add a line “ANSWER: B” (letter of the right answer)."
    ),
    "answer_without_options": gettext_lazy(
        "There are no answers before the line with the key %(found)s. Write them, each with its letter: “A. …”."
    ),
    "unknown_answer_letter": gettext_lazy("The key %(found)s is not among the answers. Correct the letter."),
    "bad_answer_line": gettext_lazy("The key %(found)s is not a letter. Write the letter of the right answer."),
    "option_out_of_order": gettext_lazy(
        "The letter %(found)s stands where %(expected)s was expected. Is an answer lost? Correct the letters."
    ),
    "no_space_after_letter": gettext_lazy("There is no space after the letter in %(found)s. Put one there."),
    "continued_option": gettext_lazy(
        "The line %(found)s is taken to go on with the answer above. If it is another answer, put a letter before it."
    ),
    "several_answer_letters": gettext_lazy(
        "There are several letters in the key %(found)s: read as a choice of several. If one is right, leave one."
    ),
    "broken_xml": gettext_lazy(
        "XML is broken here (%(reason)s); a question that stands here may be lost. "
        "Export the bank once more or correct the markup."
    ),
    "bad_file": gettext_lazy("The file %(name)s inside the bank is damaged and left out. Put it in again."),
    "file_not_picture": gettext_lazy(
        "The file %(name)s is not a picture PNG, JPEG, GIF or WebP and is left out. If it is a picture, save it as PNG."
    ),
    "picture_too_large": gettext_lazy(
        "There is no room for the picture %(name)s: at most %(limit)s MB each. It is left out; make it smaller."
    ),
    "too_many_pixels": gettext_lazy(
        "The picture %(name)s has too many pixels and is left out. Save it smaller, up to 8000 by 8000."
    ),
    "missing_picture": gettext_lazy("The picture %(name)s is not in the file. Export the bank with its pictures."),
    "external_picture": gettext_lazy(
        "The picture %(name)s lies on another site and is not shown. Put it into the question itself."
    ),
    "units_ignored": gettext_lazy("Units of measure are not used. Name the unit in the text of the question."),
    "ignored_parts": gettext_lazy(
        "We have no place for these parts of questions: %(names)s. What matters in them, move into the explanation."
    ),
    "bad_score": gettext_lazy("The score %(found)s is not a number. Write figures, e.g. 2."),
    "no_items": gettext_lazy("There is not one question in the file. Export questions, and not the test alone."),
    "empty_gift": gettext_lazy(
        "There is not one question in the file, only comments (//) and categories ($CATEGORY). "
        "A question is a text and its answers in braces: Capital of Russia? {=Moscow ~Tver}"
    ),
    "empty_moodle_xml": gettext_lazy(
        "There is not one question in the file, only categories. Choose the category with the questions in Moodle "
        "and export it once more."
    ),
    "empty_table": gettext_lazy(
        "There is not one question below the headings. Write them there, one a row; "
        "the sheet with examples is not read."
    ),
    "odd_byte": gettext_lazy(
        "A sign here is no text in the encoding of the file (%(encoding)s); it is shown as �. Correct the question."
    ),
    "unsupported_marking": gettext_lazy(
        "We cannot repeat this way of marking (%(found)s). Check the right answers and their weights."
    ),
    "unknown_column": gettext_lazy("The column %(found)s is not known and is left out. Take headings of the template."),
    "unknown_kind": gettext_lazy("The type %(found)s is not known. Take a word from the hints of the template."),
    "bad_key": gettext_lazy(
        "The key is not understood: %(found)s. Write numbers of the right answers, e.g. 2 or 1; 3 (yes or no)."
    ),
    "bad_pair": gettext_lazy("%(found)s is not a pair. Write: left -> right."),
    "bad_criterion": gettext_lazy("The criterion %(found)s is not understood. Write: C1 | title | score."),
    "date_in_cell": gettext_lazy(
        "The cell became a date; it is read as %(found)s. Make the cell a text and write the value again."
    ),
    "error_in_cell": gettext_lazy(
        "The cell holds an error (%(found)s) instead of a value. Write the value itself and load the file again."
    ),
    "formula_in_cell": gettext_lazy(
        "The cell holds a formula that was never computed. Open the file in a spreadsheet and save it, or write the "
        "value itself."
    ),
    "error_word": gettext_lazy(
        "%(found)s reads like an error of a spreadsheet. It is taken as a text; if a value is lost, write it."
    ),
    "key_run": gettext_lazy("The key %(found)s is read as several numbers, a figure each. Check it."),
    "sheet_left_out": gettext_lazy(
        "The sheet %(found)s has no headings of questions and is not read. If there are questions on it, add headings."
    ),
    "sheet_hidden": gettext_lazy("The sheet %(found)s is hidden and not read. If it is needed, unhide it."),
    "total_row": gettext_lazy("The row «%(found)s» counts the others: it is no question and is left out."),
    "kind_guessed": gettext_lazy("The type is empty; by the answers it is: %(kind)s. Check it and write it."),
    "formula": gettext_lazy(
        "The formula %(found)s can't be shown, so the question is left out. Correct the formula and load it again."
    ),
    "repeated_column": gettext_lazy("The heading %(found)s stands there twice; the second column is left out."),
}
UNREADABLE: Mapping[str, Promise] = {
    "empty": gettext_lazy("The file is empty. Choose the file with the questions."),
    "too_large": gettext_lazy("The file is larger than %(limit)s MB. Split the bank or make its pictures smaller."),
    "zip_bomb": gettext_lazy("The file unpacks to more than we may open. Split the bank into parts."),
    "damaged": gettext_lazy("The file is damaged: it does not open. Save or download it once more."),
    "not_text": gettext_lazy(
        "This is not a bank of questions but a picture, a PDF or another program's file. "
        "GIFT, Moodle XML, Aiken, QTI, XLSX and CSV are read."
    ),
    "encrypted": gettext_lazy("The file is protected by a password. Take the password off and save it again."),
    "old_excel": gettext_lazy("This is a workbook of the old Excel (.xls). Save it as .xlsx and try again."),
    "unsupported_workbook": gettext_lazy(
        "This kind of workbook or archive is not read. Save the table as .xlsx or .csv and try again."
    ),
    "word": gettext_lazy(
        "This is a document of Word. Copy the questions into the empty table, or save them as plain text (.txt): "
        "answers A, B, C, each on its line, and below them “ANSWER: B”."
    ),
    "archive": gettext_lazy(
        "There are no questions of QTI in this archive. Unpack it and load the file with the questions itself."
    ),
    "unsafe_xml": gettext_lazy(
        "The XML has a document type or entities of its own, which may be dangerous. Delete the line <!DOCTYPE …>."
    ),
    "only_a_list": gettext_lazy(
        "This is only the list of a QTI package (%(root)s); the questions are in other files. Load the whole ZIP."
    ),
    "old_qti": gettext_lazy(
        "This is QTI of version 1, which cannot be read. Export the bank as QTI 2.1 or as Moodle XML."
    ),
    "unknown_xml": gettext_lazy(
        "This XML is not a bank of questions (its root is %(root)s). Export it as Moodle XML or QTI."
    ),
    "unknown_format": gettext_lazy(
        "No known format is recognised. In GIFT answers stand in braces, in Aiken there is “ANSWER: B” after them."
    ),
    "no_header": gettext_lazy(
        "The table has no row of headings with the column of questions and one more of ours. "
        "Take the empty table: it is on the page of loading, or comes by the command questions --template."
    ),
}
KINDS: Mapping[QuestionKind, Promise] = {
    QuestionKind.SINGLE: gettext_lazy("choice of one"),
    QuestionKind.MULTIPLE: gettext_lazy("choice of several"),
    QuestionKind.SHORT: gettext_lazy("short answer"),
    QuestionKind.NUMERIC: gettext_lazy("numerical answer"),
    QuestionKind.MATCHING: gettext_lazy("matching"),
    QuestionKind.ORDERING: gettext_lazy("putting in order"),
    QuestionKind.EXTENDED: gettext_lazy("extended answer"),
    QuestionKind.DESCRIPTION: gettext_lazy("text without a question"),
}
FORMATS: Mapping[FileFormat, str | Promise] = {
    FileFormat.GIFT: "GIFT",
    FileFormat.MOODLE_XML: "Moodle XML",
    FileFormat.AIKEN: "Aiken",
    FileFormat.TABLE: gettext_lazy("table (XLSX or CSV)"),
    FileFormat.QTI: "QTI",
}
_VALUES: Mapping[str, Promise] = {  # what the engine, or the parser of XML, says in English
    "several interactions": gettext_lazy("several tasks in one"),
    "matchInteraction with several or no rights": gettext_lazy("matching with several or no right sides"),
    "mismatched tag": gettext_lazy("a closing tag does not fit the opening one"),
    "not well-formed (invalid token)": gettext_lazy("an impossible character"),
    "no element found": gettext_lazy("the file breaks off"),
    "unclosed token": gettext_lazy("a tag is not finished"),
    "unclosed CDATA section": gettext_lazy("CDATA is not closed"),
    "duplicate attribute": gettext_lazy("an attribute is repeated"),
    "junk after document element": gettext_lazy("something stands after the end"),
    "too deep": gettext_lazy("too many tags inside each other"),
    "hint": gettext_lazy("hints"),
    "correctfeedback": gettext_lazy("words to a right answer"),
    "partiallycorrectfeedback": gettext_lazy("words to a partly right answer"),
    "incorrectfeedback": gettext_lazy("words to a wrong answer"),
    "responsetemplate": gettext_lazy("template of the answer"),
    "modalFeedback": gettext_lazy("words after the answer"),
}
_ENCODINGS = {"cp1251": "Windows-1251", "cp1252": "Windows-1252", "cp866": "CP866 (DOS)"}
_SAID_BY_US = frozenset({"type", "reason"})
_LONGEST = 80  # characters of the file in one sentence
_IN_BYTES = frozenset({"too_large", "picture_too_large"})


def problem_sentence(problem: Problem) -> str:
    """What is wrong and what to do."""
    return str(PROBLEMS[problem.code]) % _figures(problem.code, problem.params)


def unreadable_sentence(error: UnreadableBank) -> str:
    """Why the file is not opened and what to do. A refusal of the reader of tables has no figures of its own."""
    if error.code == "unsupported_workbook" and "reason" in error.params:
        facts = {name: value for name, value in error.params.items() if name != "reason"}
        return table_sentence(TableUnreadable(str(error.params["reason"]), **facts))
    return str(UNREADABLE[error.code]) % _figures(error.code, {"limit": LIMITS.file_bytes, **error.params})


def place_words(problem: Problem) -> str:
    """«Файл a.xml, строка 12, столбец C, вопрос 3 «Столица»», as much of it as is known."""
    parts = [
        (problem.params.get("file"), gettext_lazy("file %(value)s")),
        (problem.params.get("sheet"), gettext_lazy("sheet “%(value)s”")),
        (problem.line, gettext_lazy("line %(value)s")),
        (problem.column, gettext_lazy("column %(value)s")),
        (problem.number, gettext_lazy("question %(value)s")),
    ]
    words = ", ".join(str(phrase) % {"value": value} for value, phrase in parts if value)
    words = f"{words} {_quoted(problem.question)}" if problem.question else words
    return words[:1].upper() + words[1:]


def encoding_words(encoding: str) -> str:
    """«Windows-1251» for cp1251; "" for an archive, which has none."""
    return _ENCODINGS.get(encoding, encoding.upper())


def _figures(code: str, params: Mapping[str, str | int]) -> dict[str, str]:
    return {name: _shown(code, name, value) for name, value in params.items()}


def _shown(code: str, name: str, value: str | int) -> str:
    if isinstance(value, int):
        return figure(value // MEGABYTE if code in _IN_BYTES else value)
    if name == "sum":
        return value.replace(".", ",")
    if name == "names":
        return re.sub("[A-Za-z]+", lambda match: str(_VALUES.get(match[0], match[0])), value)
    if name == "kind":
        return str(KINDS[QuestionKind(value)])
    if name in _SAID_BY_US and value in _VALUES:
        return str(_VALUES[value])
    return _quoted(value) if value.strip() else _("nothing is written")


def _quoted(text: str) -> str:
    flat = " ".join(text.split())
    return quote(flat if len(flat) <= _LONGEST else flat[: _LONGEST - 1] + "…")
