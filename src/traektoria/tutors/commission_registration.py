"""What the room tells the rooms below of the commission: the menu, words of the audit, personal data."""

from typing import Any

from django.utils.translation import gettext_lazy

from traektoria.core.registries import (
    AuditWording,
    MenuEntry,
    PersonalData,
    audit_wording,
    menu,
    personal_data,
)
from traektoria.tutors.models import CommissionMember
from traektoria.tutors.policies.practices import commission_centres
from traektoria.tutors.workflows import commission as workflow  # noqa: F401  (the diagrams of docs/workflows)


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
