"""What the columns and values of a table stand for: codes of people, signs of no answer, keys, items turned round."""

import itertools

import numpy as np
import pytest

from tests.engines.psychometrics.samples import graded, simulated
from traektoria.engines.psychometrics import (
    Columns,
    FitCode,
    FitRefused,
    FitSettings,
    Method,
    Model,
    NoteCode,
    check_signs,
    fit,
    lay_out,
    never_chosen,
    read_key,
    read_sheet,
    responses,
    take,
    turned_round,
    without_signs,
)
from traektoria.engines.psychometrics.arrays import Floats
from traektoria.engines.psychometrics.conditional import fit_conditional

VALUES = simulated(12, np.ones(3), np.zeros(3))


def table(head: str, first: list[str], values: Floats = VALUES) -> bytes:
    rows = [";".join([name, *(f"{value:g}" for value in row)]) for name, row in zip(first, values, strict=False)]
    return "\n".join([f"{head};1;2;3", *rows]).encode()


CODES = [str(50000 + number) for number in range(12)]
NAMES = [f"Ученик {letter}" for letter in "АБВГДЕЖЗИКЛМ"]


@pytest.mark.parametrize(
    ("head", "first"),
    [
        *itertools.product(["Код участника", "Код", "№", "№ п/п", "ФИО", "Ф.И.О.", "Участник", "Логин"], [CODES]),
        ("Фамилия, имя", NAMES),
        ("столбец", CODES),
        ("столбец", [str(number) for number in range(1, 13)]),
        ("столбец", NAMES),
    ],
)
def test_a_first_column_of_codes_or_names_is_no_item(head: str, first: list[str]) -> None:
    layout = lay_out(read_sheet(table(head, first)), Columns())
    assert (layout.person, layout.items) == (head, ("1", "2", "3"))
    assert [note.code for note in layout.notes] == [NoteCode.PERSON_COLUMN_FOUND]


@pytest.mark.parametrize("head", ["столбец", "q0"])
def test_a_first_column_of_points_is_an_item(head: str) -> None:
    first = [str(number % 3) for number in range(12)]
    assert lay_out(read_sheet(table(head, first)), Columns()).items == (head, "1", "2", "3")


def test_letters_of_choices_are_items() -> None:
    rows = "\n".join(";".join("ABCD"[(row + item) % 4] for item in range(3)) for row in range(12))
    assert lay_out(read_sheet(f"q1;q2;q3\n{rows}".encode()), Columns()).items == ("q1", "q2", "q3")


def test_what_is_named_as_an_item_is_one() -> None:
    sheet = read_sheet(table("Код", CODES))
    assert lay_out(sheet, Columns(items=("Код", "1"))).items == ("Код", "1")


def test_columns_of_totals_and_classes_are_left_out_with_a_note() -> None:
    content = "Код;Класс;Пол;1;2;Всего баллов\n" + "\n".join(f"5{n:04};8;ж;1;0;1" for n in range(6))
    layout = lay_out(read_sheet(content.encode()), Columns())
    assert layout.items == ("1", "2")
    assert layout.notes[-1].parameters == {"columns": ("Класс", "Пол", "Всего баллов")}


def signs(columns: dict[str, list[float]], low: float | None = None, high: float | None = None) -> list[str]:
    rows = zip(*columns.values(), strict=True)
    content = "\n".join([";".join(columns), *(";".join(f"{cell:g}" for cell in row) for row in rows)])
    sheet = read_sheet(content.encode())
    try:
        check_signs(sheet, lay_out(sheet, Columns()), low, high)
    except FitRefused as refusal:
        return [str(problem.parameters["value"]) for problem in refusal.problems]
    return []


