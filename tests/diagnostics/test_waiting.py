"""What waits in diagnostics is written with each act: after any order of acts the rows are those that would be made
anew, and those who are called by them can act."""

import random
from collections.abc import Callable, Iterable
from datetime import timedelta
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from tests.diagnostics.campaign_factories import make_campaign, make_instrument, make_item
from tests.diagnostics.factories import make_hypothesis
from tests.diagnostics.protocol_factories import make_form
from tests.factories import make_employment
from tests.routes.support_factories import make_support
from tests.thoroughness import rounds
from tests.world import World
from traektoria.core import waiting
from traektoria.core.errors import DomainError
from traektoria.core.models import Waiting
from traektoria.core.registries import DeskGroup, DeskLine
from traektoria.desk.waiting import lines_of
from traektoria.diagnostics.campaigns.actions import drafts, invitations, opening
from traektoria.diagnostics.campaigns.enums import CampaignState
from traektoria.diagnostics.findings.actions.analysis import analyse_campaign
from traektoria.diagnostics.marking import actions as marking
from traektoria.diagnostics.models import (
    Campaign,
    CampaignPart,
    Hypothesis,
    InstrumentVersion,
    Marking,
    Participant,
    Protocol,
    Sitting,
)
from traektoria.diagnostics.problem_field.actions import from_campaign, hypotheses, recount
from traektoria.diagnostics.protocols import actions as protocols
from traektoria.diagnostics.sittings.actions import answers, participation, reminders, sittings
from traektoria.diagnostics.sittings.queries.sittings import PATH
from traektoria.people.actor import Actor, actor_of
from traektoria.people.models import Person
from traektoria.routes.models import TutorSupport
from traektoria.routes.supports.actions.supports import end_support

pytestmark = pytest.mark.django_db
TEACHERS, TUTORS = ("teacher", "other_teacher"), ("tutor", "other_tutor")


def actor(world: World, name: str) -> Actor:
    return actor_of(world.accounts[name])


def person(world: World, name: str) -> Person:
    found = world.accounts[name].person
    assert found is not None
    return found


def seen(world: World, name: str) -> list[DeskLine]:
    """Lines of the desk that lead into diagnostics."""
    lines = lines_of(actor(world, name), timezone.localdate())
    return [line for line in lines if line.url.startswith("/diagnostics/")]


@pytest.fixture
def prepared(world: World) -> Campaign:
    """A draft of a work with a task that people mark, a questionnaire, markers; a tutor of both teachers; a form."""
    for name in TEACHERS:
        person(world, name).employments.all().delete()
        make_employment(person(world, name), world.school, subjects=["math"])
        make_support(world.own, person(world, "tutor"), person(world, name))
    items = [make_item(world.own, kind) for kind in ("single", "extended")]
    work = make_instrument(world.own, items, settings={"minutes": 45})
    asked = make_instrument(world.own, [make_item(world.own, "choice")], "questionnaire", subject="")
    campaign = make_campaign(world.own, [work, asked], CampaignState.DRAFT)
    first = campaign.parts.get(position=1)
    first.markers.set([person(world, name) for name in TUTORS])
    make_form(world.own)
    return campaign


def _sit(world: World, one: Sitting) -> None:
    """Begins, answers, hands in."""
    by = actor_of(one.participant.person.account)
    sittings.start_sitting(sitting=one, by=by)
    given = [answers.GivenAnswer(row.pk, _value(row.item_version.item.kind), 1) for row in one.part.version.items.all()]
    answers.save_answers(sitting=one, answers=given, tab="t", by=by)
    sittings.hand_in(sitting=one, by=by)


def _value(kind: str) -> dict[str, Any]:
    return {"single": {"choice": 0}, "extended": {"text": "Решение"}, "choice": {"choices": [0]}}.get(kind, {})


