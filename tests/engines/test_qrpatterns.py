"""The drawing of a QR code says the same in both forms."""

import re

from traektoria.engines.qrpatterns import qr_of


def test_path_and_digits_are_the_same_modules() -> None:
    pattern = qr_of("https://centre.example/events/here/12345/ABCDEFGHJKMNPQ/")
    drawn = set()
    for x, y, length in re.findall(r"M(\d+) (\d+)h(\d+)v1", pattern.path):
        drawn |= {(int(x) + step, int(y)) for step in range(int(length))}
    bits = f"{int(pattern.digits, 16):0{len(pattern.digits) * 4}b}"
    told = {divmod(place, pattern.size)[::-1] for place, bit in enumerate(bits) if bit == "1"}
    assert drawn == told == {(x, y) for y, row in enumerate(pattern.rows) for x, dark in enumerate(row) if dark}
    assert {(x, 0) for x in range(7)} <= drawn, "the corner by which a camera finds it"
    assert pattern.box == f"-4 -4 {pattern.size + 8} {pattern.size + 8}"
