"""Who hands answers out, and who marks them."""

from django.utils.translation import gettext as _

from traektoria.core.errors import Refused
from traektoria.diagnostics.marking.models import Marking
from traektoria.people.actor import Actor


def check_marks(actor: Actor, marking: Marking) -> None:
    """The marker whom the answer was handed out to, while they are a marker of the part."""
    part = marking.answer.sitting.part
    if marking.marker_id != actor.person_id or not part.markers.filter(pk=actor.person_id).exists():
        raise Refused(_("This answer is marked by somebody else."), code="not_your_answer")
