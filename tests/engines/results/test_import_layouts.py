"""Each layout, from files of our own making: what is read, what is reported."""

import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from tests.engines.results import samples
from traektoria.engines.results import Dirt, NeedsAnswers, Overrides, Unrecognised, import_dataset, inspect

SCORES = [5, 3, "X", 2, "х", 1, "не пройд.", 0, 2, "?"]


def rows_of(path: Path, table: str) -> list[dict[str, Any]]:
    return pq.read_table(path / f"{table}.parquet").to_pylist()  # type: ignore[no-any-return]


def cells(dirt: Dirt, kind: str) -> list[tuple[int, str, str]]:
    return [(example.row, example.column, example.value) for example in dirt.examples[kind]]


def test_form_2026_counts_the_sum_where_no_program_computed_the_formula(tmp_path: Path) -> None:
    people = [
        [40001, 1, *SCORES, 1, 4],
        [40002, "отсутствовал", *[""] * 10, "", ""],
        [40003, 2, *[1] * 10, 1, "нет отметки"],
    ]
    source = samples.form_2026(people)

    found = import_dataset(source, "edu100001 РУ4 ВПР 2026.xlsx", tmp_path)

    assert found.meta["layout"] == "collection_form_2026"
    assert (found.meta["subject"], found.meta["grade"], found.meta["year"]) == ("russian", 4, 2026)
    assert found.meta["rows"] == {"participants": 3, "present": 2, "absent": 1, "counted": 2, "blank": 40}
    assert [(row["school"], row["primary_score"]) for row in rows_of(found.path, "participants")] == [
        ("edu100001", 13),
        ("edu100001", None),
        ("edu100001", 10),
    ]
    assert found.meta["score_basis"] == "sum"
    assert found.meta["max_primary"] == 22
    assert cells(found.dirt, "not_started") == [(2, "E", "X"), (2, "G", "х")]
    assert cells(found.dirt, "not_covered") == [(2, "I", "не пройд.")]
    assert cells(found.dirt, "unreadable") == [(2, "L", "?")]
    assert cells(found.dirt, "no_journal_mark") == [(4, "N", "нет отметки")]
    assert cells(found.dirt, "absent") == [(3, "B", "отсутствовал")]
    assert found.meta["dirt"]["formula"] == 3
    assert found.meta["dirt"]["scale_mismatch"] == 1  # 22 points are not the published work of 24
    assert found.meta["mark_basis"] is None


def test_form_2026_asks_for_the_year_and_suggests_it() -> None:
    source = samples.form_2026([[40001, 1, *[1] * 10, 1, 4]])

    found = inspect(source, "протокол.xlsx")

    assert found.missing == ("year", "subject", "school")
    assert found.suggestions == {"year": 2026}
    assert found.guesses["grade"].source == "participant_codes"


def test_answers_hold_state_and_score_of_each_task(tmp_path: Path) -> None:
    found = import_dataset(samples.form_2026([[40001, 1, 9, *SCORES[1:], 1, 4]]), "edu100001 ru4 2026.xlsx", tmp_path)

    answers = rows_of(found.path, "answers")

    assert [(answer["task"], answer["state"], answer["score"]) for answer in answers] == [
        ("1", "over_maximum", 9),
        ("2", "scored", 3),
        ("3(1)", "not_started", 0),
        ("3(2)", "scored", 2),
        ("4К1", "not_started", 0),
        ("5", "scored", 1),
        ("6", "not_covered", None),
        ("7.1", "scored", 0),
        ("8", "scored", 2),
        ("9", "unreadable", None),
    ]


def test_base_form_takes_the_variant_in_the_midst_of_the_tasks(tmp_path: Path) -> None:
    head = ["Код", "Вариант (часть 1)", "1 (1б)", "2 (2б)", "Вариант (часть 2)", "11.3 k1 (2б)", "12 (2б)"]
    head += ['Класс № (список формируется из листа "Классы")', "Пол", "Отметка за предыдущий триместр", "Итого баллов"]
    rows = [[80001, 1, 1, 2, 3, 2, 0, "8А", "Ж", 4, 5], [80002, "", "", "", "отсутствовал", "", "", "", "", "", 0]]

    found = import_dataset(samples.xlsx({"Протокол": [head, *rows]}), "sch100001 биология 8 класс 2023.xlsx", tmp_path)

    first, second = rows_of(found.path, "participants")
    assert found.meta["layout"] == "base_form"
    assert [task["label"] for task in found.meta["tasks"]] == ["1", "2", "11.3 k1", "12"]
    assert (first["variant"], first["sex"], first["class_name"], first["primary_score"]) == ("1", "ж", "8А", 5)
    assert (second["variant"], second["counted"]) == ("отсутствовал", False)


