"""Beginning, pausing, handing in; the clock; the pages of a sitting without a script."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone

from tests.diagnostics.sitting_factories import Scene, make_scene
from traektoria.core.errors import Conflict, Refused
from traektoria.core.models import AuditEvent
from traektoria.diagnostics.instruments.queries.adaptive import check_adaptive
from traektoria.diagnostics.models import Answer, BankItem, CampaignPart, ItemPicture, Sitting
from traektoria.diagnostics.sittings.actions import sittings as actions
from traektoria.diagnostics.sittings.policies import check_late, clock_of

pytestmark = pytest.mark.django_db


def browser(scene: Scene) -> Client:
    client = Client()
    client.force_login(scene.account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def url(scene: Scene, tail: str = "") -> str:
    return f"/diagnostics/sittings/{scene.sitting.token}/{tail}"


def events() -> list[str]:
    return list(AuditEvent.objects.filter(event__startswith="sitting.").order_by("pk").values_list("event", flat=True))


def test_a_work_from_the_first_screen_to_the_last() -> None:
    """A plain browser without a script: start, answer, look over, hand in."""
    scene = make_scene("new")
    client = browser(scene)
    assert client.get(url(scene)).status_code == 200
    assert client.post(url(scene, "start/")).url == url(scene)
    first, second, third = (row.pk for row in scene.rows)
    posted = client.post(url(scene, "answer/"), {"item": first, f"i{first}-choice": "0"})
    assert posted.url == url(scene) + "?item=2"
    client.post(url(scene, "answer/"), {"item": second, f"i{second}-choices": ["0", "2"], "go": "back"})
    page = client.get(url(scene) + "?item=3").content.decode()
    assert f'name="item" value="{third}"' in page
    assert page.count('class="is-answered"') == 2
    last = client.post(url(scene, "answer/"), {"item": third, f"i{third}-text": ""})
    assert last.url == url(scene, "hand-in/")
    assert f'href="{url(scene)}?item=3"' in client.get(last.url).content.decode()
    client.post(last.url)
    assert (scene.sitting.state, sum(a.score for a in Answer.objects.all() if a.score)) == ("submitted", 2)
    assert events() == ["sitting.start", "sitting.hand_in"]
    assert client.get(url(scene, "hand-in/")).url == url(scene)


def test_an_answer_is_cleared_and_a_bad_one_is_said() -> None:
    scene = make_scene(kinds=["single", "ordering"])
    client, (first, second) = browser(scene), [row.pk for row in scene.rows]
    client.post(url(scene, "answer/"), {"item": first, f"i{first}-choice": "0"})
    client.post(url(scene, "answer/"), {"item": first, f"i{first}-choice": "0", "clear": "1"})
    assert Answer.objects.get().value == {}
    bad = client.post(url(scene, "answer/"), {"item": second, f"i{second}-rank-0": "9"})
    assert (bad.status_code, Answer.objects.count()) == (422, 1)
    assert client.post(url(scene, "answer/"), {"item": "999999"}).status_code == 404


def test_the_page_holds_the_whole_form_and_its_texts_between() -> None:
    scene = make_scene(kinds=["description", "single", "short", "description", "likert"])
    page = browser(scene).get(url(scene) + "?item=2").content.decode()
    assert page.count('class="sit-item"') == 3
    before, _, after = page.partition("<template")
    assert ("Столица России" in before, "Чему равно" in after, page.count("Раздел второй")) == (True, True, 2)


def test_nothing_is_asked_without_a_consent() -> None:
    scene = make_scene("new", consented=False)
    client = browser(scene)
    assert client.get(url(scene)).url == f"/diagnostics/works/{scene.campaign.pk}/"
    assert client.post(url(scene, "start/")).status_code == 403
    assert scene.sitting.state == "new"


@pytest.mark.parametrize("window", [("start", 1), ("end", -1)])
def test_outside_of_the_window_nothing_begins(window: tuple[str, int]) -> None:
    name, days = window
    now = timezone.now()
    dates = {"start": now - timedelta(days=3), "end": now + timedelta(days=3), name: now + timedelta(days=days)}
    scene = make_scene("new", campaign=dates)
    with pytest.raises(Conflict):
        actions.start_sitting(sitting=scene.sitting, by=scene.by)
    assert browser(scene).get(url(scene)).status_code == 200


def test_the_clock_stands_still_in_a_pause_and_nothing_is_shown() -> None:
    scene = make_scene(running_since=timezone.now() - timedelta(minutes=10))
    client = browser(scene)
    client.post(url(scene, "pause/"))
    Sitting.objects.update(started_at=timezone.now() - timedelta(hours=3))
    paused = scene.sitting
    assert (paused.state, paused.pauses, clock_of(paused, timezone.now()).left) == ("paused", 1, 35 * 60)
    assert "Чему равно" not in client.get(url(scene)).content.decode()
    client.post(url(scene, "resume/"))
    with pytest.raises(Refused) as refusal:
        actions.pause_sitting(sitting=scene.sitting, by=scene.by)
    assert (refusal.value.code, scene.sitting.state) == ("no_pauses", "running")


def test_repeated_presses_change_nothing() -> None:
    scene = make_scene("new", settings={"pauses": 3})
    for act in (actions.start_sitting, actions.pause_sitting, actions.resume_sitting, actions.hand_in):
        first = act(sitting=scene.sitting, by=scene.by)
        second = act(sitting=scene.sitting, by=scene.by)
        assert (first.state, first.pauses, first.running_since) == (second.state, second.pauses, second.running_since)
    assert events() == ["sitting.start", "sitting.pause", "sitting.resume", "sitting.hand_in"]


def test_the_time_is_over_by_the_clock_of_the_server() -> None:
    scene = make_scene(running_since=timezone.now() - timedelta(minutes=44), seconds=120)
    page = browser(scene).get(url(scene))
    sitting = scene.sitting
    assert (sitting.state, sitting.seconds) == ("expired", 45 * 60)
    assert sitting.finished_at < timezone.now() - timedelta(seconds=50)
    assert "Чему равно" not in page.content.decode()
    assert actions.hand_in(sitting=sitting, by=scene.by).state == "expired"


@pytest.mark.parametrize("back", [timedelta(minutes=1), timedelta(hours=1), timedelta(days=40)])
@pytest.mark.parametrize("seconds", [0, 600])
def test_a_clock_set_back_shows_no_more_than_the_limit(back: timedelta, seconds: int) -> None:
    now = timezone.now()
    clock = clock_of(make_scene(running_since=now, seconds=seconds).sitting, now - back)
    assert (clock.spent, clock.left) == (seconds, 45 * 60 - seconds)


def test_a_clock_set_back_opens_nothing_that_was_over() -> None:
    now = timezone.now()
    scene = make_scene(running_since=now - timedelta(hours=1))
    actions.settled(scene.sitting)
    sitting = scene.sitting
    assert sitting.state == "expired"
    check_late(sitting, sitting.finished_at, sitting.finished_at)
    earlier = sitting.finished_at - timedelta(minutes=30)
    with pytest.raises(Conflict):
        check_late(sitting, earlier, earlier)


def test_what_nobody_opens_is_ended_too() -> None:
    old, going = make_scene(running_since=timezone.now() - timedelta(hours=2)), make_scene()
    ended = [actions.expire_due(CampaignPart.objects.get(campaign=one.campaign)) for one in (old, going)]
    assert (ended, old.sitting.state, going.sitting.state) == ([1, 0], "expired", "running")


def test_the_queue_of_the_script() -> None:
    scene = make_scene()
    client, first = browser(scene), scene.rows[0].pk
    body = {
        "tab": "1-a",
        "now": 5_000,
        "answers": [{"item": first, "value": {"choice": 0}, "sequence": 7, "at": 4_000}],
    }
    told = client.post(url(scene, "save/"), body, content_type="application/json").json()
    assert {**told, "left": 0} == {
        "kept": {str(first): 7}, "refused": {}, "owner": True, "epoch": 1, "left": 0, "state": "running"
    }  # fmt: skip


@pytest.mark.parametrize(
    "body", ["", "[]", "{}", '{"tab": 1}', '{"tab": "1-a", "answers": 5}', '{"tab": "1-a", "answers": [{"item": "х"}]}']
)
def test_what_is_no_queue_is_refused(body: str) -> None:
    scene = make_scene()
    answer = browser(scene).post(url(scene, "save/"), body, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (422, "bad_queue")


def test_the_refusal_of_a_queue_has_a_code() -> None:
    scene = make_scene("submitted")
    sent = {"tab": "1-a", "answers": []}
    answer = browser(scene).post(url(scene, "save/"), sent, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (409, "handed_in")


def test_the_first_view_is_light() -> None:
    """40 items in one page: few queries, and small enough for a village line."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    scene = make_scene(kinds=["single", "multiple", "short", "matching", "ordering"] * 8)
    client = browser(scene)
    client.get(url(scene))
    with CaptureQueriesContext(connection) as queries:
        page = client.get(url(scene), headers={"accept-encoding": "gzip"})
    assert page.headers["Content-Encoding"] == "gzip"
    assert len(page.content) < 20_000
    assert len(queries) <= 5, [one["sql"][:90] for one in queries]


