"""What of campaigns waits for those invited, and how those go that somebody watches."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from traektoria.core.registries import (
    DeskGroup,
    DeskLine,
)
from traektoria.core.typography import counted, local_day
from traektoria.diagnostics.sittings.queries.participation import Going
from traektoria.diagnostics.sittings.queries.works import OwnCampaign, OwnSitting, wanted_of
from traektoria.people.actor import Actor

SOON_DAYS = 3


def lines_of_works(actor: Actor, today: date) -> Iterable[DeskLine]:
    """Invitations and works that wait for a teacher. One query."""
    for one in wanted_of(actor, timezone.now()):
        with timezone.override(one.zone):
            lines = list(_own(one, today))
        yield from lines


def going_line(going: Going, url_name: str, who: str) -> DeskLine:
    """How the open campaigns go that a coordinator or a head watches; the only one is opened at once."""
    facts = {"n": going.campaigns, "done": going.done, "invited": going.invited}
    what = ngettext(
        "%(n)s diagnostics goes on: %(done)s of %(invited)s have finished",
        "%(n)s diagnostics go on: %(done)s of %(invited)s have finished",
        going.campaigns,
    )
    url = reverse(url_name, args=[going.first]) if going.campaigns == 1 else reverse("diagnostics:campaign_list")
    due = local_day(going.end) if going.end else None
    return DeskLine(DeskGroup.WAITING, what % facts, who, url, _("Open"), due)


def _own(one: OwnCampaign, today: date) -> Iterable[DeskLine]:
    """An invitation is one line, then each work is one; a reminder or a near end lays them into «today»."""
    campaign, due = one.campaign, local_day(one.campaign.end)
    reminded = one.participant.reminded_at
    near = (due - today).days <= SOON_DAYS or (reminded is not None and (today - local_day(reminded)).days < 2)
    group = DeskGroup.TODAY if near else DeskGroup.SOON
    page = reverse("diagnostics:work_detail", args=[campaign.pk])
    if not one.agreed:
        what = _("You are invited: %(title)s") % {"title": campaign.title}
        yield DeskLine(group, what, _invitation(one), page, _("Read and decide"), due)
        return
    for work in one.left if one.is_on else ():
        action = _("Begin") if work.is_new else _("Go on")
        yield DeskLine(group, work.work.announcement, _time(work), page, action, due)


def _invitation(one: OwnCampaign) -> str:
    works = ngettext("%(n)s work", "%(n)s works", len(one.works)) % {"n": len(one.works)}
    return f"{works}, {counted(one.minutes, 'about %(n)s minute', 'about %(n)s minutes')}" if one.minutes else works


def _time(work: OwnSitting) -> str:
    minutes = work.work.minutes
    return counted(minutes, "about %(n)s minute", "about %(n)s minutes") if minutes else _("no limit of time")
