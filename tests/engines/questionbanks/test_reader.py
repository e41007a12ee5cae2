"""The door: encodings, formats, limits, and files made to break it."""

import contextlib
import io
import json
import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engines.questionbanks.short_reads import only, weights
from tests.shared import shared
from tests.thoroughness import rounds
from traektoria.engines.questionbanks import LIMITS, FileFormat, UnreadableBank, read, template
from traektoria.engines.questionbanks.errors import PROBLEM_CODES, UNREADABLE_CODES

TEXT = "::Имя::Столица «Франции» — это {\r\n=Париж\r\n~Рим\r\n}\r\n"


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (TEXT.encode("utf-8-sig"), "utf-8"),
        (TEXT.encode("utf-16"), "utf-16-le"),
        (TEXT.encode("utf-16-le"), "utf-16-le"),
        (TEXT.encode("utf-16-be"), "utf-16-be"),
        (TEXT.encode("cp1251"), "cp1251"),
        (TEXT.replace("«", '"').replace("»", '"').replace("—", "-").encode("koi8-r"), "koi8-r"),
        (TEXT.replace("«", '"').replace("»", '"').replace("—", "-").encode("cp866"), "cp866"),
        (TEXT.replace("\r\n", "\r").encode(), "utf-8"),
        (TEXT.replace("\r\n", "\r\r\n").encode(), "utf-8"),
    ],
)
def test_encodings_and_line_ends(content: bytes, encoding: str) -> None:
    bank = read(content, "bank.txt")
    assert bank.encoding == encoding
    assert only(bank).name == "Имя"
    assert weights(only(bank)) == [("Париж", "100"), ("Рим", "0")]


def test_western_letters() -> None:
    bank = read("Où est le café? {=élève ~forêt}".encode("cp1252"), "bank.txt")
    assert (bank.encoding, only(bank).text) == ("cp1252", "Où est le café?")


@pytest.mark.parametrize(
    ("content", "filename", "expected"),
    [
        ("Вопрос {T}".encode(), "a.txt", FileFormat.GIFT),
        ("::Имя::Просто текст".encode(), "a.txt", FileFormat.GIFT),
        ("Просто текст".encode(), "a.gift", FileFormat.GIFT),
        ("В\nA) а\nB) {скобки}\nANSWER: A".encode(), "a.gift", FileFormat.AIKEN),
        ("В\nА) а\nБ) б".encode(), "a.txt", FileFormat.AIKEN),
        (b"\xef\xbb\xbf\n <!-- x --><quiz></quiz>", "a.txt", FileFormat.MOODLE_XML),
        (template(), "a.txt", FileFormat.TABLE),
    ],
)
def test_format_by_content(content: bytes, filename: str, expected: FileFormat) -> None:
    assert read(content, filename).format is expected


def zipped(name: str, data: bytes) -> bytes:
    return packed({"[Content_Types].xml": b"<Types/>", name: data}, zipfile.ZIP_DEFLATED)


