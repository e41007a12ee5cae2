"""What routes tell the rooms below: files, the menu, words of the audit."""

from django.utils.translation import gettext_lazy as _

from traektoria.core.installation.sources import Attached, attached
from traektoria.core.registries import MenuEntry, menu, word_events
from traektoria.routes.route import workflow  # noqa: F401  (the diagrams of docs/workflows)
from traektoria.routes.route.models import ItemEvidence

attached.add(Attached("routes.evidence", 10, ItemEvidence, "person", ("item__route__centre",)))
menu.add(
    MenuEntry(
        slug="my_route",
        order=20,
        label=_("My route"),
        url_name="routes:mine",
        icon="route",
        visible=lambda actor: actor.is_teacher and not (actor.is_tutor or actor.is_coordinator or actor.is_head),
        prefixes=("/support/",),
    )
)
_WORDS = {
    "route.draft": _("route drafted from the problem field"),
    "route.edit": _("route edited"),
    "route.propose": _("route proposed"),
    "route.agree": _("agreed to the route"),
    "route.return": _("route returned with a remark"),
    "route.withdraw": _("proposal taken back"),
    "route.release": _("taken off: nobody is left to agree"),
    "route.release_change": _("proposed change taken off: nobody is left to agree"),
    "route.start": _("route is in force"),
    "route.correct": _("change of the route begun"),
    "route.drop_correction": _("change of the route dropped"),
    "route.propose_change": _("change of the route proposed"),
    "route.return_change": _("change of the route returned with a remark"),
    "route.withdraw_change": _("proposed change taken back"),
    "route.change_in_force": _("change of the route is in force"),
    "route.pause": _("route paused"),
    "route.resume": _("route resumed"),
    "route.stop": _("route stopped"),
    "route.close": _("route closed"),
    "route.hand_over": _("the route went over to another tutor"),
    "item.start": _("begun"),
    "item.finish": _("marked as done"),
    "item.undo": _("back to work"),
    "item.cancel": _("cancelled"),
    "item.attach": _("evidence attached"),
    "item.detach": _("evidence taken away"),
    "access.route": _("your route"),
}
word_events(_WORDS)
