"""The command: JSON of a stable shape, a Russian table, refusals with status 2."""

import io
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.core.management import CommandError, call_command

from tests.engines.psychometrics.samples import LSAT6, simulated
from tests.shared import shared
from traektoria.diagnostics.findings import fit_sentences
from traektoria.engines.psychometrics import FitCode, Flag, NoteCode

ITEM = {
    "item", "n", "n_missing", "p", "mean", "sd", "min", "max", "item_total", "item_rest", "alpha_if_deleted", "d27",
    "flags", "a", "se_a", "b", "se_b", "d", "se_d", "thresholds", "se_thresholds", "intercepts", "se_intercepts",
    "categories", "infit", "outfit",
}  # fmt: skip
PERSON = {
    "person", "row", "n_answered", "raw", "theta_eap", "se_eap", "theta_ml", "se_ml", "theta_wle", "se_wle",
}  # fmt: skip


@pytest.fixture
def lsat6(tmp_path: Path) -> Path:
    lines = ["Item_1,Item_2,Item_3,Item_4,Item_5"]
    for entry in LSAT6.split():
        pattern, number = entry.split(":")
        lines += [",".join(pattern)] * int(number)
    path = tmp_path / "responses.csv"
    path.write_text("\n".join(lines))
    return path


def run(*arguments: str | Path) -> str:
    output = io.StringIO()
    call_command("fit_items", *map(str, arguments), stdout=output)
    return output.getvalue()


def refused(*arguments: str | Path) -> tuple[dict[str, Any], CommandError]:
    output = io.StringIO()
    with pytest.raises(CommandError) as caught:
        call_command("fit_items", *map(str, arguments), "--json", stdout=output)
    data: dict[str, Any] = json.loads(output.getvalue())
    return data["error"], caught.value


def test_json(lsat6: Path) -> None:
    data = json.loads(run(lsat6, "--model", "2pl", "--json", "--persons"))
    assert (data["schema"], data["model"], data["method"], data["n_persons"], data["n_items"]) == (
        1, "2pl", "mml", 1000, 5,
    )  # fmt: skip
    assert data["loglik"] == pytest.approx(-2466.653, abs=1e-3)
    assert (set(data["items"][0]), data["items"][0]["item"]) == (ITEM, "Item_1")
    assert data["items"][0]["a"] == pytest.approx(0.8257, abs=1e-3)
    assert data["test"]["alpha"] == pytest.approx(0.294997, abs=1e-6)
    assert len(data["persons"]) == 1000
    assert (set(data["persons"][0]), data["persons"][0]["theta_ml"]) == (PERSON, None)
    assert data["notes"] == []


def test_without_people(lsat6: Path) -> None:
    data = json.loads(run(lsat6, "--model", "rasch", "--method", "cml", "--json"))
    assert "persons" not in data
    assert data["items"][0]["b"] == pytest.approx(-1.2561, abs=1e-3)
    assert [note["code"] for note in data["notes"]] == ["extreme_scores", "andersen_impossible"]
    assert data["notes"][0]["text"] == "Отложено людей с наименьшим или наибольшим баллом: 301."


def test_table(lsat6: Path) -> None:
    lines = run(lsat6, "--model", "rasch", "--persons").splitlines()
    assert lines[0] == "Человек: 1000, заданий: 5"
    assert lines[1] == "Альфа 0,295 (95 % от 0,223 до 0,362), стандартная ошибка измерения 0,869"
    assert lines[4].split()[0] == "задание"
    assert lines[5].split()[:7] == ["Item_1", "1000", "0,924", "0,113", "1,000", "−2,730", "0,130"]
    assert lines[-1].split() == ["1000", "5", "5", "0,477", "0,652", "–", "–", "1,301", "1,522"]


def test_key(tmp_path: Path) -> None:
    answers, key = tmp_path / "a.csv", tmp_path / "k.csv"
    answers.write_text("id,q1,q2\n" + "".join(f"{n},{'AB'[n % 2]},{'AC'[n % 3 == 0]}\n" for n in range(30)))
    key.write_text("item,key\nq1,A\nq2,A\n")
    data = json.loads(run(answers, "--model", "ctt", "--key", key, "--json"))
    assert [item["p"] for item in data["items"]] == [0.5, 0.666667]
    assert [(option["option"], option["is_key"]) for option in data["items"][1]["options"]] == [
        ("A", True),
        ("C", False),
    ]


def test_refusal(tmp_path: Path) -> None:
    path = tmp_path / "bad.csv"
    path.write_text("a,b\n1,x\n0,1\n")
    error, refusal = refused(path, "--model", "ctt")
    assert refusal.returncode == 2
    assert error["code"] == "not_a_number"
    sentence = "Строка 2, столбец «b»: «x» – не число."
    assert error["problems"] == [{"code": "not_a_number", "row": 2, "column": "b", "value": "x", "text": sentence}]
    assert str(refusal) == sentence