def _acts(world: World, campaign: Campaign) -> Iterable[Callable[[], Any]]:
    """Everything that somebody could do now; a refusal is an act that did not happen."""
    row, by = Campaign.objects.get(pk=campaign.pk), actor(world, "coordinator")
    yield partial(opening.open_campaign, campaign=row, by=by)
    yield partial(opening.close_campaign, campaign=row, by=by)
    yield partial(drafts.prolong_campaign, campaign=row, end=row.end + timedelta(days=1), by=by)
    yield partial(reminders.mark_unfinished, row, by)
    yield partial(marking.hand_out_answers, campaign=row, by=by)
    yield partial(analyse_campaign, campaign=row, by=by)
    yield partial(from_campaign.propose_from_campaign, campaign=row, by=by)
    first = CampaignPart.objects.select_related("campaign", "version").get(campaign=row, position=1)
    yield partial(marking.change_markers, part=first, markers=[person(world, "tutor")], by=by)
    yield partial(marking.take_off_marker, person(world, "other_tutor").pk, None)
    for one in Participant.objects.filter(campaign=row).select_related("campaign__centre", "person__account"):
        own = actor_of(one.person.account)
        yield partial(participation.give_campaign_consent, participant=one, by=own)
        yield partial(participation.decline_campaign, participant=one, by=own)
        yield partial(participation.withdraw_from_campaign, participant=one, by=own)
    for sat in Sitting.objects.filter(participant__campaign=row).select_related(
        "participant__campaign__centre", "participant__person__account", "part__campaign", "part__version__instrument"
    ):
        yield partial(_sit, world, sat)
        yield partial(sittings.start_sitting, sitting=sat, by=actor_of(sat.participant.person.account))
    for mark in Marking.objects.select_related("marker__account"):
        points = {"К1": Decimal(1), "К2": Decimal(1)}
        yield partial(marking.give_points, marking=mark, points=points, by=actor_of(mark.marker.account))
    for found in Hypothesis.objects.select_related("person__account"):
        own = actor_of(found.person.account)
        yield partial(hypotheses.confirm_hypothesis, hypothesis=found, by=own)
        yield partial(hypotheses.discuss_hypothesis, hypothesis=found, by=own)
        yield partial(hypotheses.drop_hypothesis, hypothesis=found, by=own)
        yield partial(hypotheses.reopen_hypothesis, hypothesis=found, by=own)
        if found.dataset_id:
            yield partial(recount.retell, [found.dataset_id], {}, ())
    for kept in Protocol.objects.all():
        tutor, own = actor(world, "tutor"), actor_of(kept.person.account)
        yield partial(protocols.share_protocol, protocol=kept, by=tutor)
        yield partial(protocols.take_back_protocol, protocol=kept, by=tutor)
        yield partial(protocols.confirm_read, protocol=kept, by=own)
        yield partial(protocols.discard_protocol, protocol=kept, by=tutor)
    for support in TutorSupport.objects.filter(state="active"):
        yield partial(end_support, support=support, by=by)


def _begin(world: World, campaign: Campaign) -> None:
    """So far that all of them have something to wait for."""
    by, tutor = actor(world, "coordinator"), actor(world, "tutor")
    people = [person(world, name).pk for name in TEACHERS]
    assert len(invitations.invite(campaign=campaign, people=people, by=by)) == 2
    opening.open_campaign(campaign=campaign, by=by)
    form = InstrumentVersion.objects.get(instrument__kind="observation")
    for name in TEACHERS:
        make_hypothesis(world.own, person(world, name))
        protocols.begin_protocol(
            version=form, person=person(world, name), held_on=timezone.localdate(), about="", by=tutor
        )


@pytest.mark.parametrize("seed", range(rounds(2, 8)))
def test_after_any_order_of_acts_the_rows_are_as_made_anew(world: World, prepared: Campaign, seed: int) -> None:
    chance = random.Random(seed)
    _begin(world, prepared)
    assert not list(waiting.differences())
    done = 0
    for _step in range(25):
        act = chance.choice(list(_acts(world, prepared)))
        try:
            with transaction.atomic():
                act()
        except DomainError:
            continue
        done += 1
        assert [str(one) for one in waiting.differences()] == [], (seed, act)
    assert done > 5


KINDS = {
    "diagnostics.invitation", "diagnostics.work", "diagnostics.supposition", "diagnostics.recount",
    "diagnostics.dataset", "diagnostics.marking", "diagnostics.feedback", "diagnostics.figures",
    "diagnostics.protocol", "routes.talk", "routes.recount", "routes.protocol",
}  # fmt: skip


def urls(world: World, name: str) -> list[str]:
    return sorted(line.url for line in seen(world, name))


