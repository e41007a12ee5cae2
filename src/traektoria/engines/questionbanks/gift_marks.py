"""What stands in the comments above a GIFT question: ``[id:…] [tag:…]`` as in Moodle, and marks of our own.

    // [id:A-17] [tag:КЭС: 1.2] [score:3] [criterion:К1|Понимание задания|2] [case:1] [strict:1] [kind:single]
    // [guidance:what the judge sees] [feedback:of a text without a question]

Brackets inside are written ``\\[ \\]``, a line end ``\\n``. Other systems see comments and pass them by.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from traektoria.engines.questionbanks.findings import Findings
from traektoria.engines.questionbanks.model import MarkingCriterion, Tag
from traektoria.engines.questionbanks.numbers import read_decimal, write_fraction
from traektoria.engines.questionbanks.tags import read_tag

_MARK = re.compile(r"\[(id|tag|score|criterion|case|strict|kind|guidance|feedback):((?:\\.|[^\\\[\]]){0,20000}+)\]")
_TO_ESCAPE = re.compile(r"[\\\[\]]")
_ESCAPED = re.compile(r"\\(.)")


@dataclass(slots=True)
class Marks:
    """Everything that comments said of one question."""

    tags: tuple[Tag, ...] = ()
    external_id: str = ""
    criteria: tuple[MarkingCriterion, ...] = ()
    max_score: Fraction | None = None
    case_sensitive: bool = False
    strict: bool = False
    single: bool = False
    guidance: str = ""
    feedback: str = ""


def read_marks(comments: Sequence[tuple[int, str]], findings: Findings) -> Marks:
    """The marks of the comments (line number, text) of one question."""
    marks = Marks()
    for line, text in comments:
        for name, raw in _MARK.findall(text):
            value = unmarked(raw)
            if value and not _note(marks, name, value):
                findings.warn(line, "bad_own_mark", found=f"[{name}:{raw}]")
    return marks


def unmarked(raw: str) -> str:
    """The value of a mark."""
    return _ESCAPED.sub(lambda match: "\n" if match[1] == "n" else match[1], raw).strip()


def marked(name: str, value: str) -> str:
    """A mark for a comment, as `read_marks` reads it."""
    escaped = _TO_ESCAPE.sub(r"\\\g<0>", value).replace("\n", "\\n")
    return f"[{name}:{escaped}]"


def _note(marks: Marks, name: str, value: str) -> bool:
    """Whether the mark could be understood."""
    if name == "id":
        marks.external_id = value
    elif name == "tag":
        tag = read_tag(value)
        marks.tags += (tag,) if tag and tag not in marks.tags else ()
    elif name == "case":
        marks.case_sensitive = value == "1"
    elif name == "strict":
        marks.strict = value == "1"
    elif name == "kind":
        marks.single = value == "single"
        return marks.single
    elif name == "guidance":
        marks.guidance = value
    elif name == "feedback":
        marks.feedback = value
    elif name == "score":
        score = read_score(value)
        marks.max_score = score if score is not None else marks.max_score
        return score is not None
    else:
        criterion = read_criterion(value)
        marks.criteria += (criterion,) if criterion else ()
        return criterion is not None
    return True


def read_score(text: str) -> Fraction | None:
    """A maximum score: a number from 0 to 1000."""
    number = read_decimal(text)
    return Fraction(number) if number is not None and 0 <= number <= 1000 else None


def read_criterion(text: str) -> MarkingCriterion | None:
    """``К1 | title | 2`` or ``К1 | title | 2 | 2: all is right | 1: …``; None where it is not of this form."""
    parts = [part.strip() for part in text.split("|")]
    numbers = [at for at in range(2, len(parts)) if read_score(parts[at]) is not None]
    if not parts[0] or not numbers:
        return None
    at = len(parts) - 1 if numbers[-1] == len(parts) - 1 else numbers[0]
    score = read_score(parts[at])
    return MarkingCriterion(
        parts[0], "|".join(parts[1:at]).strip(), score or Fraction(0), tuple(filter(None, parts[at + 1 :]))
    )


def write_criterion(criterion: MarkingCriterion, separator: str = "|") -> str:
    """As `read_criterion` reads it."""
    descriptors = [" ".join(text.replace("|", "/").split()) for text in criterion.descriptors]
    return separator.join([criterion.code, criterion.title, write_fraction(criterion.max_score, 10), *descriptors])
