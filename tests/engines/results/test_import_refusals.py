"""Bad input ends in a refusal with a known code, and leaves nothing on the disk."""

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.engines.results import samples
from tests.engines.results.mutants import all_mutants, pack
from tests.thoroughness import rounds
from traektoria.engines.results import (
    ImportRefused,
    Limits,
    Overrides,
    Unreadable,
    Unrecognised,
    import_dataset,
    inspect,
)
from traektoria.engines.results.errors import UNRECOGNISED_CODES
from traektoria.engines.tables.errors import UNREADABLE_CODES

TOLD = Overrides(procedure="vpr", year=2021, subject="math", grade=4, school="sch100001", basis="stated")


KNOWN = UNREADABLE_CODES | UNRECOGNISED_CODES


def test_no_mutant_ends_in_anything_but_a_dataset_or_a_refusal(tmp_path: Path) -> None:
    number = refused = 0
    left: list[str] = []
    for number, (name, source) in enumerate(all_mutants().items(), 1):
        target = tmp_path / str(number)
        try:
            found = import_dataset(source, "file.xlsx", target, overrides=TOLD)
        except ImportRefused as refusal:
            refused += 1
            left += [name] if target.exists() or refusal.code not in KNOWN else []
        except Exception as error:
            pytest.fail(f"{name}: {error!r}")
        else:
            assert [path.name for path in target.iterdir()] == [found.path.name], name
    assert left == []
    assert number >= 250
    assert refused >= 100


@settings(max_examples=rounds(30, 150), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(source=st.binary(max_size=3000) | st.text(max_size=800).map(str.encode))
def test_any_bytes_are_refused_or_read(source: bytes) -> None:
    codes = set()
    for beginning in (b"", b"PK\x03\x04", b"\xff\xfe", b"school;participant;1;2\n"):
        try:
            inspect(beginning + source, "file")
        except (Unreadable, Unrecognised) as error:
            codes.add(error.code)
    assert codes <= KNOWN


CELL = st.one_of(
    st.integers(-5, 10**6), st.floats(allow_nan=False, allow_infinity=False), st.booleans(), st.text(max_size=8)
)


@settings(max_examples=rounds(12, 60), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.lists(CELL, max_size=30), max_size=12))
def test_any_cells_under_a_good_header_are_read(rows: list[list[object]]) -> None:
    codes = set()
    try:
        inspect(samples.xlsx({"Sheet": [*samples.region_2021(), *rows]}), "file")
    except Unrecognised as error:
        codes.add(error.code)
    assert codes <= {"no_participants"}


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("empty", "empty"),
        ("blank", "empty"),
        ("html", "html"),
        ("html with bom", "html"),
        ("pdf", "not_a_table"),
        ("docx", "not_a_table"),
        ("old excel", "old_excel"),
        ("encrypted", "encrypted"),
        ("ods", "open_document"),
        ("macros", "macros"),
        ("binary workbook", "binary_workbook"),
        ("zip bomb", "zip_bomb"),
        ("many parts", "zip_bomb"),
        ("a million lines", "too_many_rows"),
        ("odd utf-16", "encoding"),
        ("broken quotes 0", "quoting"),
        ("xlsx: cut to 6/12", "damaged"),
    ],
)
def test_each_refusal_says_why(name: str, code: str) -> None:
    source = all_mutants()[name]

    with pytest.raises(Unreadable) as refusal:
        inspect(source, "file.xlsx")

    assert refusal.value.code == code


@pytest.mark.parametrize(
    "name",
    [
        "cell far away",
        "spaced attribute",
        "single quotes",
        "small case",
        "wide and deep",
        "rows without numbers",
        "cells without places",
        "cp1251 with an undefined byte",
    ],
)
def test_what_is_empty_or_far_away_costs_nothing(name: str) -> None:
    """One cell moved to XFD1048576, a million empty rows: the twelve pupils are read all the same."""
    assert inspect(all_mutants()[name], "file.xlsx").rows["participants"] in {11, 12}


def test_a_part_that_lies_about_its_size_is_a_damaged_file() -> None:
    source = bytearray(pack({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b" " * 5000}))
    with zipfile.ZipFile(io.BytesIO(source)) as archive:
        entry = archive.getinfo("xl/workbook.xml")
    size = entry.file_size.to_bytes(4, "little")
    while size in source:
        place = source.index(size)
        source[place : place + 4] = (10).to_bytes(4, "little")

    with pytest.raises(Unreadable) as refusal:
        inspect(bytes(source), "file.xlsx")

    assert refusal.value.code == "damaged"


def test_limits_are_parameters() -> None:
    source = samples.xlsx({"Sheet": samples.good_region(30)})

    for limits, code in ((Limits(rows=20), "too_many_rows"), (Limits(file_bytes=100), "too_large")):
        with pytest.raises(Unreadable) as refusal:
            inspect(source, "file.xlsx", limits=limits)
        assert refusal.value.code == code


def test_a_failing_disk_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("traektoria.engines.results.dataset_import.write_json", full)
    with pytest.raises(OSError, match="disk full"):
        import_dataset(samples.csv(samples.plain()), "file.csv", tmp_path, overrides=TOLD)

    assert not list(tmp_path.iterdir())
