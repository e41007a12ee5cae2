"""Files as people bring them: each kind of trouble that broke us, made here, and the files where they are."""

import io
import unicodedata
import zipfile
from base64 import b64encode

import pytest

from tests.shared import shared
from traektoria.engines.questionbanks import (
    Bank,
    NumericRange,
    QuestionKind,
    TextFormat,
    UnreadableBank,
    plain,
    read,
    render,
)

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8cfc0000000030001"
    "5c6d1d5b0000000049454e44ae426082"
)
ITEM = """<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="i" title="Задание">
<responseDeclaration identifier="R" cardinality="single" baseType="{base}">
<correctResponse><value>{right}</value></correctResponse></responseDeclaration>
<itemBody>{body}</itemBody>{rest}</assessmentItem>"""
CHOICE = """<choiceInteraction responseIdentifier="R" maxChoices="1">
<simpleChoice identifier="a">да</simpleChoice><simpleChoice identifier="b">нет</simpleChoice></choiceInteraction>"""
ENTRY = '<p>Число пи? <textEntryInteraction responseIdentifier="R"/></p>'


def item(body: str, *, base: str = "identifier", right: str = "a", rest: str = "") -> bytes:
    return ITEM.format(body=body, base=base, right=right, rest=rest).encode()


def package(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def codes(bank: Bank) -> list[str]:
    return [problem.code for problem in bank.problems]


@pytest.mark.parametrize(
    "text", ["СТОЛИЦА РОССИИ {=МОСКВА ~ТВЕРЬ}", "Столица России {=Москва ~Тверь}", "ФОМА И ЩУКА {=Да ~Нет}"]
)
@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "cp866", "utf-8"])
def test_capitals_do_not_change_the_encoding(text: str, encoding: str) -> None:
    bank = read(text.encode(encoding), "bank.gift")
    assert (bank.encoding, bank.questions[0].text) == (encoding, text.split(" {")[0])


def test_a_stray_byte_is_told_with_its_line() -> None:
    text = "Столица России {=Москва ~Тверь}\n\nСамая длинная река {=Лена ~Волга}\n"
    content = text.encode().replace("река".encode(), "река".encode() + b"\xd0")
    bank = read(content, "bank.gift")
    assert (bank.encoding, bank.questions[0].text) == ("utf-8", "Столица России")
    assert [(problem.code, problem.line, problem.fatal) for problem in bank.problems] == [("odd_byte", 3, False)]


def test_the_seam_of_two_files_is_no_text() -> None:
    bank = read("\ufeffПервый {=да ~нет}\n\n\ufeff::Имя:: Второй {=да ~нет}".encode(), "bank.gift")
    assert [(question.name, question.text) for question in bank.questions] == [("", "Первый"), ("Имя", "Второй")]


@pytest.mark.parametrize(
    "text",
    [
        "Если a<b и c>d, то что?",
        "тег <b> или <i>",
        "x<s и y>t",
        "<u без конца",
        "a <b c> d",
        "if (a<i && b>c)",
        "2<sup и sub>1",
    ],
)
def test_signs_of_less_and_tags_that_nobody_closed_are_letters(text: str) -> None:
    question = read((text + " {=да ~нет}").encode(), "bank.gift").questions[0]
    assert plain(question.text, question.text_format) == text
    assert (
        render(question.text, question.text_format).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
        == text
    )


def test_emphasis_that_is_closed_is_emphasis() -> None:
    question = read('H<sub>2</sub>O и <b class="x">вода</b> {=да ~нет}'.encode(), "bank.gift").questions[0]
    assert render(question.text, question.text_format) == "H<sub>2</sub>O и <b>вода</b>"


def test_the_address_of_a_picture_may_have_a_query() -> None:
    moodle = f"""<quiz><question type="truefalse"><questiontext format="html">
    <text><![CDATA[<p><img src="@@PLUGINFILE@@/graph.png?time=16" alt="график"></p>]]></text>
    <file name="graph.png" encoding="base64">{b64encode(PNG).decode()}</file></questiontext>
    <answer fraction="100"><text>true</text></answer><answer fraction="0"><text>false</text></answer>
    </question></quiz>"""
    question = read(moodle.encode(), "bank.xml").questions[0]
    assert 'src="/shown"' in render(question.text, question.text_format, {"graph.png": "/shown"})


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("%D1%80%20%281%29.png", "р (1).png"),
        ("g.png?time=1&amp;forcedownload=1", "g.png"),
        ("g.png#x", "g.png"),
        ("G.PNG?x", "g.png"),
        ("sub/g.png", "g.png"),
        ("a+b.png", "a+b.png"),
        ("a b.png", "a b.png"),
        ("й.png", unicodedata.normalize("NFD", "й.png")),
    ],
)
def test_a_picture_is_found_however_its_address_is_written(source: str, name: str) -> None:
    moodle = f"""<quiz><question type="truefalse"><questiontext format="html">
    <text><![CDATA[<p><img src="@@PLUGINFILE@@/{source}" alt="г"></p>]]></text>
    <file name="{name}" encoding="base64">{b64encode(PNG).decode()}</file></questiontext>
    <answer fraction="100"><text>true</text></answer><answer fraction="0"><text>false</text></answer>
    </question></quiz>"""
    bank = read(moodle.encode(), "bank.xml")
    (picture,) = bank.questions[0].pictures
    assert codes(bank) == []
    assert 'src="/shown"' in render(bank.questions[0].text, TextFormat.HTML, {picture.name: "/shown"})


