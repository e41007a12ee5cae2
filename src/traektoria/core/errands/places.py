"""The files of errands: what was sent and what was made, a folder each. They are temporary, and stand in no backup."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC
from pathlib import Path
from typing import IO
from uuid import UUID

from django.utils.translation import gettext as _

from traektoria.core.errors import Conflict
from traektoria.core.installation import leavings
from traektoria.core.installation.roots import ERRANDS, root
from traektoria.core.models import Errand

KEPT_DAYS = 7
"""So long a result is kept."""
_SOURCE = "source-"


def folder_of(errand: UUID) -> Path:
    return root(ERRANDS).path / str(errand)


def keep_source(errand: Errand, content: bytes) -> None:
    """What was sent, complete or not at all: it is written beside and renamed, under the moment of its asking, so that
    the end of an earlier asking does not take it away."""
    expect(errand.pk)
    _put(errand.pk, _name_of_source(errand), content)


def source_of(errand: Errand) -> bytes:
    """Raises ``Conflict`` where the file is gone (a copy of the installation has none)."""
    with _kept():
        return (folder_of(errand.pk) / _sent_for(errand)).read_bytes()


def drop_source(errand: Errand) -> None:
    """What was sent for an asking that another one has answered."""
    drop(errand.pk, _name_of_source(errand))


def forget_source(errand: Errand) -> None:
    """What was sent for this one goes before its end."""
    drop(errand.pk, _sent_for(errand))


def _name_of_source(errand: Errand) -> str:
    return f"{_SOURCE}{errand.asked_at.astimezone(UTC):%Y%m%d%H%M%S%f}"


def _sent_for(errand: Errand) -> str:
    """The last one that was sent by then: begun anew, an errand has only the file of before."""
    own = _name_of_source(errand)
    sent = [path.name for path in folder_of(errand.pk).glob(f"{_SOURCE}*") if path.name <= own]
    return max(sent, default=own)


def keep_far(errand: Errand, done: int, total: int) -> None:
    """How far this attempt is within its one transaction. What is written down of the folder is so before that."""
    if not folder_of(errand.pk).exists():
        expect(errand.pk)
    _put(errand.pk, _far(errand.attempt), f"{done} {total}".encode())


def far_of(errand: Errand) -> tuple[int, int]:
    """Done and total; nothing was said: (0, 0)."""
    try:
        done, total = (folder_of(errand.pk) / _far(errand.attempt)).read_text().split()
    except (OSError, ValueError):
        return 0, 0
    return int(done), int(total)


def _far(attempt: int) -> str:
    return f"far-{attempt}"


def keep_result(errand: UUID, attempt: int, content: bytes | IO[bytes]) -> str:
    """The name of what this attempt has made; another one writes another name."""
    expect(errand)
    name = _result(attempt)
    _put(errand, name, content)
    return name


def result_of(errand: Errand) -> IO[bytes]:
    """Open, for an archive of a hall is larger than what a page may hold; whoever takes it closes it. Raises
    ``Conflict`` where the file is gone."""
    with _kept():
        return (folder_of(errand.pk) / errand.file).open("rb")


def keep_only(errand: Errand, name: str) -> None:
    """What earlier attempts made goes; so does what was sent for this one, and nothing that was sent after it."""
    drop(errand.pk, _sent_for(errand))
    for attempt in range(1, errand.attempt + 1):
        drop(errand.pk, _far(attempt))
        if _result(attempt) != name:
            drop(errand.pk, _result(attempt))


def _result(attempt: int) -> str:
    return f"result-{attempt}"


def drop(errand: UUID, name: str) -> None:
    """One file of it, if it is there."""
    if name:
        (folder_of(errand) / name).unlink(missing_ok=True)


def clear(errand: UUID) -> None:
    shutil.rmtree(folder_of(errand), ignore_errors=True)
    leavings.done(ERRANDS, [str(errand)])


def expect(errand: UUID) -> None:
    """Written down before it is made, so that what a killed process leaves goes too."""
    leavings.done(ERRANDS, [str(errand)])
    leavings.expect(ERRANDS, [str(errand)], aside=False, days=KEPT_DAYS + 1)


def _put(errand: UUID, name: str, content: bytes | IO[bytes]) -> None:
    folder = folder_of(errand)
    folder.mkdir(parents=True, exist_ok=True)
    beside = folder / f".{name}"
    with beside.open("wb") as file:
        if isinstance(content, bytes):
            file.write(content)
        else:
            shutil.copyfileobj(content, file)
    beside.replace(folder / name)


@contextmanager
def _kept() -> Iterator[None]:
    try:
        yield
    except OSError as gone:
        raise Conflict(_("The file is not kept any more: begin once more."), code="file_gone") from gone
