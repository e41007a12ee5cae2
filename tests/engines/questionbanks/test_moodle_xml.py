"""Moodle XML: every type that we have, and a line for each that we have not."""

import base64
from decimal import Decimal
from fractions import Fraction

import pytest

from tests.engines.questionbanks.short_reads import found, moodle, only, weights
from traektoria.engines.questionbanks import (
    Bank,
    FileFormat,
    MatchingPair,
    NumericRange,
    Question,
    QuestionKind,
    Tag,
    TextFormat,
    UnreadableBank,
    read,
)

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20
OTHER_PNG = b"\x89PNG\r\n\x1a\n" + b"\1" * 20


def coded(data: bytes) -> str:
    return base64.b64encode(data).decode()


def asked(kind: str, inner: str, stem: str = "<text>Вопрос</text>", form: str = "html") -> str:
    return (
        f'<question type="{kind}"><name><text>Имя</text></name>\n'
        f'<questiontext format="{form}">{stem}</questiontext>\n{inner}\n</question>'
    )


def one(kind: str, inner: str) -> Question:
    return only(moodle(asked(kind, inner)))


def test_multichoice_single_and_multiple() -> None:
    answers = (
        '<answer fraction="0" format="html"><text><![CDATA[<b>а</b>]]></text><feedback><text>нет</text></feedback>'
        '</answer><answer fraction="100"><text>б</text></answer>'
    )
    single = one("multichoice", "<single>true</single>" + answers)
    assert (single.kind, weights(single)) == (QuestionKind.SINGLE, [("<b>а</b>", "0"), ("б", "100")])
    assert single.options[0].feedback == "нет"
    thirds = "".join(f'<answer fraction="33.33333"><text>{letter}</text></answer>' for letter in "абв")
    multiple = one("multichoice", f"<single>false</single>{thirds}<answer fraction='-50'><text>г</text></answer>")
    assert multiple.kind is QuestionKind.MULTIPLE
    assert [option.fraction for option in multiple.options] == [Fraction(100, 3)] * 3 + [Fraction(-50)]


def test_true_false() -> None:
    question = one(
        "truefalse",
        '<answer fraction="0" format="moodle_auto_format"><text>true</text></answer>'
        '<answer fraction="100"><text>false</text><feedback><text>да</text></feedback></answer>',
    )
    assert (question.true_false, weights(question)) == (True, [("true", "0"), ("false", "100")])
    assert question.text_format is TextFormat.HTML


def test_short_answer_with_case() -> None:
    question = one(
        "shortanswer",
        '<usecase>1</usecase><answer fraction="100"><text>Па*ж</text></answer>'
        '<answer fraction="50"><text>париж</text></answer>',
    )
    assert (question.kind, question.case_sensitive) == (QuestionKind.SHORT, True)
    assert weights(question) == [("Па*ж", "100"), ("париж", "50")]


def test_numerical_with_units() -> None:
    bank = moodle(
        asked(
            "numerical",
            '<answer fraction="100"><text>23.8</text><tolerance>0.5</tolerance></answer>'
            '<answer fraction="0"><text>*</text><tolerance></tolerance></answer>'
            "<units><unit><multiplier>1</multiplier><unit_name>м</unit_name></unit></units>",
        )
    )
    assert only(bank).numeric == (
        NumericRange(Decimal("23.3"), Decimal("24.3")),
        NumericRange(None, None, Fraction(0)),
    )
    assert [problem.code for problem in bank.problems] == ["units_ignored"]


def test_matching_with_extra_answers() -> None:
    question = one(
        "matching",
        "<subquestion><text>А</text><answer><text>а</text></answer></subquestion>"
        "<subquestion><text>Б</text><answer><text>б</text></answer></subquestion>"
        "<subquestion><text></text><answer><text>в</text></answer></subquestion>",
    )
    assert question.pairs == (MatchingPair("А", "а"), MatchingPair("Б", "б"))
    assert question.distractors == ("в",)