ZEROS_AND_ONES = [0.0, 1.0] * 5


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ([*ZEROS_AND_ONES, 9], ["9"]),
        ([*ZEROS_AND_ONES, 99, 9], ["9", "99"]),
        ([*ZEROS_AND_ONES, -1], ["-1"]),
        ([*ZEROS_AND_ONES, -9, -99], ["-99", "-9"]),
        ([1, 2, 3, 4, 5, 4, 3, 9], ["9"]),
        ([1, 2, 3, 4, 5, 6, 7, 8, 9], []),
        ([0, 1, 2, 3, 4, 5, 10], []),
        ([-2, -1, 0, 1, 2, 1], []),
        ([0, 3, 6, 9, 12, 15], []),
        ([*ZEROS_AND_ONES, 2], []),
    ],
)
def test_a_sign_of_no_answer_is_named(values: list[float], found: list[str]) -> None:
    assert signs({"q1": values, "q2": (ZEROS_AND_ONES * 2)[: len(values)]}) == found


def test_a_said_range_allows_it() -> None:
    columns = {"q1": [*ZEROS_AND_ONES, 9], "q2": [*ZEROS_AND_ONES, 1]}
    assert signs(columns, high=10) == []
    assert signs(columns, high=5) == ["9"]


def test_signs_that_are_told_are_no_answers() -> None:
    content = "q1;q2;q3\n" + "\n".join(
        f"{n % 2};{(n // 2) % 2};{'9' if n == 3 else '-' if n == 4 else 1}" for n in range(8)
    )
    sheet = read_sheet(content.encode())
    sheet, layout = without_signs(sheet, lay_out(sheet, Columns()), ("9", "-"))
    assert np.isnan(take(sheet, layout).values[:, 2]).sum() == 2
    assert layout.notes[-1].parameters == {"values": ("9", "-"), "n": 2}


@pytest.mark.parametrize(
    ("key", "codes"),
    [
        ("item,key\n1,A\n2,B\n1,C\n", ["key_twice"]),
        ("item,key\n1,A\n2,\n3, \n", ["blank_key", "blank_key"]),
        ("item;key\n1;|\n2;A\n2;A\n", ["blank_key", "key_twice"]),
        ("item,key\n1\n", ["blank_key"]),
    ],
)
def test_a_key_says_each_item_once(key: str, codes: list[str]) -> None:
    with pytest.raises(FitRefused) as caught:
        read_key(key.encode())
    assert [problem.code.value for problem in caught.value.problems] == codes
    assert all("row" in problem.parameters for problem in caught.value.problems)


def test_a_key_may_have_no_heading_and_any_encoding() -> None:
    assert read_key(b"1;A\n2;B\n", ("1", "2")) == {"1": frozenset("a"), "2": frozenset("b")}
    assert read_key("задание;ключ\n1;Б\n".encode("cp1251")) == {"1": frozenset("б")}


def test_a_key_that_nobody_chose_is_said() -> None:
    notes = never_chosen({"1": ("A", "B"), "2": ("А", "А")}, {"1": frozenset("a"), "2": frozenset("a")})
    assert [note.parameters for note in notes] == [{"items": ("2",)}]


def test_items_are_turned_round_between_the_ends_of_the_scale() -> None:
    values = graded(200, np.ones(4), np.array([[-1.0, 0.0, 1.0]] * 4)) + 1
    flipped = values.copy()
    flipped[:, 2] = 5 - flipped[:, 2]
    answers, notes = turned_round(responses(flipped), ("item3",), None, None)
    assert (answers.values == values).all()
    assert notes[0].parameters == {"items": ("item3",), "low": 1.0, "high": 4.0}
    assert turned_round(responses(flipped), ("item3",), 0, 4)[0].values[0, 2] == 4 - flipped[0, 2]
    with pytest.raises(FitRefused):
        turned_round(responses(flipped), ("item9",), None, None)