def test_f1_reads_titles_levels_and_the_school_of_the_group_row(tmp_path: Path) -> None:
    people = [["", "Первый район", "Школа № 1", 40001, "4А", 1, 2, 1, 3, 6, 5, 4]]
    people += [["", "Первый район", "Школа № 1", 40002, "4А", 2, 0, "X", 1, 2, 3, 3]]

    found = import_dataset(samples.f1(people), "отчёт.xlsx", tmp_path, overrides=Overrides(basis="stated"))

    rows = rows_of(found.path, "participants")
    assert (found.meta["procedure"], found.meta["year"], found.meta["subject"], found.meta["grade"]) == (
        "vpr",
        2026,
        "russian",
        4,
    )
    assert [task["level"] for task in found.meta["tasks"]] == ["Б", "Б", "П"]
    assert found.meta["schools"] == {"edu100001": "Школа № 1"}
    points = ("school", "mark", "total_stated", "task_sum", "primary_score")
    assert [tuple(row[name] for name in points) for row in rows] == [
        ("edu100001", 5, 6, 6, 6),
        ("edu100001", 3, 2, 1, 2),
    ]
    assert cells(found.dirt, "total_mismatch") == [(11, "J", "2")]


def test_aggregates_are_kept_as_rows(tmp_path: Path) -> None:
    marks = import_dataset(samples.f3(), "ф3.xlsx", tmp_path)
    journal = import_dataset(samples.journal_comparison(), "сравнение.xlsx", tmp_path)

    rows = json.loads((marks.path / "aggregate.json").read_text())
    assert marks.meta["layout"] == "f3_marks"
    assert rows[1] == {
        "group": "ОО (edu100001)",
        "schools": None,
        "participants": 89,
        "percent_2": 12.36,
        "percent_3": 52.81,
        "percent_4": 26.97,
        "percent_5": 7.87,
    }
    assert json.loads((journal.path / "aggregate.json").read_text())[0]["raised"] == 70
    assert (journal.meta["year"], journal.meta["subject"], journal.meta["grade"]) == (2024, "math", 4)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_plain_table_in_each_encoding(tmp_path: Path, encoding: str, delimiter: str) -> None:
    source = samples.csv(samples.plain(), delimiter, encoding)

    found = import_dataset(source, "vpr_2026_math_4.csv", tmp_path)

    assert found.meta["layout"] == "plain"
    assert found.meta["rows"]["counted"] == 12
    assert [task["label"] for task in found.meta["tasks"]] == ["1", "2", "3(1)", "4К1"]
    assert rows_of(found.path, "participants")[0]["class_name"] == "4А"


def test_header_is_found_whatever_its_case_blanks_and_order(tmp_path: Path) -> None:
    rows = samples.good_region(12)
    rows[0] = [f"  {str(cell).upper().replace(' ', chr(160))} " for cell in rows[0]]
    rows = [["Выгрузка"], [], *([*row[5:], *row[:5]] for row in rows)]

    found = import_dataset(samples.xlsx({"Лист1": rows}), "vpr 2021.xlsx", tmp_path)

    assert found.meta["layout"] == "region_2021"
    assert found.meta["rows"]["counted"] == 12
    assert found.meta["mark_basis"] == "scale"


def test_dirt_of_totals_codes_and_classes(tmp_path: Path) -> None:
    people = [samples.good_person(number) for number in range(1, 13)]
    people[3] = (people[2][0], "1", "1", "99", people[3][4])
    people[5] = (*people[5][:3], "", people[5][4])
    rows = samples.region_2021(people)
    rows[8][6] = "НЕТ"

    stated = Overrides(basis="stated")
    found = import_dataset(samples.xlsx({"Sheet": rows}), "vpr 2021 math 4.xlsx", tmp_path, overrides=stated)

    assert cells(found.dirt, "repeated_participant") == [(5, "D", "40003")]
    assert cells(found.dirt, "journal_mark_unreadable") == [(5, "E", "1")]
    assert cells(found.dirt, "total_mismatch") == [(5, "I", "99")]
    assert cells(found.dirt, "total_over_maximum") == [(5, "I", "99")]
    assert cells(found.dirt, "total_missing") == [(7, "I", "")]
    assert cells(found.dirt, "class_missing") == [(9, "G", "НЕТ")]
    assert found.meta["rows"]["counted"] == 11


def test_a_work_of_other_length_is_reported_against_the_specification() -> None:
    people = [
        (code, journal, variant, total, scores[:12])
        for code, journal, variant, total, scores in map(samples.good_person, range(12))
    ]

    found = inspect(samples.xlsx({"Sheet": samples.region_2021(people, 12)}), "vpr 2021 math 4.xlsx")

    assert cells(found.dirt, "task_count_mismatch") == [(1, "", "12 ≠ 15")]


def test_overrides_win(tmp_path: Path) -> None:
    source = samples.csv(samples.plain())
    told = Overrides(procedure="oge", year=2026, subject="physics", grade=9)

    meta = import_dataset(source, "vpr_2021_math_4.csv", tmp_path, overrides=told).meta

    assert (meta["procedure"], meta["year"], meta["subject"], meta["grade"]) == ("oge", 2026, "physics", 9)
    assert meta["sources"]["subject"] == "override"


def test_nothing_is_written_while_an_answer_is_missing(tmp_path: Path) -> None:
    with pytest.raises(NeedsAnswers):
        import_dataset(samples.csv(samples.plain()), "results.csv", tmp_path)

    assert not list(tmp_path.iterdir())


def test_an_unknown_table_is_shown_as_it_was_seen() -> None:
    with pytest.raises(Unrecognised) as refusal:
        inspect(samples.csv([["Фамилия", "Телефон", "Адрес"], ["а", "б", "в"]]), "список.csv")

    assert refusal.value.params["seen"] == {"csv": ["Фамилия", "Телефон", "Адрес"]}
