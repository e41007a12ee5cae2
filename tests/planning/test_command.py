"""``traektoria parse_deadlines``: what is told of each phrase of a file."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.shared import shared


def run(*arguments: Any) -> str:
    out = io.StringIO()
    call_command("parse_deadlines", *map(str, arguments), stdout=out)
    return out.getvalue()


def told(path: Path, *more: str, year: str = "2025/26") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run(path, "--school-year", year, "--json", *more))
    return found


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "phrases.csv"
    path.write_text(
        'номер,phrase\n1,Раз в четверть\n2,\n3,"не позднее, чем за 3 дня до начала III четверти"\n4,до мая\n'
        "5,ноябрь (9 классы)\n6,последний четверг месяца\n7,В течение 10 рабочих дней\n"
    )
    return path


def test_each_phrase_is_told_with_its_dates_or_the_reason(file: Path) -> None:
    quarterly, before, until_may, classes, thursdays, term = told(file)
    assert quarterly["text"] == "Раз в четверть"
    assert (quarterly["kind"], quarterly["paraphrase"]) == ("school_unit", "1 раз в четверть")
    per = {"type": "span", "number": 1, "unit": "quarter"}
    assert quarterly["structure"] == {"type": "recurring", "count": 1, "per": per, "bound": "exactly"}
    assert [(one["start"], one["end"], one["label"]) for one in quarterly["occurrences"]][:2] == [
        ("2025-09-01", "2025-10-24", "I четверть"),
        ("2025-11-05", "2025-12-30", "II четверть"),
    ]
    assert (before["occurrences"][0]["start"], before["occurrences"][0]["end"]) == (None, "2026-01-09")
    assert until_may["ask"]
    assert [one["paraphrase"] for one in until_may["choices"]] == ["не позднее мая", "до начала мая"]
    assert (classes["kind"], classes["occurrences"], classes["ask"]) == ("not_understood", [], True)
    assert classes["unknown"] == [{"text": "классы", "start": 10, "end": 16}]
    assert classes["why"] == [{"code": "not_understood", "sentence": "Не понято: «классы»."}]
    assert thursdays["assumptions"] == ["«Каждый» не сказано, но имеется в виду каждый раз."]
    assert [one["code"] for one in term["why"]] == ["since_when"]


def test_terms_without_a_beginning_count_from_the_start_of_the_plan(file: Path) -> None:
    term = told(file, "--start", "2025-09-01")[-1]
    assert [(one["start"], one["end"]) for one in term["occurrences"]] == [("2025-09-01", "2025-09-12")]
    assert term["assumptions"][0] == "Считаем от начала плана: 01.09.2025."


def test_people_read_lines(file: Path) -> None:
    lines = run(file, "--column", "Phrase", "--school-year", "2025/26").splitlines()
    assert lines[:2] == ["Раз в четверть", "  school_unit: 1 раз в четверть"]
    assert "  2025-09-01…2025-10-24, 2025-11-05…2025-12-30, 2026-01-12…2026-03-27, 2026-04-06…2026-05-26" in lines
    assert "  Не понято: «классы»." in lines


@pytest.mark.parametrize("year", ["2025", "2025/27", "25/26", "2025-2026"])
def test_a_school_year_is_two_years(file: Path, year: str) -> None:
    with pytest.raises(CommandError, match="напишите, например, 2026/27"):
        run(file, "--school-year", year)


def test_a_start_outside_of_the_year_is_refused(file: Path) -> None:
    with pytest.raises(CommandError, match=r"01\.09\.2024 не относится к учебному году 2025/26"):
        run(file, "--school-year", "2025/26", "--start", "2024-09-01")


def test_a_missing_column_and_a_missing_file_are_named(file: Path, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="В файле нет столбца «срок»"):
        run(file, "--column", "срок", "--school-year", "2025/26")
    with pytest.raises(CommandError, match="такого файла или такой папки нет") as refusal:
        run(tmp_path / "нет.csv", "--school-year", "2025/26")
    assert refusal.value.returncode == 2


def test_a_file_of_one_column_in_another_encoding_is_read(tmp_path: Path) -> None:
    path = tmp_path / "one.csv"
    path.write_bytes("phrase\r\nсентябрь\r\nпо запросу ОО\r\n".encode("cp1251"))
    assert [one["kind"] for one in told(path)] == ["range", "on_request"]


def test_phrases_that_were_collected_are_understood_but_for_one() -> None:
    found = told(shared("domain/deadline_phrases.csv"), year="2026/27")
    assert [one["text"] for one in found if one["kind"] == "not_understood"] == ["1–2 методических цикла"]
    assert all(one["occurrences"] or one["why"] for one in found)


def test_a_plan_of_a_calendar_year(file: Path) -> None:
    found = json.loads(run(file, "--calendar-year", "2026", "--json"))
    assert [(one["start"], one["label"]) for one in found[0]["occurrences"]][:1] == [("2026-01-12", "III четверть")]
    with pytest.raises(CommandError, match="уберите «--start»"):
        run(file, "--calendar-year", "2026", "--start", "2026-02-01")


def test_marks_inside_of_a_phrase_divide_nothing(tmp_path: Path) -> None:
    """A cell cut at its semicolon would be a date that is half of what was written."""
    said = ["сентябрь, январь; далее ежеквартально", "1 – 10 сентября; 1 – 10 февраля", "октябрь"]
    path = tmp_path / "phrases.csv"
    for heading, mark in (("phrase", ","), ("phrase;url", ";"), ("phrase,url", ",")):
        with path.open("w", newline="") as file:
            rows = csv.writer(file, delimiter=mark)
            rows.writerow(heading.split(mark))
            rows.writerows([phrase, "x"][: heading.count(mark) + 1] for phrase in said)
        assert [one["text"] for one in told(path)] == said
    path.write_text("phrase\n" + "\n".join(said))
    assert [one["text"] for one in told(path)] == said
    path.write_text("номер,phrase\n1,сентябрь, январь\n")
    with pytest.raises(CommandError):
        run(path, "--school-year", "2025/26")
