"""What campaigns tell the rooms below: the menu, words of the audit, what can be begun."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy

from traektoria.core.registries import (
    Creation,
    MenuEntry,
    creations,
    menu,
    word_events,
)
from traektoria.diagnostics.bank.registries import PictureReaders, picture_readers
from traektoria.diagnostics.campaigns import workflow  # noqa: F401  the workflow registers itself
from traektoria.diagnostics.campaigns.queries.campaigns import parts_using, pictures_of_parts
from traektoria.diagnostics.instruments.registries import InstrumentFacts, instrument_facts
from traektoria.people.actor import Actor


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
creations.add(
    Creation(
        slug="diagnostics.campaign",
        order=30,
        label=gettext_lazy("Hold a diagnostic"),
        url_name="diagnostics:campaign_new",
        icon="scan-search",
        visible=lambda actor: actor.is_coordinator,
    )
)
picture_readers.add(PictureReaders("campaigns", 20, pictures_of_parts))
instrument_facts.add(InstrumentFacts("campaigns", 10, lambda instrument: {"uses": list(parts_using(instrument))}))
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
word_events(_WORDS)
