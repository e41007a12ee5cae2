"""When something can be done with a card."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from traektoria.core.errors import Conflict, Invalid
from traektoria.core.typography import counted
from traektoria.planning.selfcards.models import SelfCard


def check_draft(card: SelfCard) -> None:
    if not card.is_draft:
        raise Conflict(_("This version is shared and is not changed any more. Begin a new one."), code="shared")


def check_shared(card: SelfCard) -> None:
    if card.is_draft:
        raise Conflict(_("The school has not shared this version."), code="not_shared")


def check_whole(unsaid: int, unexplained: Iterable[str]) -> None:
    """Nothing is shared half said: an empty place would read as «no»."""
    if unsaid:
        named = counted(unsaid, "%(n)s criterion has no answer", "%(n)s criteria have no answer")
        raise Invalid(_("%(named)s. Answer the rest, then share it.") % {"named": named}, code="unsaid")
    for title in unexplained:
        raise Invalid(_("Say why it does not apply: «%(title)s».") % {"title": title}, code="unexplained")
