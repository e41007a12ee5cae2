"""Pictures inside questions: which files are pictures, what they are called, how texts refer to them."""

from __future__ import annotations

import base64
import binascii
import re
import unicodedata
import urllib.parse
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Final

from traektoria.engines.pixels import is_too_large
from traektoria.engines.questionbanks.findings import Findings
from traektoria.engines.questionbanks.model import Question, QuestionPicture

REFERENCE: Final = "@@PLUGINFILE@@/"
_MAGICS: Final = (
    (b"\x89PNG\r\n\x1a\n", "image/png", ".png"),
    (b"\xff\xd8\xff", "image/jpeg", ".jpg"),
    (b"GIF87a", "image/gif", ".gif"),
    (b"GIF89a", "image/gif", ".gif"),
)
_UNSAFE = re.compile(r"[^\w.()+ -]")
_EMBEDDED = re.compile(r"data:image/[\w.+-]{1,30};base64,([A-Za-z0-9+/=\s]+)", re.IGNORECASE)
_EXTERNAL = re.compile(r"""<img\b[^>]{0,2000}?\bsrc\s*=\s*["']?((?:https?:)?//[^"'\s>]{1,300})""", re.IGNORECASE)
_REFERRED = re.compile(
    r"@@PLUGINFILE@@/((?<=[\"']@@PLUGINFILE@@/)[^\"'<>?#]{1,300}|[^\"'<>\s?#]{1,300})(?:[?#][^\"'<>\s]{0,300})?"
)


def media_type(data: bytes) -> str:
    """The media type by the first bytes; "" for what is no picture that browsers may show (SVG can hold scripts)."""
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    return next((kind for magic, kind, _ in _MAGICS if data.startswith(magic)), "")


def clean_name(name: str) -> str:
    """A file name that is safe in an address and on a disk."""
    name = unicodedata.normalize("NFC", name)
    return _UNSAFE.sub("_", PurePosixPath(name.replace("\\", "/")).name).strip(". ")[-100:] or "picture"


def alike(name: str, names: Iterable[str]) -> str:
    """The name among `names` that is meant: capitals, ways to write one letter, % signs and slashes of Windows do not
    count; "" for none."""
    return next((one for one in names if one == name), "") or next(
        (one for one in names if _plain_path(one) == _plain_path(name)), ""
    )


def _plain_path(name: str) -> str:
    return unicodedata.normalize("NFC", urllib.parse.unquote(name)).replace("\\", "/").casefold()


def with_texts(question: Question, change: Callable[[str], str]) -> Question:
    """The question with every text that may refer to a picture changed."""
    return replace(
        question,
        text=change(question.text),
        feedback=change(question.feedback),
        guidance=change(question.guidance),
        options=tuple(
            replace(each, text=change(each.text), feedback=change(each.feedback)) for each in question.options
        ),
        accepted=tuple(replace(each, feedback=change(each.feedback)) for each in question.accepted),
        numeric=tuple(replace(each, feedback=change(each.feedback)) for each in question.numeric),
        pairs=tuple(replace(each, left=change(each.left)) for each in question.pairs),
        order=tuple(map(change, question.order)),
    )


def embedded(question: Question) -> Question:
    """The question with its pictures inside its texts, as ``data:`` addresses."""
    addresses = {
        picture.name: f"data:{picture.media_type};base64,{base64.b64encode(picture.data).decode()}"
        for picture in question.pictures
    }

    def address(match: re.Match[str]) -> str:
        return addresses.get(urllib.parse.unquote(match[1]), match[0])

    return replace(with_texts(question, lambda text: _REFERRED.sub(address, text)), pictures=())


class Album:
    """The pictures of one question. Two files of one name get different names, and the texts follow."""

    def __init__(self, findings: Findings, spent: int = 0) -> None:
        self.pictures: list[QuestionPicture] = []
        self._findings = findings
        self.spent = spent  # bytes of pictures so far, over the whole file

    def add(self, name: str, encoded: str, line: int) -> str:
        """Keep a file of base64; the name that texts use from now on, "" if it was not kept."""
        try:
            data = base64.b64decode("".join(encoded.split()), validate=True)
        except (binascii.Error, ValueError):
            self._findings.warn(line, "bad_file", name=name)
            return ""
        return self.keep(name, data, line)

    def keep(self, name: str, data: bytes, line: int) -> str:
        """Keep a file; the name that texts use from now on, "" if it was not kept."""
        limits = self._findings.limits
        kind = media_type(data)
        if not kind:
            self._findings.warn(line, "file_not_picture", name=name)
            return ""
        if len(data) > limits.picture_bytes or self.spent + len(data) > limits.pictures_bytes:
            self._findings.warn(line, "picture_too_large", name=name, limit=limits.picture_bytes)
            return ""
        if is_too_large(data):
            self._findings.warn(line, "too_many_pixels", name=name)
            return ""
        final = self._free_name(clean_name(name), data)
        if all(picture.name != final for picture in self.pictures):
            self.pictures.append(QuestionPicture(final, kind, data))
            self.spent += len(data)
        return final

    def _free_name(self, name: str, data: bytes) -> str:
        taken = {picture.name: picture.data for picture in self.pictures}
        number, final = 1, name
        while final in taken and taken[final] != data:
            number += 1
            final = f"{number}-{name}"
        return final

    def gather(self, question: Question) -> Question:
        """The question with the pictures of its ``data:`` addresses taken out."""
        changed = with_texts(question, lambda text: self.resolve(text, {}, question.number_line))
        return replace(changed, pictures=tuple(self.pictures))

    def resolve(self, text: str, files: dict[str, str], line: int) -> str:
        """A text whose references name the kept pictures; `files` are names in the file → names in the album."""

        def embedded(match: re.Match[str]) -> str:
            name = self.add("picture", match[1], line)
            return REFERENCE + name if name else ""

        def referred(match: re.Match[str]) -> str:
            path = urllib.parse.unquote(match[1])
            name = path.rpartition("/")[2]
            known = alike(name, files)
            if not known:
                self._findings.warn(line, "missing_picture", name=name)
            return REFERENCE + urllib.parse.quote(files.get(known) or clean_name(name))

        text = _REFERRED.sub(referred, text)
        if "data:image" in text:
            text = _EMBEDDED.sub(embedded, text)
        for address in _EXTERNAL.findall(text):
            self._findings.warn(line, "external_picture", name=address)
        return text
