"""Short ways to read a text and to look at what came of it."""

from textwrap import dedent

from traektoria.engines.questionbanks import Bank, Question, read


def gift(text: str) -> Bank:
    """Read an indented GIFT text; its first line is line 1."""
    return read(dedent(text).lstrip("\n").encode(), "bank.gift")


def moodle(inner: str) -> Bank:
    """Read questions of Moodle XML; `inner` begins on line 3."""
    return read(f'<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n{inner}\n</quiz>'.encode(), "bank.xml")


def aiken(text: str) -> Bank:
    """Read an indented Aiken text; its first line is line 1."""
    return read(dedent(text).lstrip("\n").encode(), "bank.txt")


def only(bank: Bank) -> Question:
    """The one question of a bank."""
    (question,) = bank.questions
    return question


def found(bank: Bank) -> list[tuple[int, str, bool]]:
    """(line, code, fatal) of every problem."""
    return [(problem.line, problem.code, problem.fatal) for problem in bank.problems]


def weights(question: Question) -> list[tuple[str, str]]:
    """(text, weight in percent) of what can be chosen or typed."""
    return [(each.text, str(each.fraction)) for each in (*question.options, *question.accepted)]
