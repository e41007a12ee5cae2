"""Whatever question can be held is written and read back the same."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.shared import shared
from tests.thoroughness import rounds
from traektoria.engines.questionbanks import (
    FALSE,
    TRUE,
    AcceptedAnswer,
    MarkingCriterion,
    MatchingPair,
    NumericRange,
    Question,
    QuestionKind,
    QuestionOption,
    QuestionPicture,
    Tag,
    TextFormat,
    read,
    write_gift,
    write_xlsx,
)
from traektoria.engines.questionbanks.checks import checked
from traektoria.engines.questionbanks.findings import Findings
from traektoria.engines.questionbanks.limits import LIMITS

ALPHABET = "абёЖ z09 \n\\:#={}~%[]()->→;,.|*/$<>&\"'«_±"
WEIGHTS = [
    Fraction(100, 3),
    Fraction(50),
    Fraction(100, 7),
    Fraction(25, 2),
    Fraction(-50),
    Fraction(0),
    Fraction(-100),
]


def tidy(text: str) -> str:
    """As every reader leaves a text: no blanks around it, none at the ends of lines."""
    return "\n".join(line.strip() for line in text.split("\n")).strip()


texts = st.text(ALPHABET, min_size=1, max_size=12).map(tidy).filter(bool)
marked_texts = texts | st.sampled_from(
    ["[html]x", "[plain]", "%50%x", "T", "->", "a -> b", "=", "//", "::", "####", "=cmd"]
)
lines = marked_texts.map(lambda text: " ".join(text.split()))
blank = st.just("")
weights = st.sampled_from(WEIGHTS)
decimals = st.decimals(-1000, 1000, places=3).map(lambda number: number.normalize() + Decimal(0))


@st.composite
def questions(draw: st.DrawFn) -> Question:
    kind = draw(st.sampled_from(list(QuestionKind)))
    question = Question(
        kind=kind,
        text=draw(marked_texts),
        name=draw(blank | lines),
        text_format=draw(st.sampled_from(TextFormat)),
        feedback=draw(blank | marked_texts),
        tags=tuple(dict.fromkeys(draw(st.lists(tags(), max_size=3)))),
        external_id=draw(blank | st.from_regex(r"\A[A-Z][0-9]{1,3}\Z")),
        max_score=Fraction(0)
        if kind is QuestionKind.DESCRIPTION
        else draw(st.sampled_from([Fraction(1), Fraction(5, 2)])),
    )
    return FILLERS[kind](draw, question)


@st.composite
def tags(draw: st.DrawFn) -> Tag:
    name = draw(st.sampled_from(["kes", "level", "topic", ""]))
    return Tag(name, draw(st.text("абв.12;]", min_size=1, max_size=5)))


def choice(draw: st.DrawFn, question: Question) -> Question:
    found = draw(st.lists(st.tuples(marked_texts, weights, blank | marked_texts), min_size=1, max_size=4))
    first = Fraction(100) if question.kind is QuestionKind.SINGLE else Fraction(50)
    options = [QuestionOption(draw(marked_texts), first), *(QuestionOption(*each) for each in found)]
    return replace(question, options=tuple(options))


def short(draw: st.DrawFn, question: Question) -> Question:
    found = draw(st.lists(st.builds(AcceptedAnswer, marked_texts, weights, blank | marked_texts), max_size=3))
    return replace(question, accepted=(AcceptedAnswer(draw(marked_texts)), *found), case_sensitive=draw(st.booleans()))


def numeric(draw: st.DrawFn, question: Question) -> Question:
    pairs = draw(st.lists(st.tuples(decimals, decimals, weights, blank | marked_texts), max_size=3))
    ranges = [NumericRange(min(a, b), max(a, b), weight, feedback) for a, b, weight, feedback in pairs]
    last = [NumericRange(None, None, Fraction(0), draw(marked_texts))] if draw(st.booleans()) else []
    return replace(question, numeric=(NumericRange(Decimal(1), Decimal(1)), *ranges, *last))


def matching(draw: st.DrawFn, question: Question) -> Question:
    pairs = draw(st.lists(st.builds(MatchingPair, marked_texts, marked_texts), min_size=2, max_size=3))
    return replace(question, pairs=tuple(pairs), distractors=tuple(draw(st.lists(marked_texts, max_size=2))))


def ordering(draw: st.DrawFn, question: Question) -> Question:
    return replace(question, order=tuple(draw(st.lists(marked_texts, min_size=2, max_size=3))))


def extended(draw: st.DrawFn, question: Question) -> Question:
    criteria = (MarkingCriterion("К1", draw(blank | lines), Fraction(2)),) if draw(st.booleans()) else ()
    return replace(question, criteria=criteria, guidance=draw(blank | marked_texts))


FILLERS = {
    QuestionKind.SINGLE: choice,
    QuestionKind.MULTIPLE: choice,
    QuestionKind.SHORT: short,
    QuestionKind.NUMERIC: numeric,
    QuestionKind.MATCHING: matching,
    QuestionKind.ORDERING: ordering,
    QuestionKind.EXTENDED: extended,
    QuestionKind.DESCRIPTION: lambda _draw, question: question,
}


def bare(question: Question) -> Question:
    return replace(question, number_line=0)


@settings(max_examples=rounds(12, 60), deadline=None)
@given(questions())
def test_gift(question: Question) -> None:
    text = write_gift([question])
    assert [bare(each) for each in read(text.encode(), "bank.gift").questions] == [question]


@settings(max_examples=12, deadline=None)
@given(st.lists(questions(), min_size=1, max_size=6))
def test_xlsx(found: list[Question]) -> None:
    again = read(write_xlsx(found), "bank.xlsx").questions
    assert [bare(each) for each in again] == [in_kinds(question) for question in found]


def in_kinds(question: Question) -> Question:
    """The table lists tags by their columns."""
    names = ["kes", "kt", "level", "topic", "block", "source", ""]
    return replace(question, tags=tuple(sorted(question.tags, key=lambda tag: names.index(tag.name))))


def test_truth_and_categories() -> None:
    truth = Question(
        kind=QuestionKind.SINGLE,
        text="Да?",
        true_false=True,
        options=(QuestionOption(TRUE, Fraction(0), "мимо"), QuestionOption(FALSE, Fraction(100), "точно")),
        category="Алгебра/Степени",
    )
    plain = Question(kind=QuestionKind.EXTENDED, text="Эссе")
    half = Question(
        kind=QuestionKind.SINGLE, text="Как?", options=(QuestionOption("а", Fraction(50)), QuestionOption("б"))
    )
    for found in ([truth, plain, half], [replace(truth, options=truth.options[::-1][:0] or truth.options)]):
        assert [bare(each) for each in read(write_gift(found).encode(), "b.gift").questions] == found
        assert [bare(each) for each in read(write_xlsx(found), "b.xlsx").questions] == found


def test_pictures_travel_inside_gift() -> None:
    picture = QuestionPicture("карта.png", "image/png", b"\x89PNG\r\n\x1a\n123")
    text = '<img src="@@PLUGINFILE@@/%D0%BA%D0%B0%D1%80%D1%82%D0%B0.png">'
    question = Question(kind=QuestionKind.EXTENDED, text=text, text_format=TextFormat.HTML, pictures=(picture,))
    (again,) = read(write_gift([question]).encode(), "bank.gift").questions
    assert [each.data for each in again.pictures] == [picture.data]
    assert again.text == '<img src="@@PLUGINFILE@@/picture">'


@pytest.mark.parametrize("name", ["moodle_gift_examples.txt", "ru_pm_questions.gift", "moodle_aiken.txt"])
def test_real_files(name: str) -> None:
    found = [bare(each) for each in read((shared("questionbanks") / name).read_bytes(), name).questions]
    assert [bare(each) for each in read(write_gift(found).encode(), "bank.gift").questions] == found
    assert [bare(each) for each in read(write_xlsx(found), "bank.xlsx").questions] == found


def test_made_questions_are_sound() -> None:
    question = Question(
        kind=QuestionKind.SINGLE, text="В", options=(QuestionOption("а", Fraction(100)), QuestionOption("б"))
    )
    assert checked(question, Findings(LIMITS)) == question
