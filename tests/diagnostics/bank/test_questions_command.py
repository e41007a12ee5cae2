"""The command: a Russian report, JSON of a stable shape, files written whole, and no traceback whatever comes."""

import io
import json
import sys
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from traektoria.diagnostics.bank.file_report import bank_data
from traektoria.diagnostics.management.commands import questions as command
from traektoria.engines.questionbanks import (
    UNREADABLE_CODES,
    Question,
    QuestionKind,
    UnreadableBank,
    read,
)

BANK = """\
    $CATEGORY: География

    ::Столица:: Столица Франции? {=Париж =г. Париж}

    Земля круглая. {T}

    ::Простые:: Какие числа простые? {
      ~%50%2
      ~%-50%9
      ~%50%11
    }

    ::Море:: Самое глубокое озеро? {=Байкал ~Каспий ~Байкал}

    ::Река:: Какая река длиннее? {=Лена ~Ока
    """
RIVER = "::Река:: Какая река длиннее? {=Лена ~Ока"
UNCLOSED = "Скобка { открыта и не закрыта. Поставьте } после последнего ответа; скобку внутри текста пишите так: \\{."
PICTURE = "iVBORw0KGgo="  # the first bytes of a PNG are enough


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    path = tmp_path / "bank.gift"
    path.write_text(dedent(BANK), encoding="cp1251")
    return path


def run(*arguments: str | Path) -> str:
    output = io.StringIO()
    call_command("questions", *map(str, arguments), stdout=output)
    return output.getvalue()


def refused(*arguments: str | Path) -> tuple[dict[str, Any], str]:
    """The JSON and the sentence of a run that ends with status 1, with 2 where the file does not open."""
    output = io.StringIO()
    with pytest.raises(CommandError) as caught:
        call_command("questions", *map(str, arguments), "--json", stdout=output)
    data: dict[str, Any] = json.loads(output.getvalue())
    assert caught.value.returncode == (2 if data["error"]["code"] == "no_file" else 1)
    assert data["error"]["text"] == str(caught.value)
    return data, str(caught.value)


def test_report(bank: Path) -> None:
    assert run(bank).splitlines() == [
        f"Файл: {bank}",
        "Формат: GIFT, кодировка Windows-1251",
        "Прочитано вопросов: 4",
        "  выбор одного ответа: 2, из них «верно/неверно»: 1",
        "  выбор нескольких ответов: 1",
        "  краткий ответ: 1",
        "Не прочитано, нужно исправить: 1",
        f"  Строка 15, вопрос 5 «{RIVER}»: {UNCLOSED}",
        "Прочитано, но проверьте: 1",
        "  Строка 13, вопрос 4 «Море»: Ответ «Байкал» повторяется. Удалите или измените один из них.",
    ]


