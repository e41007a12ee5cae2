"""Bytes of a file that waits for an answer: kept beside the datasets for a day, for the account that sent them."""

import json
import shutil
import time
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

from django.conf import settings
from django.http import Http404

from traektoria.people.actor import Actor

KEPT_FOR = 86_400.0


@dataclass(frozen=True)
class Incoming:
    """A kept file. ``centre_id`` is where it was sent to."""

    token: UUID
    filename: str
    centre_id: int
    content: bytes


def _folder() -> Path:
    return Path(settings.DATA) / "incoming"


def keep(content: bytes, filename: str, *, centre_id: int, by: Actor) -> UUID:
    """Keep the bytes; what is older than a day goes away."""
    sweep()
    token = uuid4()
    folder = _folder() / str(token)
    about = {"account": by.account_id, "centre": centre_id, "filename": filename}
    try:
        folder.mkdir(parents=True)
        (folder / "file").write_bytes(content)
        (folder / "about.json").write_text(json.dumps(about), encoding="utf-8")
    except OSError:
        forget(token)
        raise
    return token


def take(token: UUID, by: Actor) -> Incoming:
    """The kept file of this account. Raises Http404 for somebody else's, and once the day is over."""
    folder = _folder() / str(token)
    try:
        about = json.loads((folder / "about.json").read_text(encoding="utf-8"))
        content = (folder / "file").read_bytes()
    except (OSError, ValueError) as missing:
        raise Http404 from missing
    if about["account"] != by.account_id:
        raise Http404
    return Incoming(token, about["filename"], about["centre"], content)


def forget(token: UUID) -> None:
    shutil.rmtree(_folder() / str(token), ignore_errors=True)


def sweep() -> None:
    """Remove what nobody answered within a day."""
    folder, limit = _folder(), time.time() - KEPT_FOR
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.stat().st_mtime < limit:
            shutil.rmtree(path, ignore_errors=True)
