"""A closed campaign with answers, for the analysis and everything that follows from it."""

from collections.abc import Sequence
from typing import Any

from tests.diagnostics.campaign_factories import (
    make_answer,
    make_campaign,
    make_instrument,
    make_item,
    make_participant,
    make_sitting,
)
from tests.factories import make_member
from traektoria.core.waiting import gathered
from traektoria.diagnostics.campaigns.enums import CampaignState
from traektoria.diagnostics.models import Answer, Campaign, CampaignPart, FormItem, Participant, Sitting
from traektoria.diagnostics.sittings.enums import SittingState
from traektoria.organisations.models import TutorCentre
from traektoria.people.actor import Actor, actor_of
from traektoria.people.enums import Role
from traektoria.people.models import Person

TOPICS = ("Дроби", "Уравнения")
RIGHT, WRONG = {"choice": 0}, {"choice": 1}


@gathered()
def make_work(centre: TutorCentre, *, items: int = 6, **fields: Any) -> Campaign:
    """A closed campaign with one work: items of two topics in turn, each one of several."""
    made = [make_item(centre, "single", topic=TOPICS[number % 2]) for number in range(items)]
    return make_campaign(centre, [make_instrument(centre, made)], **{"state": CampaignState.CLOSED, **fields})


def part_of(campaign: Campaign) -> CampaignPart:
    return campaign.parts.get(position=1)


@gathered()
def sit(
    campaign: Campaign, marks: Sequence[int | None], person: Person | None = None, state: str = SittingState.SUBMITTED,
    **fields: Any,
) -> Sitting:  # fmt: skip
    """A sitting with answers right (1), wrong (0) or left out (None), in the order of the form."""
    participant = make_participant(campaign, person, **fields)
    sitting = make_sitting(participant, part_of(campaign), state)
    items = FormItem.objects.filter(version=sitting.part.version, form=sitting.form).order_by("position")
    for item, mark in zip(items, marks, strict=True):
        if mark is not None:
            make_answer(sitting, item, RIGHT if mark else WRONG, score=mark)
    return sitting


@gathered()
def fill(campaign: Campaign, people: int) -> list[Sitting]:
    """``people`` sittings at once: each knows the first topic or not, the second better. Two inserts."""
    part = part_of(campaign)
    items = list(FormItem.objects.filter(version=part.version, form="").order_by("position"))
    participants = [make_participant(campaign) for _number in range(people)]
    sittings = Sitting.objects.bulk_create(
        Sitting(participant=one, part=part, state=SittingState.SUBMITTED, seed=one.pk) for one in participants
    )
    rows = []
    for number, sitting in enumerate(sittings):
        for place, item in enumerate(items):
            weak = place % 2 == 0 and number % 3 == 0
            right = not weak and (number * 7 + place * 3) % 5 != 0
            rows.append(Answer(sitting=sitting, form_item=item, value=RIGHT if right else WRONG, score=int(right)))
    Answer.objects.bulk_create(rows)
    return sittings


def withdraw(participant: Participant) -> None:
    """As somebody who took the consent back."""
    participant.consent = None
    participant.save(update_fields=["consent"])


def actor_of_role(centre: TutorCentre, role: Role) -> Actor:
    """Somebody with one role in the centre."""
    return actor_of(make_member(centre, role))
