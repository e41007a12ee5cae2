"""When something may be done. Each check raises ``Conflict`` with a humane sentence and has a bool twin ``can_…``."""

from typing import Final

from django.utils.translation import gettext as _

from traektoria.core.errors import Conflict, twin
from traektoria.core.kept_files import FileRule
from traektoria.routes.route.enums import ItemState, RouteState
from traektoria.routes.route.models import LearningRoute, RouteItem
from traektoria.routes.tutees.enums import SupportState
from traektoria.routes.tutees.models import TutorSupport

LIVING = frozenset({RouteState.DRAFT, RouteState.PROPOSED, RouteState.RUNNING, RouteState.PAUSED})

OPEN_ITEM = frozenset({ItemState.PLANNED, ItemState.DOING})
FILES: Final = FileRule(or_link=True)
"""Evidence of an item."""


def check_living(route: LearningRoute) -> None:
    if route.state not in LIVING:
        raise Conflict(_("This route is finished: it can only be read."), code="route_is_over")


def check_editable(route: LearningRoute) -> None:
    """A draft is edited freely, a running route in an open correction; what waits for agreement is not touched."""
    check_living(route)
    if route.pending_version is not None:
        raise Conflict(
            _("The route waits for agreement. To change it, take the proposal back first."), code="waits_for_agreement"
        )
    if route.state == RouteState.PAUSED:
        raise Conflict(_("The route is paused. Resume it first."), code="paused")
    if route.state == RouteState.RUNNING and route.correction is None:
        raise Conflict(_("The route is agreed. Press «Change the route» first."), code="agreed")


def check_correctable(route: LearningRoute) -> None:
    """A correction can be opened: the route runs, nothing waits."""
    if route.state != RouteState.RUNNING:
        raise Conflict(_("Only a running route is changed by a correction."), code="not_running")
    if route.pending_version is not None:
        raise Conflict(
            _("The route waits for agreement. To change it, take the proposal back first."), code="waits_for_agreement"
        )


def check_extendable(route: LearningRoute) -> None:
    check_correctable(route)
    if route.correction is not None:
        raise Conflict(_("A change of the route is open: set the new end there."), code="correction_is_open")


def check_running(route: LearningRoute) -> None:
    if route.state != RouteState.RUNNING:
        raise Conflict(_("This is done while the route runs."), code="not_running")


def check_doable(item: RouteItem) -> None:
    """The item is agreed and its route runs."""
    check_running(item.route)
    if item.pending or item.removed_in:
        raise Conflict(_("This item is not part of the agreed route."), code="not_agreed")


def check_item_editable(item: RouteItem) -> None:
    check_editable(item.route)
    if item.removed_in:
        raise Conflict(_("This item left the route."), code="removed")
    if item.state not in OPEN_ITEM:
        raise Conflict(_("A finished or cancelled item stays as it was."), code="item_is_over")


def check_discussable(item: RouteItem) -> None:
    check_living(item.route)


def check_closable(route: LearningRoute, open_items: int) -> None:
    check_running(route)
    if route.pending_version is not None:
        raise Conflict(_("A change of the route waits for agreement. Settle it first."), code="waits_for_agreement")
    if open_items:
        raise Conflict(
            _("Some items are still open: mark them done or cancel them, then close the route."), code="items_open"
        )


def check_active(support: TutorSupport) -> None:
    if support.state != SupportState.ACTIVE:
        raise Conflict(_("A route is drafted when the tutor and the teacher have consented."), code="not_active")


def check_agreeable(route: LearningRoute) -> None:
    """There is somebody to ask: the support goes on."""
    if route.support.state != SupportState.ACTIVE:
        raise Conflict(_("The support is over: nobody is left to agree to a new version."), code="support_is_over")


can_edit = twin(check_editable)

can_do = twin(check_doable)

can_discuss = twin(check_discussable)
