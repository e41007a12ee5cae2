"""Announcements of outer events: who tells of them, and that they end by themselves."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.events.event_factories import outer, outer_facts, rules
from tests.routes.route_factories import actor
from tests.world import World
from traektoria.core.errors import Conflict, Invalid, Refused
from traektoria.events.announcements.actions import edit_announcement, withdraw_announcement
from traektoria.events.announcements.queries import announcement_page

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _rules(world: World) -> None:
    rules(world)


def titles(world: World, name: str = "teacher", *, over: bool = False, after: int = 0, subject: str = "") -> list[str]:
    today = timezone.localdate() + timedelta(days=after)
    page = announcement_page(actor(world, name), "", over=over, subject=subject, today=today)
    return [row.title for row in page.object_list]


def test_it_ends_by_itself_after_its_last_day(world: World) -> None:
    outer(world, days=5)
    assert titles(world) == titles(world, after=5) == ["Учитель года"]
    assert titles(world, after=6) == []
    assert titles(world, over=True, after=6) == ["Учитель года"]
    assert titles(world, "foreign_teacher") == []


def test_who_tells_of_one(world: World) -> None:
    with pytest.raises(Refused):
        outer(world, by="teacher")
    with pytest.raises(Invalid):
        outer(world, days=-1)
    row = outer(world, by="tutor")
    with pytest.raises(Refused):
        withdraw_announcement(row=row, reason="Нет", by=actor(world, "other_tutor"))
    for _press in range(2):
        row = withdraw_announcement(row=row, reason="Перенесли на год", by=actor(world, "coordinator"))
    assert titles(world) == []
    assert titles(world, over=True) == ["Учитель года"]
    with pytest.raises(Conflict):
        edit_announcement(row=row, facts=outer_facts(), by=actor(world, "tutor"))


def test_one_subject_and_any(world: World) -> None:
    outer(world, title="Для всех")
    outer(world, title="Математикам", subjects=("math",))
    assert titles(world, subject="history") == ["Для всех"]
    assert sorted(titles(world, subject="math")) == ["Для всех", "Математикам"]
