"""A sitting under several hands at once: two saves, a save against the end of it, two beginnings, two last presses."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.acceptance.races import together
from tests.acceptance.test_races import events
from tests.diagnostics.sitting_factories import Scene, make_scene
from traektoria.core.errors import DomainError
from traektoria.diagnostics.items.pieces.cells import Read
from traektoria.diagnostics.models import Answer
from traektoria.diagnostics.paper.actions import enter_paper
from traektoria.diagnostics.sittings.actions.answers import save_answers
from traektoria.diagnostics.sittings.actions.participation import withdraw_from_campaign
from traektoria.diagnostics.sittings.actions.sittings import hand_in, pause_sitting, start_sitting
from traektoria.people.consents import give_consent
from traektoria.people.enums import ConsentKind, Role

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("own_world")]
FIRST, SECOND = {"choice": 0}, {"choice": 1}


def save(scene: Scene, value: dict[str, int], sequence: int, tab: str = "1-a") -> object:
    return save_answers(sitting=scene.sitting, tab=tab, answers=[scene.given(0, value, sequence)], by=scene.by)


def refusals(results: list[object]) -> int:
    return sum(isinstance(one, DomainError) for one in results)


@pytest.mark.parametrize("again", range(2))
def test_two_saves_of_one_item(again: int) -> None:
    """Whichever comes last, the greater sequence stands; there is one answer."""
    scene = make_scene()
    got = together(lambda: save(scene, FIRST, 5), lambda: save(scene, SECOND, 6))
    assert (refusals(got), scene.kept(), Answer.objects.count()) == (0, [(SECOND, 6)], 1)


def test_two_tabs_at_once() -> None:
    scene = make_scene()
    together(lambda: save(scene, FIRST, 1_000_001, "1-a"), lambda: save(scene, SECOND, 2_000_001, "2-b"))
    assert (scene.kept(), scene.sitting.tab) == ([(SECOND, 2_000_001)], "2-b")


def test_a_save_and_the_last_press() -> None:
    """Kept before the work is handed in, or refused; an acknowledged answer is there."""
    scene = make_scene()
    got = together(lambda: save(scene, FIRST, 1), lambda: hand_in(sitting=scene.sitting, by=scene.by))
    assert (scene.sitting.state, len(scene.kept())) == ("submitted", 1 - refusals(got))


def test_a_save_and_the_end_of_the_time() -> None:
    scene = make_scene(running_since=timezone.now() - timedelta(minutes=46))
    age = timedelta(minutes=3)
    late = lambda: save_answers(  # noqa: E731
        sitting=scene.sitting, tab="1-a", answers=[scene.given(0, FIRST, 1, age=age)], by=scene.by
    )
    together(late, lambda: hand_in(sitting=scene.sitting, by=scene.by))
    assert (scene.sitting.state, Answer.objects.get().late, events("sitting.expire")) == ("expired", True, 1)


def test_two_beginnings_and_two_pauses() -> None:
    scene = make_scene("new")
    assert refusals(together(*[lambda: start_sitting(sitting=scene.sitting, by=scene.by)] * 2)) == 0
    assert refusals(together(*[lambda: pause_sitting(sitting=scene.sitting, by=scene.by)] * 2)) == 0
    assert (scene.sitting.pauses, events("sitting.start"), events("sitting.pause")) == (1, 1, 1)


def test_two_last_presses() -> None:
    scene = make_scene()
    together(*[lambda: hand_in(sitting=scene.sitting, by=scene.by)] * 2)
    assert (scene.sitting.state, events("sitting.hand_in")) == ("submitted", 1)


def agreed(state: str) -> Scene:
    """With a consent that can be withdrawn."""
    scene = make_scene(state, consented=False)
    participant, centre = scene.sitting.participant, scene.campaign.centre
    about = f"campaign {scene.campaign.pk}"
    participant.consent = give_consent(
        centre=centre, kind=ConsentKind.DIAGNOSTICS, about=about, text="Согласен", by=scene.by
    )
    participant.save()
    return scene


def test_the_consent_is_withdrawn_while_something_is_kept() -> None:
    """Nothing is left of somebody who has withdrawn."""
    scene = agreed("running")
    participant = scene.sitting.participant
    together(lambda: save(scene, FIRST, 1), lambda: withdraw_from_campaign(participant=participant, by=scene.by))
    assert (scene.sitting.state, scene.kept()) == ("new", [])


def test_the_consent_is_withdrawn_while_it_begins() -> None:
    scene = agreed("new")
    participant, sitting = scene.sitting.participant, scene.sitting
    together(
        lambda: start_sitting(sitting=sitting, by=scene.by),
        lambda: withdraw_from_campaign(participant=participant, by=scene.by),
    )
    assert scene.sitting.state == "new"


def test_paper_is_entered_while_the_person_begins() -> None:
    """In the browser or on paper, not both."""
    from tests.factories import make_member
    from traektoria.people.actor import actor_of

    scene = make_scene("new")
    coordinator = actor_of(make_member(scene.campaign.centre, Role.COORDINATOR))
    cells = {scene.rows[0].pk: Read(FIRST, None)}
    got = together(
        lambda: start_sitting(sitting=scene.sitting, by=scene.by),
        lambda: enter_paper(sitting=scene.sitting, answers=cells, by=coordinator),
    )
    sitting = scene.sitting
    assert (sitting.state, sitting.on_paper, len(scene.kept())) in {("running", False, 0), ("submitted", True, 1)}
    assert refusals(got) == (sitting.state == "running")
