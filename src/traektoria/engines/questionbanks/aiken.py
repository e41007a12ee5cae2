"""Aiken: a question, its answers A. or A), a line ``ANSWER: B``.

The stem may take several lines, as in Moodle. Kinder than Moodle, each time with a warning: no space after the letter,
an answer that goes on in the next line, several letters after ANSWER. Russian letters and «ОТВЕТ:» are read as well.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from traektoria.engines.questionbanks.checks import checked
from traektoria.engines.questionbanks.errors import Rejected
from traektoria.engines.questionbanks.findings import Findings, Full
from traektoria.engines.questionbanks.model import WHOLE, Question, QuestionKind, QuestionOption, TextFormat

ANSWER_LINE: Final = re.compile(r"\s*(?:answers?|(?:правильный\s+|верный\s+)?ответы?)\s*:\s*(.*)", re.IGNORECASE)
OPTION_LINE: Final = re.compile(r"\s*([A-Za-zА-Яа-яЁё])[.)](\s*)(\S.*)")
_LATIN: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_CYRILLIC: Final = ("АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЭЮЯ", "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ")
_ALIKE: Final = str.maketrans("АВСЕНКМОРТХ", "ABCEHKMOPTX")
_LETTERS = re.compile(r"([A-Za-zА-Яа-яЁё])(?:\s*[.)])?(?:[\s,;и&+]+|$)|(.)", re.DOTALL)


@dataclass(slots=True)
class _Draft:
    """What has been gathered of one question; texts with their lines."""

    stem: list[tuple[int, str]] = field(default_factory=list)
    options: list[tuple[int, str, list[str]]] = field(default_factory=list)  # line, letter, lines of text
    notices: list[tuple[int, str, dict[str, str]]] = field(default_factory=list)
    answer: tuple[int, str] | None = None

    @property
    def line(self) -> int:
        """Where it begins."""
        first = self.stem or self.options
        return first[0][0] if first else (self.answer or (1, ""))[0]


def read_aiken(text: str, findings: Findings) -> None:
    """Read a whole file into `findings`."""
    lines = [(number, line.strip()) for number, line in enumerate(text.split("\n"), 1)]
    try:
        for draft in _drafts([(number, line) for number, line in lines if line], _blanks(lines)):
            with findings.question(draft.line) as found:
                found(_question(draft, findings))
    except Full:
        return


def _blanks(lines: list[tuple[int, str]]) -> frozenset[int]:
    """Numbers of lines that stand right after an empty one."""
    return frozenset(number + 1 for number, line in lines if not line)


def _drafts(lines: list[tuple[int, str]], after_blank: frozenset[int]) -> Iterator[_Draft]:
    draft = _Draft()
    begins = _beginnings(lines)
    for place, (number, line) in enumerate(lines):
        following = lines[place + 1][1] if place + 1 < len(lines) else ""
        if match := ANSWER_LINE.fullmatch(line):
            draft.answer = (number, match[1].strip())
            yield draft
            draft = _Draft()
        elif (option := OPTION_LINE.fullmatch(line)) and not _is_stem(draft, option[1], following):
            if draft.options and option[1].upper() in "AА" and number in after_blank:
                yield draft
                draft = _Draft()
            _add_option(draft, number, option)
        elif draft.options and (number in after_blank or begins[place]):
            yield draft
            draft = _Draft(stem=[(number, line)])
        elif draft.options:
            draft.options[-1][2].append(line)
            draft.notices.append((number, "continued_option", {"found": line}))
        else:
            draft.stem.append((number, line))
    if draft.stem or draft.options:
        yield draft


def _is_stem(draft: _Draft, letter: str, following: str) -> bool:
    """«А. С. Пушкин родился …» is a question where the answers begin only in the next line."""
    if draft.stem or draft.options:
        return False
    option = OPTION_LINE.fullmatch(following)
    return bool(option and option[1].upper() in "AА" and following) or (
        letter.upper() not in "AА" and not ANSWER_LINE.fullmatch(following) and option is None and bool(following)
    )


def _beginnings(lines: list[tuple[int, str]]) -> list[bool]:
    """For each line, whether answers begin anew below it before the next ANSWER: then it may be another question."""
    begins = []
    below = False
    for _, line in reversed(lines):
        begins.append(below)
        if ANSWER_LINE.fullmatch(line):
            below = False
        elif option := OPTION_LINE.fullmatch(line):
            below = option[1].upper() in "AА"
    return begins[::-1]


def _add_option(draft: _Draft, number: int, option: re.Match[str]) -> None:
    letter, space, text = option[1].upper(), option[2], option[3].strip()
    if not space:
        draft.notices.append((number, "no_space_after_letter", {"found": f"{option[1]}…{text[:20]}"}))
    draft.options.append((number, letter, [text]))


def _question(draft: _Draft, findings: Findings) -> Question:
    text = "\n".join(line for _, line in draft.stem)
    findings.name(text)
    for line, code, params in draft.notices:
        findings.warn(line, code, **params)
    if not draft.stem:
        raise _without_stem(draft)
    if draft.answer is None:
        raise Rejected((draft.options[-1] if draft.options else draft.stem[-1])[0], "no_answer_line")
    if not draft.options:
        raise Rejected(draft.answer[0], "answer_without_options", found=draft.answer[1])
    _check_letters(draft, findings)
    right = _right(draft, findings)
    options = tuple(
        QuestionOption("\n".join(texts), WHOLE / len(right) if place in right else WHOLE * 0)
        for place, (_, _, texts) in enumerate(draft.options)
    )
    kind = QuestionKind.SINGLE if len(right) == 1 else QuestionKind.MULTIPLE
    question = Question(kind=kind, text=text, options=options, text_format=TextFormat.PLAIN, number_line=draft.line)
    return checked(question, findings, answers_line=draft.options[0][0])


def _without_stem(draft: _Draft) -> Rejected:
    if draft.options:
        line, _, texts = draft.options[0]
        return Rejected(line, "option_without_question", found=texts[0])
    line, found = draft.answer or (1, "")
    return Rejected(line, "answer_without_options", found=found)


def _check_letters(draft: _Draft, findings: Findings) -> None:
    """Letters follow one another in the Latin alphabet or in one of the two ways Russian lists are lettered."""
    letters = "".join(letter for _, letter, _ in draft.options)
    alike = letters.translate(_ALIKE)
    if _LATIN.startswith(alike) or any(way.startswith(letters) for way in _CYRILLIC):
        return
    cyrillic = any(letter not in _LATIN for letter in alike)
    alphabet, seen = (_CYRILLIC[0], letters) if cyrillic else (_LATIN, alike)
    for (line, letter, _), found, expected in zip(draft.options, seen, alphabet, strict=False):
        if found != expected:
            findings.warn(line, "option_out_of_order", found=letter, expected=expected)
            return


def _right(draft: _Draft, findings: Findings) -> frozenset[int]:
    """Places of the right answers."""
    line, raw = draft.answer or (draft.line, "")
    letters = _named_letters(raw)
    if not letters:
        raise Rejected(line, "bad_answer_line", found=raw)
    places = []
    for letter in letters:
        place = _place(letter, [own for _, own, _ in draft.options])
        if place is None:
            raise Rejected(line, "unknown_answer_letter", found=letter)
        places.append(place)
    if len(set(places)) > 1:
        findings.warn(line, "several_answer_letters", found=raw)
    return frozenset(places)


def _named_letters(raw: str) -> list[str]:
    """``B``, ``b)``, ``A, C``, ``AC``; nothing for a word."""
    text = html.unescape(raw).strip().rstrip(".")
    if re.fullmatch(r"[A-ZА-ЯЁ]{2,8}", text) and len(set(text)) == len(text):
        return list(text)
    found = _LETTERS.findall(text)
    return [] if any(other for _, other in found) else [letter.upper() for letter, _ in found if letter]


def _place(letter: str, letters: list[str]) -> int | None:
    """By the letter as it is written, then by its look: a Russian В typed for a Latin B."""
    if letter in letters:
        return letters.index(letter)
    alike = [own.translate(_ALIKE) for own in letters]
    return alike.index(found) if (found := letter.translate(_ALIKE)) in alike else None
