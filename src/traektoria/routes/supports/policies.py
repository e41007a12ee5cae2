"""When something may be done with a support. A check raises ``Conflict`` with a humane sentence."""

from django.utils.translation import gettext as _

from traektoria.core.errors import Conflict
from traektoria.routes.tutees.models import TutorSupport
from traektoria.routes.tutees.queries import OPEN


def check_open(row: TutorSupport) -> None:
    if row.state not in OPEN:
        raise Conflict(_("This support is over. A new one can be proposed."), code="support_is_over")
