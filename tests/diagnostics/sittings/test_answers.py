"""Answers: the newest word counts whatever comes last, nothing is lost, late ones by the rule."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.diagnostics.sitting_factories import Scene, make_scene
from traektoria.core.errors import Conflict, Refused
from traektoria.diagnostics.models import Answer, Campaign, Sitting
from traektoria.diagnostics.sittings.actions.answers import GivenAnswer, Saved, save_answers
from traektoria.diagnostics.sittings.actions.sittings import pause_sitting
from traektoria.diagnostics.sittings.policies import EPOCH

pytestmark = pytest.mark.django_db
RIGHT, WRONG = {"choice": 0}, {"choice": 1}


def save(scene: Scene, *answers: GivenAnswer, tab: str = "1-a") -> Saved:
    return save_answers(sitting=scene.sitting, tab=tab, answers=answers, by=scene.by)


def ended(minutes: float, **fields: object) -> Scene:
    """A work whose 45 minutes were over so many minutes ago; nobody has looked since."""
    since = timezone.now() - timedelta(minutes=45 + minutes)
    return make_scene(running_since=since, **fields)  # type: ignore[arg-type]


def test_an_answer_is_kept_with_its_points() -> None:
    scene = make_scene()
    saved = save(
        scene, scene.given(0, RIGHT, 1), scene.given(1, {"choices": [0]}, 2), scene.given(2, {"text": " Пермь "}, 3)
    )
    assert saved.kept == {scene.rows[0].pk: 1, scene.rows[1].pk: 2, scene.rows[2].pk: 3}
    assert scene.kept() == [(RIGHT, 1), ({"choices": [0]}, 2), ({"text": "Пермь"}, 3)]
    assert list(Answer.objects.order_by("form_item").values_list("score", "late")) == [
        (Decimal(1), False), (Decimal("0.5"), False), (Decimal(0), False)
    ]  # fmt: skip
    assert saved.owner
    assert saved.left in range(2690, 2701)


def test_letters_that_look_the_same_bring_the_points() -> None:
    scene = make_scene()
    save(scene, scene.given(2, {"text": "MOCKBA"}, 1))
    assert Answer.objects.get().score == 1


def test_the_same_answer_again_keeps_the_points_that_it_has() -> None:
    """Whatever the rules of comparing have become since: kept points change by an act, not by a second press."""
    scene = make_scene()
    save(scene, scene.given(2, {"text": "MOCKBA"}, 1))
    Answer.objects.update(score=0)
    save(scene, scene.given(2, {"text": "MOCKBA"}, 2))
    assert (Answer.objects.get().score, Answer.objects.get().sequence) == (0, 2)
    save(scene, scene.given(2, {"text": "MOСKBA"}, 3))
    assert Answer.objects.get().score == 1


@pytest.mark.parametrize(
    ("second", "kept"),
    [((WRONG, 6), (WRONG, 6)), ((WRONG, 5), (RIGHT, 5)), ((WRONG, 4), (RIGHT, 5)), (({}, 7), ({}, 7))],
)
def test_the_greatest_sequence_counts(second: tuple[dict[str, int], int], kept: tuple[dict[str, int], int]) -> None:
    scene = make_scene()
    save(scene, scene.given(0, RIGHT, 5))
    assert save(scene, scene.given(0, *second)).kept == {scene.rows[0].pk: kept[1]}
    assert scene.kept() == [kept]


def test_the_newest_of_one_go_counts() -> None:
    scene = make_scene()
    save(scene, scene.given(0, WRONG, 9), scene.given(0, RIGHT, 8))
    assert scene.kept() == [(WRONG, 9)]


def test_a_plain_form_is_the_newest_word() -> None:
    scene = make_scene()
    save(scene, scene.given(0, RIGHT, 3 * EPOCH + 7), tab="3-a")
    save(scene, scene.given(0, WRONG), scene.given(1, {"choices": [1]}), tab="")
    assert scene.kept() == [(WRONG, 4 * EPOCH), ({"choices": [1]}, 4 * EPOCH)]
    save(scene, scene.given(0, {}), tab="")
    assert (scene.kept()[0], scene.sitting.tab) == (({}, 5 * EPOCH), "5-form")


def test_a_newer_tab_takes_over_and_the_older_loses_nothing() -> None:
    scene = make_scene()
    assert save(scene, scene.given(0, RIGHT, EPOCH + 1), tab="1-a").owner
    assert save(scene, scene.given(0, WRONG, 2 * EPOCH + 1), tab="2-b").owner
    late = save(scene, scene.given(0, RIGHT, EPOCH + 9), scene.given(2, {"text": "Москва"}, EPOCH + 10), tab="1-a")
    assert not late.owner
    assert scene.kept() == [(WRONG, 2 * EPOCH + 1), ({"text": "Москва"}, EPOCH + 10)]
    assert not save(scene, tab="2-c").owner
    assert scene.sitting.tab == "2-b"


def test_one_bad_answer_does_not_hold_the_others_up() -> None:
    scene, other = make_scene(), make_scene()
    saved = save(
        scene,
        scene.given(0, {"choice": 99}, 1),
        scene.given(1, {"choices": [2]}, 2),
        scene.given(2, {"text": "а" * 20_001}, 3),
        other.given(0, RIGHT, 4),
        scene.given(0, RIGHT, 2**60),
    )
    assert saved.kept == {scene.rows[1].pk: 2}
    assert set(saved.refused) == {scene.rows[0].pk, scene.rows[2].pk, other.rows[0].pk}
    assert not Answer.objects.exclude(sitting=scene.pk).exists()


def test_a_text_between_questions_has_no_answer() -> None:
    scene = make_scene(kinds=["description", "single"])
    assert list(save(scene, scene.given(0, {}, 1)).refused) == [scene.rows[0].pk]


def test_nobody_else_saves() -> None:
    scene, stranger = make_scene(), make_scene()
    with pytest.raises(Refused):
        save_answers(sitting=scene.sitting, tab="1-a", answers=[], by=stranger.by)
    without = make_scene(consented=False)
    with pytest.raises(Refused) as refusal:
        save(without, without.given(0, RIGHT, 1))
    assert refusal.value.code == "consent"


@pytest.mark.parametrize(("state", "code"), [("new", "not_begun"), ("submitted", "handed_in")])
def test_before_and_after_nothing_is_taken(state: str, code: str) -> None:
    scene = make_scene(state)
    with pytest.raises(Conflict) as refusal:
        save(scene, scene.given(0, RIGHT, 1))
    assert (refusal.value.code, scene.kept()) == (code, [])


def test_what_waited_is_taken_in_a_pause() -> None:
    scene = make_scene()
    pause_sitting(sitting=scene.sitting, by=scene.by)
    save(scene, scene.given(0, RIGHT, 1))
    assert (scene.kept(), scene.sitting.state) == ([(RIGHT, 1)], "paused")


def test_the_server_ends_it_and_late_answers_are_marked() -> None:
    scene = ended(10)
    saved = save(scene, scene.given(0, RIGHT, 1, age=timedelta(minutes=11)), scene.given(1, {"choices": [1]}, 2))
    sitting = scene.sitting
    assert (sitting.state, sitting.seconds, saved.left) == ("expired", 45 * 60, 0)
    assert timezone.now() - sitting.finished_at == pytest.approx(timedelta(minutes=10), abs=timedelta(seconds=30))
    assert list(saved.refused) == [scene.rows[1].pk]
    assert list(Answer.objects.values_list("form_item", "late")) == [(scene.rows[0].pk, True)]


@pytest.mark.parametrize(("grace", "taken"), [(30, False), (32, True), (0, False)])
def test_the_minutes_for_late_answers_are_those_of_the_campaign(grace: int, taken: bool) -> None:
    scene = ended(31, campaign={"grace_minutes": grace})
    saved = save(scene, scene.given(0, RIGHT, 1, age=timedelta(minutes=40)))
    assert (bool(saved.kept), bool(saved.refused)) == (taken, not taken)


def test_the_end_of_the_campaign_ends_a_work_without_a_limit() -> None:
    now = timezone.now()
    scene = make_scene(settings={"minutes": 0}, campaign={"end": now - timedelta(minutes=1)})
    saved = save(scene, scene.given(0, RIGHT, 1, age=timedelta(minutes=2)))
    assert (scene.sitting.state, saved.left, Answer.objects.get().late) == ("expired", None, True)


def test_a_campaign_closed_early_takes_what_was_given_before() -> None:
    scene, now = make_scene(), timezone.now()
    Sitting.objects.update(state="expired", running_since=None, finished_at=now)
    Campaign.objects.update(state="closed", closed_at=now)
    saved = save(scene, scene.given(0, RIGHT, 1, age=timedelta(seconds=10)))
    assert list(saved.kept) == [scene.rows[0].pk]


def test_a_save_is_light() -> None:
    scene = make_scene(kinds=["single"] * 12)
    save(scene, scene.given(0, RIGHT, 1))
    sitting, by = scene.sitting, scene.by
    with CaptureQueriesContext(connection) as queries:
        save_answers(sitting=sitting, tab="1-a", answers=[scene.given(n, RIGHT, 2 + n) for n in range(12)], by=by)
    assert len([one for one in queries if "SAVEPOINT" not in one["sql"]]) == 3