def test_ordering_essay_and_description() -> None:
    ordering = one(
        "ordering",
        '<answer fraction="2"><text>два</text></answer><answer fraction="1"><text>один</text></answer>',
    )
    assert (ordering.kind, ordering.order) == (QuestionKind.ORDERING, ("один", "два"))
    essay = one("essay", "<defaultgrade>4</defaultgrade><graderinfo><text>К1: …</text></graderinfo>")
    assert (essay.kind, essay.max_score, essay.guidance) == (QuestionKind.EXTENDED, 4, "К1: …")
    assert one("description", "<defaultgrade>1</defaultgrade>").max_score == 0


def test_what_stands_around_the_answers() -> None:
    bank = moodle(
        '<question type="category"><category><text>$course$/top/Тема</text></category></question>'
        + asked(
            "essay",
            "<generalfeedback><text>итог</text></generalfeedback><defaultgrade>2.5000000</defaultgrade>"
            "<idnumber>7</idnumber><penalty>0.3</penalty><hidden>0</hidden>"
            "<tags><tag><text>КЭС 1.2</text></tag><tag><text>лето</text></tag></tags>"
            "<correctfeedback><text>Верно</text></correctfeedback><hint><text>Подумайте</text></hint>",
        )
    )
    question = only(bank)
    assert (question.name, question.category, question.feedback) == ("Имя", "Тема", "итог")
    assert (question.max_score, question.external_id) == (Fraction(5, 2), "7")
    assert question.tags == (Tag("kes", "1.2"), Tag("", "лето"))
    assert [(p.code, p.params) for p in bank.problems] == [
        ("ignored_parts", {"names": "correctfeedback × 1, hint × 1"})
    ]


@pytest.mark.parametrize("kind", ["cloze", "calculated", "calculatedsimple", "ddwtos", "gapselect", "ddmarker"])
def test_types_that_we_have_not_are_named_with_their_line(kind: str) -> None:
    bank = moodle(asked("description", "") + "\n" + asked(kind, "") + "\n" + asked("essay", ""))
    assert [question.kind for question in bank.questions] == [QuestionKind.DESCRIPTION, QuestionKind.EXTENDED]
    assert found(bank) == [(7, "unsupported_type", True)]
    assert dict(bank.problems[0].params) == {"type": kind}
    assert (bank.problems[0].question, bank.problems[0].number) == ("Имя", 2)


def test_pictures_of_one_name_are_told_apart() -> None:
    def image(data: bytes) -> str:
        return (
            '<text><![CDATA[<img src="@@PLUGINFILE@@/%D0%B0%20b.png">]]></text>'
            f'<file name="а b.png" path="/" encoding="base64">{coded(data)}</file>'
        )

    bank = moodle(
        asked(
            "multichoice",
            f'<answer fraction="100">{image(PNG)}</answer><answer fraction="0">{image(OTHER_PNG)}</answer>',
            stem=image(PNG),
        )
    )
    question = only(bank)
    assert [(picture.name, picture.media_type, picture.data) for picture in question.pictures] == [
        ("а b.png", "image/png", PNG),
        ("2-а b.png", "image/png", OTHER_PNG),
    ]
    assert question.text == '<img src="@@PLUGINFILE@@/%D0%B0%20b.png">'
    assert question.options[1].text == '<img src="@@PLUGINFILE@@/2-%D0%B0%20b.png">'


def test_files_that_are_not_kept_are_told_of() -> None:
    stem = (
        "<text><![CDATA[<img src='@@PLUGINFILE@@/no.png'><img src='https://x.test/a.png'>"
        f"<img src='data:image/png;base64,{coded(PNG)}'>]]></text>"
        f'<file name="a.svg" encoding="base64">{coded(b"<svg/>")}</file><file name="b.png" encoding="base64">*</file>'
    )
    bank = moodle(asked("essay", "", stem=stem))
    assert [problem.code for problem in bank.problems] == [
        "file_not_picture",
        "bad_file",
        "missing_picture",
        "external_picture",
    ]
    assert [picture.data for picture in only(bank).pictures] == [PNG]


