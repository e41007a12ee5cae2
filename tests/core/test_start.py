"""What stands in the way of a start is said in a sentence: a folder that can't be written, a full disk, a busy port."""

import errno
import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError

from traektoria.config import env
from traektoria.core.management.commands import start


def started(folder: Path) -> subprocess.CompletedProcess[str]:
    given = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    given |= {"TRAEKTORIA_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "traektoria.config.settings"}
    command = [sys.executable, "-m", "traektoria.config.cli", "start", "--prepare-only"]
    return subprocess.run(command, env=given, capture_output=True, text=True)


def test_a_folder_that_can_not_be_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = started(tmp_path / "file" / "data")
    assert done.returncode == 1
    assert "TRAEKTORIA_DATA" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("trouble", "word"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "нет места"),
        (PermissionError(errno.EACCES, "Permission denied"), "не может писать"),
        (OperationalError("unable to open database file"), "не может писать"),
        (OperationalError("disk I/O error"), "не может писать"),
        (OperationalError("connection refused"), "не отвечает"),
    ],
)
def test_trouble_at_start_is_a_sentence(trouble: Exception, word: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise trouble

    monkeypatch.setattr(start, "prepare", fail)
    with pytest.raises(CommandError, match=word):
        call_command("start", prepare_only=True)


def test_a_mistake_of_ours_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise RuntimeError("ours")

    monkeypatch.setattr(start, "prepare", fail)
    with pytest.raises(RuntimeError):
        call_command("start", prepare_only=True)


def test_a_taken_port_leads_to_the_next_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(start, "PATIENCE", 0.0)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with start.listen("127.0.0.1", port) as free:
            assert port < free.getsockname()[1] < port + start.NEXT_PORTS
        monkeypatch.setattr(start, "NEXT_PORTS", 1)
        with pytest.raises(CommandError, match="заняты"):
            start.listen("127.0.0.1", port)


def test_a_port_that_is_left_in_a_moment_is_waited_for() -> None:
    taken = socket.create_server(("127.0.0.1", 0))
    port = taken.getsockname()[1]
    holder = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(0.5)"], pass_fds=[taken.fileno()])
    taken.close()
    with start.listen("127.0.0.1", port) as free:
        assert free.getsockname()[1] == port
    holder.wait()


def test_a_foreign_address_is_said() -> None:
    with pytest.raises(CommandError, match="не открыть"):
        start.listen("192.0.2.1", 8000)


def test_a_secret_is_kept_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TRAEKTORIA_SECRET", raising=False)
    place = tmp_path / "secret"

    def full(*_args: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr("os.link", full)
        with pytest.raises(env.WrongSetting, match="No space"):
            env.secret("TRAEKTORIA_SECRET", place)
    assert list(tmp_path.iterdir()) == []
    made = env.secret("TRAEKTORIA_SECRET", place)
    assert (env.secret("TRAEKTORIA_SECRET", place), place.stat().st_mode & 0o777) == (made, 0o600)
    place.write_text("")
    with pytest.raises(env.WrongSetting, match="empty"):
        env.secret("TRAEKTORIA_SECRET", place)


@pytest.mark.parametrize(("asked", "threshold"), [("", 5), ("?prepare_threshold=0", None), ("?prepare_threshold=9", 9)])
def test_the_address_says_when_plans_are_kept(tmp_path: Path, asked: str, threshold: int | None) -> None:
    options: Any = env.database(f"postgresql://one@there/base{asked}", tmp_path)["OPTIONS"]
    assert options["prepare_threshold"] == threshold


def test_no_number_of_the_address_stops_the_start(tmp_path: Path) -> None:
    with pytest.raises(env.WrongSetting, match="write a number"):
        env.database("postgresql://one@there/base?prepare_threshold=off", tmp_path)


#: What a page or a command loads when it needs it, and a start or a page without it never.
HEAVY = {"duckdb", "ibis", "numpy", "pandas", "pyarrow", "scipy"} | {
    *("docx", "lxml", "openpyxl", "pymorphy3", "typst", "xlsxwriter")
}
LOADED = """
import sys, django
django.setup()
from django.urls import get_resolver
def walk(found):
    for pattern in found.url_patterns:
        if hasattr(pattern, "url_patterns"):
            walk(pattern)
walk(get_resolver())
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""


def test_nothing_heavy_is_loaded_before_it_is_needed(tmp_path: Path) -> None:
    given = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    given |= {"TRAEKTORIA_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "traektoria.config.settings"}
    done = subprocess.run([sys.executable, "-c", LOADED], env=given, capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert "traektoria" in loaded
    assert not loaded & HEAVY