@pytest.mark.parametrize(
    ("markup", "name"),
    [
        ('<img src="../images/g.png" alt="г"/>', "images/g.png"),
        ('<img src="images\\g.png" alt="г"/>', "images/g.png"),
        ('<img src="Images/G.PNG#x" alt="г"/>', "images/g.png"),
        ('<img src="рис 1.png" alt="г"/>', "%D1%80%D0%B8%D1%81%201.png"),
        ('<picture><source srcset="g.png"/><img src="g.png" alt="г"/></picture>', "g.png"),
        ('<object data="g.svg" type="image/svg+xml"><object data="g.png">г</object></object>', "g.png"),
    ],
)
def test_a_picture_of_a_package_is_found_however_it_is_named(markup: str, name: str) -> None:
    bank = read(package(**{"items/item.xml": item(f"<p>{markup}</p>{CHOICE}"), name: PNG}), "bank.zip")
    (picture,) = bank.questions[0].pictures
    assert codes(bank) == []
    shown = render(bank.questions[0].text, TextFormat.HTML, {picture.name: "/shown"})
    assert shown == '<p><img src="/shown" alt="г"></p>'


def test_an_object_that_is_no_picture_is_named() -> None:
    markup = '<p><object data="a.pdf" type="application/pdf">Документ</object></p>'
    bank = read(package(**{"item.xml": item(markup + CHOICE), "a.pdf": b"%PDF"}), "bank.zip")
    assert (codes(bank), plain(bank.questions[0].text, TextFormat.HTML)) == (["file_not_picture"], "Документ")


@pytest.mark.parametrize(
    "markup",
    [
        '<p><img src="images/%D1%80%D0%B8%D1%81%201.png" alt="рисунок"/></p>',
        '<p><object data="images/рис 1.png" type="image/png" width="10">рисунок</object></p>',
        '<p><object data="images/%D1%80%D0%B8%D1%81%201.png?v=2">рисунок</object></p>',
    ],
)
def test_a_picture_of_a_package_is_shown(markup: str) -> None:
    bank = read(package(**{"item.xml": item(markup + CHOICE), "images/рис 1.png": PNG}), "bank.zip")
    question = bank.questions[0]
    assert (codes(bank), [picture.name for picture in question.pictures]) == ([], ["рис 1.png"])
    assert '<img src="/shown" alt="рисунок"' in render(question.text, question.text_format, {"рис 1.png": "/shown"})


def test_what_the_candidate_reads_is_a_part_of_the_question() -> None:
    rubric = '<rubricBlock view="{view}"><p>{text}</p></rubricBlock>'
    blocks = rubric.format(view="candidate author", text="Прочитайте.") + rubric.format(view="scorer", text="Оцените.")
    question = read(item(blocks + "<p>Вопрос</p>" + CHOICE), "item.xml").questions[0]
    assert plain(question.text, question.text_format) == "Прочитайте.\nВопрос"
    assert plain(question.guidance, question.text_format) == "Оцените."


@pytest.mark.parametrize(
    ("equal", "ends", "told"),
    [
        ('<equal toleranceMode="absolute" tolerance="0.01 0.02"/>', ("3.13", "3.16"), []),
        ('<equal toleranceMode="absolute" tolerance="0.01"/>', ("3.13", "3.15"), []),
        ('<equal toleranceMode="exact"/>', ("3.14", "3.14"), []),
        ('<equal toleranceMode="relative" tolerance="1 1"/>', ("3.14", "3.14"), ["unsupported_marking"]),
        ('<equal toleranceMode="absolute" tolerance="0,01"/>', ("3.13", "3.15"), []),
        ('<equal toleranceMode="absolute" tolerance="T T"/>', ("3.14", "3.14"), ["unsupported_marking"]),
        (
            '<equal toleranceMode="absolute" tolerance="0.01" includeLowerBound="false"/>',
            ("3.13", "3.15"),
            ["unsupported_marking"],
        ),
        ("<gte/><lte/>", ("3.14", "3.14"), ["unsupported_marking"] * 2),
        ('<equalRounded roundingMode="decimalPlaces" figures="2"/>', ("3.14", "3.14"), ["unsupported_marking"]),
    ],
)
def test_a_tolerance_is_kept_or_told(equal: str, ends: tuple[str, str], told: list[str]) -> None:
    rest = f"<responseProcessing><responseIf>{equal}</responseIf></responseProcessing>"
    bank = read(item(ENTRY, base="float", right="3.14", rest=rest), "item.xml")
    (found,) = bank.questions[0].numeric
    assert isinstance(found, NumericRange)
    assert ((str(found.low), str(found.high)), codes(bank)) == (ends, told)


