"""Items, instruments, campaigns and sittings for tests, made straight in the database."""

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from django.utils import timezone

from tests.factories import make_person
from traektoria.core.waiting import gathered
from traektoria.diagnostics.campaigns.enums import CampaignState
from traektoria.diagnostics.instruments.enums import InstrumentKind, VersionState
from traektoria.diagnostics.models import (
    Answer,
    BankItem,
    Campaign,
    CampaignPart,
    FormItem,
    Instrument,
    InstrumentVersion,
    ItemVersion,
    Participant,
    Sitting,
)
from traektoria.diagnostics.sittings.enums import SittingState
from traektoria.organisations.models import TutorCentre
from traektoria.people.enums import ConsentKind
from traektoria.people.models import Consent, Person

_numbers = count(1)
OPTIONS = [{"text": "21", "weight": "100"}, {"text": "14"}, {"text": "7"}]
CONTENTS: dict[str, dict[str, Any]] = {
    "single": {"kind": "single", "text": "Чему равно 3 · 7?", "options": OPTIONS},
    "multiple": {
        "kind": "multiple",
        "text": "Какие числа чётные?",
        "options": [{"text": "2", "weight": "50"}, {"text": "3", "weight": "-100"}, {"text": "4", "weight": "50"}],
    },
    "short": {"kind": "short", "text": "Столица России?", "accepted": [{"text": "Москва"}]},
    "numeric": {"kind": "numeric", "text": "Число пи до сотых?", "ranges": [{"low": "3.13", "high": "3.15"}]},
    "matching": {
        "kind": "matching",
        "text": "Соотнесите",
        "pairs": [{"left": "2²", "right": "4"}, {"left": "3²", "right": "9"}],
        "distractors": ["6"],
    },
    "ordering": {"kind": "ordering", "text": "По возрастанию", "order": ["1", "2", "3"]},
    "extended": {
        "kind": "extended",
        "text": "Докажите.",
        "criteria": [{"code": "К1", "title": "Верно", "most": "2"}, {"code": "К2", "title": "Полно", "most": "1"}],
    },
    "likert": {
        "kind": "likert",
        "text": "Мне легко",
        "steps": ["нет", "скорее нет", "скорее да", "да"],
        "scale": "Опыт",
    },
    "choice": {
        "kind": "choice",
        "text": "Что трудно?",
        "options": [{"text": "Дроби"}, {"text": "Уравнения"}],
        "many": True,
        "other": True,
        "difficulties": True,
    },
    "open": {"kind": "open", "text": "Чего вы ждёте?"},
    "level": {"kind": "level", "text": "Цель урока", "descriptors": ["не названа", "названа", "принята детьми"]},
    "description": {"kind": "description", "text": "Раздел второй"},
}
MOST = {"extended": "3", "likert": "0", "choice": "0", "open": "0", "level": "0", "description": "0"}


def make_item(centre: TutorCentre, kind: str = "single", topic: str = "Дроби", **fields: Any) -> ItemVersion:
    """An item of the bank with one version; ``content`` and ``max_score`` override, other fields are the item's."""
    content = {**CONTENTS[kind], **fields.pop("content", {})}
    most = Decimal(fields.pop("max_score", MOST.get(kind, "1")))
    values = {"name": f"Задание {next(_numbers)}", "subject": "math", "block": "subject", "level": "basic", **fields}
    item = BankItem.objects.create(centre=centre, kind=kind, topic=topic, **values)
    item.current = ItemVersion.objects.create(item=item, number=1, content=content, max_score=most)
    item.save()
    return item.current


@gathered()
def make_instrument(
    centre: TutorCentre,
    items: Sequence[ItemVersion] = (),
    kind: str = InstrumentKind.CONTROL_WORK,
    *,
    form_b: Sequence[ItemVersion] = (),
    published: bool = True,
    subject: str = "math",
    settings: dict[str, Any] | None = None,
) -> InstrumentVersion:
    """An instrument with one version; with ``form_b`` the items are form A, otherwise there is one form, «»."""
    made = Instrument.objects.create(centre=centre, kind=kind, title=f"Работа {next(_numbers)}", subject=subject)
    version = InstrumentVersion.objects.create(
        instrument=made,
        number=1,
        settings={"two_forms": bool(form_b), **(settings or {})},
        state=VersionState.PUBLISHED if published else VersionState.DRAFT,
        published_at=timezone.now() if published else None,
    )
    for form, content in (("A" if form_b else "", items), ("B", form_b)):
        for position, one in enumerate(content, start=1):
            FormItem.objects.create(version=version, form=form, position=position, item_version=one)
    return version


@gathered()
def make_campaign(
    centre: TutorCentre, versions: Sequence[InstrumentVersion], state: str = CampaignState.OPEN, **fields: Any
) -> Campaign:
    """A campaign of these instruments that began yesterday and ends in a week."""
    now = timezone.now()
    values = {
        "title": f"Диагностика {next(_numbers)}",
        "basis": "План работы центра",
        "purpose": "Составить маршруты на год",
        "start": now - timedelta(days=1),
        "end": now + timedelta(days=7),
        "opened_at": None if state == CampaignState.DRAFT else now,
        "closed_at": now if state == CampaignState.CLOSED else None,
        **fields,
    }
    campaign = Campaign.objects.create(centre=centre, state=state, **values)
    for position, version in enumerate(versions, start=1):
        CampaignPart.objects.create(campaign=campaign, version=version, position=position)
    return campaign


@gathered()
def make_participant(
    campaign: Campaign, person: Person | None = None, *, consented: bool = True, **fields: Any
) -> Participant:
    """An invited person, by default with their consent."""
    person = person or make_person()
    consent = None
    if consented:
        about = f"campaign {campaign.pk}"
        consent = Consent.objects.create(
            person=person, centre=campaign.centre, kind=ConsentKind.DIAGNOSTICS, about=about, text="Согласен"
        )
    return Participant.objects.create(campaign=campaign, person=person, consent=consent, **{"order": "AB", **fields})


@gathered()
def make_sitting(
    participant: Participant, part: CampaignPart | None = None, state: str = SittingState.RUNNING, **fields: Any
) -> Sitting:
    """A sitting of the part (the first of the campaign)."""
    part = part or participant.campaign.parts.first()
    assert part is not None
    now = timezone.now()
    values = {
        "running_since": now if state == SittingState.RUNNING else None,
        "started_at": None if state == SittingState.NEW else now,
        "finished_at": now if state in (SittingState.SUBMITTED, SittingState.EXPIRED) else None,
        "seed": participant.pk,
        **fields,
    }
    return Sitting.objects.create(participant=participant, part=part, state=state, **values)


def make_answer(sitting: Sitting, form_item: FormItem, value: dict[str, Any], **fields: Any) -> Answer:
    return Answer.objects.create(sitting=sitting, form_item=form_item, value=value, **fields)
