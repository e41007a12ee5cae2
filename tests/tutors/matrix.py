"""Who may open what of the tutors' room: the three subjects together."""

from tests.tutors.application_matrix import APPLICATION_ENTRIES, prepare_applications
from tests.tutors.commission_matrix import COMMISSION_ENTRIES, prepare_commission
from tests.tutors.status_matrix import STATUS_ENTRIES, prepare_statuses
from tests.world import World

ENTRIES = {**APPLICATION_ENTRIES, **COMMISSION_ENTRIES, **STATUS_ENTRIES}


def prepare(world: World) -> None:
    prepare_applications(world)
    prepare_commission(world)
    prepare_statuses(world)