def test_a_picture_is_shown_to_who_sits_it() -> None:
    scene, other = make_scene(), make_scene()
    item = scene.rows[0].item_version.item
    file = ContentFile(b"\x89PNG", "map.png")
    shown = ItemPicture.objects.create(item=item, name="map.png", file=file, media_type="image/png", alt="карта")
    answer = browser(scene).get(url(scene, f"picture/{shown.pk}/"))
    assert (answer.status_code, answer.content, answer.headers["Content-Type"]) == (200, b"\x89PNG", "image/png")
    assert browser(other).get(url(other, f"picture/{shown.pk}/")).status_code == 404
    actions.hand_in(sitting=scene.sitting, by=scene.by)
    assert browser(scene).get(url(scene, f"picture/{shown.pk}/")).status_code == 404


def adaptive_scene(state: str = "new") -> Scene:
    scene = make_scene(state, kinds=["single"] * 12)
    CampaignPart.objects.update(adaptive=True)
    for number, item in enumerate(BankItem.objects.order_by("pk")):
        item.difficulty, item.discrimination, item.topic = number / 4 - 1.5, 1.4, f"Тема {number % 2}"
        item.save()
    return scene


def test_an_adaptive_work_gives_one_item_at_a_time_and_ends() -> None:
    scene = adaptive_scene()
    assert check_adaptive(scene.sitting.part.version) == []
    client = browser(scene)
    client.post(url(scene, "start/"))
    seen: list[int] = []
    while scene.sitting.state == "running":
        client.get(url(scene))
        out = Answer.objects.get(sequence=0).form_item_id
        seen.append(out)
        client.post(url(scene, "answer/"), {"item": out, f"i{out}-choice": str(len(seen) % 2)})
        client.post(url(scene, "answer/"), {"item": out, f"i{out}-choice": "0"})  # an old page
    assert 2 <= len(seen) <= 12
    assert (len(set(seen)), scene.sitting.state) == (len(seen), "submitted")
    rows = Answer.objects.order_by("sequence")
    assert [(row.form_item_id, row.sequence) for row in rows] == [(pk, n) for n, pk in enumerate(seen, start=1)]
    assert [row.score for row in rows] == [Decimal((n + 1) % 2) for n in range(1, len(seen) + 1)]


def test_the_queue_is_not_for_an_adaptive_work() -> None:
    scene = adaptive_scene("running")
    sent: dict[str, Any] = {"tab": "1-a", "answers": []}
    answer = browser(scene).post(url(scene, "save/"), sent, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (409, "adaptive")
    assert browser(scene).get(url(scene, "hand-in/")).url == url(scene)


def test_what_stands_in_the_way_of_an_adaptive_work() -> None:
    scene = make_scene(kinds=["single", "extended"])
    assert len(check_adaptive(scene.sitting.part.version)) == 3
    ready = adaptive_scene()
    BankItem.objects.filter(topic="Тема 1").update(difficulty=None)
    assert len(check_adaptive(ready.sitting.part.version)) == 1
