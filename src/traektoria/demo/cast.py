"""The cast: whom a visitor of the demo may become with one click, and what this person can see today."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from traektoria.people.models import Account


@dataclass(frozen=True)
class Part:
    """One card of the page; ``login`` is made by ``demo.people``."""

    login: str
    role: Any
    today: Any
    icon: str


CAST = (
    Part(
        "koordinator",
        _("coordinator, also secretary of the commission"),
        _("Imports results, brings teachers and tutors together, keeps the session of the commission that goes on."),
        "compass",
    ),
    Part(
        "tutor1",
        _("tutor"),
        _("Has supports in every state: one waits for consent, one route is a draft, another is overdue."),
        "handshake",
    ),
    Part(
        "uchitel1",
        _("teacher with questions"),
        _("Thinks over what one work of one class asks: its place among the classes, and no word of a deficit."),
        "search",
    ),
    Part(
        "uchitel61",
        _("teacher with a supposition"),
        _("Two classes say the same: looks at what it rests on and says whether it is true."),
        "chart-no-axes-combined",
    ),
    Part(
        "uchitel2",
        _("teacher with a route"),
        _("Works by an agreed route: something is done, something is due today, something is late."),
        "route",
    ),
    Part(
        "uchitel3",
        _("teacher who is asked to agree"),
        _("Reads the route that the tutor proposes and agrees to it or returns it."),
        "message-circle",
    ),
    Part(
        "uchitel17",
        _("teacher after a control work"),
        _("Reads what the September diagnostics showed, beside the own word, and decides what of it is true."),
        "scan-search",
    ),
    Part(
        "direktor2",
        _("head of a school"),
        _("Sees the agreed routes of the school's teachers and the results of the school, and nobody's hypotheses."),
        "school",
    ),
    Part(
        "direktor1",
        _("chair of the commission"),
        _("Leads the session that goes on: votes, closes the vote, writes the decision."),
        "gavel",
    ),
    Part(
        "shkola-direktor1",
        _("head with an order to sign"),
        _("Has tutors at the school itself: reads the draft of an order, signs it, sees who was appointed."),
        "stamp",
    ),
    Part(
        "administrator",
        _("administrator"),
        _("Keeps the installation from its command line; sees neither results nor routes nor people's data."),
        "settings",
    ),
    Part(
        "ozersk-koordinator",
        _("coordinator of another centre"),
        _("Has a centre of their own and sees nothing of this one."),
        "building-2",
    ),
)
LOGINS = frozenset(part.login for part in CAST)


def accounts() -> dict[str, Account]:
    """Accounts of the cast by login: one query, with their persons."""
    rows = Account.objects.filter(username__in=LOGINS, is_active=True).select_related("person")
    return {account.username: account for account in rows}
