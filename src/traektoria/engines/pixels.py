"""How many pixels a picture unpacks into, read from its head: a file of a few kilobytes can hold gigabytes of them.

Nothing is decoded. All frames of a moving picture count together. What says no size is shown by nobody (None).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

MOST: Final = 64_000_000
"""Pixels of one picture that is taken: the camera of a telephone, and some more."""
_PNG: Final = b"\x89PNG\r\n\x1a\n"
_NO_LENGTH: Final = frozenset({0x01, *range(0xD0, 0xD9)})
_NO_SIZE: Final = frozenset({0xC4, 0xC8, 0xCC})


def pixels(data: bytes) -> int | None:
    """Width × height of all frames. None where the head is broken or of another kind."""
    try:
        if data.startswith(_PNG):
            return _png(data)
        if data.startswith((b"GIF87a", b"GIF89a")):
            return _gif(data)
        if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
            return _webp(data)
        return _jpeg(data) if data.startswith(b"\xff\xd8\xff") else None
    except IndexError:
        return None


def is_too_large(data: bytes) -> bool:
    return (pixels(data) or 0) > MOST


def _big(data: bytes, at: int, length: int) -> int:
    return _number(data, at, length, "big")


def _little(data: bytes, at: int, length: int) -> int:
    return _number(data, at, length, "little")


def _number(data: bytes, at: int, length: int, order: str) -> int:
    if at + length > len(data):
        raise IndexError(at)
    return int.from_bytes(data[at : at + length], order)  # type: ignore[arg-type]


def _png(data: bytes) -> int | None:
    if data[12:16] != b"IHDR":
        return None
    size, at, frames = _big(data, 16, 4) * _big(data, 20, 4), 8, 1
    while at + 12 <= len(data) and data[at + 4 : at + 8] != b"IDAT":
        if data[at + 4 : at + 8] == b"acTL":
            frames = max(1, _big(data, at + 8, 4))
        at += 12 + _big(data, at, 4)
    return size * frames or None


def _gif(data: bytes) -> int | None:
    """The screen, or what its frames have together, whichever is more."""
    screen = _little(data, 6, 2) * _little(data, 8, 2)
    return max(screen, sum(_gif_frames(data))) or None


def _gif_frames(data: bytes) -> Iterator[int]:
    at = 13 + _colours(data[10])
    while at < len(data) and data[at] != 0x3B:
        if data[at] == 0x2C:
            yield _little(data, at + 5, 2) * _little(data, at + 7, 2)
            at += 11 + _colours(data[at + 9])
        else:
            at += 2
        while at < len(data) and data[at]:
            at += data[at] + 1
        at += 1


def _colours(flags: int) -> int:
    """Bytes of a table of colours."""
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _webp(data: bytes) -> int | None:
    kind = data[12:16]
    if kind == b"VP8X":
        size = (_little(data, 24, 3) + 1) * (_little(data, 27, 3) + 1)
        return max(size, sum(_webp_sizes(data, size)))
    return next(_webp_sizes(data, 0), None)


def _webp_sizes(data: bytes, canvas: int) -> Iterator[int]:
    """Each frame; a moving one may fill the canvas. What a frame says of itself counts where it is more."""
    at = 12
    while at + 8 <= len(data):
        kind, length = data[at : at + 4], _little(data, at + 4, 4)
        if kind == b"ANMF":
            yield max(canvas, (_little(data, at + 14, 3) + 1) * (_little(data, at + 17, 3) + 1))
        elif kind == b"VP8 ":
            yield (_little(data, at + 14, 2) & 0x3FFF) * (_little(data, at + 16, 2) & 0x3FFF)
        elif kind == b"VP8L":
            bits = _little(data, at + 9, 4)
            yield ((bits & 0x3FFF) + 1) * ((bits >> 14 & 0x3FFF) + 1)
        at += 8 + length + length % 2


def _jpeg(data: bytes) -> int | None:
    """The greatest frame before the first scan."""
    at, found = 2, 0
    while at + 4 <= len(data):
        at = data.find(b"\xff", at)  # what stands between is skipped, as those who show it do
        if at < 0 or at + 4 > len(data):
            break
        marker = data[at + 1]
        if marker in {0x00, 0xFF}:
            at += 1
            continue
        if marker == 0xDA:
            break
        if marker in _NO_LENGTH:
            at += 2
            continue
        if 0xC0 <= marker <= 0xCF and marker not in _NO_SIZE:
            found = max(found, _big(data, at + 5, 2) * _big(data, at + 7, 2))
        at += 2 + _big(data, at + 2, 2)
    return found or None
