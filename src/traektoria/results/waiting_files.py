"""Bytes of a file that waits for an answer: kept beside the datasets for a day, for the account that sent them."""

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from django.http import Http404

from traektoria.core.installation import leavings
from traektoria.core.installation.roots import INCOMING, root
from traektoria.people.actor import Actor

_ASKED = "asked.json"


@dataclass(frozen=True)
class Incoming:
    """A kept file. ``centre_id`` is where it was sent to."""

    token: UUID
    filename: str
    centre_id: int
    content: bytes
    asked: dict[str, Any] = field(default_factory=dict)
    """What is asked of it, as it was found when it was read."""


def _folder() -> Path:
    return root(INCOMING).path


def keep(content: bytes, filename: str, *, centre_id: int, by: Actor) -> UUID:
    """Keep the bytes; what is older than a day goes away."""
    leavings.sweep()
    token = uuid4()
    leavings.expect(INCOMING, [str(token)], aside=False)
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
    asked = folder_asked.read_text(encoding="utf-8") if (folder_asked := folder / _ASKED).is_file() else "{}"
    return Incoming(token, about["filename"], about["centre"], content, json.loads(asked))


def note_asked(token: UUID, asked: Mapping[str, Any]) -> None:
    """Keep what is asked beside the file, so that a page need not read a large one to ask it."""
    (_folder() / str(token) / _ASKED).write_text(json.dumps(asked, default=str), encoding="utf-8")


def forget(token: UUID) -> None:
    shutil.rmtree(_folder() / str(token), ignore_errors=True)
    leavings.done(INCOMING, [str(token)])
