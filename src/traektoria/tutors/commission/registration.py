"""What the commission tells the rooms below and the applications: menu, words of the audit, papers of a decision."""

from django.utils.translation import gettext_lazy

from traektoria.core.registries import (
    MenuEntry,
    documents_of,
    menu,
    word_events,
)
from traektoria.people.actor import Actor
from traektoria.tutors.applications.models import Application
from traektoria.tutors.applications.registries import DecisionPapers, decision_papers
from traektoria.tutors.commission import workflow  # noqa: F401  (the diagrams of docs/workflows)
from traektoria.tutors.commission.queries.sessions import extracts_visible_to
from traektoria.tutors.seats.policies import commission_centres, former_centres


def extracts_of(application: Application, actor: Actor) -> list[tuple[str, str]]:
    """Links to the extract from the last signed protocol that decided on it. One query."""
    item = extracts_visible_to(actor).filter(application=application).order_by("-pk").first()
    return documents_of(item) if item else []


decision_papers.add(DecisionPapers("tutors.extracts", 10, extracts_of))
menu.add(
    MenuEntry(
        slug="commission",
        order=46,
        label=gettext_lazy("Commission"),
        url_name="tutors:commission_list",
        icon="gavel",
        visible=lambda actor: bool(commission_centres(actor)),
        moves=lambda actor: bool(former_centres(actor)),
        prefixes=("/tutors/commission/", "/tutors/sessions/", "/tutors/items/"),
    )
)
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
word_events(_WORDS)
