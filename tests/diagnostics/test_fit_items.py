"""The command: JSON of a stable shape, a Russian table, refusals with status 2."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.engines.psychometrics.samples import LSAT6
from traektoria.diagnostics import fitting_wording
from traektoria.engines.psychometrics import Code, Flag, NoteCode

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
    sentence = "Строка 2, столбец «b»: «x» — не число."
    assert error["problems"] == [{"code": "not_a_number", "row": 2, "column": "b", "value": "x", "text": sentence}]
    assert str(refusal) == sentence


def test_too_few(tmp_path: Path) -> None:
    path = tmp_path / "few.csv"
    path.write_text("a,b\n" + "1,0\n0,1\n" * 2)
    error, refusal = refused(path, "--model", "2pl")
    assert error["problems"][0]["needed"] == 50
    assert str(refusal) == "Для этой модели мало людей: 4, а нужно не меньше 50."


def test_no_file() -> None:
    with pytest.raises(CommandError):
        run("nowhere.csv", "--model", "ctt")


def test_every_code_has_words() -> None:
    assert set(fitting_wording._REFUSALS) == set(Code)
    assert set(fitting_wording._NOTES) == set(NoteCode)
    assert set(fitting_wording._FLAGS) == set(Flag)
