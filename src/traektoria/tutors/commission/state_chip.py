"""The chip that names the state of a session."""

from typing import Final

from django.utils.translation import gettext as _

from traektoria.core.components.status import PLAIN, Look
from traektoria.core.labels import text_of
from traektoria.tutors.commission.enums import SessionState

S = SessionState
LOOKS: Final[dict[str, Look]] = {S.OPEN: Look("info", "radio"), S.CLOSED: Look("warning"), S.SIGNED: Look("success")}


def look_of(state: str) -> Look:
    return LOOKS.get(state, PLAIN)


def words_of(state: str) -> str:
    """The label of the state; of a session that is over, what it waits for."""
    return _("protocol waits for signatures") if state == S.CLOSED else text_of(SessionState, state)
