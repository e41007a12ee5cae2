"""The night compares what waits with what the rooms say, and tells the administrator only of what was wrong."""

import pytest

from tests.waiting import lines_for
from tests.world import World
from traektoria.core.models import Installation, Waiting
from traektoria.core.repairs import mend_what_waits
from traektoria.people.actor import actor_of

pytestmark = pytest.mark.django_db


def said(world: World) -> list[str]:
    return [line.what for line in lines_for(actor_of(world.accounts["administrator"]), kinds="desk.wrong")]


def test_the_night_mends_and_says_so(world: World) -> None:
    Installation.objects.get_or_create(pk=1, defaults={"key": "0" * 32})
    Waiting.objects.all().delete()
    assert mend_what_waits.call() > 0
    assert (mend_what_waits.call(), said(world)) == (0, [])
    Waiting.objects.order_by("pk")[0].delete()
    assert mend_what_waits.call() == 1
    assert said(world) == ["1\xa0строка «Моего дня» или календаря была неверной и исправлена: сообщите разработчикам"]
    assert mend_what_waits.call() == 0
    assert len(said(world)) == 1
