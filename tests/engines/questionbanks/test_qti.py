"""QTI: one item of each interaction, both versions, packages and what cannot be repeated."""

import io
import zipfile
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from tests.engines.questionbanks.short_reads import only, weights
from traektoria.engines.questionbanks import (
    LIMITS,
    Bank,
    FileFormat,
    MatchingPair,
    NumericRange,
    Question,
    QuestionKind,
    UnreadableBank,
    read,
)

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20
CHOICE = (
    '<choiceInteraction responseIdentifier="R" maxChoices="{most}"><prompt>Сколько?</prompt>'
    '<simpleChoice identifier="A">один<feedbackInline>мимо</feedbackInline></simpleChoice>'
    '<simpleChoice identifier="B"><b>два</b></simpleChoice><simpleChoice identifier="C">три</simpleChoice>'
    "</choiceInteraction>"
)


def item(body: str, correct: str = "", mapping: str = "", base: str = "identifier") -> str:
    values = "".join(f"<value>{value}</value>" for value in correct.split(";") if value)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="Q7" title="Имя">\n'
        f'<responseDeclaration identifier="R" cardinality="single" baseType="{base}">'
        f"<correctResponse>{values}</correctResponse>{mapping}</responseDeclaration>\n"
        f'<outcomeDeclaration identifier="SCORE" normalMaximum="2"/>\n<itemBody>{body}</itemBody></assessmentItem>'
    )


def bank_of(text: str) -> Bank:
    return read(text.encode(), "item.xml")


def one(text: str) -> Question:
    return only(bank_of(text))


def test_choice_of_one() -> None:
    question = one(item("<p>Текст</p>" + CHOICE.format(most=1), "B"))
    assert (question.kind, question.text, question.name) == (QuestionKind.SINGLE, "<p>Текст</p>Сколько?", "Имя")
    assert weights(question) == [("один", "0"), ("<b>два</b>", "100"), ("три", "0")]
    assert question.options[0].feedback == "мимо"
    assert (question.max_score, question.external_id) == (2, "Q7")


def test_choice_of_several_by_points_and_by_the_key() -> None:
    mapping = (
        '<mapping upperBound="2"><mapEntry mapKey="A" mappedValue="1"/><mapEntry mapKey="B" mappedValue="1"/>'
        '<mapEntry mapKey="C" mappedValue="-2"/></mapping>'
    )
    question = one(item(CHOICE.format(most=0), "A;B", mapping))
    assert question.kind is QuestionKind.MULTIPLE
    assert [option.fraction for option in question.options] == [50, 50, -100]
    bank = bank_of(item(CHOICE.format(most=3), "A;C"))
    assert [option.fraction for option in only(bank).options] == [50, 0, 50]
    assert [problem.code for problem in bank.problems] == ["unsupported_marking"]


def test_text_entry() -> None:
    entry = '<p>Столица — <textEntryInteraction responseIdentifier="R"/>.</p>'
    mapping = (
        '<mapping><mapEntry mapKey="Париж" mappedValue="1"/><mapEntry mapKey="париж" mappedValue="0.5"/></mapping>'
    )
    question = one(item(entry, "Париж", mapping, "string"))
    assert (question.kind, question.text) == (QuestionKind.SHORT, "<p>Столица — _____.</p>")
    assert weights(question) == [("Париж", "100"), ("париж", "50")]
    assert one(item(entry, "3.5", base="float")).numeric == (NumericRange(Decimal("3.5"), Decimal("3.5")),)


def test_matching() -> None:
    body = (
        '<matchInteraction responseIdentifier="R"><simpleMatchSet><simpleAssociableChoice identifier="l1">Франция'
        '</simpleAssociableChoice><simpleAssociableChoice identifier="l2">Италия</simpleAssociableChoice>'
        '</simpleMatchSet><simpleMatchSet><simpleAssociableChoice identifier="r1">Рим</simpleAssociableChoice>'
        '<simpleAssociableChoice identifier="r2">Париж</simpleAssociableChoice><simpleAssociableChoice '
        'identifier="r3">Лондон</simpleAssociableChoice></simpleMatchSet></matchInteraction>'
    )
    question = one(item("<p>В</p>" + body, "l1 r2;l2 r1"))
    assert question.pairs == (MatchingPair("Франция", "Париж"), MatchingPair("Италия", "Рим"))
    assert question.distractors == ("Лондон",)
    assert [problem.code for problem in bank_of(item("<p>В</p>" + body, "l1 r2")).problems] == ["unsupported_type"]


def test_ordering_extended_and_description() -> None:
    order = CHOICE.format(most=1).replace("choiceInteraction", "orderInteraction")
    assert one(item(order, "C;A;B")).order == ("три", "один", "<b>два</b>")
    extended = one(item('<p>Эссе</p><rubricBlock>К1</rubricBlock><extendedTextInteraction responseIdentifier="R"/>'))
    assert (extended.kind, extended.text, extended.guidance) == (QuestionKind.EXTENDED, "<p>Эссе</p>", "К1")
    assert one(item("<p>Текст</p>")).kind is QuestionKind.DESCRIPTION


def test_version_3() -> None:
    question = one(
        '<qti-assessment-item identifier="q" title="Имя">'
        '<qti-response-declaration identifier="R" base-type="identifier">'
        "<qti-correct-response><qti-value>A</qti-value></qti-correct-response></qti-response-declaration>"
        '<qti-item-body><qti-choice-interaction response-identifier="R" max-choices="1">'
        "<qti-prompt>В</qti-prompt>"
        '<qti-simple-choice identifier="A">да</qti-simple-choice><qti-simple-choice identifier="B">нет'
        "</qti-simple-choice></qti-choice-interaction></qti-item-body></qti-assessment-item>"
    )
    assert (question.text, weights(question)) == ("В", [("да", "100"), ("нет", "0")])


@pytest.mark.parametrize("body", ["<hotspotInteraction responseIdentifier='R'/>", CHOICE.format(most=1) * 2])
def test_what_cannot_be_asked(body: str) -> None:
    assert [(p.line, p.code, p.fatal) for p in bank_of(item(body, "A")).problems] == [(5, "unsupported_type", True)]


def package(**files: str | bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), data)
    return target.getvalue()


def test_package_with_pictures_and_a_broken_item() -> None:
    picture = '<p><img src="img/a.png" alt="а"/><img src="no.png"/></p>'
    bank = read(
        package(
            imsmanifest_xml="<manifest/>",
            items__a_xml=item(picture + CHOICE.format(most=1), "A"),
            items__b_xml="<assessmentItem>",
            items__img__a_png=PNG,
        ),
        "bank.zip",
    )
    assert bank.format is FileFormat.QTI
    assert [each.data for each in only(bank).pictures] == [PNG]
    assert '<img src="@@PLUGINFILE@@/a.png" alt="а">' in only(bank).text
    assert [(p.code, p.params.get("file")) for p in bank.problems] == [
        ("broken_xml", "items/b.xml"),
        ("missing_picture", "items/a.xml"),
    ]
    assert Fraction(2) == only(bank).max_score


def test_package_that_unpacks_to_too_much() -> None:
    with pytest.raises(UnreadableBank) as refusal:
        read(package(a_xml="<x/>", b_bin=b"\0" * 2_000), "bank.zip", replace(LIMITS, unpacked_bytes=1_000))
    assert refusal.value.code == "zip_bomb"
