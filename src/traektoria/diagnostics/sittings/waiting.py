"""Invitations, and works that are not sat yet, wait for the invited teacher."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from traektoria.core.joined_rows import numbers
from traektoria.core.prepared_statements import Numbers, prepared
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
_OF_CAMPAIGN = frozenset({"state", "start", "end", "title"})


class _Invited(NamedTuple):
    """A participant of a campaign that goes on. ``zone``: by whose clock the days of the centre are."""

    person: int
    reminded_at: datetime | None
    campaign: int
    start: datetime
    end: datetime
    centre: int
    zone: str


_CAMPAIGN = ("campaign__start", "campaign__end", "campaign__centre", "campaign__centre__municipality__time_zone")
_INVITED = ("person", "reminded_at", "campaign", *_CAMPAIGN)


def invitations(keys: list[int]) -> Iterator[Wait]:
    """Whoever has not said yet whether they take part. Three queries, one where everybody has."""
    people = {pk: (title, _Invited(*said)) for pk, title, *said in _asked().all(keys=keys)}
    if not people:
        return
    works: dict[int, list[int]] = defaultdict(list)
    for participant, part in Sitting.objects.filter(participant__in=people).values_list("participant", "part"):
        works[participant].append(part)
    minutes = _minutes({one.campaign for _title, one in people.values()})
    for pk, (title, one) in people.items():
        if parts := works[pk]:
            each = [minutes[part] for part in parts]
            facts = {"works": len(parts), "minutes": sum(each) if all(each) else 0}
            yield _wait(INVITED, one, pk, {**facts, "title": title})


@prepared
def _asked() -> QuerySet[Participant, Any]:
    rows = Participant.objects.filter(pk__in=Numbers("keys"), consent=None, declined_at=None)
    return (
        rows.filter(campaign__state=CampaignState.OPEN).order_by("pk").values_list("pk", "campaign__title", *_INVITED)
    )


def works(keys: list[int]) -> Iterator[Wait]:
    """Works of those who agreed. One query."""
    for pk, state, kind, title, subject, settings, *said in _agreed().all(keys=keys):
        one, minutes = _Invited(*said), settings_from(settings).minutes
        facts = {"kind": kind, "title": title, "subject": subject, "minutes": minutes, "new": state == SittingState.NEW}
        yield _wait(WORK, one, pk, facts, _day(one.start, one))


@prepared
def _agreed() -> QuerySet[Sitting, Any]:
    rows = Sitting.objects.filter(pk__in=Numbers("keys"), state__in=UNFINISHED)
    rows = rows.filter(participant__consent__isnull=False, participant__declined_at=None)
    rows = rows.filter(participant__campaign__state=CampaignState.OPEN).order_by("pk")
    instrument = [f"part__version__instrument__{name}" for name in ("kind", "title", "subject")]
    invited = [f"participant__{name}" for name in _INVITED]
    return rows.values_list("pk", "state", *instrument, "part__version__settings", *invited)


def _minutes(campaigns: set[int]) -> dict[int, int]:
    """Minutes of each part."""
    rows = CampaignPart.objects.filter(campaign__in=campaigns).values_list("pk", "version__settings")
    return {pk: settings_from(settings).minutes for pk, settings in rows}


def _wait(kind: str, one: _Invited, key: int, facts: dict[str, Any], shows_from: date | None = None) -> Wait:
    end = _day(one.end, one)
    reminded = _day(one.reminded_at, one).isoformat() if one.reminded_at else ""
    return Wait(
        kind,
        addressees.holder(Role.TEACHER, one.centre, one.person),
        key,
        one.centre,
        facts={**facts, "campaign": one.campaign, "reminded": reminded},
        due=end,
        shows_from=shows_from,
        shows_until=end,
    )


def _day(moment: datetime, one: _Invited) -> date:
    """The day of the centre."""
    return timezone.localdate(moment, zone(one.zone))


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