def test_picture_of_moodle_1_9() -> None:
    question = one("essay", f"<image>m.png</image><image_base64>\n{coded(PNG)}\n</image_base64>")
    assert question.text.endswith('<img src="@@PLUGINFILE@@/m.png" alt=""></p>')
    assert question.pictures[0].data == PNG


def test_entities_and_markup_outside_cdata() -> None:
    question = only(moodle(asked("essay", "", stem="<text><p>a&nbsp;&lt; b & c&nope;</p></text>")))
    assert question.text == "<p>a\u00a0&lt; b &amp; c&amp;nope;</p>"


def test_formats_of_parts_become_one() -> None:
    bank = moodle(
        asked(
            "multichoice",
            '<answer fraction="100" format="html"><text>&lt;b&gt;да&lt;/b&gt;</text></answer>'
            '<answer fraction="0" format="plain_text"><text>1 &lt; 2</text></answer>',
            form="moodle_auto_format",
        )
    )
    assert only(bank).text_format is TextFormat.HTML
    assert [option.text for option in only(bank).options] == ["<b>да</b>", "1 &lt; 2"]


@pytest.mark.parametrize(
    ("kind", "inner", "code"),
    [
        ("multichoice", '<answer fraction="много"><text>а</text></answer>', "bad_weight"),
        ("multichoice", '<answer fraction="100"><text>а</text></answer>', "too_few_answers"),
        ("truefalse", '<answer fraction="100"><text>да</text></answer>', "too_few_answers"),
        ("numerical", '<answer fraction="100"><text>пять</text></answer>', "not_a_number"),
        ("shortanswer", '<answer fraction="0"><text>а</text></answer>', "no_right_answer"),
    ],
)
def test_broken_questions(kind: str, inner: str, code: str) -> None:
    bank = moodle(asked(kind, inner))
    assert bank.questions == ()
    assert [(problem.code, problem.fatal) for problem in bank.problems] == [(code, True)]


def test_a_file_that_breaks_off_gives_what_stands_before() -> None:
    text = f"<quiz>\n{asked('essay', '')}\n{asked('essay', '<defaultgrade>')}"
    bank = read(text.encode(), "bank.xml")
    assert len(bank.questions) == 1
    assert [(problem.code, problem.fatal) for problem in bank.problems] == [("broken_xml", True)]
    assert bank.problems[0].line == 9


def test_reading_goes_on_after_a_broken_question() -> None:
    text = f"<quiz>\n{asked('essay', '<b>')}\n{asked('essay', '')}\n{asked('essay', '<text><![CDATA[')}\n</quiz>"
    bank = read(text.encode(), "bank.xml")
    assert [question.number_line for question in bank.questions] == [6]
    assert found(bank) == [(5, "broken_xml", True), (14, "broken_xml", True)]


def test_encoding_of_the_declaration() -> None:
    text = f'<?xml version="1.0" encoding="windows-1251"?><quiz>{asked("essay", "")}</quiz>'
    bank: Bank = read(text.encode("cp1251"), "bank.xml")
    assert (bank.format, bank.encoding, only(bank).text) == (FileFormat.MOODLE_XML, "cp1251", "Вопрос")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("<?xml version='1.0'?><html/>", "unknown_xml"),
        ("<?xml version='1.0'?>", "unknown_xml"),
        ("<!DOCTYPE quiz [<!ENTITY a 'b'>]><quiz>&a;</quiz>", "unsafe_xml"),
        ("<!DOCTYPE quiz SYSTEM 'file:///etc/passwd'><quiz/>", "unsafe_xml"),
    ],
)
def test_refusals(text: str, code: str) -> None:
    with pytest.raises(UnreadableBank) as refusal:
        read(text.encode(), "bank.xml")
    assert refusal.value.code == code
