"""When a protocol can be shared and taken back."""

from django.utils.translation import gettext as _

from traektoria.core.errors import Conflict, Invalid
from traektoria.diagnostics.protocols.enums import ProtocolState
from traektoria.diagnostics.protocols.models import Protocol


def check_being_written(protocol: Protocol) -> None:
    """Raises ``Conflict`` for one that is shared: what the teacher reads does not change under their eyes."""
    if protocol.state != ProtocolState.DRAFT:
        raise Conflict(_("The protocol is shared with the teacher and does not change any more."), code="shared")


def check_says_something(protocol: Protocol) -> None:
    """Raises ``Invalid`` for an empty one."""
    if not protocol.answers and not protocol.conclusion:
        raise Invalid(_("The protocol is empty: write something down before you share it."), code="empty")


def check_unread(protocol: Protocol) -> None:
    """Raises ``Conflict`` when the teacher has said that they read it."""
    if protocol.read_at:
        raise Conflict(_("The teacher has read the protocol: it stays as it is."), code="read")
