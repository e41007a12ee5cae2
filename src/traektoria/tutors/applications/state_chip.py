"""The chip that names the state of an application."""

from typing import Final

from traektoria.core.components.status import PLAIN, Look
from traektoria.tutors.applications.enums import ApplicationState

S = ApplicationState
_CONSIDERED = Look("info", "hourglass")
LOOKS: Final[dict[str, Look]] = {
    S.NOMINATED: Look("warning"),
    S.SUBMITTED: _CONSIDERED,
    S.RETURNED: Look("warning"),
    S.ADMITTED: _CONSIDERED,
    S.GRANTED: Look("success"),
    S.REFUSED: Look("danger", "circle-x"),
    S.APPEALED: _CONSIDERED,
}


def look_of(state: str) -> Look:
    return LOOKS.get(state, PLAIN)
