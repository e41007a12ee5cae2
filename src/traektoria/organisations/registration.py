"""What the room tells the rooms below: its place in the menu, the first step on the desk, wording of audit events."""

from django.utils.translation import gettext_lazy

from traektoria.core.registries import (
    MenuEntry,
    menu,
    word_events,
)
from traektoria.organisations import errands as errands
from traektoria.organisations import search_registration as search_registration
from traektoria.organisations.enums import Role

menu.add(
    MenuEntry(
        slug="centre",
        order=90,
        label=gettext_lazy("Centre"),
        url_name="organisations:centre",
        icon="building-2",
        visible=lambda actor: Role.COORDINATOR in actor.roles,
        prefixes=("/centre/", "/people/"),
    )
)


word_events(
    {
        "organisations.centre_opened": gettext_lazy("opened the centre"),
        "regulation.approve": gettext_lazy("approved the regulation"),
        "regulation.begin": gettext_lazy("began to change the regulation"),
        "regulation.edit": gettext_lazy("changed the draft of the regulation"),
        "regulation.restart": gettext_lazy("wrote the draft of the regulation anew from a preset"),
        "regulation.discard": gettext_lazy("discarded the draft of the regulation"),
        "organisations.school_added": gettext_lazy("added a school"),
        "organisations.school_changed": gettext_lazy("changed a school"),
        "organisations.centre_changed": gettext_lazy("changed the settings of the centre"),
        "organisations.period_added": gettext_lazy("added a period to the calendar"),
        "organisations.period_changed": gettext_lazy("changed a period of the calendar"),
        "organisations.period_removed": gettext_lazy("took a period out of the calendar"),
        "organisations.columns_asked": gettext_lazy("asked anew which column of a table is what"),
        "organisations.columns_named": gettext_lazy("said which column of a table is what"),
        "organisations.list_saved": gettext_lazy("changed an official list of schools"),
        "organisations.list_removed": gettext_lazy("took an official list of schools out"),
        "organisations.calendar_loaded": gettext_lazy("loaded the dates of a school year"),
    }
)
