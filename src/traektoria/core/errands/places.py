"""The files of errands: what was sent and what was made, a folder each. They are temporary, and stand in no backup."""

import shutil
from pathlib import Path
from uuid import UUID

from django.utils.translation import gettext as _

from traektoria.core.errors import Conflict
from traektoria.core.installation import leavings
from traektoria.core.installation.roots import ERRANDS, root
from traektoria.core.models import Errand

KEPT_DAYS = 7
"""So long a result is kept."""
_SOURCE = "source"


def folder_of(errand: UUID) -> Path:
    return root(ERRANDS).path / str(errand)


def keep_source(errand: UUID, content: bytes) -> None:
    """What was sent, complete or not at all: it is written beside and renamed."""
    expect(errand)
    _put(errand, _SOURCE, content)


def source_of(errand: UUID) -> bytes:
    """Raises ``Conflict`` where the file is gone (a copy of the installation has none)."""
    return _read(errand, _SOURCE)


def keep_result(errand: UUID, attempt: int, content: bytes) -> str:
    """The name of what this attempt has made; another one writes another name."""
    expect(errand)
    name = f"result-{attempt}"
    _put(errand, name, content)
    return name


def result_of(errand: Errand) -> bytes:
    """Raises ``Conflict`` where the file is gone."""
    return _read(errand.pk, errand.file)


def keep_only(errand: UUID, name: str) -> None:
    """What earlier attempts made goes; so does what was sent, once it has been used."""
    for path in folder_of(errand).glob("*"):
        if path.name != name:
            path.unlink(missing_ok=True)


def drop(errand: UUID, name: str) -> None:
    """What an overtaken attempt has made."""
    if name:
        (folder_of(errand) / name).unlink(missing_ok=True)


def clear(errand: UUID) -> None:
    shutil.rmtree(folder_of(errand), ignore_errors=True)
    leavings.done(ERRANDS, [str(errand)])


def expect(errand: UUID) -> None:
    """Written down before it is made, so that what a killed process leaves goes too."""
    leavings.done(ERRANDS, [str(errand)])
    leavings.expect(ERRANDS, [str(errand)], aside=False, days=KEPT_DAYS + 1)


def _put(errand: UUID, name: str, content: bytes) -> None:
    folder = folder_of(errand)
    folder.mkdir(parents=True, exist_ok=True)
    beside = folder / f".{name}"
    beside.write_bytes(content)
    beside.replace(folder / name)


def _read(errand: UUID, name: str) -> bytes:
    try:
        return (folder_of(errand) / name).read_bytes()
    except OSError as gone:
        raise Conflict(_("The file is not kept any more: begin once more."), code="file_gone") from gone
