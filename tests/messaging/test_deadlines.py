"""Reminders before deadlines: made of what waits, and called off with it."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from tests.letters import deliver, noon
from tests.world import World
from traektoria.core.models import Waiting
from traektoria.core.registries import DeskGroup, Waited, WaitingKind, WaitingSource, Words, waiting_sources
from traektoria.messaging.deadlines import remind
from traektoria.messaging.enums import State, UnsentReason
from traektoria.messaging.models import Message
from traektoria.people import addressees
from traektoria.people.enums import Role
from traektoria.people.models import Account, RoleAssignment

pytestmark = [pytest.mark.django_db, pytest.mark.database]
SECRET = "Тайное дело Ивановой"


def words(row: Waited) -> Words:
    return Words(SECRET, row.name, f"/support/{row.object_id}/", "Открыть дело")


KINDS = (
    WaitingKind("test.due", 1, DeskGroup.SOON, words, letter="Подходит срок дела"),
    WaitingKind("test.silent", 2, DeskGroup.SOON, words),
    WaitingKind("test.others", 3, DeskGroup.WAITING, words, letter="Ждут других"),
)


@pytest.fixture(autouse=True)
def _kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    source = WaitingSource("test", 1, Waiting, lambda rows: (), KINDS)
    monkeypatch.setattr(waiting_sources, "_items", {**waiting_sources._items, "test": source})


def waits(to: str, kind: str = "test.due", days: int = 2, **more: Any) -> Waiting:
    due = timezone.localdate() + timedelta(days=days)
    facts: dict[str, Any] = {"kind": kind, "object_kind": "test.thing", "due": due, "object_id": "12", **more}
    return Waiting.objects.create(addressee=to, **facts)


def remind_and_deliver() -> tuple[int, int]:
    """The digest of the day goes on the next morning."""
    remind(timezone.now())
    deliver()
    return deliver(noon(2))


@pytest.fixture
def to_tutor(world: World, tutor: Account) -> str:
    return addressees.holder(Role.TUTOR, world.own.pk, tutor.person_id or 0)


def test_what_is_due_soon_is_reminded_of_once(to_tutor: str) -> None:
    waits(to_tutor)
    remind(timezone.now())
    assert remind_and_deliver() == (1, 0)
    (letter,) = mail.outbox
    assert "Подходит срок дела: до" in letter.body
    assert SECRET not in letter.body, "a letter may be read by others"
    assert Message.objects.count() == 1
    remind(timezone.now())
    assert deliver(noon(3)) == (0, 0)


@pytest.mark.parametrize(
    "more", [{"days": 4}, {"days": -1}, {"kind": "test.silent"}, {"kind": "test.others"}, {"days": 3, "late": True}]
)
def test_what_is_far_silent_or_others_is_not(to_tutor: str, more: dict[str, Any]) -> None:
    if more.pop("late", False):
        more["shows_from"] = timezone.localdate() + timedelta(days=2)
    waits(to_tutor, **more)
    remind(timezone.now())
    assert not Message.objects.exists()


def test_whoever_holds_the_role_is_reminded_but_not_those_left_out(world: World, tutor: Account) -> None:
    role = addressees.of_centre(Role.TUTOR, world.own.pk)
    waits(role, not_for=f" {tutor.person_id} ")
    remind(timezone.now())
    people = set(Message.objects.values_list("person_id", flat=True))
    others = RoleAssignment.objects.filter(role=Role.TUTOR, centre=world.own).exclude(person=tutor.person)
    assert people == set(others.values_list("person", flat=True))


def fate() -> tuple[str, str]:
    row = Message.objects.get()
    return row.state, row.reason


def test_what_is_done_is_called_off(to_tutor: str) -> None:
    waits(to_tutor)
    remind(timezone.now())
    Waiting.objects.filter(kind="test.due").delete()
    assert remind_and_deliver() == (0, 0)
    assert fate() == (State.CANCELLED, UnsentReason.DONE)


def test_what_was_moved_is_told_by_its_new_day(to_tutor: str) -> None:
    row = waits(to_tutor)
    remind(timezone.now())
    Waiting.objects.filter(pk=row.pk).update(due=timezone.localdate() + timedelta(days=3))
    assert remind_and_deliver() == (1, 0)
    assert sorted(Message.objects.values_list("state", "reason")) == sorted(
        [(State.CANCELLED, UnsentReason.MOVED), (State.SENT, "")]
    )


def test_what_waits_for_somebody_else_now_is_not_told(to_tutor: str, world: World) -> None:
    row = waits(to_tutor)
    remind(timezone.now())
    Waiting.objects.filter(pk=row.pk).update(addressee=addressees.person(world.accounts["teacher"].person_id or 0))
    remind(timezone.now())
    deliver()
    mine = Message.objects.get(person_id=world.accounts["tutor"].person_id)
    deliver(noon(2))
    mine.refresh_from_db()
    assert (mine.state, mine.reason) == (State.CANCELLED, UnsentReason.NO_RIGHT)


def test_what_was_called_off_comes_back_when_it_waits_again_by_the_same_day(to_tutor: str) -> None:
    waits(to_tutor)
    remind(timezone.now())
    Waiting.objects.filter(kind="test.due").delete()
    deliver(noon())
    deliver(noon(2))
    assert fate() == (State.CANCELLED, UnsentReason.DONE)
    waits(to_tutor)
    assert remind_and_deliver() == (1, 0)
    assert fate() == (State.SENT, "")
    remind(timezone.now())
    assert fate() == (State.SENT, ""), "what was told is told no more"


def test_what_was_moved_there_and_back_is_reminded_of(to_tutor: str) -> None:
    row = waits(to_tutor)
    remind(timezone.now())
    due, rows = row.due, Waiting.objects.filter(pk=row.pk)
    rows.update(due=timezone.localdate() + timedelta(days=9))
    deliver(noon())
    deliver(noon(2))
    assert fate() == (State.CANCELLED, UnsentReason.MOVED)
    rows.update(due=due)
    remind(timezone.now())
    assert fate() == (State.WAITING, "")


ADR = Path(__file__).parents[2] / "docs/adr/0040-messages-told-once.md"


def test_the_table_of_decisions_says_what_the_code_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    known = [kind for source in waiting_sources for kind in source.kinds if kind.letter or kind.no_letter]
    decided = {kind.slug: "yes" if kind.letter else "no" for kind in known}
    assert not [kind.slug for kind in known if kind.letter and kind.no_letter]
    assert not [kind.slug for kind in known if kind.letter and kind.group in (DeskGroup.DONE, DeskGroup.WAITING)]
    written = {
        slug: answer
        for slugs, answer in re.findall(r"\| (`[^|]+`) \| (yes|no) \|", ADR.read_text(encoding="utf-8"))
        for slug in re.findall(r"`(.+?)`", slugs)
    }
    assert written.items() <= decided.items(), "docs/adr/0040: another decision, or a kind that is not there any more"
    unsaid = [slug for slug, answer in decided.items() if answer == "no" and slug not in written]
    assert not unsaid, f"docs/adr/0040: say why nobody is reminded of {unsaid}"
