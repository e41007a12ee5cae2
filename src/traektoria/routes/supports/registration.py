"""What supports tell the rooms below: who supports whom, the menu, words of the audit."""

from django.utils.translation import gettext_lazy

from traektoria.core.registries import (
    ConsentSource,
    MenuEntry,
    consent_sources,
    menu,
    word_events,
)
from traektoria.core.support import (
    AfterField,
    Farewell,
    Tutees,
    TutorLoads,
    after_field,
    farewells,
    tutees,
    tutor_loads,
)
from traektoria.routes.supports import workflow  # noqa: F401  (the diagrams of docs/workflows)
from traektoria.routes.supports.consents import consents_of
from traektoria.routes.supports.farewell import settle_person
from traektoria.routes.supports.queries.after_field import step_after_field
from traektoria.routes.supports.queries.capacity import loads
from traektoria.routes.tutees import queries

tutees.add(Tutees("routes.supports", 10, queries.tutee_ids, queries.covers, queries.held_with))
after_field.add(AfterField("routes.supports", 10, step_after_field))
farewells.add(Farewell("routes.supports", 10, settle_person))
consent_sources.add(ConsentSource("routes.supports", 20, consents_of))
tutor_loads.add(TutorLoads("routes.supports", 10, loads))
menu.add(
    MenuEntry(
        slug="supports",
        order=21,
        label=gettext_lazy("Support"),
        url_name="routes:support_list",
        icon="users-round",
        visible=lambda actor: actor.is_tutor or actor.is_coordinator or actor.is_head,
        prefixes=("/support/",),
    )
)
_WORDS = {
    "support.propose": gettext_lazy("support proposed"),
    "support.consent": gettext_lazy("consented"),
    "support.begin": gettext_lazy("support began: both sides consented"),
    "support.decline": gettext_lazy("support declined"),
    "support.leave": gettext_lazy("left the group or declined to join it"),
    "support.end": gettext_lazy("support ended"),
    "support.add_member": gettext_lazy("a teacher was asked to join the group"),
    "support.reassign": gettext_lazy("another tutor was asked to go on"),
    "support.empty": gettext_lazy("the last teacher left the group: support ended"),
    "support.lapse": gettext_lazy("proposal lapsed: no longer a tutor"),
    "support.hand_over": gettext_lazy("another tutor goes on"),
    "support.request": gettext_lazy("learning request written"),
    "access.support": gettext_lazy("your tutor support"),
}
word_events(_WORDS)
