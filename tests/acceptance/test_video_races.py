"""Many enter one meeting at the same moment: it is one room, and each has entered once."""

from collections.abc import Callable

import pytest

from tests.acceptance.races import together
from tests.consultations.request_factories import school_request, taken
from tests.routes.route_factories import actor
from tests.video.doubles import BbbDouble, serving
from tests.video.factories import connected
from tests.world import World
from traektoria.consultations.requests.video import find_meeting
from traektoria.core.models import AuditEvent
from traektoria.video.actions.entering import enter_meeting
from traektoria.video.models import VideoEntry, VideoMeeting

pytestmark = pytest.mark.django_db(transaction=True)


def _enters(world: World, pk: int, who: str) -> Callable[[], object]:
    by = actor(world, who)
    found = find_meeting(by, pk)
    assert found is not None
    return lambda: enter_meeting(kind="request", meeting=found, by=by)


def test_the_first_ones_of_a_meeting_come_at_once(own_world: World, settings: object) -> None:
    row = taken(own_world, school_request(own_world, "teacher", way="video"))
    with serving(BbbDouble()) as double:
        settings.VIDEO_HOSTS = list(double.trusted)  # type: ignore[attr-defined]
        connected(own_world, double)
        people = ("tutor", "teacher", "head", "deputy_head", "teacher", "tutor")
        got = together(*(_enters(own_world, row.pk, who) for who in people))
    assert [one for one in got if isinstance(one, Exception)] == []
    assert list(double.meetings) == [VideoMeeting.objects.get().name]
    assert VideoEntry.objects.count() == 4
    assert AuditEvent.objects.filter(event="video.enter").count() == 4
