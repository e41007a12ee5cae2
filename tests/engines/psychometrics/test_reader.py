"""From a file to answers: what is understood, and how what is not is named."""

import numpy as np
import pytest

from traektoria.engines.psychometrics import (
    Columns,
    FitCode,
    FitRefused,
    FitSettings,
    Model,
    Responses,
    fit,
    lay_out,
    read_sheet,
    take,
)


def read(text: str | bytes, columns: Columns | None = None) -> Responses:
    sheet = read_sheet(text.encode() if isinstance(text, str) else text)
    return take(sheet, lay_out(sheet, columns or Columns()))


def problems(text: str | bytes, columns: Columns | None = None) -> list[tuple[str, dict[str, object]]]:
    with pytest.raises(FitRefused) as caught:
        read(text, columns)
    return [(problem.code.value, dict(problem.parameters)) for problem in caught.value.problems]


def test_columns_of_people_and_groups_are_found() -> None:
    found = read("Person,a,b,group\nx,1,0,m\ny,,1,f\n")
    assert (found.items, found.persons, found.rows, found.groups) == (("a", "b"), ("x", "y"), (2, 3), ("m", "f"))
    np.testing.assert_array_equal(found.values, [[1, 0], [np.nan, 1]])


def test_columns_are_named() -> None:
    text = "code;sex;w;q1;q2;note\nx;m;2;1;0;late\ny;f;0,5;NA;1;\n"
    found = read(text, Columns("code", "sex", "w", items=("q*",)))
    assert (found.items, found.persons, found.groups, found.weights.tolist()) == (
        ("q1", "q2"),
        ("x", "y"),
        ("m", "f"),
        [2.0, 0.5],
    )
    assert read(text, Columns("code", "sex", ignore=("note", "w"))).items == ("q1", "q2")


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_separators_and_the_windows_alphabet(separator: str) -> None:
    text = f"id{separator}задание 1{separator}задание 2\r\n\r\n7{separator}1{separator}0\r\n"
    for encoding in ("utf-8-sig", "cp1251"):
        found = read(text.encode(encoding))
        assert (found.items, found.persons, found.rows) == (("задание 1", "задание 2"), ("7",), (3,))


def test_cells_that_are_no_numbers_are_all_named() -> None:
    assert problems("a,b\n1,x\n0,1\n-,inf\n") == [
        ("not_a_number", {"row": 2, "column": "b", "value": "x"}),
        ("not_a_number", {"row": 4, "column": "a", "value": "-"}),
        ("not_a_number", {"row": 4, "column": "b", "value": "inf"}),
    ]


@pytest.mark.parametrize("text", ["", "\n\n", "a,b\n", "a,b\n,\n"])
def test_empty_files(text: str) -> None:
    assert problems(text) == [("empty_file", {})]


def test_a_workbook_is_no_text() -> None:
    assert problems(b"PK\x03\x04\x00\x00") == [("unreadable_text", {})]


def test_headers_and_rows() -> None:
    assert problems("a,b,a\n1,0,1\n") == [("duplicate_column", {"column": "a"})]
    assert problems("a,,b\n1,0,1\n") == [("unnamed_column", {"place": 2})]
    assert problems("a,b\n1,0,1\n1\n1,0\n") == [
        ("ragged_row", {"row": 2, "cells": 3, "needed": 2}),
        ("ragged_row", {"row": 3, "cells": 1, "needed": 2}),
    ]


def test_columns_that_are_not_there() -> None:
    for columns in (Columns(person="x"), Columns(group="x"), Columns(weights="x"), Columns(items=("x",))):
        assert problems("a,b\n1,0\n", columns) == [("missing_column", {"column": "x"})]
    assert problems("id,group\n1,0\n") == [("no_items", {})]


@pytest.mark.parametrize("weight", ["0", "-1", "", "much"])
def test_weights_are_above_zero(weight: str) -> None:
    assert problems(f"a,b,w\n1,0,{weight}\n", Columns(weights="w")) == [
        ("bad_weight", {"row": 2, "column": "w", "value": weight})
    ]


def test_repeated_people_are_said_and_kept() -> None:
    found = fit(read("id,a,b\n" + "1,1,0\n" * 5 + "2,0,1\n"), FitSettings(Model.CTT))
    assert found.n_persons == 6
    assert [note.code.value for note in found.notes] == ["repeated_persons", "few_people"]
    assert FitCode.EMPTY_FILE.value == "empty_file"
