"""Every command that is given a file says in Russian that it is not there, and ends with 2."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.django_db
WORDS = "такого файла или такой папки нет"
MISSING = [
    ("fit_items", ["{path}", "--model", "ctt"], WORDS),
    ("import_results", ["{path}"], WORDS),
    ("import_specification", ["{path}"], WORDS),
    ("parse_deadlines", ["{path}", "--school-year", "2026/27"], WORDS),
    ("questions", ["{path}"], WORDS),
    ("restore", ["{path}"], "нет"),
    ("backup", ["{path}/inside.tar"], "нет"),
]


@pytest.mark.parametrize(("command", "arguments", "words"), MISSING, ids=[command for command, *_rest in MISSING])
def test_a_file_that_is_not_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str, arguments: list[str], words: str
) -> None:
    path = tmp_path / "нет.csv"
    with pytest.raises((CommandError, SystemExit)) as ended:
        call_command(command, *(one.format(path=path) for one in arguments))
    error = ended.value
    assert (error.returncode if isinstance(error, CommandError) else error.code) == 2
    said = f"{error} {capsys.readouterr().err}"
    assert words in said
    assert "нет.csv" in said
    assert "No such" not in said
    assert "Errno" not in said


def test_every_command_with_a_file_is_tried() -> None:
    folders = Path(__file__).parents[2].glob("src/traektoria/*/management/commands/*.py")
    reads = {path.stem for path in folders if "type=Path" in (text := path.read_text()) or "_path" in text}
    assert reads - {"workflow_diagrams", "start", "simulate_year"} <= {command for command, *_rest in MISSING}, reads
