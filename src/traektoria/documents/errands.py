"""Long work of the room: the cards of all routes that a person works on, in one archive."""

import io
import zipfile
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traektoria.core.errands import Doing, Made
from traektoria.core.errors import Refused
from traektoria.core.registries import ErrandKind, errand_kinds
from traektoria.documents import actions, queries
from traektoria.documents.printing import CARD_PRINTERS, PAPERS
from traektoria.engines import cards, papers
from traektoria.people.actor import Actor

CARDS: Final = "documents.cards"


def check(actor: Actor, facts: dict[str, Any]) -> None:
    """Who works on no agreed route has nothing to take."""
    if not queries.cards_of(actor).exists():
        raise Refused(_("None of the routes that you work on is agreed yet: there are no cards to take."))


def make_archive(doing: Doing) -> Made:
    """A file a route. One that is too long to be printed is named in a list beside the others."""
    form, routes = doing.facts["form"], list(queries.cards_of(doing.actor).order_by("pk"))
    target, number, unprinted = io.BytesIO(), len(routes), list[str]()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for route in doing.each(routes, number):
            issued = actions.issue_route_card(route=route, by=doing.actor, site=doing.facts["site"])
            stem = f"{cards.file_stem(issued.card)}-{route.pk}"
            try:
                archive.writestr(f"{stem}.{form}", PAPERS.ask(CARD_PRINTERS[form], issued.card))
            except papers.PaperTooLong:
                unprinted.append(stem)
        if unprinted:
            archive.writestr(_("too long to be printed.txt"), "\n".join(unprinted))
    return Made(target.getvalue(), f"cards-{form}.zip", "application/zip", number, tuple(route.pk for route in routes))


def fetched(actor: Actor, facts: dict[str, Any]) -> None:
    """Each card in it must be one's own still."""
    if set(facts.get("made_of", ())) - set(queries.cards_of(actor).values_list("pk", flat=True)):
        raise Refused(_("You work on fewer routes now than when this archive was made. Make it again."))


errand_kinds.add(ErrandKind(CARDS, 50, gettext_lazy("Cards of all my routes"), 10, check, make_archive, fetched))
