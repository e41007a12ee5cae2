"""Preparing a campaign: its facts, parts and markers; a copy of an earlier one, a repeat measurement."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core import audit
from traektoria.core.errors import Conflict, Invalid
from traektoria.core.text import squash
from traektoria.diagnostics.campaigns.actions.invitations import invite
from traektoria.diagnostics.campaigns.actions.opening import locked
from traektoria.diagnostics.campaigns.enums import CampaignState
from traektoria.diagnostics.campaigns.models import Campaign, CampaignPart
from traektoria.diagnostics.campaigns.permissions import check_keeps_campaign, check_keeps_campaigns_of
from traektoria.diagnostics.campaigns.policies.order import Act, check_now
from traektoria.diagnostics.campaigns.policies.parts import SAT
from traektoria.diagnostics.campaigns.policies.window import a_year_later
from traektoria.diagnostics.campaigns.queries.campaigns import versions_to_sit
from traektoria.diagnostics.campaigns.signals import prolonged
from traektoria.diagnostics.instruments.enums import InstrumentKind, VersionState
from traektoria.diagnostics.instruments.models import InstrumentVersion
from traektoria.organisations.models import TutorCentre
from traektoria.people.actor import Actor
from traektoria.people.models import Person


@transaction.atomic
def create_campaign(
    *, centre: TutorCentre, title: str, purpose: str, basis: str, start: datetime, end: datetime,
    grace_minutes: int = 30, follows: Campaign | None = None, by: Actor,
) -> Campaign:  # fmt: skip
    """A draft. One that ``follows`` a closed campaign begins with the works of that one."""
    check_keeps_campaigns_of(by, centre.pk)
    facts = _facts(title, purpose, basis, start, end)
    row = Campaign.objects.create(centre=centre, grace_minutes=grace_minutes, follows=follows, **facts)
    if follows is not None:
        _copy_parts(follows, row, newest=False)
    audit.record("campaign.create", row, by=by, follows=follows.pk if follows else None)
    return row


@transaction.atomic
def change_campaign(
    *, campaign: Campaign, title: str, purpose: str, basis: str, start: datetime, end: datetime, grace_minutes: int,
    by: Actor,
) -> Campaign:  # fmt: skip
    """Change a draft. What is open can only be prolonged (``prolong_campaign``)."""
    check_keeps_campaign(by, campaign)
    row = _draft(campaign)
    for name, value in {**_facts(title, purpose, basis, start, end), "grace_minutes": grace_minutes}.items():
        setattr(row, name, value)
    row.save()
    audit.record("campaign.change", row, by=by)
    return row


@transaction.atomic
def prolong_campaign(*, campaign: Campaign, end: datetime, by: Actor) -> Campaign:
    """Give the invited of an open campaign more time: the window only grows, and who was interrupted by its end can go
    on. Raises ``Invalid``, ``Conflict``."""
    check_keeps_campaign(by, campaign)
    row = locked(campaign)
    check_now(Act.PROLONG, row, timezone.now())
    if end < row.end:
        raise Invalid(_("The window can only grow: people plan by the day that they were told."), code="shorter")
    if end > row.end:
        before, row.end = row.end, end
        row.save(update_fields=["end"])
        prolonged.send(Campaign, campaign=row, before=before)
        audit.record("campaign.prolong", row, by=by)
    return row


@transaction.atomic
def add_part(*, campaign: Campaign, version: InstrumentVersion, by: Actor) -> CampaignPart:
    """Add a published work or questionnaire of the centre; the same one is not added twice. Raises ``Invalid``."""
    check_keeps_campaign(by, campaign)
    row = _draft(campaign)
    instrument = version.instrument
    if instrument.centre_id != row.centre_id or instrument.kind not in SAT or version.state != VersionState.PUBLISHED:
        raise Invalid(_("Only a published work or questionnaire of the centre can be sat."), code="not_for_sitting")
    known = row.parts.filter(version__instrument=instrument).first()
    if known is not None:
        return known
    last = max(row.parts.values_list("position", flat=True), default=0)
    part = CampaignPart.objects.create(campaign=row, version=version, position=last + 1)
    audit.record("campaign.add_part", row, by=by, version=version.pk)
    return part


@transaction.atomic
def change_part(*, part: CampaignPart, adaptive: bool, markers: Iterable[Person], by: Actor) -> CampaignPart:
    """Say who marks, and whether the next item is chosen by the answers (while the campaign is prepared)."""
    check_keeps_campaign(by, part.campaign)
    row = locked(part.campaign)
    if row.state == CampaignState.CLOSED:
        raise Conflict(_("The diagnostics is closed: it does not change any more."), code="closed")
    if row.state == CampaignState.DRAFT and adaptive and part.version.instrument.kind != InstrumentKind.CONTROL_WORK:
        raise Invalid(_("Only a control work can choose the next item by the answers."), code="not_adaptive")
    if row.state == CampaignState.DRAFT and part.adaptive != adaptive:
        part.adaptive = adaptive
        part.save(update_fields=["adaptive"])
    part.markers.set(markers)
    audit.record("campaign.change_part", row, by=by, part=part.pk)
    return part


@transaction.atomic
def remove_part(*, part: CampaignPart, by: Actor) -> None:
    """Take a work out of a campaign that is prepared."""
    check_keeps_campaign(by, part.campaign)
    row = _draft(part.campaign)
    if CampaignPart.objects.filter(pk=part.pk).delete()[0]:
        audit.record("campaign.remove_part", row, by=by, version=part.version_id)


@transaction.atomic
def discard_campaign(*, campaign: Campaign, by: Actor) -> None:
    """Delete a draft: nobody has been told of it."""
    check_keeps_campaign(by, campaign)
    row = _draft(campaign)
    audit.record("campaign.discard", row, by=by)
    row.delete()


@transaction.atomic
def copy_campaign(*, campaign: Campaign, by: Actor) -> Campaign:
    """The same again a year later: facts, works in their newest published versions, markers. Nobody is invited yet."""
    check_keeps_campaign(by, campaign)
    row = Campaign.objects.create(
        centre=campaign.centre, title=campaign.title, purpose=campaign.purpose, basis=campaign.basis,
        start=a_year_later(campaign.start), end=a_year_later(campaign.end), grace_minutes=campaign.grace_minutes,
    )  # fmt: skip
    _copy_parts(campaign, row, newest=True)
    audit.record("campaign.create", row, by=by, copy_of=campaign.pk)
    return row


@transaction.atomic
def repeat_campaign(*, campaign: Campaign, start: datetime, end: datetime, by: Actor) -> Campaign:
    """Measure a closed campaign again: the same works, everybody the other form; those who took part are invited."""
    check_keeps_campaign(by, campaign)
    if campaign.state != CampaignState.CLOSED:
        raise Conflict(_("Close the first diagnostics before you measure again."), code="not_closed")
    title = _("%(title)s: measured again") % {"title": campaign.title[:150]}
    row = create_campaign(
        centre=campaign.centre, title=title, purpose=campaign.purpose, basis=campaign.basis, start=start, end=end,
        grace_minutes=campaign.grace_minutes, follows=campaign, by=by,
    )  # fmt: skip
    took_part = campaign.participants.filter(consent__isnull=False).values_list("person", flat=True)
    invite(campaign=row, people=list(took_part), by=by)
    return row


def _facts(title: str, purpose: str, basis: str, start: datetime, end: datetime) -> dict[str, Any]:
    if end <= start:
        raise Invalid(_("The last day must come after the first one."), code="dates")
    return {"title": squash(title), "purpose": purpose.strip(), "basis": squash(basis), "start": start, "end": end}


def _draft(campaign: Campaign) -> Campaign:
    row = locked(campaign)
    if row.state != CampaignState.DRAFT:
        raise Conflict(_("The diagnostics has been opened: this does not change any more."), code="not_draft")
    return row


def _copy_parts(source: Campaign, target: Campaign, *, newest: bool) -> None:
    """With ``newest`` the versions that are published now; a work that is archived since stays out."""
    current = {one.instrument_id: one for one in versions_to_sit(target.centre_id)} if newest else {}
    for part in source.parts.select_related("version").prefetch_related("markers"):
        version = current.get(part.version.instrument_id) if newest else part.version
        if version is not None:
            made = CampaignPart.objects.create(
                campaign=target, version=version, position=part.position, adaptive=part.adaptive
            )
            made.markers.set(part.markers.all())
