"""What makes two questions the same one: a mark of what is asked, whatever format and file it came in.

Formatting, pictures, order of showing and rules of marking do not count: files carry them in different ways; each field
says it (``ItemField``). Whether the pictures are the same, the caller asks of the files.
"""

import hashlib
import html
import json
import re
from collections.abc import Mapping
from typing import Any

from traektoria.core.text import squash
from traektoria.diagnostics.items.kinds.registry import fields_of
from traektoria.engines.questionbanks import TextFormat, plain

_IMAGE = re.compile(r"<img\b[^>]*>|!\[[^\]]*\]\([^)]*\)|@@PLUGINFILE@@/[^\s\"'<>()]+", re.IGNORECASE)
_NUMBER = re.compile(r"-?\d+\.\d+")


def likeness(content: Mapping[str, Any]) -> str:
    """SHA-256 of what an item asks (``ItemVersion.content``)."""
    text_format = TextFormat(content.get("text_format", "plain"))
    fields = fields_of(content)
    left_out = {name for name, field in fields.items() if field.picture or not field.asked}
    said = {name: _said(value, text_format) for name, value in content.items() if name not in left_out}
    kept = {name: value for name, value in said.items() if value not in ("", [], None, False)}
    return hashlib.sha256(json.dumps(kept, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _said(value: Any, text_format: TextFormat) -> Any:
    if isinstance(value, str):
        return _bare(value, text_format)
    if isinstance(value, Mapping):
        return {name: _said(one, text_format) for name, one in value.items()}
    return [_said(one, text_format) for one in value] if isinstance(value, list | tuple) else value


def _bare(text: str, text_format: TextFormat) -> str:
    """The words without markup; a number without idle zeros."""
    if _NUMBER.fullmatch(text):
        return text.rstrip("0").rstrip(".")
    return html.unescape(squash(plain(_IMAGE.sub(" ", text), text_format)))