def packed(files: dict[str, bytes], how: int = zipfile.ZIP_STORED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", how) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return target.getvalue()


BILLION_LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE quiz [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY a%d "%s">' % (level, b"&a%d;" % (level - 1) * 10) for level in range(1, 10))
    + b"]><quiz>&a9;</quiz>"
)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"\r\n \xef\xbb\xbf", "empty"),
        (b"%PDF-1.7 ...", "not_text"),
        (b"\x89PNG\r\n\x1a\n", "not_text"),
        (bytes(range(1, 32)) * 100, "not_text"),
        ("Просто рассказ без вопросов.".encode(), "unknown_format"),
        (BILLION_LAUGHS, "unsafe_xml"),
        (zipped("xl/worksheets/sheet1.xml", b"<row>" + b" " * 20_000_000), "zip_bomb"),
        (b"PK\x03\x04 torn", "damaged"),
        (zipped("word/document2.xml", b"<w/>"), "word"),
        (packed({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<a/>"}), "word"),
        (packed({"questions.gift": b"A {=1 ~2}"}), "archive"),
        (b'<?xml version="1.0"?><assessmentTest identifier="t"/>', "only_a_list"),
        (b"<manifest/>", "only_a_list"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old_excel"),
    ],
)
def test_refusals(content: bytes, code: str) -> None:
    with pytest.raises(UnreadableBank) as refusal:
        read(content, "bank")
    assert refusal.value.code == code
    assert code in UNREADABLE_CODES


def test_too_large() -> None:
    with pytest.raises(UnreadableBank) as refusal:
        read(b"a" * 11, "bank", replace(LIMITS, file_bytes=10))
    assert (refusal.value.code, refusal.value.params) == ("too_large", {"size": 11, "limit": 10})


def test_limits_of_questions_answers_and_problems() -> None:
    many = "Вопрос {T}\n\n".encode() * 5
    bank = read(many, "a.gift", replace(LIMITS, questions=3))
    assert (len(bank.questions), bank.problems[-1].code) == (3, "too_many_questions")
    wide = read(b"Q {=a" + b"~b" * 10 + b"}", "a.gift", replace(LIMITS, answers=5))
    assert [problem.code for problem in wide.problems] == ["too_many_answers"]
    broken = read(b"Q {\n\n" * 9, "a.gift", replace(LIMITS, problems=2))
    assert [problem.code for problem in broken.problems] == ["unclosed_brace", "unclosed_brace", "too_many_problems"]


@pytest.mark.parametrize(
    "make",
    [
        lambda: b"{" * 2**20,
        lambda: b"}" * 2**20,
        lambda: b"{\n" * 2**14,
        lambda: b"{" + b"\n" * 2**17 + b"}",
        lambda: b"Q {" + b"~" * 2**17 + b"}",
        lambda: b"Q {=" + b"\\" * 2**17 + b"}",
        lambda: b"Q {=a<b" + b" x" * 2**17 + b"}",
        lambda: b"// [tag:" + b"[tag:" * 2**16 + b"\nQ {T}",
        lambda: b"Q {>" + b"A_" * 2**17 + b"!}",
        lambda: b"::" * 2**16 + b"{",
        lambda: b"<quiz>" + b"<a>" * 2**17,
        lambda: b"<quiz><question type='essay'><questiontext><text>" + b"&" * 2**17,
        lambda: b"<quiz>" + b"<question><b></question>\n" * 2**12,
        lambda: b"A) a\n" * 2**13,
        lambda: b"Q\nA) a\nB) b\n" + b"x\n" * 2**14 + b"ANSWER: A",
    ],
)
def test_hostile_texts_end_soon(make: Callable[[], bytes]) -> None:
    sound(make(), "bank.gift")


def sound(content: bytes, filename: str) -> None:
    """A file is read or refused with codes that we know, and nothing else happens."""
    with contextlib.suppress(UnreadableBank):
        bank = read(content, filename)
        assert {problem.code for problem in bank.problems} <= PROBLEM_CODES.keys()
        placed = [problem for problem in bank.problems if problem.code not in ("empty_gift", "no_items")]
        assert all(1 <= problem.line <= content.count(b"\n") + 1 for problem in placed)
        assert bank.questions or any(problem.fatal for problem in bank.problems)


PIECES = [
    "{",
    "}",
    "=",
    "~",
    "#",
    "->",
    "::",
    "%50%",
    "\\",
    "\n",
    "\n\n",
    "//",
    "a",
    "[html]",
    "1..2",
    "####",
    ">",
    "T",
    "\0",
]
PIECES += [
    "A) ",
    "ANSWER: A",
    "<quiz>",
    "<question type='multichoice'>",
    "</question>",
    "<text>",
    "<![CDATA[",
    "$CATEGORY:",
]


@settings(max_examples=rounds(30, 150), deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_no_text_breaks_the_reader(text: str) -> None:
    sound(text.encode(), "bank.gift")


@settings(max_examples=rounds(12, 60), deadline=None)
@given(st.binary(max_size=200))
def test_no_bytes_break_the_reader(content: bytes) -> None:
    with contextlib.suppress(UnreadableBank):
        read(content, "bank.csv")


@pytest.mark.parametrize("name", ["moodle_gift_examples.txt", "ru_pm_questions.gift", "moodle_xml_multichoice.xml"])
def test_real_files_agree_with_the_reference(name: str) -> None:
    folder = shared("questionbanks")
    reference = json.loads((folder / "ref_counts.json").read_text(encoding="utf-8"))[name]
    bank = read((folder / name).read_bytes(), name)
    assert not [problem for problem in bank.problems if problem.fatal]
    if "question_blocks" in reference:
        assert (len(bank.questions), bank.encoding) == (reference["question_blocks"], reference["encoding"])
    else:
        assert [question.name for question in bank.questions] == reference["names"]
        assert len(bank.questions) == reference["questions_by_type"]["multichoice"]


def test_kinds_of_the_official_examples() -> None:
    bank = read((shared("questionbanks") / "moodle_gift_examples.txt").read_bytes(), "examples.txt")
    assert Counter(str(question.kind) for question in bank.questions) == {
        "single": 21,
        "short": 9,
        "numeric": 8,
        "matching": 3,
        "multiple": 2,
    }
    assert bank.problems == ()
