"""Parts of one question written in different formats, brought to the format of the question."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from typing import Final

from traektoria.engines.questionbanks.findings import Findings
from traektoria.engines.questionbanks.model import TextFormat

_NAMES: Final = {
    "plain": TextFormat.PLAIN,
    "plain_text": TextFormat.PLAIN,
    "html": TextFormat.HTML,
    "markdown": TextFormat.MARKDOWN,
    "moodle": TextFormat.MOODLE,
    "moodle_auto_format": TextFormat.MOODLE,
    "0": TextFormat.MOODLE,
    "1": TextFormat.HTML,
    "2": TextFormat.PLAIN,
    "4": TextFormat.MARKDOWN,
}
_RICHNESS: Final = (TextFormat.PLAIN, TextFormat.MOODLE, TextFormat.HTML)
_LEADING = re.compile(r"\[\s*(\w+)\s*\]")


def format_named(name: str) -> TextFormat | None:
    """The format of a GIFT mark or of an attribute of Moodle XML."""
    return _NAMES.get(name.strip().lower())


def split_format(text: str) -> tuple[TextFormat | None, str]:
    """``[html]<b>x</b>`` → (HTML, ``<b>x</b>``); without a known mark (None, text)."""
    match = _LEADING.match(text)
    found = format_named(match[1]) if match and not match[1].isdigit() else None
    return (found, text[match.end() :].strip()) if match and found else (None, text)


def into(target: TextFormat, source: TextFormat, text: str) -> str | None:
    """The text rewritten for `target`; None where that is not possible without loss."""
    if source is target or not text:
        return text
    if TextFormat.MARKDOWN in (source, target):
        return text if text.isalnum() else None
    if target is TextFormat.HTML:
        escaped = html.escape(text, quote=False) if source is TextFormat.PLAIN else text
        return escaped.replace("\n", "<br>")
    if target is TextFormat.MOODLE and source is TextFormat.PLAIN:
        return html.escape(text, quote=False)
    return text if text == html.escape(text, quote=False) and "&" not in text else None


class Unifier:
    """Brings the parts of one question to one format: the richest of those that occur, Markdown aside."""

    def __init__(self, base: TextFormat, others: Iterable[TextFormat], findings: Findings) -> None:
        found = {base, *others} - {TextFormat.MARKDOWN}
        self.target = base if base is TextFormat.MARKDOWN else max(found, key=_RICHNESS.index)
        self._base = base
        self._findings = findings

    def text(self, text: str, line: int, source: TextFormat | None = None) -> str:
        """The part in the format of the question; where that is impossible, its source with a warning."""
        rewritten = into(self.target, source or self._base, text)
        if rewritten is None:
            self._findings.warn(line, "mixed_formats", format=str(source or self._base))
            return text
        return rewritten