def test_json(bank: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.GIFT"
    data = json.loads(run(bank, "--json", "--out", out))
    assert list(data) == ["schema", "file", "bank", "output", "template", "error"]
    assert (data["schema"], data["file"], data["template"], data["error"]) == (1, str(bank), None, None)
    assert data["output"] == {"file": str(out), "format": "gift", "questions": 4, "pictures_left_out": 0}
    found = data["bank"]
    assert list(found) == ["format", "encoding", "counts", "problems", "questions"]
    assert (found["format"], found["encoding"]) == ("gift", "cp1251")
    kinds = {str(kind): 0 for kind in QuestionKind} | {"single": 2, "multiple": 1, "short": 1}
    assert found["counts"] == {"questions": 4, "kinds": kinds, "true_false": 1, "errors": 1, "warnings": 1}
    assert found["problems"][1] == {
        "line": 15, "column": "", "number": 5, "question": RIVER, "fatal": True, "code": "unclosed_brace",
        "params": {}, "place": f"Строка 15, вопрос 5 «{RIVER}»", "text": UNCLOSED,
    }  # fmt: skip
    assert found["questions"][2]["options"] == [
        {"text": "2", "weight": 50, "feedback": ""},
        {"text": "9", "weight": -50, "feedback": ""},
        {"text": "11", "weight": 50, "feedback": ""},
    ]


def test_json_of_every_kind(tmp_path: Path) -> None:
    path = tmp_path / "kinds.gift"
    path.write_text(
        "Число? {#3.14:0.01 =%33.33333%2 =%50%*}\n\n// [criterion:К1|Смысл|1,5] [score:1,5] [tag:КЭС: 1.2]\n"
        f"Эссе? <img src='data:image/png;base64,{PICTURE}'> {{}}\n\nПары {{=а -> б =в -> г = -> д}}\n"
        "\nПорядок {>2 ALL VERTICAL\nраз\nдва\n}\n",
        encoding="utf-8",
    )
    number, essay, pairs, order = json.loads(run(path, "--json"))["bank"]["questions"]
    assert number["numeric"] == [
        {"low": "3.13", "high": "3.15", "weight": 100, "feedback": ""},
        {"low": "2", "high": "2", "weight": 33.33333, "feedback": ""},
        {"low": None, "high": None, "weight": 50, "feedback": ""},
    ]
    assert essay["criteria"] == [{"code": "К1", "title": "Смысл", "max_score": 1.5}]
    assert (essay["max_score"], essay["tags"]) == (1.5, [{"name": "kes", "value": "1.2"}])
    assert essay["pictures"] == [{"name": "picture", "media_type": "image/png", "bytes": 8}]
    assert (pairs["pairs"][1], pairs["distractors"]) == ({"left": "в", "right": "г"}, ["д"])
    assert order["order"] == ["раз", "два"]


@pytest.mark.parametrize("name", ["out.gift", "out.xlsx"])
def test_what_is_written_reads_back(bank: Path, tmp_path: Path, name: str) -> None:
    out = tmp_path / name
    out.write_text("old")
    assert run(bank, "--out", out).splitlines()[-1] == f"Записано: {out}, вопросов: 4"
    again = read(out.read_bytes(), name)
    assert ([question.name for question in again.questions], again.format.value) == (
        ["Столица", "", "Простые", "Море"], "gift" if name == "out.gift" else "table",
    )  # fmt: skip
    assert sorted(each.name for each in tmp_path.iterdir()) == ["bank.gift", name]


def test_template(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    assert run("--template", path) == f"Шаблон записан: {path}\n"
    assert read(path.read_bytes(), "t.xlsx").questions == ()
    data, _said = refused(path)
    assert (data["error"]["code"], data["bank"]["format"]) == ("no_questions", "table")


def test_pictures_that_a_table_cannot_hold(tmp_path: Path) -> None:
    path = tmp_path / "p.gift"
    path.write_text(f"[html]<img src\\='data:image/png;base64,{PICTURE[:-1]}\\='> Что это? {{=кот ~пёс}}")
    lines = run(path, "--out", tmp_path / "p.xlsx").splitlines()
    assert lines[-1] == "В таблице нет места картинкам, пропущено: 1. В GIFT они сохраняются."


def test_text_longer_than_a_cell(tmp_path: Path) -> None:
    path, out = tmp_path / "long.gift", tmp_path / "long.xlsx"
    path.write_text(f"Да? {{T}}\n\n::Длинный:: {'а' * 33_000} {{T}}")
    data, said = refused(path, "--out", out)
    assert (data["error"]["code"], data["output"], out.exists()) == ("too_long_for_cell", None, False)
    assert said.endswith("самый длинный вопрос – «Длинный», строка 3. Сократите его или запишите банк в GIFT.")


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "empty"), (b"%PDF-1.7 x", "not_text"), (b"PK\x03\x04 broken", "damaged"), (b"Just words.", "unknown_format"),
     (b"<?xml version='1.0'?><!DOCTYPE quiz [<!ENTITY a 'b'>]><quiz/>", "unsafe_xml"),
     (b"<?xml version='1.0'?><html/>", "unknown_xml"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600, "")],
)  # fmt: skip
def test_unreadable(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "bad.txt"
    path.write_bytes(content)
    data, said = refused(path, "--out", tmp_path / "out.gift")
    assert data["error"]["code"] == code or (not code and data["error"]["code"] in UNREADABLE_CODES)
    assert said.startswith(f"{path}: ")
    assert (data["bank"], data["output"]) == (None, None)
    assert [each.name for each in tmp_path.iterdir()] == ["bad.txt"]


def test_nothing_read_is_status_1_with_its_problems(tmp_path: Path) -> None:
    path = tmp_path / "bad.gift"
    path.write_text("Вопрос? {=да ~нет")
    output = io.StringIO()
    with pytest.raises(CommandError, match="Ни одного вопроса прочитать не удалось"):
        call_command("questions", str(path), "--out", str(tmp_path / "o.gift"), stdout=output)
    assert "  Строка 1, вопрос 1 «Вопрос? {=да ~нет»: Скобка { открыта и не закрыта." in output.getvalue()
    assert not (tmp_path / "o.gift").exists()


def test_names_that_do_not_fit(bank: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.gift"
    link.symlink_to(bank)
    (tmp_path / "folder.gift").mkdir()
    nowhere = tmp_path / "none" / "o.gift"
    for arguments, code in [
        ((), "no_file_named"),
        (("--out", "o.gift"), "no_file_named"),
        (("--template", tmp_path / "t.xlsx", "--out", "o.gift"), "no_file_named"),
        ((bank, "--out", tmp_path / "o.docx"), "output_kind"),
        (("--template", tmp_path / "t.csv"), "output_kind"),
        ((bank, "--out", bank), "output_same"),
        ((bank, "--out", link), "output_same"),
        ((bank, "--out", tmp_path / "o.xlsx", "--template", tmp_path / "o.xlsx"), "output_same"),
        ((tmp_path / "no.gift",), "no_file"),
        ((tmp_path,), "no_file"),
        ((bank / "inside",), "no_file"),
        ((bank, "--out", nowhere), "unwritable"),
        ((bank, "--out", bank / "o.gift"), "unwritable"),
        ((bank, "--out", tmp_path / "folder.gift"), "unwritable"),
        ((bank, "--out", tmp_path / f"{'x' * 300}.gift"), "unwritable"),
    ]:
        assert refused(*arguments)[0]["error"]["code"] == code, arguments
    assert refused(bank, "--out", nowhere)[1] == f"{nowhere} не записать: такого файла или такой папки нет."
    assert sorted(each.name for each in tmp_path.iterdir()) == ["bank.gift", "folder.gift", "link.gift"]


def test_no_permission(bank: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*_arguments: object, **_options: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "replace", forbidden)
    assert refused(bank, "--out", tmp_path / "o.gift")[1].endswith("не записать: нет прав на это.")
    monkeypatch.setattr(Path, "open", forbidden)
    assert refused(bank)[1] == f"{bank} не открывается: нет прав на это."
    assert [each.name for each in tmp_path.iterdir()] == ["bank.gift"]


def test_an_interrupted_writing_leaves_the_old_file(
    bank: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "o.gift"
    out.write_text("old")

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    assert refused(bank, "--out", out)[0]["error"]["code"] == "unwritable"
    assert (out.read_text(), len(list(tmp_path.iterdir()))) == ("old", 2)


def test_a_terminal_of_another_encoding(bank: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(io.BytesIO(), "ascii"))
    assert run(bank, "--json").isascii()


def test_a_name_that_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "b\udcff.gift"
    path.write_text("Да? {T}")
    assert run(path).splitlines()[0] == f"Файл: {tmp_path}/b�.gift"


def test_more_bytes_than_allowed_are_not_taken_into_memory(bank: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[int] = []

    def fake(content: bytes, name: str) -> object:
        taken.append(len(content))
        raise UnreadableBank("too_large", size=len(content), limit=2 * 2**20)

    monkeypatch.setattr(command, "read", fake)
    with bank.open("r+b") as file:
        file.truncate(80 * 2**20)
    assert refused(bank)[1] == f"{bank}: Файл больше 2 МБ. Разделите банк на части или уменьшите картинки."
    assert taken == [64_000_001]


def test_questions_of_the_engine_have_no_more_fields_than_the_json() -> None:
    data = bank_data(read("Да? {T}".encode(), "b.gift"))["questions"][0]
    renamed = {"line": "number_line"}
    assert {renamed.get(name, name) for name in data} == set(Question.__dataclass_fields__)
