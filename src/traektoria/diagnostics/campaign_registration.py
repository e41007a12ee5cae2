"""What the room tells the rooms below of campaigns: the menu, lines of the desk, words of the audit, personal data."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from traektoria.core.registries import (
    AuditWording,
    DeskGroup,
    DeskLine,
    MenuEntry,
    PersonalData,
    audit_wording,
    menu,
    personal_data,
)
from traektoria.core.typography import counted, local_day
from traektoria.diagnostics.campaign_portrait import portrait
from traektoria.diagnostics.queries.desk import Going
from traektoria.diagnostics.queries.works import OwnCampaign, OwnSitting, wanted_of
from traektoria.diagnostics.workflows import campaigns  # noqa: F401  the workflow registers itself
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


def _entry(slug: str, url_name: str, visible: Callable[[Any], bool]) -> MenuEntry:
    """``slug`` ends with who has it; all of them are one place for the person."""
    label = gettext_lazy("Diagnostics")
    return MenuEntry(slug, 40, label, url_name, "scan-search", visible, ("/diagnostics/",))


def _leads(actor: Actor) -> bool:
    return actor.is_coordinator or actor.is_head


# One place for a person of several roles; inside it the tabs lead on. A tutor comes to the work of a tutor.
menu.add(_entry("diagnostics", "diagnostics:hypothesis_list", lambda actor: actor.is_teacher and not actor.is_tutor))
menu.add(
    _entry(
        "diagnostics.campaigns",
        "diagnostics:campaign_list",
        lambda actor: _leads(actor) and (actor.is_tutor or not actor.is_teacher),
    )
)
menu.add(_entry("diagnostics.tutor", "diagnostics:protocol_list", lambda actor: actor.is_tutor and not _leads(actor)))
personal_data.add(
    PersonalData(
        "diagnostics.campaigns", 21, gettext_lazy("diagnostics, your answers, interviews and lessons"), portrait
    )
)
_WORDS = {
    "campaign.create": gettext_lazy("a diagnostics was prepared"),
    "campaign.change": gettext_lazy("the diagnostics was changed"),
    "campaign.prolong": gettext_lazy("the diagnostics was prolonged"),
    "campaign.discard": gettext_lazy("the draft of the diagnostics was deleted"),
    "campaign.add_part": gettext_lazy("a work was added"),
    "campaign.change_part": gettext_lazy("the markers of a work were named"),
    "campaign.remove_part": gettext_lazy("a work was taken out"),
    "campaign.invite": gettext_lazy("teachers were invited"),
    "campaign.uninvite": gettext_lazy("somebody was taken off the list"),
    "campaign.open": gettext_lazy("the diagnostics was opened"),
    "campaign.close": gettext_lazy("the diagnostics was closed"),
    "campaign.lapse": gettext_lazy("the window of the diagnostics was over"),
    "campaign.remind": gettext_lazy("those who had not finished were reminded"),
    "campaign.withdraw": gettext_lazy("you withdrew from the diagnostics; answers were erased"),
    "campaign.forget": gettext_lazy("answers were erased: they had been kept long enough"),
}
for number, (slug, sentence) in enumerate(_WORDS.items()):
    audit_wording.add(AuditWording(slug, 230 + number, sentence))
