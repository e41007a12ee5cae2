"""Answers that look the same to whoever types them are one; what the author tells apart stays apart."""

from fractions import Fraction

import pytest

from tests.engines.questionbanks.short_reads import gift, only
from traektoria.engines.questionbanks import Question, read, score, write_gift, write_xlsx


def asked(accepted: str, marks: str = "") -> Question:
    return only(gift(f"{marks}В {{{accepted}}}"))


@pytest.mark.parametrize(
    ("key", "answer"),
    [
        ("H2O", "Н2О"),  # the answer in Cyrillic
        ("Н2О", "H2O"),  # the key in Cyrillic
        ("H2O", "н2о"),
        ("H2O", "Н₂O"),
        ("H₂SO₄", "H2SО4"),
        ("Ca(OH)₂", "Са(ОН)2"),
        ("CO2", "СO2"),  # only one letter of the other alphabet
        ("NaCl", "NaСl"),
        ("ТЕМА", "TEMA"),
        ("рост", "pocт"),
        ("Ёлка", "EЛКA"),
        ("−5", "-5"),
        ("-5", "–5"),
        ("-5", "—5"),
        ("-5", "‑5"),
        ("А − Б", "A - Б"),
        ("12 000", "12\u2009000"),
        ("12 000", "12\u202f000"),
        ("12000", "12\u00a0000"),
        ("раз два", "раз\u00a0\u2009два"),
        ("раз два", "раз\u200b два"),
        ("3,14", "3.14"),
        ("3.14", "3,14"),
        ("5 %", "5%"),
        ("25 °C", "25\u00a0°С"),
        ("«да»", "“да”"),
        ("сло\u00adво", "слово"),
        ("C*H", "СлоН"),
    ],
)
def test_what_looks_the_same_is_one_answer(key: str, answer: str) -> None:
    assert score(asked(f"={key}"), answer) == 1


@pytest.mark.parametrize(
    ("key", "answer"),
    [
        ("H2O", "HO2"),
        ("x²", "x2"),
        ("10₂", "102"),
        ("-5", "5"),
        ("3,14", "314"),
        ("1 234", "12 34"),
        ("раз два", "раздва"),
        ("лук", "люк"),
        ("B", "Б"),
        ("3,14", "3, 14"),
    ],
)
def test_other_answers_stay_others(key: str, answer: str) -> None:
    assert score(asked(f"={key}"), answer) == 0


@pytest.mark.parametrize(
    ("answer", "share"),
    [("Ом", 1), ("Oм", 1), ("ом", 0), ("OM", 0)],  # Latin O; Latin capitals
)
def test_the_size_of_letters_may_decide(answer: str, share: int) -> None:
    assert score(asked("=Ом", "// [case:1]\n"), answer) == share


@pytest.mark.parametrize(
    ("key", "answer", "share"),
    [
        ("H2O", "H2O", 1),
        ("H2O", " H2O ", 1),
        ("H2O", "Н2О", 0),
        ("H2O", "h2o", 0),
        ("ёж", "еж", 0),
        ("3,14", "3.14", 0),
        ("раз два", "раз\u00a0два", 1),
        ("раз-два", "раз–два", 0),
        ("кот*", "коты", 1),
    ],
)
def test_letter_by_letter(key: str, answer: str, share: int) -> None:
    assert score(asked(f"={key}", "// [strict:1]\n"), answer) == share


@pytest.mark.parametrize(
    ("accepted", "answer", "share"),
    [
        ("=%50%H2O =Н2О", "Н2О", "1"),  # just what was typed goes before what only looks like it
        ("=%50%H2O =Н2О", "H2O", "1/2"),
        ("=H2O =%0%*", "Н2О", "1"),  # «anything else» is not what was typed
        ("=H2O =%0%*", "HO", "0"),
        ("=%50%*2O =H2O", "H2O", "1/2"),  # the first that fits, as in Moodle
    ],
)
def test_forms_that_an_author_tells_apart(accepted: str, answer: str, share: str) -> None:
    assert score(asked(accepted), answer) == Fraction(share)


@pytest.mark.parametrize(
    ("key", "answer"),
    [
        ("#-5", "−5"),
        ("#-5", "–5"),
        ("#-5", "—5"),
        ("#-5", "‑5"),
        ("#-5", "- 5"),
        ("#3.14", "3,14"),
        ("#3,14", "3.14"),
        ("#12000", "12 000"),
        ("#12000", "12\u2009000"),
        ("#12000", "12\u202f000"),
        ("#12000", "12\u2007000"),
        ("#12000.5", "12\u00a0000,5"),
        ("#1234567", "1 234 567"),
        ("#5", "\u200b5\ufeff"),
        ("#0.5", ",5"),
    ],
)
def test_numbers_as_people_write_them(key: str, answer: str) -> None:
    assert score(asked(key), answer) == 1


@pytest.mark.parametrize("answer", ["5 м", "5-", "--5", "1 2", "12 00", "1,2,3", "пять"])
def test_what_is_no_number(answer: str) -> None:
    assert score(asked("#5 =12 =1200 =1.2"), answer) == 0


def test_letter_by_letter_goes_out_and_comes_back() -> None:
    question = asked("=H2O", "// [strict:1]\n")
    for written, name in ((write_gift([question]).encode(), "bank.gift"), (write_xlsx([question]), "bank.xlsx")):
        again = only(read(written, name))
        assert (again.strict, again.case_sensitive, score(again, "Н2О")) == (True, False, 0)
