"""Reading a regulation: from a preset's YAML, from the database."""

from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext as _
from pydantic import ValidationError

from traektoria.core.boxes import tell
from traektoria.core.errors import Conflict
from traektoria.organisations.models import Regulation, TutorCentre
from traektoria.organisations.regulations.parts import KEPT
from traektoria.organisations.regulations.schema import Rules

PRESETS = Path(__file__).resolve().parent / "presets"


def preset_names() -> list[str]:
    """Slugs of the presets, as the files are called."""
    return sorted(path.stem for path in PRESETS.glob("*.yaml"))


@lru_cache(maxsize=16)
def preset(name: str) -> Rules:
    """The preset ``name``. Raises ``KeyError`` where there is none, ``pydantic.ValidationError`` for a bad one."""
    if name not in preset_names():
        raise KeyError(name)
    return Rules.model_validate(yaml.safe_load((PRESETS / f"{name}.yaml").read_text(encoding="utf-8")))


def content_of(rules: Rules) -> dict[str, Any]:
    """What ``Regulation.content`` keeps."""
    return rules.model_dump(mode="json")


def rules_of(regulation: Regulation) -> Rules:
    """The rules of a version; an approved one is read once a process, for it never changes."""
    if regulation.approved_at is None:
        return _rules(regulation)
    key = _key(regulation.pk, regulation.approved_at)
    if key not in _read:
        if len(_read) > _MOST:
            _read.clear()
        _read[key] = _rules(regulation)
    return _read[key]


def rules_under(version: int, approved_at: datetime | None) -> Rules:
    """The same of a version that is known by its number: of an approved one one query, then none."""
    known = _read.get(_key(version, approved_at)) if approved_at else None
    return known or rules_of(Regulation.objects.get(pk=version))


def _key(version: int, approved_at: datetime) -> tuple[int, str]:
    return version, approved_at.isoformat()


def printed_names(centre: TutorCentre, kept: dict[str, str] | None = None) -> dict[str, str]:
    """``founder`` and ``name`` of the centre on the paper of a version: as ``kept`` at its approval; what was not
    written then, as of now."""
    now = {"founder": centre.founder, "name": centre.full_name or centre.name}
    return now | {key: text for key, text in (kept or {}).items() if text}


def check_readable(*versions: Regulation) -> None:
    """Before a page goes through the contents by hand. Raises ``Conflict``."""
    for one in versions:
        rules_of(one)


def _rules(regulation: Regulation) -> Rules:
    try:
        return Rules.model_validate(regulation.content, context=KEPT)
    except ValidationError as error:
        tell("regulation", error)
        sentence = _("The regulation of the centre can't be read. Tell the administrator: nothing is lost.")
        raise Conflict(sentence, code="unreadable") from error


_read: dict[tuple[int, str], Rules] = {}
_MOST = 500
