"""A paper once issued stays what it was, whatever a newer design says and how it words it."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from traektoria.core.errors import Conflict
from traektoria.engines.certificates import model, sheet
from traektoria.events.certificates.designs import DESIGNS
from traektoria.events.certificates.issue_files import check_whole, printed
from traektoria.events.models import Certificate

ISSUED = "f291cb12d31c8f55fabed64ae78a2ad77d7d4e65fda0da6ce6756679b60153bd"
"""What was written into ``content_sha256`` of this row when the first design was the newest."""


def row(**facts: Any) -> Certificate:
    held: dict[str, Any] = {
        "pk": 1, "centre_id": 3, "event_id": 5, "person_id": 7, "kind": "participant", "year": 2026, "number": 15,
        "issuer": "Центр", "town": "Район", "name": "Иванова Мария Петровна", "short_name": "Иванова М. П.",
        "event_kind": "Мастер-класс", "title": "Проценты без страха", "days": "12 мая 2026 года", "place": "Школа",
        "minutes": 90, "signed_post": "Директор", "signed_name": "П. П. Петров", "issued_on": date(2026, 5, 13),
        "code": "ABCD", "word": "слово", "site": "https://example.org", "design": 1, "content_sha256": ISSUED,
    }  # fmt: skip
    return Certificate(**held | facts)


def test_a_paper_of_the_first_design_is_whole_for_ever() -> None:
    assert row().digest() == ISSUED
    assert row().is_whole
    assert not row(minutes=900).is_whole


def test_the_first_design_says_the_hours_as_it_did() -> None:
    with translation.override("ru"):
        said = [printed(row(minutes=minutes)).length for minutes in (0, 45, 90, 120)]
    assert said == ["", "45\xa0мин", "1\xa0ч\xa030\xa0мин", "2\xa0ч"]


def test_a_newer_design_changes_no_paper_of_the_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """A fact more, and other words."""
    newer = replace(DESIGNS[1], fixed=(*DESIGNS[1].fixed, "state"), length="{} минут".format)
    monkeypatch.setitem(DESIGNS, 2, newer)  # type: ignore[arg-type]
    assert row().is_whole
    assert row(design=2).digest() not in (ISSUED, row(design=2, state="revoked").digest())
    assert [printed(row(design=design)).length for design in (1, 2)] == [row().length, "90 минут"]


def test_a_design_that_there_is_not_is_not_whole_and_is_said_to_be_newer() -> None:
    assert not row(design=99).is_whole
    for fault, code in (({"design": 99}, "unknown_design"), ({"minutes": 900}, "not_whole")):
        with pytest.raises(Conflict) as refused:
            check_whole(row(**fault))
        assert refused.value.code == code
    assert row(design=99).length == ""


def test_each_design_is_drawn() -> None:
    drawn = {int(path.stem.removeprefix("design")) for path in Path(sheet.__file__).parent.glob("design*.typ")}
    assert set(DESIGNS) == drawn
    assert max(DESIGNS) == model.DESIGN
