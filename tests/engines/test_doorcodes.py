"""Codes of the door: long enough, of one date, for a minute and a half."""

from datetime import UTC, datetime, timedelta
from math import log2

import pytest

from traektoria.engines.doorcodes import (
    ALPHABET,
    GRACE,
    LONG,
    SHORT,
    STEP,
    is_shown,
    step_of,
    ticket_code,
    typed,
    wall_code,
)

SECRET, OTHER = b"one date", b"another date"
NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)


def test_a_code_has_64_bits_and_no_signs_that_look_alike() -> None:
    assert log2(len(ALPHABET)) * LONG >= 64
    assert not set("01ILOU") & set(ALPHABET)
    codes = {wall_code(SECRET, step) for step in range(2000)}
    assert len(codes) == 2000
    assert {len(code) for code in codes} == {LONG}
    assert {sign for code in codes for sign in code} == set(ALPHABET)


@pytest.mark.parametrize("length", [LONG, SHORT])
@pytest.mark.parametrize(("steps", "opens"), [(-2, False), (-1, True), (0, True), (GRACE, True), (GRACE + 1, False)])
def test_a_code_is_taken_for_a_minute_and_a_half_after_it_was_shown(length: int, steps: int, opens: bool) -> None:
    code = wall_code(SECRET, step_of(NOW), length)
    later = NOW + timedelta(seconds=STEP * steps)
    assert is_shown(SECRET, code, later) is opens
    assert not is_shown(OTHER, code, later), "it opens no other date"


def test_what_is_typed_is_read_in_any_writing_and_no_part_of_a_code_opens() -> None:
    code = wall_code(SECRET, step_of(NOW), SHORT)
    assert typed(f" {code[:4].lower()} - {code[4:]} ") == code
    for part in ("", code[:-1], code + "2", code[:6]):
        assert not is_shown(SECRET, part, NOW)


def test_tickets_differ_by_person_and_date() -> None:
    codes = [ticket_code(secret, person) for secret in (SECRET, OTHER) for person in range(1, 300)]
    assert len(set(codes)) > 590
