"""The order of events of a campaign: close, late answers, marks, counting, whatever comes between."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db.models import F
from django.utils import timezone

from tests.choosing import ROOT
from tests.diagnostics.campaign_factories import make_answer
from tests.diagnostics.result_factories import actor_of_role
from tests.diagnostics.sitting_factories import Scene, make_scene
from tests.factories import make_member
from traektoria.core.errors import Conflict
from traektoria.diagnostics.campaigns.actions.drafts import prolong_campaign
from traektoria.diagnostics.campaigns.actions.opening import close_campaign
from traektoria.diagnostics.campaigns.policies.order import ORDER, Act, Phase, phase_of
from traektoria.diagnostics.findings.actions.analysis import analyse_campaign, analyse_due
from traektoria.diagnostics.findings.actions.hourly import keep_campaigns
from traektoria.diagnostics.findings.feedback import waiting_words
from traektoria.diagnostics.items.pieces.cells import Read
from traektoria.diagnostics.marking.actions import give_points, hand_out_answers
from traektoria.diagnostics.models import Answer, Campaign, Marking, PartAnalysis, Sitting, TopicFinding, Uncounted
from traektoria.diagnostics.paper.actions import enter_paper
from traektoria.diagnostics.sittings.actions.answers import Saved, save_answers
from traektoria.diagnostics.sittings.actions.participation import withdraw_from_campaign
from traektoria.diagnostics.sittings.actions.sittings import hand_in, resume_sitting, settled
from traektoria.people.actor import Actor
from traektoria.people.enums import Role

pytestmark = pytest.mark.django_db
RIGHT, WORDS = {"choice": 0}, {"text": "Доказано."}
FULL = {"К1": Decimal(2), "К2": Decimal(1)}
LONG = timedelta(hours=2)


def coordinator(scene: Scene) -> Actor:
    return actor_of_role(scene.campaign.centre, Role.COORDINATOR)


def close(scene: Scene) -> Campaign:
    return close_campaign(campaign=scene.campaign, by=coordinator(scene))


def later(scene: Scene, by: timedelta = LONG) -> None:
    """As if so much time had gone by since the closing."""
    Campaign.objects.filter(pk=scene.campaign.pk).update(closed_at=F("closed_at") - by)
    Sitting.objects.filter(pk=scene.pk).update(finished_at=F("finished_at") - by)


def send(scene: Scene, number: int = 0, value: object = RIGHT, ago: timedelta = timedelta(minutes=1)) -> Saved:
    """What waited on the device, given so long ago."""
    return save_answers(sitting=scene.sitting, tab="1-a", answers=[scene.given(number, value, 7, age=ago)], by=scene.by)


def marked(scene: Scene) -> Marking:
    """One marker of the part, and what they were handed."""
    part = scene.sitting.part
    part.markers.set([make_member(scene.campaign.centre, Role.TUTOR).person])
    hand_out_answers(campaign=scene.campaign, by=coordinator(scene))
    return Marking.objects.get(answer__sitting=scene.pk)


def give(marking: Marking) -> None:
    by = Actor(0, marking.marker_id, "", ())
    give_points(marking=Marking.objects.get(pk=marking.pk), points=FULL, by=by)


def people() -> int:
    return PartAnalysis.objects.get().content["people"]


def test_the_table_of_the_documentation_is_that_of_the_code() -> None:
    text = (ROOT / "docs" / "diagnostics.md").read_text()
    rows = [line.split("|")[1:-1] for line in text.splitlines() if line.startswith("| `")]
    said = {cells[0].strip(" `"): [cell.strip() == "●" for cell in cells[1:]] for cells in rows}
    assert said == {phase.value: [act in ORDER[phase] for act in Act] for phase in Phase}


def test_the_phases() -> None:
    now = timezone.now()
    row = Campaign(state="open", start=now, end=now + timedelta(hours=1), grace_minutes=30)
    at = [(-1, "announced"), (0, "going"), (60, "over"), (200, "over")]
    assert [(minute, phase_of(row, now + timedelta(minutes=minute)).value) for minute, _phase in at] == at
    row.state, row.closed_at = "closed", now + timedelta(minutes=20)
    at = [(20, "late"), (49, "late"), (50, "settled")]
    assert [(minute, phase_of(row, now + timedelta(minutes=minute)).value) for minute, _phase in at] == at


def test_late_answers_after_a_manual_close_are_counted() -> None:
    scene = make_scene()
    close(scene)
    assert (scene.sitting.state, PartAnalysis.objects.count()) == ("expired", 0)
    assert analyse_due() == 0
    assert send(scene).kept
    later(scene)
    assert (analyse_due(), people()) == (1, 1)
    assert Answer.objects.get().late


def test_counted_by_hand_before_the_late_answer_and_again_after_it() -> None:
    scene = make_scene()
    close(scene)
    analyse_campaign(campaign=scene.campaign, by=coordinator(scene))
    assert people() == 0
    send(scene)
    later(scene)
    assert (analyse_due(), people(), analyse_due()) == (1, 1, 0)


def test_what_comes_after_the_minutes_is_refused_in_words() -> None:
    scene = make_scene()
    close(scene)
    later(scene)
    refused = send(scene, ago=LONG + timedelta(minutes=1)).refused[scene.rows[0].pk]
    assert "пришёл позже" in refused
    assert "координатору" in refused
    given_late = send(scene).refused[scene.rows[0].pk]
    assert "Время" in given_late
    assert not Answer.objects.exists()


def test_where_nothing_late_can_come_the_closing_counts_at_once() -> None:
    scene = make_scene()
    send(scene)
    hand_in(sitting=scene.sitting, by=scene.by)
    close(scene)
    assert (people(), Uncounted.objects.count()) == (1, 0)


def test_two_closings_are_one() -> None:
    scene = make_scene()
    first, second = close(scene), close(scene)
    assert (first.closed_at, Uncounted.objects.count()) == (second.closed_at, 1)


def test_late_words_are_not_handed_out_before_they_can_change_no_more() -> None:
    scene = make_scene(kinds=["extended"])
    send(scene, value=WORDS)
    close(scene)
    scene.sitting.part.markers.set([make_member(scene.campaign.centre, Role.TUTOR).person])
    assert hand_out_answers(campaign=scene.campaign, by=coordinator(scene)) == 0
    later(scene)
    assert analyse_due() == 0
    marking = Marking.objects.get()
    give(marking)
    assert (analyse_due(), people()) == (1, 1)
    assert TopicFinding.objects.get().points == 3


def test_a_marker_submits_after_the_figures_were_made_by_hand() -> None:
    scene = make_scene("submitted", kinds=["extended"], campaign={"state": "closed"})
    make_answer(scene.sitting, scene.rows[0], WORDS)
    marking = marked(scene)
    analyse_campaign(campaign=scene.campaign, by=coordinator(scene))
    assert PartAnalysis.objects.get().content["waiting"] == 1
    give(marking)
    assert (analyse_due(), PartAnalysis.objects.get().content["waiting"]) == (1, 0)
    with pytest.raises(Conflict):
        give(marking)


def test_a_withdrawal_while_answers_are_marked() -> None:
    scene = make_scene("submitted", kinds=["extended"])
    make_answer(scene.sitting, scene.rows[0], WORDS)
    marking = marked(scene)
    withdraw_from_campaign(participant=scene.sitting.participant, by=scene.by)
    with pytest.raises(Conflict) as refusal:
        give_points(marking=marking, points=FULL, by=Actor(0, marking.marker_id, "", ()))
    assert refusal.value.code == "withdrawn"


def over(**fields: object) -> Scene:
    """Interrupted by the end of the window, five minutes ago; the campaign is not closed yet."""
    now = timezone.now()
    window = {"start": now - timedelta(days=1), "end": now - timedelta(minutes=5)}
    scene = make_scene(campaign=window, running_since=now - timedelta(minutes=20), **fields)  # type: ignore[arg-type]
    settled(scene.sitting)
    assert scene.sitting.state == "expired"
    return scene


def prolong(scene: Scene) -> None:
    prolong_campaign(campaign=scene.campaign, end=timezone.now() + timedelta(days=1), by=coordinator(scene))


def test_an_extension_lets_the_interrupted_go_on() -> None:
    scene = over()
    prolong(scene)
    assert (scene.sitting.state, scene.sitting.seconds) == ("paused", 15 * 60)
    resume_sitting(sitting=scene.sitting, by=scene.by)
    assert send(scene).kept
    assert not Answer.objects.get().late


def test_an_extension_after_marking_has_begun_leaves_what_was_awarded() -> None:
    scene = over(kinds=["extended", "single"])
    answer = make_answer(scene.sitting, scene.rows[0], WORDS, sequence=1)
    Sitting.objects.filter(pk=scene.pk).update(finished_at=F("finished_at") - LONG)
    give(marked(scene))
    Sitting.objects.filter(pk=scene.pk).update(finished_at=F("finished_at") + LONG)
    prolong(scene)
    answer.refresh_from_db()
    assert (scene.sitting.state, answer.score) == ("expired", 3)
    other = send(scene, value={"text": "Иначе."}, ago=timedelta(minutes=6))
    assert "уже проверен" in other.refused[scene.rows[0].pk]
    same = send(scene, value=WORDS, ago=timedelta(minutes=6))
    answer.refresh_from_db()
    assert (bool(same.kept), answer.score, answer.value) == (True, 3, WORDS)


def test_what_was_only_handed_out_is_taken_back_by_an_extension() -> None:
    scene = over(kinds=["extended"])
    Marking.objects.create(
        answer=make_answer(scene.sitting, scene.rows[0], WORDS),
        marker=make_member(scene.campaign.centre, Role.TUTOR).person,
    )
    prolong(scene)
    assert (scene.sitting.state, Marking.objects.count()) == ("paused", 0)


def test_after_the_closing_there_is_no_extension_and_no_sheet() -> None:
    scene = make_scene("new")
    close(scene)
    with pytest.raises(Conflict, match="Продлить"):
        prolong(scene)
    with pytest.raises(Conflict, match="вводить"):
        enter_paper(sitting=scene.sitting, answers={scene.rows[0].pk: Read(RIGHT, Decimal(1))}, by=coordinator(scene))
    assert not Answer.objects.exists()


def test_what_the_teacher_is_told_while_it_is_not_counted() -> None:
    scene = make_scene(kinds=["extended"])
    send(scene, value=WORDS)
    close(scene)
    row = scene.sitting.participant
    assert "проверяют" in waiting_words(row, [scene.sitting])
    Answer.objects.update(score=3)
    assert "принимаются до" in waiting_words(row, [scene.sitting])
    later(scene)
    row.campaign.refresh_from_db()
    assert "в течение часа" in waiting_words(row, [scene.sitting])
    assert analyse_due() == 1
    assert waiting_words(row, [scene.sitting]) == ""


def test_the_clock_closes_and_counts() -> None:
    scene = over()
    Campaign.objects.update(grace_minutes=0)
    assert keep_campaigns().closed == 1
    scene.campaign.refresh_from_db()
    assert scene.campaign.state == "closed"
    assert PartAnalysis.objects.count() == 1