def test_too_few(tmp_path: Path) -> None:
    path = tmp_path / "few.csv"
    path.write_text("a,b,c\n" + "1,0,1\n0,1,0\n" * 2)
    error, refusal = refused(path, "--model", "2pl")
    assert error["problems"][0]["needed"] == 50
    assert str(refusal) == "Для этой модели мало людей: 4, а нужно не меньше 50."


def test_no_file() -> None:
    with pytest.raises(CommandError):
        run("nowhere.csv", "--model", "ctt")


def test_every_code_has_words() -> None:
    assert set(fit_sentences._REFUSALS) == set(FitCode)
    assert set(fit_sentences._NOTES) == set(NoteCode)
    assert set(fit_sentences._FLAGS) == set(Flag)


def coded_table(tmp_path: Path) -> Path:
    """Eight tasks of forty people behind a column of codes, as offices keep them."""
    values = simulated(40, np.ones(8), np.linspace(-1, 1, 8))
    rows = [f"{50000 + number};" + ";".join(f"{value:g}" for value in row) for number, row in enumerate(values)]
    path = tmp_path / "ответы.csv"
    path.write_text("\n".join(["Код участника;1;2;3;4;5;6;7;8", *rows]), encoding="utf-8")
    return path


def test_a_column_of_codes_is_no_task(tmp_path: Path) -> None:
    path = coded_table(tmp_path)
    found = json.loads(run(path, "--model", "ctt", "--json"))
    named = json.loads(run(path, "--model", "ctt", "--json", "--id", "Код участника"))
    assert (found["n_items"], found["test"]) == (8, named["test"])
    assert [note["code"] for note in found["notes"]] == ["person_column_found"]
    assert "Код участника" in run(path, "--model", "ctt")


def test_the_column_of_codes_that_people_bring() -> None:
    found = json.loads(run(shared("cases/answers_code_column.csv"), "--model", "ctt", "--json"))
    assert found["n_items"] == 8
    assert round(found["test"]["alpha"], 3) == 0.469


def test_a_sign_of_no_answer_is_refused_with_the_way_out(tmp_path: Path) -> None:
    path = coded_table(tmp_path)
    lines = path.read_text(encoding="utf-8").split("\n")
    lines[3] = lines[3][:-1] + "9"
    path.write_text("\n".join(lines), encoding="utf-8")
    error, raised = refused(path, "--model", "ctt")
    assert (error["code"], error["problems"][0]["items"]) == ("missing_code", ["8"])
    assert "--missing=9" in str(raised)
    data = json.loads(run(path, "--model", "ctt", "--json", "--missing", "9"))
    assert data["items"][7]["n_missing"] == 1


def test_a_key_with_an_item_twice_and_a_blank_one_is_refused(tmp_path: Path) -> None:
    path, key = coded_table(tmp_path), tmp_path / "key.csv"
    key.write_text("item;key\n1;1\n2;\n1;0\n" + "".join(f"{n};1\n" for n in range(3, 9)), encoding="utf-8")
    error, raised = refused(path, "--model", "ctt", "--key", key)
    assert [problem["code"] for problem in error["problems"]] == ["blank_key", "key_twice"]
    assert "строке 3" in str(raised).casefold()


def test_reversed_items(tmp_path: Path) -> None:
    path = coded_table(tmp_path)
    plain = json.loads(run(path, "--model", "ctt", "--json"))
    turned = json.loads(run(path, "--model", "ctt", "--json", "--reverse", "2,5"))
    again = json.loads(run(path, "--model", "ctt", "--json", "--reverse", "1,3,4,6,7,8"))
    assert turned["items"][1]["mean"] == pytest.approx(1 - plain["items"][1]["mean"])
    assert turned["test"]["alpha"] == pytest.approx(again["test"]["alpha"])
    assert turned["notes"][1]["items"] == ["2", "5"]
    assert refused(path, "--model", "ctt", "--reverse", "9")[0]["code"] == "missing_column"


def test_andersens_test_says_what_it_leaves_out(tmp_path: Path) -> None:
    values = simulated(120, np.ones(14), np.append(np.linspace(-1.5, 1.5, 12), [4.2, -4.3]), 3)
    path = tmp_path / "a.csv"
    head = ",".join(f"q{number}" for number in range(1, 15))
    path.write_text("\n".join([head, *(",".join(f"{cell:g}" for cell in row) for row in values)]))
    data = json.loads(run(path, "--model", "rasch", "--method", "cml", "--json"))
    andersen = data["test"]["andersen"]
    assert andersen["items_left_out"]
    assert andersen["df"] == 13 - len(andersen["items_left_out"])
    assert "Критерий Андерсена посчитан без заданий" in run(path, "--model", "rasch", "--method", "cml")
