"""Invitations, and works that are not sat yet, wait for the invited teacher."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from traektoria.core.joined import Joined, marks, numbers
from traektoria.core.registries import DeskGroup, Wait, Waited, WaitingKind, WaitingSource, Watch, Words
from traektoria.core.typography import counted
from traektoria.core.waiting import waits
from traektoria.diagnostics.campaigns.consent import Work
from traektoria.diagnostics.campaigns.enums import CampaignState
from traektoria.diagnostics.campaigns.models import Campaign, CampaignPart, Participant
from traektoria.diagnostics.instruments.enums import InstrumentKind
from traektoria.diagnostics.instruments.models import Instrument
from traektoria.diagnostics.instruments.settings import settings_from
from traektoria.diagnostics.sittings.enums import UNFINISHED, SittingState
from traektoria.diagnostics.sittings.models import Sitting
from traektoria.organisations.zones import zone
from traektoria.people import addressees
from traektoria.people.enums import Role, Subject

INVITED = "diagnostics.invitation"
WORK = "diagnostics.work"
SOON_DAYS = 3
"""So near the end it calls today."""
REMINDED_DAYS = 2
"""So long a reminder calls today."""
OWN_REMINDERS = "the diagnostics reminds of itself three days before its end (sittings.actions.reminders)"
ASKED = Joined(Participant, "campaign__centre__municipality")
WORKS = Joined(Sitting, "participant__campaign__centre__municipality", "part__version__instrument")
_OF_CAMPAIGN = frozenset({"state", "start", "end", "title"})


def invitations(keys: list[int]) -> Iterator[Wait]:
    """Whoever has not said yet whether they take part. Three queries, one where everybody has."""
    asked = "campaign.state = %s AND t.consent_id IS NULL AND t.declined_at IS NULL"
    people = ASKED.find(f"t.id IN ({marks(keys)}) AND {asked}", *keys, str(CampaignState.OPEN), order="t.id")
    if not people:
        return
    works: dict[int, list[int]] = defaultdict(list)
    sat = Sitting.objects.filter(participant__in=[one.pk for one in people])
    for participant, part in sat.values_list("participant", "part"):
        works[participant].append(part)
    minutes = _minutes({one.campaign_id for one in people})
    for one in people:
        if parts := works[one.pk]:
            each = [minutes[part] for part in parts]
            facts = {"works": len(parts), "minutes": sum(each) if all(each) else 0}
            yield _wait(INVITED, one, one.pk, {**facts, "title": one.campaign.title})


def works(keys: list[int]) -> Iterator[Wait]:
    """Works of those who agreed. One query."""
    agreed = "participant.consent_id IS NOT NULL AND participant.declined_at IS NULL"
    unfinished = list(map(str, UNFINISHED))
    goes_on = f"t.state IN ({marks(unfinished)}) AND participant__campaign.state = %s"
    for row in WORKS.find(
        f"t.id IN ({marks(keys)}) AND {agreed} AND {goes_on}", *keys, *unfinished, str(CampaignState.OPEN), order="t.id"
    ):
        instrument = row.part.version.instrument
        facts = {
            "kind": instrument.kind,
            "title": instrument.title,
            "subject": instrument.subject,
            "minutes": settings_from(row.part.version.settings).minutes,
            "new": row.state == SittingState.NEW,
        }
        start = _day(row.participant.campaign.start, row.participant)
        yield _wait(WORK, row.participant, row.pk, facts, start)


def _minutes(campaigns: set[int]) -> dict[int, int]:
    """Minutes of each part."""
    rows = CampaignPart.objects.filter(campaign__in=campaigns).values_list("pk", "version__settings")
    return {pk: settings_from(settings).minutes for pk, settings in rows}


def _wait(kind: str, one: Participant, key: int, facts: dict[str, Any], shows_from: date | None = None) -> Wait:
    centre, end = one.campaign.centre_id, _day(one.campaign.end, one)
    reminded = _day(one.reminded_at, one).isoformat() if one.reminded_at else ""
    return Wait(
        kind,
        addressees.holder(Role.TEACHER, centre, one.person_id),
        key,
        centre,
        facts={**facts, "campaign": one.campaign_id, "reminded": reminded},
        due=end,
        shows_from=shows_from,
        shows_until=end,
    )


def _day(moment: datetime, one: Participant) -> date:
    """The day of the centre."""
    return timezone.localdate(moment, zone(one.campaign.centre.municipality.time_zone))


def invited(row: Waited) -> Words:
    number = row.facts["works"]
    said = ngettext("%(n)s work", "%(n)s works", number) % {"n": number}
    time = row.facts["minutes"]
    if time:
        said = f"{said}, {counted(time, 'about %(n)s minute', 'about %(n)s minutes')}"
    what = _("You are invited: %(title)s") % {"title": row.facts["title"]}
    return Words(what, said, _page(row), _("Read and decide"))


def work(row: Waited) -> Words:
    facts = row.facts
    subject = str(Subject(facts["subject"]).label) if facts["subject"] else ""
    announced = Work(_capital(InstrumentKind(facts["kind"]).label), facts["title"], facts["minutes"], subject)
    time = facts["minutes"]
    who = counted(time, "about %(n)s minute", "about %(n)s minutes") if time else _("no limit of time")
    return Words(announced.announcement, who, _page(row), _("Begin") if facts["new"] else _("Go on"))


def _page(row: Waited) -> str:
    return reverse("diagnostics:work_detail", args=[row.facts["campaign"]])


def _capital(label: Any) -> str:
    text = str(label)
    return text[:1].upper() + text[1:]


def near(row: Waited) -> DeskGroup:
    """A reminder or a near end lays it into «today»."""
    lately = row.facts["reminded"] and row.today - date.fromisoformat(row.facts["reminded"]) < timedelta(REMINDED_DAYS)
    ends = row.due is not None and row.due - row.today <= timedelta(SOON_DAYS)
    return DeskGroup.TODAY if lately or ends else DeskGroup.SOON


waits(
    WaitingSource(
        slug="diagnostics.invitations",
        order=30,
        model=Participant,
        rows=invitations,
        by_keys=True,
        kinds=(WaitingKind(INVITED, 30, DeskGroup.SOON, invited, group_of=near, no_letter=OWN_REMINDERS),),
        watches=(
            Watch(Campaign, lambda campaign: campaign.participants.values_list("pk", flat=True), _OF_CAMPAIGN),
            Watch(Sitting, lambda row: [row.participant_id], frozenset({"participant"})),
        ),
    )
)
waits(
    WaitingSource(
        slug="diagnostics.works",
        order=31,
        model=Sitting,
        rows=works,
        by_keys=True,
        kinds=(WaitingKind(WORK, 31, DeskGroup.SOON, work, group_of=near, no_letter=OWN_REMINDERS),),
        watches=(
            Watch(Sitting, fields=frozenset({"state"})),
            Watch(
                Campaign,
                lambda campaign: Sitting.objects.filter(participant__campaign=campaign).values_list("pk", flat=True),
                _OF_CAMPAIGN,
            ),
            Watch(
                Participant,
                lambda one: numbers("SELECT id FROM diagnostics_sitting WHERE participant_id = %s", one.pk),
                frozenset({"consent", "declined_at", "reminded_at"}),
            ),
            Watch(
                Instrument,
                lambda one: Sitting.objects.filter(
                    part__version__instrument=one.pk, participant__campaign__state=CampaignState.OPEN
                ).values_list("pk", flat=True),
                frozenset({"title", "subject"}),
            ),
        ),
    )
)
