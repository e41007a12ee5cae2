"""Reading a regulation: from a preset's YAML, from the database."""

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from traektoria.organisations.models import Regulation
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
        return Rules.model_validate(regulation.content)
    key = (regulation.pk, regulation.approved_at.isoformat())
    if key not in _read:
        if len(_read) > _MOST:
            _read.clear()
        _read[key] = Rules.model_validate(regulation.content)
    return _read[key]


_read: dict[tuple[int, str], Rules] = {}
_MOST = 500