@pytest.mark.parametrize("packed", [True, False])
def test_an_old_version_is_named(packed: bool) -> None:
    old = b"<questestinterop><item ident='1'/></questestinterop>"
    with pytest.raises(UnreadableBank) as refused:
        read(package(**{"imsmanifest.xml": b"<manifest/>", "old.xml": old}) if packed else old, "bank.zip")
    assert refused.value.code == "old_qti"


@pytest.mark.parametrize("name", ["res00001.dat", "g/g.xml.qti", "g/assessment.xml"])
def test_an_old_version_is_found_whatever_its_file_is_called(name: str) -> None:
    old = b'<?xml version="1.0"?><questestinterop xmlns="http://www.imsglobal.org/xsd/ims_qtiasiv1p2"/>'
    with pytest.raises(UnreadableBank, match="old_qti"):
        read(package(**{"imsmanifest.xml": b"<manifest/>", name: old}), "bank.zip")
    both = read(package(**{"item.xml": item("<p>В</p>" + CHOICE), "old.xml": old}), "bank.zip")
    assert (len(both.questions), codes(both)) == (1, ["unsupported_type"])


def test_the_text_to_read_of_a_third_version() -> None:
    block = '<qti-rubric-block view="candidate"><qti-content-body><p>Читайте</p></qti-content-body></qti-rubric-block>'
    content = f"""<qti-assessment-item identifier="i" title="З"><qti-response-declaration identifier="R"
    cardinality="single" base-type="float"><qti-correct-response><qti-value>3.14</qti-value></qti-correct-response>
    </qti-response-declaration><qti-item-body>{block}<p>Пи? <qti-text-entry-interaction response-identifier="R"/></p>
    </qti-item-body><qti-response-processing><qti-equal tolerance-mode="absolute" tolerance="0.01 0.01"/>
    </qti-response-processing></qti-assessment-item>"""
    question = read(content.encode(), "item.xml").questions[0]
    assert plain(question.text, question.text_format) == "Читайте\nПи? _____"
    assert (str(question.numeric[0].low), str(question.numeric[0].high)) == ("3.13", "3.15")


def test_a_package_without_questions_has_a_reason() -> None:
    bank = read(package(**{"imsmanifest.xml": b"<manifest/>"}), "bank.zip")
    assert (bank.questions, codes(bank)) == ((), ["no_items"])


BROUGHT = {
    "bank_capitals_cp1251.gift": ("cp1251", "СТОЛИЦА РОССИИ", 2),
    "bank_utf8_stray_byte.gift": ("utf-8", "Столица России", 3),
    "bank_bom_in_the_middle.gift": ("utf-8", "Столица России", 2),
    "bank_less_than.gift": ("utf-8", "Если a<b и c>d, то что верно?", 2),
    "bank_picture_with_time.xml": ("utf-8", "Что на рисунке? график", 1),
    "bank_qti_rubric_for_candidate.xml": ("utf-8", "Прочитайте текст: «Солнце светило всё ярче».\nО чём текст?", 1),
    "bank_qti_tolerance.xml": ("utf-8", "Чему равно число пи? _____", 1),
    "bank_qti_object_picture.zip": ("", "Что на рисунке? график\nО чём текст?", 1),
    "bank_qti_encoded_picture_name.zip": ("", "Что на рисунке? рисунок\nО чём текст?", 1),
}


@pytest.mark.parametrize("name", BROUGHT)
def test_the_files_that_broke_us(name: str) -> None:
    bank = read(shared(f"cases/{name}").read_bytes(), name)
    first = bank.questions[0]
    assert (bank.encoding, plain(first.text, first.text_format), len(bank.questions)) == BROUGHT[name]
    if first.kind is QuestionKind.NUMERIC:
        assert (str(first.numeric[0].low), str(first.numeric[0].high)) == ("3.13", "3.15")
