"""What the room tells the rooms below of the commission: the menu, the desk, words of the audit, personal data."""

from collections.abc import Iterator
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
    DeskSource,
    MenuEntry,
    PersonalData,
    audit_wording,
    desk,
    menu,
    personal_data,
)
from traektoria.organisations.zones import zone
from traektoria.people.actor import Actor
from traektoria.people.enums import Role
from traektoria.tutors.enums import ItemState, SessionState
from traektoria.tutors.models import CommissionMember
from traektoria.tutors.policies.practices import commission_centres
from traektoria.tutors.queries.commission_desk import Mine, sessions_of, waiting_of
from traektoria.tutors.workflows import commission as workflow  # noqa: F401  (the diagrams of docs/workflows)


def desk_lines(actor: Actor, today: date) -> Iterator[DeskLine]:
    """A session today or soon, my judgement and vote, for those who lead: the next item, closing, my signature, an
    agenda to make. At most six queries."""
    if Role.COMMISSION_MEMBER not in actor.roles:
        return
    sessions = sessions_of(actor)
    for mine in sessions:
        yield from _lines(mine, today)
    planned = any(mine.session.state == SessionState.PLANNED for mine in sessions)
    waiting, commission, due = (0, None, None) if planned else waiting_of(actor)
    if waiting and commission:
        words = ngettext(
            "%(n)s admitted application waits for a session", "%(n)s admitted applications wait for a session", waiting
        )
        url = reverse("tutors:session_new", args=[commission.pk])
        what = words % {"n": waiting}
        late = due is not None and due < today
        yield DeskLine(DeskGroup.SOON, what, commission.name, url, _("Plan a session"), due, late)


def _lines(mine: Mine, today: date) -> Iterator[DeskLine]:
    session = mine.session
    url, who = reverse("tutors:session_detail", args=[session.pk]), session.commission.name
    names = {"number": session.number}
    day = timezone.localdate(session.held_at, zone(session.centre.municipality.time_zone))
    if session.state == SessionState.PLANNED:
        group = DeskGroup.TODAY if day <= today else DeskGroup.SOON
        yield DeskLine(group, _("Session No. %(number)s of the commission") % names, who, url, _("Open"), day)
    elif session.state == SessionState.CLOSED and mine.signs:
        yield DeskLine(
            DeskGroup.TODAY, _("Protocol No. %(number)s waits for your signature") % names, who, url, _("Read and sign")
        )
    elif session.state == SessionState.CLOSED and mine.leads:
        yield DeskLine(
            DeskGroup.WAITING, _("Protocol No. %(number)s waits for the other signature") % names, who, url, _("Open")
        )
    elif session.state == SessionState.OPEN:
        yield _open_line(mine, url, who)


def _open_line(mine: Mine, url: str, who: str) -> DeskLine:
    """One line of a session that goes on: what is asked of this member now."""
    names = {"number": mine.session.number}
    if mine.item and mine.asked:
        candidate = mine.item.application.person.short_name
        judges = mine.item.state == ItemState.JUDGING
        what = _("Judge the candidate by the criteria") if judges else _("Vote on the candidate")
        action = _("Judge") if judges else _("Vote")
        return DeskLine(DeskGroup.TODAY, what, candidate, f"{url}?item={mine.item.pk}#item", action)
    if mine.leads and not mine.undecided:
        return DeskLine(DeskGroup.TODAY, _("Close session No. %(number)s") % names, who, url, _("Open"))
    return DeskLine(DeskGroup.TODAY, _("Session No. %(number)s goes on") % names, who, url, _("Open"))


def portrait(person_id: int) -> Any:
    """Seats in commissions: of votes and judgements only how many there are."""
    rows = CommissionMember.objects.filter(person=person_id).select_related("commission")
    return [
        {
            "commission": row.commission.name,
            "post": str(row.get_post_display()),
            "from": row.start.isoformat(),
            "to": row.end.isoformat() if row.end else None,
            "judgements": [
                {"criterion": one.criterion, "points": one.points, "note": one.note, "at": one.created_at.isoformat()}
                for one in row.judgements.all()
            ],
            "votes": row.votes_given.count(),
            "dissenting_opinions": [one.text for one in row.opinions.all()],
        }
        for row in rows
    ]


menu.add(
    MenuEntry(
        slug="commission",
        order=46,
        label=gettext_lazy("Commission"),
        url_name="tutors:commission_list",
        icon="gavel",
        visible=lambda actor: bool(commission_centres(actor)),
        prefixes=("/tutors/commission/", "/tutors/sessions/", "/tutors/items/"),
    )
)
desk.add(DeskSource("tutors.commission", 12, desk_lines))
personal_data.add(PersonalData("tutors.commission", 45, gettext_lazy("Work in commissions"), portrait))
_WORDS = {
    "commission.form": gettext_lazy("commission formed"),
    "commission.member_add": gettext_lazy("member added"),
    "commission.member_change": gettext_lazy("member's place changed"),
    "commission.member_leave": gettext_lazy("member left"),
    "commission.begin": gettext_lazy("commission began to work"),
    "commission.dissolve": gettext_lazy("commission dissolved"),
    "commission_session.plan": gettext_lazy("session planned"),
    "commission_session.change": gettext_lazy("session changed"),
    "commission_session.attendance": gettext_lazy("attendance written down"),
    "commission_session.open": gettext_lazy("session opened"),
    "commission_session.close": gettext_lazy("session closed"),
    "commission_session.cancel": gettext_lazy("session did not take place"),
    "commission_session.own_signature": gettext_lazy("signed the protocol"),
    "commission_session.sign": gettext_lazy("protocol signed by both"),
    "agenda_item.add": gettext_lazy("application put on the agenda"),
    "agenda_item.remove": gettext_lazy("application taken off the agenda"),
    "agenda_item.judge": gettext_lazy("judging began"),
    "agenda_item.discuss": gettext_lazy("discussion began"),
    "agenda_item.recuse": gettext_lazy("member recused"),
    "agenda_item.judgement": gettext_lazy("judgement given"),
    "agenda_item.reveal": gettext_lazy("judgements opened"),
    "agenda_item.discussion": gettext_lazy("discussion written down"),
    "agenda_item.mode": gettext_lazy("way to vote changed"),
    "agenda_item.vote": gettext_lazy("vote began"),
    "agenda_item.vote_given": gettext_lazy("voted"),
    "agenda_item.repeat": gettext_lazy("vote held again: the ballots could not be counted"),
    "agenda_item.count": gettext_lazy("votes counted"),
    "agenda_item.decide": gettext_lazy("decision written"),
    "agenda_item.postpone": gettext_lazy("item postponed"),
    "agenda_item.drop": gettext_lazy("item fell with the session"),
    "agenda_item.opinion": gettext_lazy("dissenting opinion given"),
}
for number, (slug, sentence) in enumerate(_WORDS.items()):
    audit_wording.add(AuditWording(slug, 460 + number, sentence))
