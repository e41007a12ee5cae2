"""Compiled templates on the disk: read by the next process, never older than what they were made of."""

import os
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from jinja2 import DictLoader, Environment

from traektoria.core import compiled_templates
from traektoria.core.compiled_templates import CompiledTemplates, kept_for


class Counting(Environment):
    compiled = 0

    def compile(self, *args: Any, **kwargs: Any) -> Any:
        self.compiled += 1
        return super().compile(*args, **kwargs)


def process(folder: Path, text: str = "{{ 6 * 7 }}") -> Counting:
    """An environment as each process makes one for itself; the template is drawn."""
    environment = Counting(loader=DictLoader({"page.html": text}), bytecode_cache=CompiledTemplates(folder))
    assert environment.get_template("page.html").render() == text.replace("{{ 6 * 7 }}", "42")
    return environment


def test_the_next_process_compiles_nothing(tmp_path: Path) -> None:
    assert [process(tmp_path / "new").compiled for _process in range(2)] == [1, 0]
    assert [path.stat().st_mode & 0o077 for path in (tmp_path / "new").iterdir()] == [0]


def test_another_text_is_compiled(tmp_path: Path) -> None:
    assert [process(tmp_path, text).compiled for text in ("a", "b {{ 6 * 7 }}")] == [1, 1]


@pytest.mark.parametrize("harm", [b"", b"not ours", None])
def test_what_can_not_be_read_or_written_is_compiled(tmp_path: Path, harm: bytes | None) -> None:
    folder = tmp_path / "folder"
    process(folder)
    (kept,) = folder.iterdir()
    kept.write_bytes(kept.read_bytes()[:-9] if harm is None else harm)
    assert process(folder).compiled == 1
    assert process(kept / "inside of a file").compiled == 1


@pytest.mark.parametrize("name", ["urls.py", "ru.mo"])
def test_a_change_of_what_is_worked_out_begins_anew(tmp_path: Path, settings: LazySettings, name: str) -> None:
    settings.PACKAGE = tmp_path
    found = set()
    for text in ("before", "after"):
        (tmp_path / name).write_text(text, encoding="utf-8")
        compiled_templates._version.cache_clear()
        found.add(kept_for("ru", "/").folder)
    found |= {kept_for("en", "/").folder, kept_for("ru", "/below/").folder}
    compiled_templates._version.cache_clear()
    assert len(found) == 4


def test_only_the_newest_folders_stay(tmp_path: Path) -> None:
    names = [f"version {number}" for number in range(compiled_templates.NEWEST + 2)]
    for number, name in enumerate(names):
        process(tmp_path / name)
        os.utime(tmp_path / name, (number, number))
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(names[2:])
    assert process(tmp_path / names[0]).compiled == 1, "one that went is made anew"
