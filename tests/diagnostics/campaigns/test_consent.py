"""The invited person's own word: agree, decline, withdraw, and what is erased then."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

import traektoria
from tests.diagnostics.campaign_factories import (
    make_answer,
    make_campaign,
    make_instrument,
    make_item,
    make_participant,
    make_sitting,
)
from tests.world import World
from traektoria.core.errors import Conflict, Refused
from traektoria.diagnostics.campaigns.consent import YEARS_KEPT, consent_page
from traektoria.diagnostics.models import (
    Answer,
    Campaign,
    Hypothesis,
    NamedDifficulty,
    PartAnalysis,
    Participant,
    Sitting,
    TopicFinding,
)
from traektoria.diagnostics.problem_field.enums import HypothesisState, Origin
from traektoria.diagnostics.sittings.actions import participation as actions
from traektoria.diagnostics.sittings.actions.erasing import forget_old
from traektoria.diagnostics.sittings.enums import SittingState
from traektoria.events.attendance.tasks import GUESTS_KEPT
from traektoria.people.actor import Actor, actor_of
from traektoria.people.models import Consent


def me(world: World, viewer: str = "teacher") -> Actor:
    return actor_of(world.accounts[viewer])


def asked(world: World, consented: bool = False, **fields: object) -> Participant:
    version = make_instrument(world.own, [make_item(world.own)])
    campaign = make_campaign(world.own, [version], **fields)  # type: ignore[arg-type]
    return make_participant(campaign, world.accounts["teacher"].person, consented=consented)


def sat(participant: Participant) -> Sitting:
    """A finished sitting with an answer, a finding, a named difficulty and three suppositions."""
    sitting = make_sitting(participant, state=SittingState.SUBMITTED, seconds=60, pauses=1, tab="a")
    form_item = sitting.part.version.items.get()
    make_answer(sitting, form_item, {"choice": 0})
    TopicFinding.objects.create(sitting=sitting, topic="Дроби", items=1, points=0, most=1, finding="little_data")
    NamedDifficulty.objects.create(participant=participant, topic="Дроби")
    PartAnalysis.objects.create(part=sitting.part, content={})
    for state in HypothesisState.values:
        Hypothesis.objects.create(
            centre=participant.campaign.centre, person=participant.person, subject="math", block="subject",
            topic=state, origin=Origin.WORK, sitting=sitting, state=state,
            decided_at=None if state == "proposed" else timezone.now(),
        )  # fmt: skip
    return sitting


def test_consent_is_a_record_with_the_text_as_shown(world: World) -> None:
    row = asked(world)
    shown = consent_page(row.campaign).text
    actions.give_campaign_consent(participant=row, text=shown, by=me(world))
    actions.give_campaign_consent(participant=row, by=me(world))
    consent = Consent.objects.get()
    assert (consent.about, consent.kind, consent.text) == (f"campaign {row.campaign_id}", "diagnostics", shown)
    row.refresh_from_db()
    assert row.consent == consent
    for word in (
        row.campaign.title,
        "План работы центра",
        "Составить маршруты на год",
        "Директор и завуч",
        f"{YEARS_KEPT}\xa0года",
    ):
        assert word in shown


def test_only_the_person_says_it(world: World) -> None:
    row = asked(world)
    for viewer in ("other_teacher", "tutor", "coordinator", "head"):
        for action in (actions.give_campaign_consent, actions.decline_campaign, actions.withdraw_from_campaign):
            with pytest.raises(Refused):
                action(participant=row, by=me(world, viewer))


def test_declining_and_changing_ones_mind(world: World) -> None:
    row = asked(world)
    actions.decline_campaign(participant=row, by=me(world))
    first = Participant.objects.get().declined_at
    actions.decline_campaign(participant=row, by=me(world))
    assert Participant.objects.get().declined_at == first
    actions.give_campaign_consent(participant=row, by=me(world))
    row.refresh_from_db()
    assert (row.declined_at, row.consent_id is not None) == (None, True)


@pytest.mark.parametrize("fields", [{"state": "draft"}, {"state": "closed"}, {"over": True}])
def test_nobody_joins_what_does_not_go_on(world: World, fields: dict[str, object]) -> None:
    now = timezone.now()
    if fields.pop("over", False):
        fields = {"start": now - timedelta(days=2), "end": now - timedelta(minutes=1)}
    row = asked(world, **fields)  # type: ignore[arg-type]
    with pytest.raises(Conflict):
        actions.give_campaign_consent(participant=row, by=me(world))


def test_declining_after_a_consent(world: World) -> None:
    row = asked(world, consented=True)
    make_sitting(row, state=SittingState.NEW)
    actions.decline_campaign(participant=row, by=me(world))
    row.refresh_from_db()
    assert (row.consent_id, row.declined_at is not None) == (None, True)
    actions.give_campaign_consent(participant=row, by=me(world))
    Sitting.objects.update(state=SittingState.PAUSED)
    with pytest.raises(Conflict):
        actions.decline_campaign(participant=row, by=me(world))


def test_withdrawal_erases_all_but_what_the_person_confirmed(world: World) -> None:
    row = asked(world, consented=True)
    sat(row)
    other = make_participant(row.campaign)
    make_answer(make_sitting(other), row.campaign.parts.get().version.items.get(), {"choice": 1})
    actions.withdraw_from_campaign(participant=row, by=me(world))
    actions.withdraw_from_campaign(participant=row, by=me(world))
    row.refresh_from_db()
    assert (row.consent_id, row.declined_at is not None) == (None, True)
    assert Consent.objects.filter(person=row.person, withdrawn_at__isnull=False).count() == 1
    own = Sitting.objects.get(participant=row)
    assert (own.state, own.seconds, own.started_at, own.finished_at, own.pauses, own.tab) == (
        SittingState.NEW, 0, None, None, 0, "",
    )  # fmt: skip
    assert [one.sitting.participant for one in Answer.objects.all()] == [other]
    assert (TopicFinding.objects.count(), NamedDifficulty.objects.count(), PartAnalysis.objects.count()) == (0, 0, 1)
    assert [one.topic for one in Hypothesis.objects.all()] == ["confirmed"]


def test_withdrawal_is_possible_after_the_closing(world: World) -> None:
    row = asked(world, consented=True, state="closed")
    sat(row)
    actions.withdraw_from_campaign(participant=row, by=me(world))
    assert Answer.objects.count() == 0
    with pytest.raises(Conflict):
        actions.give_campaign_consent(participant=row, by=me(world))


def test_answers_are_kept_no_longer_than_the_consent_says(world: World) -> None:
    now = timezone.now()
    row = asked(world, consented=True, state="closed")
    sat(row)
    assert forget_old(now) == 0
    Campaign.objects.update(closed_at=now - timedelta(days=3 * 365 + 1))
    assert (forget_old(now), forget_old(now)) == (1, 0)
    assert (Answer.objects.count(), TopicFinding.objects.count()) == (0, 0)
    assert [one.topic for one in Hypothesis.objects.all()] == ["confirmed"]


def test_nobody_declines_when_nobody_is_asked_any_more(world: World) -> None:
    participant = asked(world)
    Campaign.objects.update(state="closed", closed_at=timezone.now())
    with pytest.raises(Conflict, match="ответа никто не ждёт"):
        actions.decline_campaign(participant=participant, by=me(world))
    participant.refresh_from_db()
    assert participant.declined_at is None


def test_the_guide_says_for_how_long_answers_and_names_of_guests_are_kept() -> None:
    guide = Path(traektoria.__file__).parents[2] / "docs" / "guide"
    assert f"через {YEARS_KEPT} года после закрытия" in (guide / "campaigns.md").read_text(encoding="utf-8")
    assert f"Имена гостей хранятся {GUESTS_KEPT.days} дней" in (guide / "events.md").read_text(encoding="utf-8")