@pytest.mark.parametrize("model", [Model.RASCH, Model.TWO_PL, Model.PCM, Model.GPCM, Model.GRM])
def test_an_item_that_four_of_a_thousand_answered_is_refused(model: Model) -> None:
    values = simulated(1000, np.ones(5), np.linspace(-1, 1, 5))
    values[4:, 4] = np.nan
    values[:4, 4] = [0, 1, 1, 0]
    with pytest.raises(FitRefused) as caught:
        fit(responses(values), FitSettings(model))
    assert [(problem.code, problem.parameters["item"]) for problem in caught.value.problems] == [
        (FitCode.FEW_ANSWERS, "item5")
    ]
    found = fit(responses(values), FitSettings(Model.CTT))
    assert NoteCode.FEW_ANSWERS in {note.code for note in found.notes}


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("people", [20, 60, 300])
@pytest.mark.parametrize("model", list(Model))
def test_no_warning_of_numpy_and_each_missing_figure_has_a_note(model: Model, people: int) -> None:
    """Easy and hard items, empty cells, people at the ends: whatever is not there is said."""
    for seed in range(3):
        random = np.random.default_rng(seed)
        values = simulated(people, np.ones(6), np.array([-4.0, -2, 0, 0, 2, 4]), seed)
        values[random.random(values.shape) < 0.2] = np.nan
        try:
            found = fit(responses(values), FitSettings(model, persons=True, needed=20))
        except FitRefused:
            continue
        lacking = {
            item.classical.item
            for item in found.items
            if item.parameters and None in (item.parameters.infit, item.parameters.outfit)
        }
        said = {name for note in found.notes if note.code is NoteCode.NO_ITEM_FIT for name in note.parameters["items"]}  # type: ignore[union-attr]
        assert lacking == said
        for item in found.items:
            assert item.parameters is None or (item.parameters.se_a or 0) < 100


def two_halves(people: int, intercepts: Floats, seed: int) -> Floats:
    """Answers with items so easy and so hard that a half of the people is constant on them."""
    values = simulated(people, np.ones(len(intercepts)), intercepts, seed)
    return values[:, (values.min(0) == 0) & (values.max(0) == 1)]


def by_hand(values: Floats, kept: list[int]) -> float:
    """Twice the difference of the conditional log-likelihoods of the kept items, split at the median of all items."""
    codes, ones = values.astype(np.int8), np.ones(len(values))
    low = values.sum(1) <= np.median(values.sum(1))
    parts = (np.ones(len(values), bool), low, ~low)
    whole, first, second = (fit_conditional(codes[part][:, kept], ones[part], 500).loglik for part in parts)
    return 2 * (first + second - whole)


@pytest.mark.parametrize("seed", range(4))
def test_andersens_test_leaves_out_items_that_a_half_is_constant_on(seed: int) -> None:
    values = two_halves(120, np.concatenate([np.linspace(-1.5, 1.5, 12), [4.2, 4.4, -4.3]]), seed)
    low = values.sum(1) <= np.median(values.sum(1))
    constant = [
        item for item in range(values.shape[1]) if any(len(set(values[half, item])) == 1 for half in (low, ~low))
    ]
    found = fit(responses(values), FitSettings(Model.RASCH, Method.CML))
    assert constant
    assert found.andersen is not None
    assert found.andersen.left_out == tuple(constant)
    assert found.andersen.df == values.shape[1] - len(constant) - 1
    kept = [item for item in range(values.shape[1]) if item not in constant]
    assert found.andersen.statistic == pytest.approx(by_hand(values, kept), abs=1e-6)
    note = next(note for note in found.notes if note.code is NoteCode.ANDERSEN_WITHOUT_ITEMS)
    assert note.parameters["items"] == tuple(f"item{item + 1}" for item in constant)


def test_andersens_test_with_missing_answers_splits_within_the_answered_items() -> None:
    values = simulated(400, np.ones(8), np.linspace(-1, 1, 8), 5)
    values[:200, 7] = np.nan
    found = fit(responses(values), FitSettings(Model.RASCH, Method.CML)).andersen
    assert found is not None
    assert (found.df, found.left_out) == (7, ())
    assert found.p_value > 0.001