def test_every_line_stands_where_its_person_acts_and_goes_when_they_have(world: World, prepared: Campaign) -> None:
    by, tutor, own = (actor(world, name) for name in ("coordinator", "tutor", "teacher"))
    told: set[str] = set()

    def look(name: str) -> list[str]:
        told.update(Waiting.objects.values_list("kind", flat=True))
        assert not list(waiting.differences())
        return urls(world, name)

    _begin(world, prepared)
    page = f"/diagnostics/works/{prepared.pk}/"
    assert look("teacher") == ["/diagnostics/", page]
    drafts_kept = sorted(f"/diagnostics/protocols/{pk}/" for pk in Protocol.objects.values_list("pk", flat=True))
    assert look("tutor") == drafts_kept
    for viewer in ("head", "coordinator", "other_tutor", "foreign_coordinator"):
        assert look(viewer) == [], viewer

    one = Participant.objects.get(campaign=prepared, person=own.person_id)
    participation.give_campaign_consent(participant=one, by=own)
    assert look("teacher") == ["/diagnostics/", page, page]
    assert [line.action for line in seen(world, "teacher") if line.url == page] == ["Начать", "Начать"]
    for sat in Sitting.objects.filter(participant=one).select_related(*PATH, "participant__person__account"):
        _sit(world, sat)
    assert look("teacher") == ["/diagnostics/"]
    assert look("other_teacher") == ["/diagnostics/", page]

    row = opening.close_campaign(campaign=prepared, by=by)
    assert look("other_teacher") == ["/diagnostics/"]
    assert "/diagnostics/marking/" in look("tutor")
    assert look("coordinator") == [f"/diagnostics/campaigns/{row.pk}/results/"]
    for mark in Marking.objects.select_related("marker__account"):
        points = {"К1": Decimal(2), "К2": Decimal(1)}
        marking.give_points(marking=mark, points=points, by=actor_of(mark.marker.account))
    assert look("tutor") == drafts_kept
    analyse_campaign(campaign=row, by=by)
    assert look("coordinator") == []
    first = Sitting.objects.filter(participant=one).order_by("part__position").first()
    assert first is not None
    assert look("teacher") == ["/diagnostics/", f"/diagnostics/sittings/{first.token}/feedback/"]

    mine = Hypothesis.objects.get(person=own.person_id)
    hypotheses.discuss_hypothesis(hypothesis=mine, by=own)
    assert look("teacher") == [f"/diagnostics/sittings/{first.token}/feedback/"]
    field = f"/diagnostics/people/{own.person_id}/"
    assert look("tutor") == sorted([field, *drafts_kept])
    assert mine.dataset_id is not None
    recount.retell([mine.dataset_id], {}, ())
    assert "/diagnostics/" in look("teacher")
    assert field in look("tutor")
    end_support(support=TutorSupport.objects.get(members__person=own.person_id), by=by)
    assert field not in look("tutor")

    kept = Protocol.objects.exclude(person=own.person_id).get()
    protocols.write_protocol(protocol=kept, answers={}, conclusion="Хорошо", by=tutor)
    protocols.share_protocol(protocol=kept, by=tutor)
    assert look("tutor") == []
    reader = actor(world, "other_teacher")
    assert f"/diagnostics/protocols/{kept.pk}/" in look("other_teacher")
    protocols.confirm_read(protocol=kept, by=reader)
    assert f"/diagnostics/protocols/{kept.pk}/" not in look("other_teacher")
    assert told >= KINDS


def test_an_invitation_calls_when_the_end_is_near_or_somebody_reminds(world: World, prepared: Campaign) -> None:
    _begin(world, prepared)
    row, by = Campaign.objects.get(pk=prepared.pk), actor(world, "coordinator")

    def group() -> DeskGroup:
        return next(line.group for line in seen(world, "teacher") if "/works/" in line.url)

    assert group() == DeskGroup.SOON
    reminders.mark_unfinished(row, by)
    assert group() == DeskGroup.TODAY
    Participant.objects.filter(campaign=row).update(reminded_at=timezone.now() - timedelta(days=3))
    waiting.mend()
    assert group() == DeskGroup.SOON
    row.end = timezone.now() + timedelta(days=2)
    row.save(update_fields=["end"])
    assert group() == DeskGroup.TODAY


def test_works_of_a_campaign_ahead_show_from_its_first_day(world: World, prepared: Campaign) -> None:
    start = timezone.now() + timedelta(days=3)
    Campaign.objects.filter(pk=prepared.pk).update(start=start)
    _begin(world, Campaign.objects.get(pk=prepared.pk))
    one = Participant.objects.get(campaign=prepared, person=person(world, "teacher"))
    participation.give_campaign_consent(participant=one, by=actor(world, "teacher"))
    works = Waiting.objects.filter(kind="diagnostics.work")
    assert {row.shows_from for row in works} == {timezone.localdate(start)}
    assert not any("/works/" in url for url in urls(world, "teacher"))


def test_answers_to_mark_are_one_line(world: World, prepared: Campaign) -> None:
    _begin(world, prepared)
    for one in Participant.objects.filter(campaign=prepared).select_related("person__account"):
        participation.give_campaign_consent(participant=one, by=actor_of(one.person.account))
    for sat in Sitting.objects.filter(part__position=1).select_related(*PATH, "participant__person__account"):
        _sit(world, sat)
    opening.close_campaign(campaign=prepared, by=actor(world, "coordinator"))
    said = [line.what for name in TUTORS for line in seen(world, name) if "/marking/" in line.url]
    assert len(said) == len({mark.marker_id for mark in Marking.objects.all()})
    assert sum(int(words.split()[0]) for words in said) == Marking.objects.count() == 2
