"""Refusals and findings: stable codes with parameters, worded by the room above."""

from __future__ import annotations

from typing import Final

UNREADABLE_CODES: Final = {
    "empty": "nothing in the file",
    "too_large": "more bytes than allowed: size, limit",
    "zip_bomb": "unpacks to more than allowed",
    "damaged": "broken archive or workbook",
    "not_text": "neither text nor a workbook: a picture, a PDF, a program",
    "encrypted": "protected by a password",
    "old_excel": "a workbook of Excel 97-2003 (.xls)",
    "unsupported_workbook": "a table that cannot be opened: reason (`engines/tables/errors.py`) and its figures",
    "word": "a document of Word or Writer: a text, not a table",
    "archive": "an archive without questions of QTI in it",
    "unsafe_xml": "XML with a document type or entities of its own",
    "unknown_xml": "XML, but not of questions: root",
    "only_a_list": "XML of a QTI package that lists questions and has none: root",
    "old_qti": "QTI 1.x, which cannot be read; QTI 2.1 or Moodle XML can",
    "unknown_format": "text in which no known format can be recognised",
    "no_header": "a table without a row of headings that has «Вопрос»",
}

PROBLEM_CODES: Final = {
    # any format
    "odd_byte": "a byte that is no text in the encoding of the file; it is shown as a mark: encoding",
    "no_text": "no text of the question",
    "text_from_name": "no text: the name is taken for it",
    "too_long": "text longer than allowed: limit",
    "too_many_answers": "more answers than allowed: limit",
    "too_few_answers": "fewer answers than needed: count, needed",
    "no_right_answer": "no answer with a positive weight",
    "several_right": "one answer may be chosen, yet several are right: count",
    "weights_not_whole": "weights of right answers do not make 100 %: sum",
    "bad_weight": "a weight that is no number from -100 to 100: found",
    "not_a_number": "an accepted number that is not a number: found",
    "reversed_range": "the ends of a range stand the wrong way round; they are swapped: found",
    "empty_answer": "an answer without text; it is left out",
    "repeated_answer": "the same answer twice: found",
    "mixed_formats": "a part is written in another format; its source is kept: format",
    "unsupported_type": "a type that we have not: type",
    "read_as_single": "one answer has 100 %, the others 0 %: read as a choice of one",
    "too_many_questions": "the rest of the file is not read: limit",
    "too_many_problems": "further problems are not listed: limit",
    # GIFT
    "unclosed_brace": "{ without }",
    "unopened_brace": "} without {",
    "several_answer_blocks": "two {…} in one question; formulas need \\{ and \\}",
    "not_separated": "no empty line before the question; it is read as a new one",
    "blank_line_inside": "an empty line inside {…}; the question is read on",
    "unclosed_name": "::name without the closing ::",
    "unescaped_mark": "= or # inside an answer without \\: found",
    "answer_without_mark": "an answer without = or ~ before it: found",
    "pair_without_arrow": "a line of a matching without ->: found",
    "bad_own_mark": "a mark in a comment that cannot be understood: found",
    # Aiken
    "option_without_question": "an answer before any question: found",
    "no_answer_line": "no line ANSWER: after the answers",
    "answer_without_options": "a line ANSWER: without answers before it: found",
    "unknown_answer_letter": "ANSWER: names a letter that is not among the answers: found",
    "bad_answer_line": "ANSWER: is not followed by a letter: found",
    "option_out_of_order": "letters do not follow one another: found, expected",
    "no_space_after_letter": "no space between the letter and the answer: found",
    "continued_option": "a line that continues an answer: found",
    "several_answer_letters": "several letters after ANSWER: found",
    # Moodle XML, QTI
    "broken_xml": "XML breaks off here; what stands before it is read: reason",
    "bad_file": "a file inside that cannot be decoded: name",
    "file_not_picture": "a file inside that is not a picture; it is left out: name",
    "picture_too_large": "a picture larger than allowed: name, limit",
    "too_many_pixels": "a picture that unpacks into more pixels than allowed: name",
    "missing_picture": "a text refers to a picture that is not in the file: name",
    "external_picture": "a picture lies on another site and is not shown: name",
    "units_ignored": "units of a number are not used",
    "ignored_parts": "filled parts that we have no place for: names",
    "bad_score": "the maximum score is not a number: found",
    "unsupported_marking": "marks are given in a way that we cannot repeat: found",
    "no_items": "nothing in the file is a question",
    "empty_gift": "GIFT without one question: comments and categories only",
    "empty_moodle_xml": "Moodle XML without one question: categories only",
    "empty_table": "a table without one row below its headings",
    # tables
    "unknown_column": "a heading that we do not know; the column is left out: found",
    "unknown_kind": "a word in «Тип» that we do not know: found",
    "bad_key": "«Верно» cannot be understood: found",
    "bad_pair": "an answer of a matching without ->: found",
    "bad_criterion": "a criterion not of the form «К1 | название | балл»: found",
    "date_in_cell": "a cell became a date; it is read as day.month: found",
    "error_in_cell": "a cell with an error of the spreadsheet instead of a value: found",
    "formula_in_cell": "a cell with a formula that no program has computed: found",
    "error_word": "a text that reads like an error of a spreadsheet; it is taken as it is: found",
    "key_run": "figures of «Верно» without a mark between them; each is taken for a number: found",
    "sheet_left_out": "a sheet without our headings: found",
    "sheet_hidden": "a hidden sheet, which is not read: found",
    "total_row": "a row that counts the others and is no question: found",
    "kind_guessed": "«Тип» is empty; it is taken from the answers: kind",
    "repeated_column": "the same heading twice; the second is left out: found",
    # the bank
    "formula": "a formula that no page can show; the question is left out: found",
}


class UnreadableBank(Exception):
    """A file that is not opened at all. `code` is one of UNREADABLE_CODES, `params` are plain values."""

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


class Rejected(Exception):
    """One question that cannot be read; inside this package only, becomes a fatal `Problem`."""

    def __init__(self, line: int, code: str, *, column: str = "", **params: str | int) -> None:
        super().__init__(code)
        self.line = line
        self.code = code
        self.column = column
        self.params = params
