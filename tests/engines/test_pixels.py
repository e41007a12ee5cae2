"""Sizes of pictures are read from their heads, whatever they unpack into."""

import struct
import zlib

import pytest

from traektoria.engines.pixels import MOST, is_too_large, pixels


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, frames: int = 0) -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0))
    moving = chunk(b"acTL", struct.pack(">II", frames, 0)) if frames else b""
    return b"\x89PNG\r\n\x1a\n" + head + moving + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")


def gif(width: int, height: int, *frames: tuple[int, int], colours: int = 0) -> bytes:
    flags = 0x80 | colours - 1 if colours else 0
    told = b"GIF89a" + struct.pack("<HHBBB", width, height, flags, 0, 0) + bytes(3 << colours if colours else 0)
    told += b"!\xf9\x04\0\0\0\0\0"
    for one in frames:
        told += b"," + struct.pack("<HHHHB", 0, 0, *one, 0) + b"\x02\x02\x4c\x01\0"
    return told + b";"


def jpeg(width: int, height: int, before: bytes = b"", marker: int = 0xC0) -> bytes:
    frame = struct.pack(">BBHBHHB", 0xFF, marker, 11, 8, height, width, 1) + b"\1\x11\0"
    return b"\xff\xd8\xff\xe0\0\x04ab" + before + frame + b"\xff\xda\0\x02data\xff\xd9"


def riff(*parts: tuple[bytes, bytes]) -> bytes:
    body = b"".join(kind + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2) for kind, data in parts)
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


def small(number: int) -> bytes:
    return (number - 1).to_bytes(3, "little")


def lossy(width: int, height: int) -> bytes:
    return b"\0\0\0\x9d\x01\x2a" + struct.pack("<HH", width, height)


def lossless(width: int, height: int) -> bytes:
    return b"\x2f" + struct.pack("<I", width - 1 | height - 1 << 14)


CANVAS = (b"VP8X", b"\0\0\0\0" + small(300) + small(200))
SIZES = {
    "png": (png(300, 200), 60_000),
    "moving png": (png(300, 200, frames=50), 3_000_000),
    "gif": (gif(300, 200, (300, 200)), 60_000),
    "gif with colours": (gif(300, 200, (300, 200), (100, 100), colours=8), 70_000),
    "frame larger than its gif": (gif(1, 1, (60_000, 60_000)), 3_600_000_000),
    "jpeg": (jpeg(300, 200), 60_000),
    "progressive jpeg": (jpeg(300, 200, marker=0xC2), 60_000),
    "jpeg with filling": (jpeg(300, 200, before=b"\xff\xff\xff\xe1\0\x04xy??"), 60_000),
    "lossy webp": (riff((b"VP8 ", lossy(300, 200))), 60_000),
    "lossless webp": (riff((b"VP8L", lossless(300, 200))), 60_000),
    "webp": (riff(CANVAS, (b"VP8 ", lossy(300, 200))), 60_000),
    "moving webp": (riff(CANVAS, *[(b"ANMF", bytes(6) + small(300) + small(200) + bytes(4))] * 40), 2_400_000),
    "webp that says less than it holds": (riff(CANVAS, (b"VP8L", lossless(16_000, 16_000))), 256_000_000),
}


@pytest.mark.parametrize("kind", SIZES)
def test_the_size_is_read_from_the_head(kind: str) -> None:
    data, size = SIZES[kind]
    assert pixels(data) == size
    assert is_too_large(data) == (size > MOST)


@pytest.mark.parametrize("kind", SIZES)
def test_a_cut_head_says_nothing_or_less(kind: str) -> None:
    data, size = SIZES[kind]
    assert all((pixels(data[:length]) or 0) <= size for length in range(len(data)))


@pytest.mark.parametrize("data", [b"", b"\xff\xd8\xff", b"text", b"\x89PNG\r\n\x1a\n" + bytes(40), b"GIF89a"])
def test_what_says_no_size_is_no_picture(data: bytes) -> None:
    assert pixels(data) is None
