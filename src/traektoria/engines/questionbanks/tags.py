"""Tags: «КЭС: 1.2», «kes:1.2», «уровень: Б», or any word of one's own."""

from __future__ import annotations

import re
from typing import Final

from traektoria.engines.questionbanks.model import Tag

NAMES: Final = {
    "kes": ("кэс", "kes", "код кэс", "элемент содержания"),
    "kt": ("кт", "kt", "код кт", "код требования", "требование"),
    "level": ("уровень", "level", "ур"),
    "topic": ("тема", "topic"),
    "block": ("блок", "block", "блок компетенций", "компетенция"),
    "source": ("источник", "source"),
}
RUSSIAN: Final = {
    "kes": "КЭС",
    "kt": "КТ",
    "level": "Уровень",
    "topic": "Тема",
    "block": "Блок",
    "source": "Источник",
}
_BY_WORD: Final = {word: name for name, words in NAMES.items() for word in words}
_NAMED = re.compile(r"([^:=]{1,30})[:=](.*)", re.DOTALL)
_CODE = re.compile(r"(кэс|кт|kes|kt)\s*([\d.]+)", re.IGNORECASE)


def read_tag(text: str) -> Tag | None:
    """One tag; None for an empty one."""
    text = " ".join(text.split())
    match = _NAMED.fullmatch(text) or _CODE.fullmatch(text)
    if match and (name := _BY_WORD.get(match[1].strip().casefold())):
        value = match[2].strip()
        return Tag(name, value) if value else None
    return Tag("", text) if text else None


def write_tag(tag: Tag) -> str:
    """The form that `read_tag` reads back."""
    return f"{RUSSIAN[tag.name]}: {tag.value}" if tag.name else tag.value
