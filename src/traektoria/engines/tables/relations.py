"""Which part of an office file stands for what: its relations."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from typing import Any

from traektoria.engines.tables.exact_sheet import local, parse
from traektoria.engines.tables.safety import Parts


def relations(parts: Parts, of: str) -> dict[str, tuple[str, str]]:
    """Id → last word of the type, and the part; `of` is a part or "" for the package."""
    folder, _, name = of.rpartition("/")
    listed = posixpath.join(folder, "_rels", f"{name}.rels") if of else "_rels/.rels"
    found: dict[str, tuple[str, str]] = {}

    def start(name: str, attributes: Mapping[str, str]) -> None:
        if local(name) == "Relationship" and attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "")
            part = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found[attributes.get("Id", "")] = (attributes.get("Type", "").rpartition("/")[2], parts.named(part))

    if listed in parts:
        parse(parts[listed], start, _nothing, _nothing)
    return found


def _nothing(*_: Any) -> None:
    """What stands between is of no interest."""
