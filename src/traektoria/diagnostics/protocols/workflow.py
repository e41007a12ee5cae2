"""The life of a protocol: written by the tutor, then shared with the teacher; taken back only before it is read."""

from django.utils.translation import gettext_lazy as _

from traektoria.core.workflow import Transition, Workflow
from traektoria.diagnostics.protocols.enums import ProtocolState
from traektoria.diagnostics.protocols.permissions import check_writes

DRAFT, SHARED = ProtocolState.DRAFT, ProtocolState.SHARED

PROTOCOL = Workflow(
    slug="protocol",
    states=dict(ProtocolState.choices),
    initial=DRAFT,
    transitions=(
        Transition("share", (DRAFT,), SHARED, _("Share with the teacher"), check_writes),
        Transition("take_back", (SHARED,), DRAFT, _("Take back"), check_writes),
    ),
    owners={
        DRAFT: "the tutor who keeps it; nobody else sees it",
        SHARED: "the teacher and the tutor: both read it; the tutor can take it back until the teacher has read it",
    },
)
