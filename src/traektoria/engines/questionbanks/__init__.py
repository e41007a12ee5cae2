"""Banks of questions: GIFT, Moodle XML, Aiken and tables into one model of a question, and back into GIFT and XLSX.

    bank = read(content, "bank.gift")      # Bank(questions, problems, encoding, format); raises Unreadable
    asked = ask_columns(content, "bank.xlsx")   # the columns of a table with headings of its own; read(…, told=…)
    text = write_gift(bank.questions)      # str
    data = write_xlsx(bank.questions)      # bytes; template() is the empty table
    share = score(question, answer)        # Fraction of max_score, None where people judge
    shown = render(question.text, question.text_format, {"map.png": "/…"})   # safe HTML

Problems are codes of PROBLEM_CODES with the line; the room above words them. See docs/questionbanks.md.
"""

from .asked_columns import CHOICES, ask_columns
from .checks import look_over
from .errors import PROBLEM_CODES, UNREADABLE_CODES, UnreadableBank
from .gift_write import write_gift
from .limits import LIMITS, Limits
from .model import (
    FALSE,
    TRUE,
    WHOLE,
    AcceptedAnswer,
    Bank,
    FileFormat,
    MarkingCriterion,
    MatchingPair,
    NumericRange,
    Problem,
    Question,
    QuestionKind,
    QuestionOption,
    QuestionPicture,
    Tag,
    TextFormat,
)
from .reader import read
from .safe_html import plain, render
from .scoring import MultipleRule, PartsRule, Rules, score
from .table_write import template, write_xlsx

__all__ = [
    "CHOICES",
    "FALSE",
    "LIMITS",
    "PROBLEM_CODES",
    "TRUE",
    "UNREADABLE_CODES",
    "WHOLE",
    "AcceptedAnswer",
    "Bank",
    "FileFormat",
    "Limits",
    "MarkingCriterion",
    "MatchingPair",
    "MultipleRule",
    "NumericRange",
    "PartsRule",
    "Problem",
    "Question",
    "QuestionKind",
    "QuestionOption",
    "QuestionPicture",
    "Rules",
    "Tag",
    "TextFormat",
    "UnreadableBank",
    "ask_columns",
    "look_over",
    "plain",
    "read",
    "render",
    "score",
    "template",
    "write_gift",
    "write_xlsx",
]
